"""Answers and hosts that are out of the ordinary: no point lost or won by it, no fault of ours."""

from __future__ import annotations

import gzip
import os
import random
import signal
from pathlib import Path

import pytest

from autograder.hosts import PipeHost
from autograder.judge import judge
from autograder.verdict import Outcome, Verdict
from tests.autograder.answers import (
    CHECK,
    HEAD,
    HOSTS,
    RIGHT,
    check_cell,
    notebook,
    verdict_on,
)
from tests.autograder.test_checking import PASS, judged

every_host = pytest.mark.parametrize("host", HOSTS)


# -- what a host may say ---------------------------------------------------------------------------

FRAME = """
import gc, io, json
def say(message):
    pipes = [o for o in gc.get_objects() if isinstance(o, io.BufferedWriter)]
    data = json.dumps(message).encode()
    for pipe in pipes:
        try:
            pipe.write(len(data).to_bytes(4, "big") + data)
            pipe.flush()
        except (OSError, ValueError):
            pass
"""
SAID_IN_A_LAYER = (
    FRAME + HEAD + "\n        say(MESSAGE)\n        return self.get_response(request)\n"
)


@pytest.mark.parametrize(
    "message",
    [
        {"is": {}},
        {"is": ["view"]},
        {"is": "view"},
        {"is": "view", "request": {}, "args": [], "kwargs": {"view": 1}},
        {"is": "view", "request": {"environ": 3}, "args": [[[[]]]], "kwargs": {}},
        {"is": "leave", "who": 0, "hook": "", "raised": {"lineage": [{}]}},
        {"is": "enter", "who": True, "hook": ""},
        {"is": "done"},
        {"do": "build"},
    ],
    ids=str,
)
def test_a_frame_that_is_not_one_fails_and_is_never_our_fault(message: object) -> None:
    in_a_layer = verdict_on(SAID_IN_A_LAYER.replace("MESSAGE", repr(message)), host="pipe")
    in_a_cell = verdict_on(FRAME + f"say({message!r})\n" + RIGHT, host="pipe")
    for verdict in (in_a_layer, in_a_cell):
        assert verdict.outcome is not Outcome.ERRORED, verdict.message
    assert in_a_layer.points == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks; run it on Linux or macOS")
