"""A cell's outputs in a host are those that a kernel gives it; what a host claims is checked."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.host.wire import Malformed
from autograder.hosts import Host, PipeHost, SandboxedHost
from autograder.outputs import CUT, LINES, MOST, VERDICT, outputs
from autograder.zygote import NoZygote, Zygote
from tests.autograder.grading.test_running import started

CELLS = [
    "print('a'); print('b')\nx = 3\nx",
    "import sys; print('oh', file=sys.stderr); 5;",
    "display({'a': 1}); print('after')",
    "from IPython.display import HTML, clear_output\nHTML('<b>x</b>')",
    "print('gone'); clear_output(); print('here')",
    "print('gone'); clear_output(wait=True); print('here')",
    "def f(:",
    "(_, x)",
    "1 / 0",
    "import warnings; warnings.warn('hm')",
    "class Broken:\n    def __repr__(self): raise KeyError('x')\nBroken()",
    "import logging; logging.getLogger('x').warning('careful')",
    "import asyncio\nawait asyncio.sleep(0)\n7",
    "handle = display('first', display_id='one'); handle.update('second')",
    "# nothing but a comment",
    "if True:\n    8",
    "'a; b'  # ;",
    "None",
    "import os; os.environ['NBGRADER_EXECUTION']",
    "class Own(Exception):\n    def _render_traceback_(self): return ['in one line']\nraise Own()",
    "1.5",
]


@pytest.fixture(scope="module")
def host() -> Iterator[PipeHost]:
    host = PipeHost()
    yield host
    host.close()


@pytest.fixture(scope="module")
def kernel() -> list[list[dict[str, Any]]]:
    """What a real kernel gives each cell."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in CELLS])
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("NBGRADER_EXECUTION", "autograde")
        NotebookClient(notebook, allow_errors=True, timeout=60).execute()
    return [[dict(output) for output in cell.outputs] for cell in notebook.cells]


def show(host: Host, source: str, count: int = 1, limit: int = 1_000) -> list[dict[str, Any]]:
    said = host.show({"do": "show", "source": source, "count": count, "limit": limit})
    return outputs(said, count, limit)


def told(found: list[dict[str, Any]]) -> list[Any]:
    """The outputs, without what no two processes say alike: where a frame is, who warns where."""
    rows: list[Any] = []
    for output in found:
        match output["output_type"]:
            case "stream" if output["name"] == "stderr":
                rows.append(("stderr", output["text"].splitlines()[-1].split(":")[-1]))
            case "stream":
                rows.append(("stdout", output["text"]))
            case "error":
                rows.append(("error", output["ename"], output["evalue"].split(" (")[0]))
            case kind:
                rows.append((kind, output["data"], output.get("execution_count")))
    return rows


@pytest.fixture(scope="module")
def shown(host: PipeHost) -> list[list[dict[str, Any]]]:
    return [show(host, source, number) for number, source in enumerate(CELLS, 1)]


@pytest.mark.parametrize("number", range(len(CELLS)), ids=CELLS)
def test_a_host_shows_of_a_cell_what_a_kernel_shows(
    number: int, shown: list[list[dict[str, Any]]], kernel: list[list[dict[str, Any]]]
) -> None:
    assert told(shown[number]) == told(kernel[number])


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("%there_is_no_such_magic", "UsageError"),
        ("raise SystemExit(3)", "SystemExit"),
        ("raise ExceptionGroup('several', [ValueError(1)])", "ExceptionGroup"),
        ("def again(n): return again(n + 1)\nagain(0)", "RecursionError"),
        ("class Mean(Exception):\n    def __str__(self): return 1 / 0\nraise Mean()", "Mean"),
    ],
)
def test_whatever_ends_a_cell_is_told_as_its_last_error(
    host: PipeHost, source: str, error: str
) -> None:
    assert show(host, source, limit=10_000)[-1]["ename"] == error


def test_a_cell_that_a_zygote_has_compiled_shows_what_it_always_shows(
    shown: list[list[dict[str, Any]]],
) -> None:
    try:
        zygote = Zygote()
    except NoZygote as lacking:
        pytest.skip(f"{lacking}; run it where a host can be locked in")
    with contextlib.closing(zygote):
        with contextlib.closing(SandboxedHost(zygote, 60)) as first:
            first.learn(CELLS)
        with contextlib.closing(SandboxedHost(zygote, 60)) as host:
            for number, source in enumerate(CELLS, 1):
                found = show(host, source, number)
                if "asyncio" not in source:  # an event loop needs a socket, and is given none
                    assert told(found) == told(shown[number - 1])
            trace = show(host, "1 / 0", 77)[0]["traceback"]
            assert "Cell In[77], line 1" in "\n".join(trace)


