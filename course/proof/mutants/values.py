"""Changes of a value: a path, a number, a text, an argument, the elements of a list."""

from __future__ import annotations

import ast
import copy

from course.proof.mutants.sites import Made, Site, expression, makes_response, text_of


def texts(site: Site) -> Made:
    """Another text: a path by one slash or letter, a header's name or value, a name in a list."""
    node = site.node
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value):
        return
    text, kind = node.value, _kind_of(site)
    others = [f"{text}x"]
    if kind != "another content":
        others += [text[:-1], ""]
    if kind not in ("another content", "another header is set", "another header is read"):
        others.append(text.swapcase())  # the names of headers are the same in capitals
    if text.startswith("/"):
        others += [text.rstrip("/"), f"{text}/", text[1:], f"/{text.strip('/')[:-1]}/"]
    if " " in text and kind != "another content":
        others += [text.split(" ")[0], text.replace(" ", "")]
    for other in dict.fromkeys(others):
        if other != text:
            yield kind, ast.Constant(other)


def _kind_of(site: Site) -> str:
    """What a text is, by where it stands."""
    parent, (field, _) = site.parent, site.way[-1]
    if isinstance(parent, ast.JoinedStr):
        return "another text"
    if isinstance(parent, ast.Subscript) and field == "slice":
        return "another header is set"
    if isinstance(parent, ast.Dict):
        return "another header is set" if field == "keys" else "a header has another value"
    if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Subscript):
        return "a header has another value"
    if isinstance(parent, ast.List | ast.Tuple | ast.Set):
        return "another name in a list"
    if makes_response(parent):
        return "another content"
    asked = any(".headers" in text_of(one) for one in (parent, *site.above[-2:-1]))
    return "another header is read" if asked else "another text is compared"


def numbers(site: Site) -> Made:
    """Another number: one more, one less, none, ten times as much; another status."""
    node = site.node
    if not isinstance(node, ast.Constant) or type(node.value) not in (int, float):
        return
    value = node.value
    assert isinstance(value, int | float)
    if isinstance(site.parent, ast.keyword) and site.parent.arg == "status":
        for status in (200, 204, 302, 403, 404, 500, 503):
            if status != value:
                yield "another status", ast.Constant(status)
        return
    for other in dict.fromkeys((value + 1, value - 1, 0, value * 10, -value)):
        if other != value:
            yield "another number", ast.Constant(other)


def truths(site: Site) -> Made:
    """True for False, and something for None."""
    if isinstance(site.node, ast.Constant) and isinstance(site.node.value, bool):
        yield "another truth", ast.Constant(not site.node.value)


def responses(site: Site) -> Made:
    """Another class of response, an argument less, or the class alone."""
    node = site.node
    if not isinstance(node, ast.Call):
        return
    if makes_response(node) and isinstance(node.func, ast.Name):
        yield "the class of a response is given", node.func
        others = ("HttpResponse", "HttpResponseNotFound", "HttpResponseBadRequest")
        for other in others if not any(one.arg == "status" for one in node.keywords) else ():
            if other != node.func.id:
                yield "another status", ast.Call(ast.Name(other), node.args, node.keywords)
    for place, keyword in enumerate(node.keywords):
        fewer = [one for n, one in enumerate(node.keywords) if n != place]
        yield f"{keyword.arg}= is left out", ast.Call(node.func, node.args, fewer)


def arguments(site: Site) -> Made:
    """A call with one argument less, or with two of them in each other's place."""
    node = site.node
    if not isinstance(node, ast.Call) or "get_response" in text_of(node.func):
        return
    kind = "the content is left out" if makes_response(node) else "an argument is left out"
    for place in range(len(node.args)):
        fewer = [one for n, one in enumerate(node.args) if n != place]
        yield kind, ast.Call(node.func, fewer, node.keywords)
    for place in range(len(node.args) - 1):
        order = _swapped(node.args, place)
        yield "two arguments change places", ast.Call(node.func, order, node.keywords)


