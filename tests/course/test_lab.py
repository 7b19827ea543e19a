"""`course lab` for real: a server is started, asked over HTTP as JupyterLab asks, and stopped."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes
from nbgrader.utils import compute_checksum

from course import cli
from course.compiler import dump, released, solved, with_answers
from course.lab import first_unfinished
from course.lesson import read
from course.proof.bank import rows
from course.shelves import Shelves
from course.student import progress
from course.student.desk import Desk
from tests.conftest import copy_checkout
from tests.course.student_samples import CHECKS, FIRST, SECOND, Student

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Ctrl-C is sent as a POSIX signal; try `lab` by hand on Windows"
)


def lesson(root: Path, name: str) -> None:
    """Release a lesson with one exercise, its check and a cell that tells which Python runs it."""
    marks: dict[str, Any] = {"task": False, "schema_version": 3, "cell_type": "code"}
    wall = {**marks, "grade": False, "solution": True, "locked": False, "grade_id": "wall"}
    check = {**marks, "grade": True, "solution": False, "locked": True, "grade_id": "wall-check"}
    cells = [
        new_markdown_cell(f"# {name}", id="intro"),
        new_code_cell("def wall():\n    raise NotImplementedError", id="wall"),
        new_code_cell("assert wall() == 403", id="wall-check"),
    ]
    for cell, given in zip(cells[1:], (wall, {**check, "points": 2}), strict=True):
        cell.metadata["nbgrader"] = given
        cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    folder = root / "notebooks" / name
    folder.mkdir(parents=True)
    (folder / f"{name}.ipynb").write_text(writes(new_notebook(cells=cells)))


class Lab:
    """A running `course lab` and the words of its REST interface."""

    def __init__(self, root: Path, port: int) -> None:
        self.root = root
        command = [sys.executable, "-m", "course.cli", "lab", "--no-browser", "--port", str(port)]
        hostile = root.parent / "hostile"
        self.process = subprocess.Popen(
            command,
            cwd=root,
            env={**os.environ, "JUPYTER_PATH": str(hostile), "JUPYTER_CONFIG_DIR": str(hostile)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=(root / "lab.log").open("w"),
            text=True,
        )
        assert self.process.stdout is not None
        # Before the address it may say what there is to say of the lessons.
        self.sentence = next((line for line in self.process.stdout if "http://" in line), "")
        found = re.search(r"(http://127\.0\.0\.1:\d+)(/\S+)\?token=(\w+)", self.sentence)
        assert found, self.sentence + (root / "lab.log").read_text()
        self.url, self.page, self.token = found.groups()

    def ask(self, path: str, data: dict[str, str] | None = None) -> Any:
        body = None if data is None else json.dumps(data).encode()
        headers = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    root = copy_checkout(tmp_path_factory.mktemp("lab") / "späces and ümlauts")
    for name in ("01_gate", "02_wall"):
        lesson(root, name)
    (root / "work").mkdir()
    done: progress.Mark = {"verdict": "passed", "points": 2, "max": 2}
    progress.record(root / "work", "01_gate", "wall-check", done)
    foreign = root.parent / "hostile" / "kernels" / "python3"
    foreign.mkdir(parents=True)
    (foreign / "kernel.json").write_text(
        '{"argv": ["/nowhere/python"], "display_name": "Another", "language": "python"}'
    )
    (root.parent / "hostile" / "jupyter_server_config.json").write_text(
        '{"ServerApp": {"jpserver_extensions": {"nbgrader.server_extensions.formgrader": false},'
        ' "base_url": "/elsewhere/", "open_browser": true}}'
    )
    running = Lab(root, free_port())
    yield running
    if running.process.poll() is None:
        running.process.kill()
    running.process.communicate()


def test_it_opens_at_the_first_unfinished_lesson_and_shows_only_the_work(lab: Lab) -> None:
    assert lab.page == "/lab/tree/02_wall/02_wall.ipynb"
    names = [entry["name"] for entry in lab.ask("/api/contents/")["content"]]
    assert sorted(names) == ["01_gate", "02_wall"]
    assert lab.ask("/api/contents/02_wall/02_wall.ipynb")["type"] == "notebook"


def test_nbgraders_validate_runs_the_students_notebook(lab: Lab) -> None:
    path = {"path": "01_gate/01_gate.ipynb"}
    failed = lab.ask("/assignments/validate", path)
    assert failed["success"], failed["value"]
    assert [cell["source"] for cell in failed["value"]["failed"]] == ["assert wall() == 403"]
    notebook = lab.root / "work" / path["path"]
    answered = notebook.read_text().replace("raise NotImplementedError", "return 403")
    notebook.write_text(answered)
    assert lab.ask("/assignments/validate", path) == {"success": True, "value": {}}


def test_the_course_s_own_exercise_is_solved_in_the_lab_and_passes_its_checks(lab: Lab) -> None:
    lesson = read(Shelves.of_the_course().lessons / "06_short_circuiting.py")
    handed_out = released(solved(lesson))
    notebook = lab.root / "work" / lesson.name / f"{lesson.name}.ipynb"
    notebook.parent.mkdir()
    path = {"path": f"{lesson.name}/{notebook.name}"}

    notebook.write_text(dump(handed_out), encoding="utf-8")
    graded = [cell for cell in handed_out.cells if cell.metadata.get("nbgrader", {}).get("points")]
    assert len(lab.ask("/assignments/validate", path)["value"]["failed"]) == len(graded)

    answers = {row.slug: row.source for row in rows(lesson) if row.outcome == "passed"}
    notebook.write_text(dump(with_answers(handed_out, answers)), encoding="utf-8")
    assert lab.ask("/assignments/validate", path) == {"success": True, "value": {}}


def test_the_assignments_tab_finds_its_exchange_and_the_course(lab: Lab) -> None:
    answer = lab.ask("/assignments?course_id=inside-the-onion")
    assert answer == {"success": True, "value": []}
    (course,) = lab.ask("/formgraders")["value"]
    assert course["course_id"] == "inside-the-onion"
    assert (lab.root / "grading" / "exchange").is_dir()


def test_nbgraders_lab_extension_is_there_and_fits_its_server(lab: Lab) -> None:
    extensions = {one["name"]: one["status"] for one in lab.ask("/lab/api/extensions")}
    assert extensions["jupyter-nbgrader"] == "ok"


def test_the_kernel_is_this_python_whatever_else_is_installed(lab: Lab) -> None:
    kernel = lab.ask("/api/kernelspecs")["kernelspecs"]["python3"]["spec"]
    assert kernel["display_name"] != "Another"
    assert lab.ask("/api/kernels", {"name": "python3", "path": "01_gate"})["name"] == "python3"


def test_a_taken_port_that_was_asked_for_is_refused_with_a_mend(lab: Lab) -> None:
    port = lab.url.rpartition(":")[2]
    told = subprocess.run(
        [sys.executable, "-m", "course.cli", "lab", "--no-browser", "--port", port],
        cwd=lab.root,
        capture_output=True,
        text=True,
    )
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == (
        f"Port {port} is taken by another program: "
        "choose another, or leave --port out and a free one is found.\n"
    )


@pytest.mark.parametrize("words", [["--port", "0"], ["--port", "x"], ["--port", "65536"]])
def test_what_is_no_port_is_a_wrong_command_line(lab: Lab, words: list[str]) -> None:
    command = [sys.executable, "-m", "course.cli", "lab", *words]
    told = subprocess.run(command, cwd=lab.root, capture_output=True, text=True)
    assert told.returncode == 2
    assert "is no port; take a number from 1 to 65535" in told.stderr


def test_a_lesson_that_does_not_exist_is_refused_with_those_that_do(lab: Lab) -> None:
    command = [sys.executable, "-m", "course.cli", "lab", "99"]
    told = subprocess.run(command, cwd=lab.root, capture_output=True, text=True)
    assert told.returncode == 1
    assert told.stderr == 'There is no lesson "99": the lessons are 01_gate, 02_wall.\n'


@pytest.fixture
def student(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Student:
    one = Student(tmp_path)
    one.begins()
    monkeypatch.setattr(Desk, "of_the_course", lambda: one.desk)
    return one


def test_when_all_is_finished_the_first_lesson_opens_and_it_is_said(
    student: Student, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (FIRST, SECOND):
        for check in CHECKS:
            mark: progress.Mark = {"verdict": "passed", "points": 1, "max": 1}
            progress.record(student.desk.work, name, check, mark)
    assert first_unfinished(student.desk) == FIRST
    assert capsys.readouterr().out.startswith("All lessons are finished.")


def test_a_broken_notebook_is_passed_over_and_not_opened(
    student: Student, capsys: pytest.CaptureFixture[str]
) -> None:
    student.desk.mine(FIRST).write_text("{")
    assert first_unfinished(student.desk) == SECOND
    assert capsys.readouterr().out == ""
    assert cli.main(["lab", "--no-browser", "1"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith(f"type {cli.COMMAND} reset 01 to begin it afresh.\n")
    student.desk.mine(SECOND).write_text("")
    assert cli.main(["lab", "--no-browser"]) == 1
    said = capsys.readouterr()
    assert said.out.count("is not a notebook") == 2
    assert said.err == "There is no lesson that could be opened: mend one as it says above.\n"


def test_ctrl_c_stops_the_server_and_its_kernels(lab: Lab) -> None:
    kernels = [one["id"] for one in lab.ask("/api/kernels")]
    assert kernels
    lab.process.send_signal(signal.SIGINT)
    assert lab.process.wait(timeout=30) == 0
    assert "Traceback" not in (lab.root / "lab.log").read_text()
    with pytest.raises(urllib.error.URLError):
        lab.ask("/api/kernels")
    deadline = time.monotonic() + 20
    while any(kernel in processes() for kernel in kernels) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not any(kernel in processes() for kernel in kernels)


def processes() -> str:
    """The command lines of all that runs."""
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def test_nbgraders_own_commands_find_the_layout(checkout: Path) -> None:
    lesson(checkout, "01_gate")
    (checkout / "notebooks").rename(checkout / "solutions")
    made = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", "01_gate", "--create"],
        cwd=checkout,
        env={**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/bin"])},
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    assert (checkout / "notebooks" / "01_gate" / "01_gate.ipynb").is_file()
    assert (checkout / "grading" / "gradebook.db").is_file()