def test_a_cell_that_takes_stdout_away_silences_nobody_else(host: PipeHost) -> None:
    show(host, "import sys; sys.stdout = None; sys.stderr = None")
    assert told(show(host, "print('here')")) == [("stdout", "here\n")]


def test_a_traceback_begins_in_the_cell_and_has_no_colours(
    shown: list[list[dict[str, Any]]],
) -> None:
    (error,) = shown[CELLS.index("1 / 0")]
    text = "\n".join(error["traceback"])
    assert "Cell In[9], line 1\n----> 1 1 / 0" in text
    assert "autograder" not in text
    assert "\x1b" not in text


def test_what_is_printed_is_cut_at_the_limit_and_says_so(host: PipeHost) -> None:
    (output,) = show(host, "for _ in range(10 ** 5): print('x' * 100)", limit=1_000)
    assert len(output["text"]) < 1_100
    assert "a cell may write 1,000 characters" in output["text"]


def test_what_marks_depend_on_is_kept_after_the_limit(host: PipeHost) -> None:
    noise = "print('x' * 10 ** 6)\nimport sys\nprint('oh', file=sys.stderr)\n"
    kinds = [(o["output_type"], o.get("name")) for o in show(host, f"{noise}0.5")]
    assert ("stream", "stderr") in kinds
    assert kinds[-1] == ("execute_result", None)
    assert show(host, f"{noise}1 / 0")[-1]["output_type"] == "error"


def test_a_display_over_the_limit_is_left_out_and_the_next_one_is_not(host: PipeHost) -> None:
    found = show(host, "display('x' * 2_000); display('y')")
    assert [output["output_type"] for output in found] == ["stream", "display_data"]


def test_lines_are_limited_as_nbgrader_limits_them(host: PipeHost) -> None:
    from nbgrader.preprocessors import LimitOutput

    source = f"print('x\\n' * {2 * LINES})"
    (output,) = show(host, source, limit=100_000)
    assert output["text"].endswith(CUT)
    cell = nbformat.v4.new_code_cell(source)
    cell.outputs = [nbformat.v4.new_output("stream", text="x\n" * 2 * LINES + "\n")]
    assert output["text"] == LimitOutput().preprocess_cell(cell, {}, 0)[0].outputs[0].text


def test_what_is_no_json_is_shown_as_it_is_written(host: PipeHost) -> None:
    source = "display({'application/json': {'x': float('nan')}, 'text/plain': 'x'}, raw=True)"
    (output,) = show(host, source)
    assert output["data"]["application/json"] == "{'x': nan}"


def test_a_cell_that_is_interrupted_goes_on_with_the_next() -> None:
    host = started(deadline=1)
    source = (
        "import time\nx = 1\ntry:\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    print('oh')"
    )
    late = host.show({"do": "show", "source": source, "count": 1, "limit": 100})
    assert late["late"]
    assert outputs(late, 1, 100)[0]["text"] == "oh\n"
    assert show(host, "x")[0]["data"] == {"text/plain": "1"}
    host.close()


@pytest.mark.parametrize(
    "claimed",
    [
        None,
        [{"output_type": "stream", "name": "stdin", "text": ""}],
        [{"output_type": "stream", "name": "stdout", "text": 3}],
        [{"output_type": "display_data", "data": []}],
        [{"output_type": "error", "ename": "E", "evalue": "", "traceback": "x"}],
        [{"output_type": "error", "ename": 1, "evalue": "", "traceback": []}],
        [{"output_type": "pyout"}],
        ["text"],
        [{"output_type": "stream", "name": "stdout", "text": ""}] * (MOST + 1),
        [{"output_type": "display_data", "data": {"text/plain": "x" * 10**6}}] * 2,
    ],
)
def test_outputs_that_no_notebook_can_keep_are_malformed(claimed: object) -> None:
    with pytest.raises(Malformed):
        outputs({"outputs": claimed}, 1, 1_000)


def test_a_host_gives_no_verdicts_and_no_data_of_unknown_types() -> None:
    data = {VERDICT: {"verdict": "passed"}, "text/plain": "\ud800", "no type": "x", "a/b": [1]}
    claimed = {"output_type": "display_data", "data": data, "metadata": {"x": float("nan")}}
    (output,) = outputs({"outputs": [claimed]}, 1, 1_000)
    assert output["data"] == {"text/plain": "\\ud800"}
    assert output["metadata"] == {}