def elements(site: Site) -> Made:
    """A list with one element less, one twice, or two in each other's place; a dict with less."""
    node = site.node
    if isinstance(node, ast.Dict):
        for place in range(len(node.values)):
            keys = [one for n, one in enumerate(node.keys) if n != place]
            values = [one for n, one in enumerate(node.values) if n != place]
            yield "a header is not set", ast.Dict(keys, values)
    if not isinstance(node, ast.List | ast.Tuple) or not isinstance(node.ctx, ast.Load):
        return
    kind, many = type(node), node.elts
    for place in range(len(many)):
        rest = [one for n, one in enumerate(many) if n != place]
        yield "one is left out of a list", kind(rest, node.ctx)
        yield "one stands in a list twice", kind([*many, many[place]], node.ctx)
    for place in range(len(many) - 1):
        yield "two in a list change places", kind(_swapped(many, place), node.ctx)
    if len(many) > 2:
        yield "a list is turned round", kind(many[::-1], node.ctx)


def _swapped(many: list[ast.expr], place: int) -> list[ast.expr]:
    return [*many[:place], many[place + 1], many[place], *many[place + 2 :]]


_OPERATORS: dict[type[ast.operator], tuple[ast.operator, ...]] = {
    ast.Add: (ast.Sub(),),
    ast.Sub: (ast.Add(),),
    ast.Mult: (ast.Div(), ast.Add()),
    ast.Div: (ast.Mult(),),
    ast.FloorDiv: (ast.Mult(), ast.Div()),
}


def sums(site: Site) -> Made:
    """Another operation, or one of its sides alone, or the sides in each other's place."""
    node = site.node
    if isinstance(node, ast.AugAssign):
        for op in _OPERATORS.get(type(node.op), ()):
            yield "another operation", ast.AugAssign(node.target, op, node.value)
        yield "another operation", ast.Assign([node.target], node.value)
    if isinstance(node, ast.BinOp):
        for op in _OPERATORS.get(type(node.op), ()):
            yield "another operation", ast.BinOp(node.left, op, node.right)
        yield "one side of an operation is left out", node.left
        yield "one side of an operation is left out", node.right
        if not isinstance(node.op, ast.Mult):
            yield "two sides change places", ast.BinOp(node.right, node.op, node.left)


_OTHER_FUNCTIONS = ("reversed", "sorted", "list", "set", "frozenset", "tuple", "str", "int")


def functions(site: Site) -> Made:
    """A function that is not called on its argument."""
    match site.node:
        case ast.Call(ast.Name(name), [given], []) if name in _OTHER_FUNCTIONS:
            yield "a function is not called", given
        case ast.Call(ast.Attribute(value, "get"), [given, *_]) if "headers" in text_of(value):
            yield "square brackets for get", expression(f"{text_of(value)}[{text_of(given)}]")


def settings(site: Site) -> Made:
    """Another setting: one that is not there."""
    node = site.node
    if isinstance(node, ast.Attribute) and text_of(node.value) == "settings":
        yield "another setting", ast.Attribute(node.value, f"{node.attr}_X", ast.Load())


def headers(site: Site) -> Made:
    """A header that is set elsewhere, or only where there is none."""
    node = site.node
    if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Subscript):
        return
    target = node.targets[0]
    base, key, value = text_of(target.value), text_of(target.slice), text_of(node.value)
    if not base.endswith(".headers") or _on_its_own(site, base.removesuffix(".headers")):
        return
    changed = copy.deepcopy(node)
    changed.targets = [expression(f"request.META[{key}]")]
    yield "a header is set on the request", changed
    changed = copy.deepcopy(node)
    changed.targets = [expression(f"HttpResponse().headers[{key}]")]
    yield "a header is set on another response", changed
    yield "a header is not overwritten", ast.Expr(expression(f"{base}.setdefault({key}, {value})"))
    for wanted in ("== 200", "< 400"):
        guarded = f"if {base.removesuffix('.headers')}.status_code {wanted}:\n {text_of(node)}"
        yield "a header is set sometimes", ast.parse(guarded).body


def _on_its_own(site: Site, name: str) -> bool:
    """Whether the response of that name was made just before, by the layer itself."""
    makes = [one for one in site.siblings if isinstance(one, ast.Assign)]
    return any(text_of(one.targets[0]) == name and makes_response(one.value) for one in makes)


OPERATORS = (
    texts,
    numbers,
    truths,
    responses,
    arguments,
    elements,
    sums,
    functions,
    settings,
    headers,
)
