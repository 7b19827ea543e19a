"""A host in a process of its own: it may hang, die, shout or lie, and only its answer suffers."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from autograder.host.wire import Malformed
from autograder.hosts import HostDied, PipeHost, TimedOut
from autograder.judge import judge
from autograder.verdict import Outcome
from tests.autograder.answers import CHECK, RIGHT, check_cell, notebook, verdict_on

posix = pytest.mark.skipif(os.name != "posix", reason="asks /proc or signals; run it on Linux")
linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="reads /proc; run it on Linux"
)


def go_on(_: object) -> dict[str, object]:
    return {"is": "go on"}


def run(host: PipeHost, source: str) -> dict[str, object]:
    return host.ask({"do": "cell", "source": source}, go_on)


def test_a_cell_that_hangs_is_killed_at_the_deadline() -> None:
    host = PipeHost(deadline=1)
    with pytest.raises(TimedOut, match="no answer within 1 seconds"):
        run(host, "while True: pass")
    assert not host.alive


def test_a_process_that_ends_is_said_to_have_died() -> None:
    host = PipeHost()
    with pytest.raises(HostDied):
        run(host, "import os; os._exit(0)")
    with pytest.raises(HostDied):
        run(host, "pass")


def living(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"


@linux
def test_what_the_child_started_goes_with_it(tmp_path: Path) -> None:
    host = PipeHost()
    pids = tmp_path / "pids"
    start = "import subprocess\np = subprocess.Popen(['sleep', '60'])\n"
    run(host, f"{start}open({str(pids)!r}, 'w').write(str(p.pid))")
    orphan = int(pids.read_text())
    assert living(orphan)
    host.close()
    until = time.monotonic() + 10
    while living(orphan) and time.monotonic() < until:
        time.sleep(0.01)
    assert not living(orphan)


def test_closing_leaves_no_folder_behind(tmp_path: Path) -> None:
    host = PipeHost()
    told = tmp_path / "cwd"
    run(
        host,
        f"import os\nopen('left', 'w').write('x')\nopen({str(told)!r}, 'w').write(os.getcwd())",
    )
    folder = Path(told.read_text())
    assert (folder / "left").exists()
    host.close()
    host.close()  # twice does no harm
    assert not folder.exists()


SHOUT = """
import os
for fd in range(3, 10):
    try:
        os.write(fd, WHAT)
    except OSError:
        pass
"""


@posix
@pytest.mark.parametrize(
    "what",
    ["b'not a message' * 100", "(9).to_bytes(4, 'big') + b'[1, 2, 3]'", "b'\\xff' * 8"],
    ids=["noise", "a list", "an endless one"],
)
def test_what_is_no_message_is_the_host_s_failure(what: str) -> None:
    host = PipeHost(deadline=5)
    with pytest.raises((Malformed, TimedOut)):
        run(host, SHOUT.replace("WHAT", what))
    assert not host.alive


@posix
def test_a_child_that_never_stops_talking_does_not_fill_the_judge_s_memory() -> None:
    flood = (
        "import os, json\n"
        "m = json.dumps({'is': 'done', 'said': 'x' * 100_000}).encode()\n"
        "m = len(m).to_bytes(4, 'big') + m\n"
        "fd = next(f for f in range(3, 10) if _writes(f))\n"
        "while True: os.write(fd, m)\n"
    )
    flood = (
        "import os\ndef _writes(f):\n"
        "    try: return os.write(f, b'') == 0\n    except OSError: return False\n" + flood
    )
    host = PipeHost(deadline=3)
    run(host, flood)  # the first of its many messages is taken for the answer
    until = time.monotonic() + 10
    while host._line.quiet and time.monotonic() < until:
        time.sleep(0.01)
    with pytest.raises(Malformed, match="more than it was asked"):
        run(host, "pass")
    assert not host.alive


def test_a_time_out_costs_one_check_and_not_the_later_ones() -> None:
    other = CHECK.replace("block-list", "later").replace("BlockList", "Later")
    loops = RIGHT.replace("        if blocked:", "        while True: pass\n        if blocked:")
    later = RIGHT.replace("BlockList", "Later")
    verdicts = judge(
        notebook(loops, check_cell(CHECK), later, check_cell(other, "later-check")),
        host=lambda: PipeHost(deadline=1.5),
    )
    assert verdicts["block-list-check"].outcome is Outcome.TIMED_OUT
    assert verdicts["later-check"].outcome is Outcome.PASSED


def test_an_answer_that_ends_its_process_fails_and_the_later_ones_are_judged() -> None:
    other = CHECK.replace("block-list", "later").replace("BlockList", "Later")
    exits = RIGHT.replace(
        "        if blocked:", "        import os; os._exit(0)\n        if blocked:"
    )
    later = RIGHT.replace("BlockList", "Later")
    verdicts = judge(
        notebook(exits, check_cell(CHECK), later, check_cell(other, "later-check")), host=PipeHost
    )
    assert verdicts["block-list-check"].outcome is Outcome.FAILED
    assert verdicts["later-check"].outcome is Outcome.PASSED


def test_prints_of_the_answer_go_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    assert verdict_on("print('hello')\n" + RIGHT, host="pipe").passed
    assert capfd.readouterr().out == ""


def test_the_master_s_check_counts_and_not_the_one_handed_in() -> None:
    master = notebook(RIGHT, check_cell(CHECK))
    handed_in = notebook("BlockList = None", check_cell("pass"))
    verdicts = judge(handed_in, master, host=PipeHost)
    assert verdicts["block-list-check"].outcome is Outcome.FAILED


def test_a_check_that_was_deleted_is_asked_all_the_same() -> None:
    master = notebook(RIGHT, check_cell(CHECK))
    assert judge(notebook(RIGHT), master, host=PipeHost)["block-list-check"].passed


def test_a_later_cell_cannot_change_an_earlier_verdict() -> None:
    spoiled = notebook(RIGHT, check_cell(CHECK), "BlockList = None")
    assert judge(spoiled, host=PipeHost)["block-list-check"].passed
