"""Changes of what a layer does: returns, calls on, and in which order."""

from __future__ import annotations

import ast
import copy
import itertools

from course.proof.mutants.sites import (
    Function,
    Made,
    Site,
    answers_requests,
    arguments_of,
    calls_on,
    expression,
    has_call_on,
    is_docstring,
    makes_layers,
    makes_response,
    statements,
    text_of,
)


def returns(site: Site) -> Made:
    """A return that is forgotten, gives nothing, or gives something else."""
    node = site.node
    if not isinstance(node, ast.Return) or node.value is None:
        return
    lost = f"{_given(site, node.value)} is not returned"
    yield lost, [ast.Expr(node.value)]
    yield lost, ast.Return(ast.Constant(None))
    if answers_requests(site.function):
        yield "a text is returned", ast.Return(ast.Constant("text"))
        yield "the request is returned", [*_evaluated(node.value), *statements("return request")]
        yield "it yields", ast.Expr(ast.Yield(node.value))
    if makes_response(node.value):
        yield "a response is raised", ast.Raise(node.value)
    if makes_layers(site.function):
        yield "the factory calls its layer", ast.Return(ast.Call(node.value, [], []))
        yield "the factory returns get_response", statements("return get_response")[0]
    if answers_requests(site.function) and not makes_response(node.value):
        made = ast.Return(expression(f"HttpResponse(({text_of(node.value)}).content)"))
        yield "a copy of the answer is returned", made


def _given(site: Site, value: ast.expr) -> str:
    """What is returned there."""
    if makes_layers(site.function):
        return "the layer"
    if makes_response(value):
        return "its own answer"
    return "the answer" if answers_requests(site.function) else "the result"


def _evaluated(value: ast.expr) -> list[ast.stmt]:
    return [ast.Expr(value)] if isinstance(value, ast.Call) else []


def calls(site: Site) -> Made:
    """A call of get_response that is not made, or made otherwise."""
    node = site.node
    if not isinstance(node, ast.Call) or not calls_on(node):
        return
    yield "get_response is not called", expression("HttpResponse('its own')")
    yield "get_response is not called, but refused", expression("HttpResponse(status=403)")
    yield "get_response is given back", node.func
    yield "get_response is handed nothing", ast.Call(node.func, [], [])
    yield "get_response is handed too much", ast.Call(node.func, [*node.args, *node.args], [])
    yield "the request is taken for the answer", expression("request")
    if isinstance(node.func, ast.Attribute):
        yield "self is left out", ast.Call(expression("get_response"), node.args, [])


def calls_again(site: Site) -> Made:
    """get_response called a second time, before or after the first."""
    node = site.node
    if isinstance(node, ast.stmt) and not isinstance(node, ast.If) and _calls_on_itself(node):
        call = next(n for n in ast.walk(node) if isinstance(n, ast.Call) and calls_on(n))
        yield "get_response is called twice", [ast.Expr(call), node]
        if not isinstance(node, ast.Return):
            yield "get_response is called twice", [node, copy.deepcopy(node)]


def _calls_on_itself(node: ast.stmt) -> bool:
    """Whether a statement calls on, and not only one that stands in it."""
    return isinstance(node, ast.Return | ast.Assign | ast.Expr) and has_call_on(node)


def exceptions(site: Site) -> Made:
    """An exception that is swallowed on its way, or caught where none was to be."""
    node = site.node
    if isinstance(node, ast.Raise):
        yield "nothing is raised", [ast.Pass()]
    if isinstance(node, ast.ExceptHandler):
        swallowed = copy.copy(node)
        swallowed.body = [ast.Pass()]
        yield "an exception is swallowed", swallowed
    if isinstance(node, ast.Return) and has_call_on(node):
        tried = f"try:\n {text_of(node)}\nexcept Exception:\n return HttpResponse('all is well')"
        yield "exceptions from inside are swallowed", statements(tried)
    if isinstance(node, ast.Assign) and has_call_on(node):
        name = text_of(node.targets[0])
        tried = f"try:\n {text_of(node)}\nexcept Exception:\n {name} = HttpResponse('all is well')"
        yield "exceptions from inside are swallowed", statements(tried)


