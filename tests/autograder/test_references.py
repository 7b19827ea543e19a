"""A student's name in a check: it can be handed on, and never passes in silence."""

from __future__ import annotations

import copy
import operator
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from autograder.hosts import Host, LocalHost, PipeHost
from autograder.names import defined_names, free_names, misused
from autograder.references import Reference, ReferenceMisused, attributes_of, name_of


def enter(reference: Any) -> None:
    with reference:
        pass


OPERATIONS: dict[str, Callable[[Any], object]] = {
    "==": lambda r: r == 1,
    "!=": lambda r: r != 1,
    "<": lambda r: r < 1,
    "1 ==": lambda r: operator.eq(1, r),
    "bool": bool,
    "not": operator.not_,
    "str": str,
    "repr": repr,
    "format": lambda r: f"{r}",
    "hash": hash,
    "in a set": lambda r: {r},
    "call": lambda r: r(),
    "isinstance": lambda r: isinstance(r, int),
    "class": lambda r: r.__class__,
    "set attribute": lambda r: setattr(r, "name", 1),
    "delete attribute": lambda r: delattr(r, "name"),
    "len": len,
    "iterate": list,
    "index": lambda r: r[0],
    "contains": lambda r: 1 in r,
    "add": lambda r: r + 1,
    "add to": lambda r: 1 + r,
    "int": int,
    "is an instance of it": lambda r: isinstance(1, r),
    "is a subclass of it": lambda r: issubclass(int, r),
    "with": enter,
    "special method": lambda r: r.__len__(),
    "copy": copy.copy,
    "deep copy": copy.deepcopy,
    "pickle": pickle.dumps,
    "dir": dir,
}


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("attributes", [(), ("attribute",)])
def test_a_reference_refuses_aloud_and_says_the_mend(
    attributes: tuple[str, ...], name: str
) -> None:
    reference = Reference("BlockList", attributes)
    with pytest.raises(ReferenceMisused, match=r"value\(BlockList"):
        OPERATIONS[name](reference)


@pytest.mark.parametrize(
    "attribute",
    [
        *("limit", "__doc__", "__module__", "__name__", "__dict__", "__slots__", "__init__"),
        *("_name", "_attributes", "__call__", "__eq__", "__getattribute__", "__reduce_ex__"),
    ],
)
def test_every_attribute_of_a_reference_is_the_students(attribute: str) -> None:
    reference = getattr(Reference("BlockList", ("Meta",)), attribute)
    assert type(reference) is Reference
    assert name_of(reference) == "BlockList"
    assert attributes_of(reference) == ("Meta", attribute)


@pytest.mark.parametrize("open_host", [LocalHost, PipeHost])
def test_attributes_have_the_same_values_in_both_hosts(open_host: Callable[[], Host]) -> None:
    host = open_host()
    try:
        told = host.ask({"do": "cell", "source": CELL}, lambda _: {})
        assert told["is"] == "done"
        block_list = host.names({"BlockList"})["BlockList"]
        asked = block_list.__doc__, block_list.__module__, block_list._name, block_list.__name__
        values = [host.ask({"do": "value", "of": host.refer(x)}, lambda _: {}) for x in asked]
    finally:
        host.close()
    assert [v["value"] for v in values] == ["Say no.", "__main__", "mine", "BlockList"]


CELL = "class BlockList:\n    'Say no.'\n    _name = 'mine'\n"


def test_free_names_are_those_that_nothing_in_the_check_binds() -> None:
    source = (
        "import json\n"
        "from minidjango.http import HttpResponse\n"
        "def view(request):\n"
        "    return HttpResponse(body)\n"
        "app = onion(BlockList, view=view)\n"
        "assert len([x for x in json.loads(app.get('/').text)]) == LIMIT\n"
    )
    assert free_names(source) == {"body": 4, "onion": 5, "BlockList": 5, "LIMIT": 6}


