"""The places of an answer at which something can be changed, and its source once it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

Step = tuple[str, int | None]
"""From a node to one below it: the field, and the place in it where it holds a list."""

New = ast.AST | list[ast.stmt]
"""What may stand where a node stood: another node, or statements for a statement."""

Made = Iterator[tuple[str, New]]
"""What an operator makes of a site: the name of the change, and what stands there afterwards."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Site:
    """A node of a tree, those above it from the module down, and the way there."""

    node: ast.AST
    above: tuple[ast.AST, ...]
    way: tuple[Step, ...]

    @property
    def parent(self) -> ast.AST:
        """The node that it stands in."""
        return self.above[-1]

    @property
    def function(self) -> Function | None:
        """The innermost function that it stands in."""
        return next((n for n in reversed(self.above) if isinstance(n, Function)), None)

    @property
    def class_(self) -> ast.ClassDef | None:
        """The innermost class that it stands in."""
        return next((n for n in reversed(self.above) if isinstance(n, ast.ClassDef)), None)

    @property
    def siblings(self) -> list[ast.stmt]:
        """The statements among which this one stands."""
        found: list[ast.stmt] = getattr(self.parent, self.way[-1][0])
        return found

    @property
    def after(self) -> list[ast.stmt]:
        """The statements that follow this one."""
        place = self.way[-1][1]
        return [] if place is None else self.siblings[place + 1 :]


def sites(tree: ast.Module) -> Iterator[Site]:
    """Every place inside a definition; what only speaks to readers is left out.

    What stands outside of all definitions, such as imports, is not the answer's own work.
    """
    for place, statement in enumerate(tree.body):
        if isinstance(statement, ast.ClassDef | Function):
            yield from _below(Site(statement, (tree,), (("body", place),)))


def _below(site: Site) -> Iterator[Site]:
    yield site
    above = (*site.above, site.node)
    for field, value in ast.iter_fields(site.node):
        if field in ("annotation", "returns", "format_spec", "ctx", "type_params"):
            continue
        for place, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and not is_docstring(node):
                yield from _below(Site(node, above, (*site.way, (field, place))))


def is_docstring(node: ast.AST) -> bool:
    """Whether this is a text that stands as a statement."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def changed(tree: ast.Module, site: Site, new: New) -> str:
    """The source in which `new` stands at that site, and all else as it is in the tree.

    What is left empty says `pass`.
    """
    field, place = site.way[-1]
    there = getattr(site.parent, field)
    if place is None:
        put: object = new
    else:
        put = [*there[:place], *(new if isinstance(new, list) else [new]), *there[place + 1 :]]
        put = put or ([ast.Pass()] if field == "body" else [])
    setattr(site.parent, field, put)
    try:
        return text_of(ast.fix_missing_locations(tree))
    finally:
        setattr(site.parent, field, there)


# -- reading, and writing, a little Python ---------------------------------------------------


def expression(text: str) -> ast.expr:
    """The expression that this text is."""
    return ast.parse(text, mode="eval").body


def statements(text: str) -> list[ast.stmt]:
    """The statements that this text is."""
    return ast.parse(text).body


def text_of(node: ast.AST) -> str:
    """A node as source text."""
    return ast.unparse(node)


def calls_on(node: ast.AST | None) -> bool:
    """Whether this is a call of get_response, kept on `self` or not."""
    return isinstance(node, ast.Call) and text_of(node.func).split(".")[-1] == "get_response"


def has_call_on(node: ast.AST) -> bool:
    """Whether get_response is called anywhere in this."""
    return any(map(calls_on, ast.walk(node)))


def makes_response(node: ast.AST | None) -> bool:
    """Whether this makes a response of the layer's own, as `HttpResponse(...)` does."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return False
    return "Response" in node.func.id


def arguments_of(function: Function) -> list[str]:
    """The names of a function's arguments."""
    given = function.args
    return [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def answers_requests(function: Function | None) -> bool:
    """Whether this function is handed requests."""
    return function is not None and "request" in arguments_of(function)


def makes_layers(function: Function | None) -> bool:
    """Whether this is a factory: handed get_response, it gives back a layer."""
    if function is None or function.name == "__init__":
        return False
    return "get_response" in arguments_of(function) and not answers_requests(function)