def left_out(site: Site) -> Made:
    """A statement that is missing."""
    node = site.node
    if not isinstance(node, ast.stmt) or isinstance(node, ast.Pass | Function | ast.ClassDef):
        return
    if isinstance(node, ast.If):
        yield "a condition is left out", [*node.orelse]
        yield "a condition is left out", [*node.body]
    elif not isinstance(node, ast.Return):
        yield _statement_left_out(node), []


def _statement_left_out(node: ast.stmt) -> str:
    if isinstance(node, ast.Assign) and text_of(node).endswith("get_response = get_response"):
        return "get_response is not kept"
    if has_call_on(node):
        return "get_response is left out"
    target = node.targets[0] if isinstance(node, ast.Assign) else None
    if isinstance(target, ast.Subscript):
        return "a header is not set"
    return "a statement is left out"


def moved(site: Site) -> Made:
    """What stands before get_response moved after it, and the other way round."""
    node = site.node
    if not isinstance(node, Function) or node.name == "__init__":
        return
    body = [one for one in node.body if not is_docstring(one)]
    for place, (one, other) in enumerate(itertools.pairwise(body)):
        order = [*body[:place], other, one, *body[place + 2 :]]
        kind = "two statements change places"
        if answers_requests(node) and (has_call_on(one) or has_call_on(other)):
            kind = "what stands before and after get_response changes places"
        yield kind, _with_body(node, order)
    guards = [one for one in body if isinstance(one, ast.If) and not one.orelse]
    last = body[-1]
    if isinstance(last, ast.Return) and last.value is not None and calls_on(last.value):
        for guard in guards:
            rest = [one for one in body[:-1] if one is not guard]
            asked = ast.Assign([ast.Name("response", ast.Store())], last.value)
            late = [*rest, asked, guard, *statements("return response")]
            yield "the decision comes too late", _with_body(node, late)
        first = ast.Assign([ast.Name("response", ast.Store())], last.value)
        if guards:
            late = [first, *body[:-1], *statements("return response")]
            yield "the decision comes too late", _with_body(node, late)


def returns_early(site: Site) -> Made:
    """A return that comes before the work is done."""
    node = site.node
    if isinstance(node, Function) and answers_requests(node):
        call = next((n for n in ast.walk(node) if calls_on(n)), None)
        if call is not None:
            passed = [ast.Return(copy.deepcopy(call)), *node.body]  # type: ignore[arg-type]
            yield "it only passes on", _with_body(node, passed)
    if isinstance(node, ast.Assign) and calls_on(node.value) and site.after:
        given = text_of(node.targets[0])
        yield "it returns too early", [node, *statements(f"return {given}")]


def signatures(site: Site) -> Made:
    """A function that takes other arguments, has another name, or is another kind of function."""
    node = site.node
    if not isinstance(node, ast.FunctionDef):
        return
    names = arguments_of(node)
    for place, name in enumerate(names):
        fewer = copy.deepcopy(node)
        fewer.args.args = [one for n, one in enumerate(node.args.args) if n != place]
        yield "it takes fewer arguments", fewer
        if name in ("request", "get_response"):
            more = copy.deepcopy(node)
            more.args.args = [*node.args.args, ast.arg("response")]
            yield "it takes more arguments", more
    if node.name in ("__call__", "__init__"):
        renamed = copy.deepcopy(node)
        renamed.name = node.name.strip("_")
        yield f"{node.name} has another name", renamed
    if answers_requests(node):
        fields = {field: getattr(node, field) for field in node._fields}
        yield "it is a coroutine", ast.AsyncFunctionDef(**fields)
    for place in range(len(node.decorator_list)):
        bare = copy.deepcopy(node)
        del bare.decorator_list[place]
        yield "a decorator is left out", bare


def _with_body(function: Function, body: list[ast.stmt]) -> Function:
    changed = copy.copy(function)
    told = [one for one in function.body if is_docstring(one) and one not in body]
    changed.body = [*told, *body]
    return changed


OPERATORS = (
    returns,
    calls,
    calls_again,
    exceptions,
    left_out,
    moved,
    returns_early,
    signatures,
)
