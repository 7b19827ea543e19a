"""Changes of what outlives a request: what is kept on `self`, on the class, from the start."""

from __future__ import annotations

import ast
import copy

from course.proof.mutants.sites import (
    Function,
    Made,
    Site,
    answers_requests,
    arguments_of,
    calls_on,
    expression,
    has_call_on,
    statements,
    text_of,
)


def on_self(site: Site) -> Made:
    """A local name of one call that is kept where all calls find it."""
    node = site.node
    if not _is_call_of_a_class(site) or not isinstance(node, ast.FunctionDef):
        return
    for name in _locals(node):
        yield "a local name is kept on self", _renamed(node, name, f"self.{name}")


def answers_kept(site: Site) -> Made:
    """The first answer, or the first decision, kept for every request that follows."""
    node = site.node
    if not isinstance(node, ast.stmt) or not _is_in_call_of_a_class(site):
        return
    call = next((n for n in ast.walk(node) if calls_on(n)), None)
    if call is not None and isinstance(node, ast.Return | ast.Assign):
        first = f"if not hasattr(self, 'kept'):\n self.kept = {text_of(call)}"
        kept = copy.deepcopy(node)
        kept.value = expression("self.kept")
        yield "the first answer is kept", [*statements(first), kept]
    if isinstance(node, ast.If):
        remembered = copy.deepcopy(node)
        remembered.test = expression(f"getattr(self, 'met', False) or {text_of(node.test)}")
        remembered.body = [*statements("self.met = True"), *remembered.body]
        yield "a decision is remembered", remembered
        once = copy.deepcopy(node)
        once.test = expression(f"not getattr(self, 'met', False) and ({text_of(node.test)})")
        once.body = [*statements("self.met = True"), *once.body]
        yield "only the first time counts", once


def at_the_start(site: Site) -> Made:
    """What is worked out for each request worked out once, when the layer is built."""
    node = site.node
    if not isinstance(node, ast.ClassDef):
        return
    methods = {one.name: one for one in node.body if isinstance(one, ast.FunctionDef)}
    if not {"__init__", "__call__"} <= methods.keys():
        return
    own = {*_locals(methods["__call__"]), *arguments_of(methods["__call__"])}
    for statement in methods["__call__"].body:
        if _names_one(statement) and not own & _read(statement.value):  # type: ignore[attr-defined]
            yield "something is done once, at the start", _at_the_start(node, statement)


def _at_the_start(node: ast.ClassDef, statement: ast.stmt) -> ast.ClassDef:
    """The class, with what a statement of `__call__` says said in `__init__`."""
    name = statement.targets[0].id  # type: ignore[attr-defined]
    changed = copy.deepcopy(node)
    body = []
    for method in changed.body:
        if isinstance(method, ast.FunctionDef) and method.name == "__init__":
            text = f"self.{name} = {text_of(statement.value)}"  # type: ignore[attr-defined]
            method.body = [*method.body, *statements(text)]
        elif isinstance(method, ast.FunctionDef) and method.name == "__call__":
            kept = [one for one in method.body if text_of(one) != text_of(statement)]
            method = _renamed(_bodied(method, kept), name, f"self.{name}")
        body.append(method)
    changed.body = body
    return changed


def on_the_class(site: Site) -> Made:
    """What each layer has for itself kept on the class, for all layers; or begun for each call."""
    node = site.node
    if not isinstance(node, ast.ClassDef):
        return
    for method in node.body:
        if not isinstance(method, ast.FunctionDef) or method.name != "__init__":
            continue
        for statement in method.body:
            if _is_own_state(statement):
                yield "state is kept on the class", _on_the_class(node, statement)
                yield "state is begun anew each time", _each_time(node, statement)


def _is_own_state(statement: ast.stmt) -> bool:
    """Whether this is `self.name = value`, of something that is not handed over."""
    match statement:
        case ast.Assign([ast.Attribute(ast.Name("self"), name)], _):
            return name != "get_response"
    return False


def _on_the_class(node: ast.ClassDef, statement: ast.stmt) -> ast.ClassDef:
    name = statement.targets[0].attr  # type: ignore[attr-defined]
    value = text_of(statement.value)  # type: ignore[attr-defined]
    text = text_of(_without(node, statement)).replace(f"self.{name}", f"{node.name}.{name}")
    changed = ast.parse(text).body[0]
    assert isinstance(changed, ast.ClassDef)
    changed.body = [*statements(f"{name} = {value}"), *changed.body]
    return changed


def _each_time(node: ast.ClassDef, statement: ast.stmt) -> ast.ClassDef:
    changed = _without(node, statement)
    for method in changed.body:
        if isinstance(method, ast.FunctionDef) and method.name == "__call__":
            method.body = [copy.deepcopy(statement), *method.body]
    return changed


def _without(node: ast.ClassDef, statement: ast.stmt) -> ast.ClassDef:
    changed = copy.deepcopy(node)
    for method in changed.body:
        if isinstance(method, Function):
            method.body = [one for one in method.body if text_of(one) != text_of(statement)]
            method.body = method.body or [ast.Pass()]
    return changed


def _is_call_of_a_class(site: Site) -> bool:
    return isinstance(site.node, Function) and site.node.name == "__call__"


def _is_in_call_of_a_class(site: Site) -> bool:
    return answers_requests(site.function) and getattr(site.function, "name", "") == "__call__"


def _locals(function: Function) -> list[str]:
    """The names that a function gives, in their order, but for its arguments."""
    stored = [n for n in ast.walk(function) if isinstance(n, ast.Name)]
    return list(dict.fromkeys(n.id for n in stored if isinstance(n.ctx, ast.Store)))


def _read(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _names_one(statement: ast.stmt) -> bool:
    """Whether this gives one name a value that is worked out."""
    match statement:
        case ast.Assign([ast.Name()], value):
            return not has_call_on(value)
    return False


def _bodied(function: ast.FunctionDef, body: list[ast.stmt]) -> ast.FunctionDef:
    changed = copy.copy(function)
    changed.body = body
    return changed


def _renamed(function: ast.FunctionDef, name: str, other: str) -> ast.FunctionDef:
    """The function, with this name written otherwise throughout."""

    class Rename(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.AST:
            return expression(other) if node.id == name else node

    renamed = Rename().visit(copy.deepcopy(function))
    assert isinstance(renamed, ast.FunctionDef)
    return renamed


OPERATORS = (on_self, answers_kept, at_the_start, on_the_class)