FREE: dict[str, tuple[str, dict[str, int]]] = {
    "a class attribute of the same name": ("class A:\n    B = B\nB", {"B": 2}),
    "a class attribute that is bound first": ("class A:\n    b = 1\n    c = b", {}),
    "a name bound to itself": ("\nB = B", {"B": 2}),
    "a name used, then bound": ("1 if B else 2\nB: int = 1", {"B": 1}),
    "a name annotated with itself": ("B: B = 1", {}),
    "a name added to": ("LIMIT += 1", {"LIMIT": 1}),
    "a loop variable in its own iterable": ("for n in (n, 1):\n    n", {"n": 1}),
    "a name that a loop binds at its end": (
        "for n in (1, 2):\n    seen\n    seen = n",
        {"seen": 2},
    ),
    "a name that is bound before its function runs": ("def f():\n    return b\nb = 1\nf()", {}),
    "a default and an annotation": ("def f(b: B = b) -> C:\n    b\nf()", {"B": 1, "b": 1, "C": 1}),
    "a lambda's default": ("(lambda b=b: b)()", {"b": 1}),
    "a parameter elsewhere": ("def f(b, *c, d=1, **e):\n    return b, c, d, e\nf(1)\nb", {"b": 4}),
    "a private name in a class": ("class _A:\n  def f(self):\n    __B\n_A().f()", {"_A__B": 3}),
    "a private name bound in a class": ("class A:\n    __b = 1\n    __b", {}),
    "a class in a class of underscores": ("class _:\n    __B", {"__B": 2}),
    "a walrus in a comprehension": ("[(y := 1) for _ in (1,)]\ny", {}),
    "a walrus in two comprehensions": ("[[(y := 1) for _ in '1'] for _ in '1']\ny", {}),
    "a walrus in a function": ("def f():\n  [(y := 1) for _ in '1']\n  y\nf()\ny", {"y": 5}),
    "a comprehension's variable outside it": ("{x: x for x in '1'}\nx", {"x": 2}),
    "a comprehension's own iterable": ("[x for x in (x, 1) for y in (x, z)]", {"x": 1, "z": 1}),
    "a class's own iterable": ("class A:\n  b = '1'\n  [c for c in b]", {}),
    "a class's name in a comprehension": ("class A:\n  b = '1'\n  [(b, c) for c in b]", {"b": 3}),
    "a name of the function round it": ("def f(b):\n    return lambda: b\nf(1)()", {}),
    "a nonlocal name": ("def f(b):\n  def g():\n    nonlocal b\n    b += 1\n  g()\nf(1)", {}),
    "a name declared global": ("def f():\n    global b\n    b = 1\nf()\nb", {}),
    "a global under a local": ("def f(b):\n  def g():\n    global b\n    b\n  g()\nf(1)", {"b": 4}),
    "a name that an except clause binds": ("try:\n    1 / 0\nexcept Exception as e:\n    e", {}),
    "a pattern": ("match {'k': [1]}:\n  case {'k': [x, *y] as z, **more}:\n    x, y, z, more", {}),
    "names that imports bind": ("import os.path as p, os.path\nfrom os import sep\np, os, sep", {}),
    "the class of a method": ("class A:\n    def f(self):\n        return __class__\nA().f()", {}),
    "a decorator, a base and a keyword": ("@d\nclass A(B, x=C): 1", {"d": 1, "B": 2, "C": 2}),
    "the first of several lines": ("def f():\n    return b\nf()\nb", {"b": 2}),
    "a name deleted": ("del b", {"b": 1}),
    "a bare annotation, which binds nothing": ("b: int\nb", {"b": 2}),
}


@pytest.mark.parametrize("claim", FREE)
def test_the_line_of_each_free_name_and_no_other(claim: str) -> None:
    source, free = FREE[claim]
    assert free_names(source) == free


class Anything(int):
    def __call__(self, *_: object, **__: object) -> Any:
        return self


# A base must be a class.
RUNNABLE = [claim for claim in FREE if not claim.startswith("a decorator")]


@pytest.mark.parametrize("claim", RUNNABLE)
def test_python_finds_every_name_just_when_it_has_the_free_ones(claim: str) -> None:
    source, _ = FREE[claim]
    names = free_names(source)
    code = compile(source, "<check>", "exec", dont_inherit=True)  # nor this file's __future__
    exec(code, dict.fromkeys(names, Anything()))
    for missing in names:
        with pytest.raises(NameError) as error:
            exec(code, dict.fromkeys(names.keys() - {missing}, Anything()))
        assert error.value.name == missing


def test_a_cell_defines_what_it_binds_at_its_top_level() -> None:
    source = "import os\nclass A:\n    b = 1\ndef c():\n    d = 2\nfor e in ():\n    f = e\n"
    assert defined_names(source) == {"os", "A", "c", "e", "f"}


def test_a_cell_does_not_define_what_only_a_call_or_a_comprehension_binds() -> None:
    source = (
        "def f():\n    global g\n    g = 1\n[h for h in ()]\nfrom os import *\n[i := 1 for _ in '']"
    )
    assert defined_names(source) == {"f", "i"}