def test_a_process_that_ran_away_with_the_pipe_is_not_waited_for(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    runaway = (
        "import os, time\npid = os.fork()\nif pid == 0:\n"
        "    os.setsid()\n    time.sleep(60)\n    os._exit(0)\n"
        f"open({str(told)!r}, 'w').write(str(pid))\n"
    )
    verdict_on(runaway + RIGHT, host="pipe")
    os.kill(int(told.read_text()), signal.SIGKILL)  # ProcessLookupError, had it been waited for


@every_host
def test_a_dict_under_the_layer_s_name_is_a_wrong_answer_and_not_a_canned_one(host: str) -> None:
    verdict = verdict_on("BlockList = {'value': None}\n", host=host)
    assert verdict.outcome is Outcome.FAILED
    assert "'dict' object is not callable" in verdict.message


# -- what counts as going through ------------------------------------------------------------------


@every_host
@pytest.mark.parametrize(
    ("change", "story"),
    [
        ("response.content = b'gone'", "with other content"),
        ("response.status_code = 500", "with status 500"),
        ("del response['X-Vault']", "without its X-Vault"),
        ("response['X-Vault'] = 'open'", "without its X-Vault"),
        ("response = type(response)(response.content)", "did not come back"),
        ("response['X-Added'] = 'yes'", ""),
    ],
)
def test_an_answer_of_the_view_s_must_come_back_as_it_was(
    change: str, story: str, host: str
) -> None:
    layer = (
        "def Pass(get_response):\n"
        "    def middleware(request):\n"
        "        response = get_response(request)\n"
        f"        {change}\n"
        "        return response\n"
        "    return middleware\n"
    )
    source = "app = onion(Pass, view=returns('gold', X_Vault='shut'))\napp.get('/')\n"
    verdict = judged(source, layer, host)
    assert verdict.passed == (not story), verdict.message
    assert story in verdict.message


IN_ANY_ORDER = (
    CHECK
    + """
    paths = ["/admin/", fresh("/admin/{}"), fresh("/{}/"), fresh("/{}/admin/"), fresh("/admin{}")]
    for path in fresh(paths):
        app.get(path, status=403 if path.startswith("/admin/") else None)
"""
)


def test_an_answer_that_counts_requests_does_not_know_a_fresh_order() -> None:
    counts = HEAD + (
        "        BlockList.n = getattr(BlockList, 'n', 0) + 1\n"
        "        if BlockList.n in (2, 3):\n            return HttpResponseForbidden()\n"
        "        return self.get_response(request)\n"
    )
    cells = notebook(counts, check_cell(IN_ANY_ORDER))
    for seed in range(5):
        verdicts = judge(cells, host=HOSTS["local"], chance=random.Random(seed))
        assert verdicts["block-list-check"].outcome is Outcome.FAILED
    assert verdict_on(RIGHT, IN_ANY_ORDER).passed


# -- what a check may trip over --------------------------------------------------------------------


@every_host
@pytest.mark.parametrize(
    "reading",
    [
        "assert answer.headers['X-Stamp'] == '1'",
        "assert answer.json['error'] == 'x'",
        "assert answer.text.split(':')[1] == 'x'",
        "assert value(Pass.limit) == 3",
    ],
)
def test_what_an_answer_lacks_is_its_failure_and_not_ours(reading: str, host: str) -> None:
    verdict = judged(f"app = onion(Pass)\nanswer = app.get('/')\n{reading}\n", host=host)
    assert verdict.outcome is Outcome.FAILED, verdict.message


@every_host
@pytest.mark.parametrize(
    ("headers", "outcome"),
    [
        ("{'Content-Encoding': 'gzip'}", Outcome.PASSED),
        ("{'Content-Encoding': 'br'}", Outcome.PASSED),
        ("{'Content-Length': 'abc'}", Outcome.FAILED),
        ("{'Status': '200 OK', '2FA': 'x', 'X_Reason_': 'a\\tb'}", Outcome.PASSED),
    ],
)
def test_odd_headers_are_judged_by_what_http_can_send(
    headers: str, outcome: Outcome, host: str
) -> None:
    layer = (
        "from minidjango.http import HttpResponse\n"
        "def Pass(get_response):\n"
        f"    return lambda request: HttpResponse('no', status=403, headers={headers})\n"
    )
    verdict = judged("onion(Pass).get('/', status=403)\n", layer, host)
    assert verdict.outcome is outcome, verdict.message


@every_host
def test_a_204_is_a_response_like_any_other(host: str, capfd: pytest.CaptureFixture[str]) -> None:
    layer = (
        "from minidjango.http import HttpResponse\n"
        "def Pass(get_response):\n    return lambda request: HttpResponse(status=204)\n"
    )
    assert judged("onion(Pass).options('/', status=204)\n", layer, host).passed
    assert capfd.readouterr().err == ""


@every_host
def test_compressed_content_is_read_and_a_bomb_is_left_as_it_came(host: str) -> None:
    layer = (
        "import gzip\nfrom minidjango.http import HttpResponse\n"
        "def Pass(get_response):\n"
        "    def middleware(request):\n"
        "        size = 64 * 2**20 if request.path == '/bomb/' else 5\n"
        "        body = gzip.compress(b'x' * size)\n"
        "        return HttpResponse(body, headers={'Content-Encoding': 'gzip'})\n"
        "    return middleware\n"
    )
    source = (
        "app = onion(Pass)\nassert app.get('/', status=200).text == 'xxxxx'\n"
        "assert len(app.get('/bomb/', status=200).body) < 2**20\n"
    )
    verdict = judged(source, layer, host)
    assert verdict.passed, verdict.message
    assert len(gzip.compress(b"x" * 64 * 2**20)) < 2**20


@every_host
def test_an_onion_that_was_built_before_the_check_is_judged_in_it(host: str) -> None:
    early = (
        "from autograder import check, onion\n"
        "app = onion(BlockList)\n"
        "with check('block-list'):\n    app.get('/admin/', status=403)\n"
    )
    open_to_all = HEAD + "        return self.get_response(request)\n"
    assert verdict_on(open_to_all, early, host).outcome is Outcome.FAILED


@every_host
def test_a_check_that_asks_nothing_is_our_fault(host: str) -> None:
    verdict = judged("pass\n", host=host)
    assert verdict.outcome is Outcome.ERRORED
    assert "asks nothing" in verdict.message


def in_a_kernel_s_namespace(answer: str, claims: str) -> Verdict:
    """The verdict of a check that runs in the student's own namespace, as in a notebook."""
    from autograder import CheckFailed
    from autograder.hosts import LocalHost
    from autograder.session import Session, using

    heard: list[Verdict] = []
    names: dict[str, object] = {"__name__": "__main__"}
    with using(Session(LocalHost("minidjango", names), heard.append)):
        exec(answer, names)
        try:
            exec(claims, names)
        except CheckFailed:
            assert not heard[-1].passed
    return heard[-1]


AS_BUILT = """
import autograder


@autograder.check("block-list", points=2)
def _check():
    from autograder import fresh, onion
    from minidjango.http import HttpResponse

    def secret(request):
        return HttpResponse("the vault")

    app = onion(BlockList, view=secret)
    app.get(fresh("/public/{}/"))
    app.get("/admin/", status=403)
    app.trace.never_reached(secret)
"""


@pytest.mark.parametrize(
    "answer",
    [
        RIGHT.replace(
            "from minidjango.http import HttpResponse, Http", "from minidjango.http import Http"
        ).replace('HttpResponseForbidden("no")', "HttpResponse(status=403)"),
        'secret = "/admin/"\n' + RIGHT.replace('startswith("/admin/")', "startswith(secret)"),
        "def check():\n    pass\n" + RIGHT,
        "fresh = onion = None\n" + RIGHT,
    ],
    ids=["forgot an import", "a name of the check's", "a helper called check", "names of the API"],
)
def test_a_notebook_and_a_judge_agree_on_names_that_both_use(answer: str) -> None:
    here = in_a_kernel_s_namespace(answer, AS_BUILT)
    there = judge(notebook(answer, check_cell(AS_BUILT)), host=PipeHost)["block-list-check"]
    assert (here.outcome, here.misconception) == (there.outcome, there.misconception)


# -- what crosses ----------------------------------------------------------------------------------


@every_host
def test_a_hook_for_template_responses_is_called_as_the_framework_calls_it(host: str) -> None:
    hooks = (
        "from minidjango.template.response import SimpleTemplateResponse\n"
        "class Text(SimpleTemplateResponse):\n"
        "    @property\n    def rendered_content(self):\n        return self.text\n"
        "class Pass:\n"
        "    def __init__(self, get_response):\n        self.get_response = get_response\n"
        "    def __call__(self, request):\n        return self.get_response(request)\n"
        "    def process_view(self, request, view_func, view_args, view_kwargs):\n"
        "        response = Text('none.html')\n        response.text = 'plain'\n"
        "        return response\n"
        "    def process_template_response(self, request, response):\n"
        "        response.text = response.text if request.path == '/plain/' else 'changed'\n"
        "        return None if request.path == '/none/' else response\n"
    )
    source = """
app = onion(Pass)
assert app.get("/plain/", status=200).text == "plain"
assert app.get("/", status=200).text == "changed"
assert "Pass.process_template_response < 200*" in app.trace.lines()
app.get("/none/", status=500)
"""
    verdict = judged(source, hooks, host)
    assert verdict.passed, verdict.message
    assert "Pass.process_template_response didn't return an HttpResponse object" in verdict.captured


@every_host
def test_an_exception_keeps_its_class_whatever_its_constructor_wants(host: str) -> None:
    answers = (
        "from minidjango.http import HttpResponse\n"
        "class Pass:\n"
        "    def __init__(self, get_response):\n        self.get_response = get_response\n"
        "    def __call__(self, request):\n        return self.get_response(request)\n"
        "    def process_exception(self, request, exception):\n"
        "        if isinstance(exception, ValueError):\n"
        "            name = f'{type(exception).__name__} {getattr(exception, \"lineno\", 0)}'\n"
        "            return HttpResponse(name, status=400)\n"
    )
    source = """
import json
def parse(request):
    json.loads("{")
def decode(request):
    b"\\xff".decode()
assert onion(Pass, view=parse).get("/", status=400).text == "JSONDecodeError 1"
assert onion(Pass, view=decode).get("/", status=400).text == "UnicodeDecodeError 0"
"""
    verdict = judged(source, answers, host)
    assert verdict.passed, verdict.message


@every_host
def test_what_a_layer_sets_on_the_request_crosses_as_it_is_written(host: str) -> None:
    sets = (
        "import datetime, uuid\n"
        "def Pass(get_response):\n"
        "    def middleware(request):\n"
        "        request.id = uuid.UUID(int=7)\n"
        "        request.day = datetime.date(2026, 2, 3)\n"
        "        request.lock = object()\n"
        "        return get_response(request)\n"
        "    return middleware\n"
    )
    source = """
def view(request):
    return HttpResponse(f"{request.id} {request.day} {hasattr(request, 'lock')}")
text = onion(Pass, view=view).get("/").text
assert text == "00000000-0000-0000-0000-000000000007 2026-02-03 False", text
"""
    verdict = judged(source, sets, host)
    assert verdict.passed, verdict.message


@every_host
def test_a_body_that_a_layer_has_read_is_there_for_the_view(host: str) -> None:
    reads = (
        "def Pass(get_response):\n"
        "    def middleware(request):\n"
        "        request.seen = request.POST.get('a')\n"
        "        return get_response(request)\n"
        "    return middleware\n"
    )
    source = """
def view(request):
    return HttpResponse(f"{request.seen} {request.POST['a']} {request.FILES['f'].read().decode()}")
app = onion(Pass, view=view)
assert app.post("/", {"a": "1"}, upload_files=[("f", "f.txt", b"file")]).text == "1 1 file"
"""
    verdict = judged(source, reads, host)
    assert verdict.passed, verdict.message


@every_host
def test_a_view_that_returns_no_response_crosses_as_it_is(host: str) -> None:
    source = """
def nothing(request):
    return None
onion(Pass, view=nothing).get("/", status=500)
def text(request):
    return "text"
app = onion(Pass, view=text)
app.get("/", status="*")
app.trace.returned(text, "str")
assert app.raised.type == "AttributeError"
"""
    verdict = judged(source, host=host)
    assert verdict.passed, verdict.message


@every_host
def test_a_request_may_be_sent_while_another_is_held_in_the_stack(host: str) -> None:
    source = """
def view(request):
    if request.path == "/outer/":
        assert app.get("/inner/").text == "/inner/"
    return HttpResponse(request.path)
app = onion(Pass, view=view)
assert app.get("/outer/").text == "/outer/"
assert app.trace.plain.request.path == "/outer/"
app.trace.order(Pass, view)
"""
    verdict = judged(source, host=host)
    assert verdict.passed, verdict.message


@every_host
def test_a_view_that_raises_system_exit_is_an_answer_too(host: str) -> None:
    source = """
app = onion(Pass, view=raises(SystemExit))
app.get("/", status="*")
assert app.raised.type == "SystemExit"
app = onion(Pass, raises(SystemExit))
app.get("/", status="*")
assert app.raised.type == "SystemExit"
"""
    verdict = judged(source, host=host)
    assert verdict.passed, verdict.message


def test_asking_leaves_the_framework_s_settings_to_the_student() -> None:
    from autograder import onion
    from minidjango.conf import settings

    onion(lambda get_response: get_response).get("/")
    assert not settings.configured


def test_a_cell_that_hangs_is_named_and_not_called_unwritten() -> None:
    hangs = RIGHT + "\nwhile True:\n    pass\n"
    verdicts = judge(notebook(hangs, check_cell(CHECK)), host=lambda: PipeHost(deadline=1.5))
    assert verdicts["block-list-check"].outcome is Outcome.TIMED_OUT


def test_a_check_that_was_made_unreadable_gets_a_sentence() -> None:
    verdicts = judge(notebook(RIGHT, check_cell("with check(:")), host=HOSTS["local"])
    assert "restore the cell" in verdicts["block-list-check"].message


@every_host
def test_a_log_that_a_cell_sets_up_is_as_it_set_it_up(host: str) -> None:
    logs = (
        "import logging\nlogging.basicConfig(level=logging.INFO, force=True)\n"
        "heard = []\n"
        "class Ears(logging.Handler):\n"
        "    def emit(self, record):\n        heard.append(record.getMessage())\n"
        "logging.getLogger().addHandler(Ears())\n"
        + PASS.replace(
            "lambda request: get_response(request)",
            "lambda request: logging.getLogger('mine').info('seen') or get_response(request)",
        )
    )
    verdict = judged("onion(Pass).get('/')\nassert value(heard) == ['seen']\n", logs, host)
    assert verdict.passed, verdict.message
    assert "INFO:mine:seen" in verdict.captured
