"""Two answers that are one: equal but for what makes no difference, and equal for nothing else."""

from __future__ import annotations

import ast
import builtins
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.lesson import read
from course.proof import twins
from course.proof.twins import canonical
from tests.course.lesson_samples import WHOLE, write

KEPT = {"Layer"}

CLASS = """
from minidjango.http import HttpResponse


class Layer:
    stopped = ("/admin/",)

    def __init__(self, get_response):
        self.get_response = get_response
        self.seen = 0

    def __call__(self, request):
        self.seen += 1
        if self.stops(request):
            return HttpResponse("No.", status=403)
        response = self.get_response(request)
        return response

    def stops(self, request):
        return any(request.path.startswith(start) for start in Layer.stopped)
"""

FACTORY = """
import re


def Layer(get_response):
    seen = 0

    def layer(request):
        nonlocal seen
        seen += 1
        try:
            found = re.match(r"/(\\d+)/", request.path)
        except ValueError as error:
            raise error
        if found is None:
            return get_response(request)
        with open(found[1]) as file:
            return [line for line in file if line]

    return layer
"""

ANSWERS = [CLASS, FACTORY]
OWN = ["stopped", "seen", "stops", "response", "layer", "found", "error", "line", "file", "start"]
"""Names that these answers give, and that the framework does not look for."""

WORDS = st.from_regex(r"[a-z]{1,3}_[a-z0-9]{1,5}", fullmatch=True)


class Renaming(ast.NodeTransformer):
    """Renames by text, without a thought of scopes: right where each name means one thing."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for field in ("id", "arg", "attr", "name"):
            name = getattr(node, field, None)
            if isinstance(name, str) and name in self.names:
                setattr(node, field, self.names[name])
        if isinstance(node, ast.Nonlocal):
            node.names = [self.names.get(name, name) for name in node.names]
        return super().generic_visit(node)


@given(st.sampled_from(ANSWERS), st.lists(WORDS, min_size=len(OWN), max_size=len(OWN), unique=True))
def test_renaming_what_an_answer_names_itself_makes_no_other_answer(
    answer: str, words: list[str]
) -> None:
    names = dict(zip(OWN, words, strict=True))
    renamed = ast.unparse(Renaming(names).visit(ast.parse(answer)))
    assert renamed != ast.unparse(ast.parse(answer))
    assert canonical(renamed, KEPT) == canonical(answer, KEPT)


@given(st.sampled_from(ANSWERS), st.data())
def test_another_value_or_another_word_of_python_s_makes_another_answer(
    answer: str, data: st.DataObject
) -> None:
    tree = ast.parse(answer)
    spots = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.Compare | ast.Return | ast.Attribute)
    ]
    spot = data.draw(st.sampled_from(spots))
    match spot:
        case ast.Constant():
            spot.value = "another value"
        case ast.Compare():
            spot.ops = [ast.NotIn()]
        case ast.Return():
            spot.value = ast.Constant("another value")
        case ast.Attribute():
            spot.attr = "somebody_else_s"
    assert canonical(ast.unparse(tree), KEPT) != canonical(answer, KEPT)


SAME = [
    (
        "def Layer(g):\n    return g",
        "def Layer(get_response):\n    '''Doc.'''\n    return get_response",
    ),
    ("def Layer(g):\n    return g", "def Layer(g: object) -> object:\n    return g"),
    ("x: int = 'a'", 'x = "a"  # a comment'),
    ("class Layer:\n    'Doc.'", "class Layer:\n    pass"),
    ("class Layer:\n    n: int\n    m = 1", "class Layer:\n    other = 1"),
    ("import re\nimport os\nre, os", "import os\nimport re\nre, os"),
    ("from a import b, c\nb(c)", "from a import c as x\nfrom a import b\nb(x)"),
    ("from a.b import C\nC()", "import a.b\na.b.C()"),
    ("from a.b import C\nC()", "from a import b as module\nmodule.C()"),
    ("import re\nx = 1", "x = 1"),
    ("def f(x): return x\ny = f(1)", "def g(y): return y\nz = g(1)"),
    ("[x for x in 'abc']", "[letter for letter in 'abc']"),
    ("lambda request: request", "lambda r: r"),
    (  # a method does not see the names of its class
        "x = 1\nclass L:\n    x = 2\n    def f(s): return x",
        "x = 1\nclass L:\n    y = 2\n    def f(s): return x",
    ),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_says_nothing_to_python_makes_no_difference(one: str, other: str) -> None:
    assert canonical(one, KEPT) == canonical(other, KEPT)


COUNTING = """
def Layer(get_response):
    count = 0
    def layer(request):
        nonlocal count
        count += 1
    return layer
"""
DIFFERENT = [
    # the names that a check calls
    ("def Layer(g):\n    return g", "def Wall(g):\n    return g"),
    # which variable is meant
    ("def f(x, y): return x", "def f(x, y): return y"),
    ("x = 1\ny = 2\nx", "x = 1\ny = 2\ny"),
    (COUNTING, COUNTING.replace("nonlocal count", "pass")),
    ("def f(x):\n    return [x for y in x]", "def f(x):\n    return [y for y in x]"),
    # somebody else's names
    ("def f(r): return r.path", "def f(r): return r.path_info"),
    ("def f(r):\n    r.status_code = 1", "def f(r):\n    r.reason = 1"),
    ("from a import b\nb()", "from a import c\nc()"),
    ("from a import b\nb()", "from c import b\nb()"),
    ("len(x)", "min(x)"),
    # what the framework looks for
    ("class L:\n    def process_request(s): 1", "class L:\n    def process_response(s): 1"),
    ("class L:\n    def __call__(s): 1", "class L:\n    def __init__(s): 1"),
    (
        "class L(Mixin):\n    def __init__(s, g):\n        s.get_response = g",
        "class L(Mixin):\n    def __init__(s, g):\n        s.inner = g",
    ),
    # order
    ("def f(r):\n    a()\n    b()", "def f(r):\n    b()\n    a()"),
    ("return_ = 'a'", "return_ = b'a'"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_says_something_to_python_makes_a_difference(one: str, other: str) -> None:
    assert canonical(one, KEPT) != canonical(other, KEPT)


@given(st.sampled_from(sorted(set(dir(builtins)) - set(dir(object)))))
def test_a_builtin_is_not_an_answer_s_own(name: str) -> None:
    if name.isidentifier() and name not in ("None", "True", "False", "__debug__"):
        assert name in canonical(f"print({name})", KEPT)


def test_the_later_of_two_equal_answers_is_told_and_the_solution_is_one_of_them(
    tmp_path: Path,
) -> None:
    again = """

# %% right="wall"
class Wall:
    def __init__(this, inner):
        this.inner = inner

    def __call__(this, question):
        word = 'sesame'
        return this.inner(question)
"""
    path = write(tmp_path, WHOLE + again)
    lesson = read(path)
    (problem,) = twins.problems(lesson)
    assert problem.line == lesson.exercises[0].rights[-1].at
    assert f"the answer of line {lesson.exercises[0].at}; write a really" in problem.text
