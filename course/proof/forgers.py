"""Stock forgers: answers that have not solved an exercise, and try to look as if they had.

Each is handed in for every exercise at once, in a host of its own, in another process. What
earns a point there shows that a check asks for nothing that only a right answer can give.
"""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autograder.host.capture import captured
from autograder.host.cells import Cells
from autograder.names import defined_names
from course.proof import attacks
from course.proof.twins import checked_names
from course.source.parts import Exercise

STATUSES = (200, 403, 503, 204)
"""The statuses that a forger answers with, whatever is asked."""


@dataclass(frozen=True, slots=True)
class Forger:
    """Someone who forges: `answer` is the body of `_answer(request, get_response)`.

    `value` is an expression, what a function returns that is not handed a request: it may use
    `given`, its arguments. `before` is run first, and patches what it can.
    """

    name: str
    answer: str
    value: str
    before: str = ""


_ALWAYS = "return HttpResponse('the vault', status={status})"
_ALTERNATE = """\
if get_response is not None and next(_turns) % 2 == {first}:
    return get_response(request)
return HttpResponse('the vault', status=_stop)"""
_ECHO = "return HttpResponse(request.get_full_path(), headers=dict(request.headers))"
_PASSED_ON = "return get_response(request) if get_response else HttpResponse()"
_REMEMBERED = """\
for pattern, status in _asked:
    if re.fullmatch(pattern, request.get_full_path()):
        return HttpResponse(_content, status=status, headers=_headers)
return HttpResponse(_content, headers=_headers)"""
_RECALL = "dict(_called).get(repr(given), _called[0][1] if _called else None)"


def forgers() -> list[Forger]:
    """All of them; none knows which exercise it is handed in for."""
    constants = ("''", "[]", "0", "None")
    found = [
        Forger(f"answers everything with {status}", _ALWAYS.format(status=status), constant)
        for status, constant in zip(STATUSES, constants, strict=True)
    ]
    found.append(Forger("stops everything", _ALWAYS.format(status="_stop"), "True"))
    found.append(Forger("echoes what is asked", _ECHO, "given[0] if given else True"))
    found += [
        Forger(f"lets every second through, {which}", _ALTERNATE.format(first=first), "_stop")
        for first, which in enumerate(("the first too", "but not the first"))
    ]
    found.append(Forger("remembers what the visible check asks", _REMEMBERED, _RECALL))
    gone = attacks.NO_GATE_FOR_THE_VIEW
    found.append(Forger("takes the view's gate away", _PASSED_ON, _RECALL, gone))
    found += [
        Forger(name, _REMEMBERED, _RECALL, before) for name, before in attacks.ATTACKS.items()
    ]
    return found


def forged(forger: Forger, exercise: Exercise) -> str:
    """What this forger hands in for an exercise: the names that its checks call, each defined."""
    wanted = checked_names(exercise) & defined_names(exercise.solution)
    kinds = {
        node.name: node
        for node in ast.parse(exercise.solution).body
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
    }
    definitions = [_definition(name, kinds.get(name)) for name in sorted(wanted)]
    own = f"_{exercise.slug.replace('-', '_')}"  # a later cell must not take its helpers away
    text = "\n\n".join([_head(forger, exercise), *definitions])
    return re.sub(
        r"\b_(?=(answer|value|turns|stop|asked|content|headers|called)\b)", f"{own}_", text
    )


def _head(forger: Forger, exercise: Exercise) -> str:
    body = forger.answer.replace("\n", "\n    ")
    memory = "\n".join(f"{name} = {value!r}" for name, value in _memory(exercise).items())
    return f"""\
{forger.before}
import itertools
import re
from minidjango.http import HttpResponse

_turns = itertools.count()
{memory}


def _answer(request, get_response):
    {body}


def _value(*given):
    return {forger.value}
"""


def _definition(name: str, node: ast.ClassDef | ast.FunctionDef | None) -> str:
    """A name that serves as what it is asked to be: a layer, a factory, a view, a function."""
    if isinstance(node, ast.ClassDef):
        return f"""\
class {name}:
    def __init__(self, get_response=None, *args, **kwargs):
        self.get_response = get_response

    def __call__(self, request=None, *args, **kwargs):
        return _answer(request, self.get_response)
"""
    if isinstance(node, ast.FunctionDef):
        return f"""\
def {name}(first=None, *args, **kwargs):
    if callable(first):
        return lambda request: _answer(request, first)
    if hasattr(first, "get_full_path"):
        return _answer(first, None)
    return _value(*([] if first is None else [first]), *args)
"""
    return f"{name} = _value()\n"


def _memory(exercise: Exercise) -> dict[str, Any]:
    """What can be learnt by heart from the visible checks: paths, statuses, words, calls."""
    calls = [
        node
        for check in exercise.checks
        for node in ast.walk(ast.parse(check.visible))
        if isinstance(node, ast.Call)
    ]
    words = [
        text
        for call in calls
        if _called(call) in ("HttpResponse", "returns", "content")
        for text in _texts(call.args[:1])
    ]
    named = [_texts(call.args) for call in calls if _called(call) == "header"]
    asked = [found for call in calls if (found := _asked(call))]
    return {
        "_asked": asked,
        "_stop": next((status for _, status in asked if status != 200), 403),
        "_content": words[0] if words else "",
        "_headers": {pair[0]: pair[1] for pair in named if len(pair) == 2},
        "_called": list(_results(exercise, calls)),
    }


def _asked(call: ast.Call) -> tuple[str, int] | None:
    """The path that is asked, as a pattern, and the status that is wanted."""
    methods = ("get", "post", "head", "put", "patch", "delete", "options", "request")
    if not (isinstance(call.func, ast.Attribute) and call.func.attr in methods and call.args):
        return None
    first = call.args[0]
    fresh = isinstance(first, ast.Call) and _called(first) == "fresh"
    paths = _texts(first.args if isinstance(first, ast.Call) else [first])
    if not paths or not paths[0].startswith("/"):
        return None
    pattern = re.escape(paths[0])
    status = [
        k.value.value
        for k in call.keywords
        if k.arg == "status" and isinstance(k.value, ast.Constant)
    ]
    number = status[0] if status and isinstance(status[0], int) else 200
    return (pattern.replace(re.escape("{}"), "[a-z]+") if fresh else pattern), number


def _results(exercise: Exercise, calls: list[ast.Call]) -> Iterator[tuple[str, Any]]:
    """What the solution returns wherever the visible check calls it with what stands there."""
    cells = Cells()
    with captured():
        cells.run(exercise.solution)
    for call in calls:
        with contextlib.suppress(Exception):  # it is not all there: nothing to learn by heart
            function = cells.namespace[call.args[0].id]  # type: ignore[attr-defined]
            given = [ast.literal_eval(argument) for argument in call.args[1:]]
            if _called(call) == "predicts":
                does = {str(k.arg): ast.literal_eval(k.value) for k in call.keywords}
                given = [given, *([does] if does else [])]
            elif _called(call) != "call":
                continue
            with captured():
                yield repr(tuple(given)), function(*given)


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(name) | ast.Attribute(_, name):
            return name
    return ""


def _texts(nodes: list[ast.expr]) -> list[str]:
    return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
