"""Changes of a condition: who is meant by it, and who is not."""

from __future__ import annotations

import ast
import copy

from course.proof.mutants.sites import Made, Site, expression, text_of


def whole(site: Site) -> Made:
    """A condition that is turned round, always true, or never."""
    field = site.way[-1][0]
    if field != "test" or not isinstance(site.node, ast.expr):
        return
    yield "a condition is negated", ast.UnaryOp(ast.Not(), site.node)
    yield "a condition always holds", ast.Constant(True)
    yield "a condition never holds", ast.Constant(False)


def joined(site: Site) -> Made:
    """`and` for `or`, and a part that is left out or turned round."""
    node = site.node
    if not isinstance(node, ast.BoolOp):
        return
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield "and for or", ast.BoolOp(other, node.values)
    for place, value in enumerate(node.values):
        rest = [one for one in node.values if one is not value]
        fewer = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
        yield "a part of a condition is left out", fewer
        turned = [*node.values]
        turned[place] = ast.UnaryOp(ast.Not(), value)
        yield "a part of a condition is negated", ast.BoolOp(node.op, turned)


def negations(site: Site) -> Made:
    """A `not` that is left out."""
    if isinstance(site.node, ast.UnaryOp) and isinstance(site.node.op, ast.Not):
        yield "a condition is negated", site.node.operand


_OTHERWISE: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(),
    ast.Lt: ast.GtE(),
    ast.GtE: ast.Lt(),
    ast.Gt: ast.LtE(),
    ast.LtE: ast.Gt(),
    ast.Is: ast.IsNot(),
    ast.IsNot: ast.Is(),
    ast.In: ast.NotIn(),
    ast.NotIn: ast.In(),
}
_AT_THE_EDGE: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
}


def comparisons(site: Site) -> Made:
    """Another comparison: `startswith`, `in` and `endswith` for `==`, and the other way round."""
    node = site.node
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return
    op, left, right = node.ops[0], node.left, node.comparators[0]
    yield "a comparison is turned round", ast.Compare(left, [_OTHERWISE[type(op)]], [right])
    if type(op) in _AT_THE_EDGE:
        yield "a comparison at its edge", ast.Compare(left, [_AT_THE_EDGE[type(op)]], [right])
    no = "not " if isinstance(op, ast.NotEq | ast.NotIn) else ""
    one, other = text_of(left), text_of(right)
    if isinstance(op, ast.Eq | ast.NotEq) and "/" in other:
        for looser in _loosely(one, other):
            yield "another comparison", expression(f"{no}{looser}")
    elif isinstance(op, ast.In | ast.NotIn) and other.startswith("settings."):
        yield "only the first is meant", expression(f"{no}{one} == {other}[0]")
        yield "another comparison", expression(f"{no}{one} in str({other})")
        begins = f"str({one}).startswith(tuple({other}))"
        yield "another comparison", expression(f"{no}{begins}")


def _loosely(one: str, other: str) -> list[str]:
    return [
        f"{one}.startswith({other})",
        f"{one}.endswith({other})",
        f"{other} in {one}",
        f"{one} in {other}",
        f"{one}.lower() == {other}.lower()",
        f"{one}.strip('/') == {other}.strip('/')",
    ]


def methods(site: Site) -> Made:
    """Another method of a text for `startswith`."""
    node = site.node
    match node:
        case ast.Call(ast.Attribute(value, "startswith" | "endswith" as name), [given]):
            one, other = text_of(value), text_of(given)
            opposite = "endswith" if name == "startswith" else "startswith"
            for text in (
                f"{one} == {other}",
                f"{other} in {one}",
                f"{one}.{opposite}({other})",
                f"{other}.{name}({one})",
                f"{one}.lower().{name}({other})",
                f"{one}.strip('/').{name}({other}.strip('/'))",
            ):
                yield "another comparison", expression(text)


def branches(site: Site) -> Made:
    """The two branches of an `if` in each other's place."""
    node = site.node
    if isinstance(node, ast.If) and node.orelse:
        changed = copy.copy(node)
        changed.body, changed.orelse = node.orelse, node.body
        yield "a condition is negated", changed


def paths(site: Site) -> Made:
    """What is asked of a request: its path with the query, or without a last slash."""
    node = site.node
    if isinstance(node, ast.Attribute) and text_of(node) == "request.path":
        yield "another path is asked", expression("request.get_full_path()")
        yield "another path is asked", expression("request.path.rstrip('/')")
        yield "another path is asked", expression("request.path.lstrip('/')")


OPERATORS = (whole, joined, negations, comparisons, methods, branches, paths)
