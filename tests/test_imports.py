"""Arrows run one way: minidjango <- autograder <- course; nothing reads the solutions."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
JUPYTER = {"nbgrader", "jupyterlab", "IPython"}


def modules(package: str) -> list[Path]:
    found = sorted((ROOT / package).rglob("*.py"))
    assert found, f"{package} has no modules"
    return found


def imported(path: Path, *, at_the_top_only: bool = False) -> Iterator[str]:
    """The packages that a module imports, inside functions too unless told otherwise."""
    return imports_of(ast.parse(path.read_text(encoding="utf-8")), at_the_top_only)


def imports_of(node: ast.AST, at_the_top_only: bool) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (name.name.partition(".")[0] for name in child.names)
        elif isinstance(child, ast.ImportFrom) and not child.level:
            yield (child.module or "").partition(".")[0]
        if not (at_the_top_only and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)):
            yield from imports_of(child, at_the_top_only)


def running_back(package: str, forbidden: set[str], **how: bool) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(package)
        for name in imported(path, **how)
        if name in forbidden
    ]


def test_the_framework_imports_neither_the_grader_nor_the_course() -> None:
    assert running_back("minidjango", {"autograder", "course"}) == []


def test_the_grader_does_not_import_the_course() -> None:
    assert running_back("autograder", {"course"}) == []


def test_checking_starts_without_jupyter() -> None:
    # The shell of a host is imported when a notebook's first cell is run there.
    others = (str(Path("autograder", "grading")), str(Path("autograder", "host", "shell.py")))
    found = running_back("autograder", JUPYTER, at_the_top_only=True)
    assert [line for line in found if not line.startswith(others)] == []
    rooms = "autograder, autograder.onions, autograder.judge, autograder.host.worker"
    program = f"import sys, {rooms}; sys.exit('IPython' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0


def test_no_package_imports_or_reads_the_solutions_but_what_builds_them() -> None:
    for package in ("minidjango", "autograder", "course"):
        assert running_back(package, {"solutions"}) == []
    readers = [
        str(path.relative_to(ROOT))
        for package in ("minidjango", "autograder")
        for path in modules(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.strip("/").partition("/")[0] == "solutions"
    ]
    assert readers == []


def test_an_arrow_that_runs_back_is_seen() -> None:
    text = "def late():\n    from course.lab import run\nimport nbgrader.apps as apps\n"
    assert list(imports_of(ast.parse(text), False)) == ["course", "nbgrader"]
    assert list(imports_of(ast.parse(text), True)) == ["nbgrader"]