@pytest.mark.parametrize(
    "use",
    [
        "onion(A)",
        "onion(first, A, view=v)",
        "app.trace.returned(A, 403)",
        "app.built_once(A)",
        "value(A.limit) == 3",
        "value(A.Meta.__doc__)",
        "quiz(A, 'sealed')",
        "onion(*[A, B], *(A,), view=A)",
        "onion(A if long else B)",
        "autograder.value(A.limit)",
        "import autograder as a\na.value(A.limit)",
        "from autograder import value as ask, onion\nask(A.limit)\nonion(A).built_once(A)",
        "app = onion(A)\napp.built_once(A)",
        "apps = [onion(A)]\napps[0].trace.returned(A, 403)",
        "def holds(app):\n    app.trace.returned(A, 403)\nholds(onion(A))",
        "def f(A):\n    A = A()\n    return A.limit",
        "lambda A: A()",
        "[A() for A in views]",
        "class Mine:\n    A = 1\n    A()",
        "from somewhere import A\nA()",
        "import A\nA.b()",
    ],
)
def test_a_name_may_be_handed_to_the_checking_api(use: str) -> None:
    assert misused(use, {"A", "B"}) == []


@pytest.mark.parametrize(
    "use",
    [
        *("A()", "A.limit == 3", "A == 1", "b = A", "f'{A}'", "[A]", "onion(A())", "onion(A.x)"),
        *("isinstance(A, type)", "callable(A)", "hasattr(A, 'x')", "getattr(A, 'x', 1)", "id(A)"),
        *("A is None", "None is not A", "A in (1,)", "not A", "A or 1", "if A: pass", "type(A)"),
        *("match A:\n    case _: pass", "@A\ndef f(): pass", "class C(A): pass", "x: A = 1"),
        *("onion(*A)", "onion(**A)", "onion(*[a for a in A])", "onion(**{'view': A})"),
        *("onion(1 if A else 2)", "onion(x := A)", "app.trace.returned(A.limit)", "app.value(A.x)"),
        *("value(A().limit)", "value(A.limit())", "value(A[0])", "del A"),
        *("def f(x=A): pass", "class C:\n  A = A", "class C:\n  x = A", "[0 for _ in A]"),
    ],
)
def test_any_other_use_of_it_is_found_with_its_line(use: str) -> None:
    ((line, sentence),) = misused("\n" + use, {"A"})
    assert line == 2 + use.partition("A")[0].count("\n")
    assert "value(A" in sentence


@pytest.mark.parametrize(
    "call",
    [
        *("def f(x):\n    return x\nf(A)", "f = isinstance\nf(A, type)", "(lambda x: x)(A)"),
        *("import builtins\nbuiltins.isinstance(A, type)", "import os.path\nos.path.exists(A)"),
        *("import builtins as b\nb.callable(A)", "from builtins import callable as c\nc(A)"),
        *("import autograder.seal\nautograder.seal.seal(A)", "str.join(A)", "''.join(A)"),
        *("class C:\n    f = callable\nC.f(A)", "class C:\n    f = callable\nC().f(A)"),
        *("def value(x): pass\nvalue(A)", "def f(onion):\n    onion(A)"),
        *("from autograder import onion\ndef f(onion):\n    onion(A)", "b = [callable]\nb[0](A)"),
        *("from other import value\nvalue(A)", "import functools\nfunctools.partial(onion, A)"),
    ],
)
def test_only_the_api_and_objects_that_the_check_made_may_be_called_with_it(call: str) -> None:
    ((line, sentence),) = misused(call, {"A"})
    assert line == 1 + call.count("\n")
    assert "value(A" in sentence


@pytest.mark.parametrize(
    "binding",
    [
        *("A = 1", "A: int = 1", "A += 1", "(A := 1)", "A, b = 1, 2", "[*A] = ''", "A = onion(A)"),
        *("import x as A", "from x import y as A", "def A(): pass", "class A: pass"),
        *("for A in (): pass", "with x as A: pass", "try: x\nexcept y as A: pass"),
        *("match x:\n    case A: pass", "match x:\n    case [*A]: pass", "[(A := 1) for _ in x]"),
        "match x:\n    case {**A}: pass",
        "def f():\n    global A\n    A = 1",
    ],
)
def test_a_check_may_not_bind_a_name_of_the_students(binding: str) -> None:
    assert misused(binding, {"A"}) == [
        (
            1 + binding.count("\n"),
            "a check may not bind `A`, which is the student's; give it another name",
        )
    ]


def test_an_import_of_a_name_does_not_excuse_what_was_done_with_the_students_before() -> None:
    told = misused("onion(A)\nfrom x import A\nA()", {"A"})
    assert [line for line, _ in told] == [2, 3]


def test_a_check_may_not_import_everything_for_that_may_bind_any_name() -> None:
    ((line, sentence),) = misused("\nfrom x import *", {"A"})
    assert line == 2
    assert sentence.endswith("; name what it imports")


def test_each_layer_in_a_literal_loop_is_told_of_on_its_line() -> None:
    told = misused("for layer in (\n    A,\n    B,\n):\n    onion(layer)", {"A", "B"})
    assert [line for line, _ in told] == [2, 3]
