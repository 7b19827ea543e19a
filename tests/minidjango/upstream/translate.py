"""From Django's tests to minidjango's: the word is changed, imports need not be of what there is.

``from django.http import A, B as C`` becomes ``A, C = __take__("minidjango.http", "A", "B")`` on
the same line, so that line numbers in tracebacks are those of Django's file.
"""

import ast
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

WORD = re.compile(r"\bdjango\b")
ENVIRONMENT = re.compile(r"\bDJANGO_")
LANGUAGE = re.compile(r"\bdjango\.template\.backends\.django\b(?!\.DjangoTemplates)")
ENGINE = re.compile(r"\bdjango\.template\.backends\.django\.DjangoTemplates\b")
STAND_IN = "tests.minidjango.upstream.engines.minidjango.DjangoTemplates"
DOTTED_TEXT = re.compile(r"""["'](\w+)\.\w""")
PLACEHOLDERS = {"minidjango", "asgiref"}
"""Packages from which anything may be imported, there or not."""


def changed(text: str) -> str:
    """Return a text with the one word changed."""
    parts = LANGUAGE.split(ENGINE.sub(STAND_IN, text))
    changed = (ENVIRONMENT.sub("MINIDJANGO_", WORD.sub("minidjango", part)) for part in parts)
    return "minidjango.template.backends.django".join(changed)


def translated(text: str) -> str:
    """Return a module's source: the word changed, its imports able to give placeholders."""
    text = changed(text)
    lines = text.splitlines(keepends=True)
    for node in sorted(_imports(ast.parse(text)), key=lambda node: node.lineno, reverse=True):
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        start, end = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
        lines[first] = start + _take(node) + "\n" * (last - first) + end
        del lines[first + 1 : last + 1]
    return "".join(lines)


def _imports(tree: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            ours = not node.level and (node.module or "").split(".")[0] in PLACEHOLDERS
            if ours and node.names[0].name != "*":
                yield node
        elif isinstance(node, ast.Import):
            alias = node.names[0]
            if alias.asname and "." in alias.name and alias.name.split(".")[0] in PLACEHOLDERS:
                yield node


def _take(node: ast.Import | ast.ImportFrom) -> str:
    targets = ", ".join(alias.asname or alias.name for alias in node.names)
    if isinstance(node, ast.Import):
        module, _, names = node.names[0].name.rpartition(".")
        return f'{targets} = __take__("{module}", "{names}")'
    names = ", ".join(f'"{alias.name}"' for alias in node.names)
    return f'{targets} = __take__("{node.module}", {names})'


def translate(tests: Path, packages: Iterable[str], into: Path) -> None:
    """Copy test packages, those that they name, and what stands beside them, translated."""
    known = {each.name for each in tests.iterdir() if (each / "__init__.py").is_file()}
    pending, done = ["urls.py", "templates", *packages], set()
    while pending:
        name = pending.pop()
        if name in done:
            continue
        done.add(name)
        for text in _copy(tests / name, into / name):
            pending += named(text) & known
    for name in packages:
        if not (into / name).exists():
            raise SystemExit(f"Django has no test package {name!r}")


def _copy(source: Path, target: Path) -> Iterator[str]:
    files = [source] if source.is_file() else sorted(source.rglob("*"))
    for file in files:
        place = target / changed(str(file.relative_to(source))) if file != source else target
        if file.is_dir() or file.suffix == ".pyc":
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".py":
            text = file.read_text(encoding="utf-8")
            try:
                place.write_text(translated(text), encoding="utf-8")
            except SyntaxError:
                place.write_text(text, encoding="utf-8")
            yield text
        else:
            shutil.copyfile(file, place)


def named(text: str) -> set[str]:
    """Return the first parts of all absolute imports and dotted strings in a module."""
    names = set(DOTTED_TEXT.findall(text))
    for line in text.splitlines():
        words = line.split()
        if len(words) > 1 and words[0] in {"from", "import"}:
            names.add(words[1].split(".")[0].rstrip(","))
    return names
