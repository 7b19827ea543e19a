"""Turning a regular expression round (``django.utils.regex_helper``).

This is not for every expression, only for those that stand in URLconfs. ``[abc]`` becomes its
first character, ``\\d`` a digit, ``x*`` nothing, ``x+`` one ``x``; a group becomes its
argument. ``|`` outside a group is given up on.
"""

import re
from itertools import count, product

Form = tuple[str, list[str]]

_NOTHING = (r"\A", r"\b", r"\B", r"\Z")
_REPRESENTATIVES = {r"\d": "0", r"\D": "x", r"\s": " ", r"\S": "x", r"\w": "x", r"\W": "!"}


def normalize(pattern: str) -> list[Form]:
    r"""Return the forms that a path matching ``pattern`` may have.

    A form is text with ``%(name)s`` for arguments, and their names: ``^a/(?P<n>\d+)/$`` gives
    ``[("a/%(n)s/", ["n"])]``. A positional group is called ``_0``, ``_1``, ... Raises ValueError
    for an extension that cannot be turned round, such as ``(?i)``.
    """
    try:
        return _Scanner(pattern).sequence()
    except NotImplementedError:
        return [("", [])]


class _Scanner:
    """Reads an expression once, from left to right.

    A token is a character, or two when it is escaped: ``\\)`` is not ``)``. At the end it is "".
    """

    def __init__(self, pattern: str) -> None:
        tokens = re.findall(r"\\.|.", pattern, re.DOTALL)
        self.rest = [token for token in reversed(tokens) if token not in _NOTHING]
        self.positions = count()

    def peek(self) -> str:
        """Return the next token."""
        return self.rest[-1] if self.rest else ""

    def take(self) -> str:
        """Return the next token, and go behind it."""
        return self.rest.pop() if self.rest else ""

    def take_up_to(self, end: str) -> str:
        """Return what stands before ``end``, and go behind it."""
        text = ""
        while (token := self.take()) not in (end, ""):
            text += token
        return text

    def sequence(self) -> list[Form]:
        """Read up to the end, or the parenthesis that closes a group; join what was read."""
        parts: list[list[Form]] = []
        while (token := self.take()) not in (")", ""):
            if token == "$":
                self.rest.clear()
            elif token == "|":
                raise NotImplementedError
            elif token != "^":
                parts.append(self.quantified(self.atom(token)))
        return _joined(parts)

    def atom(self, token: str) -> list[Form]:
        """Read a character, a class or a group."""
        if token == "(":
            return self.group()
        if token == "[":
            token = self.take()
            self.take_up_to("]")
        return [(_REPRESENTATIVES.get(token, token[-1:]).replace("%", "%%"), [])]

    def group(self) -> list[Form]:
        """Read what follows an opening parenthesis."""
        if self.peek() != "?":
            return self.argument(f"_{next(self.positions)}")
        self.take()
        kind = self.take()
        if kind == ":":
            return self.sequence()
        if kind in "!=<":  # looks ahead or behind: no character of its own
            self.skip_group()
            return [("", [])]
        if kind == "P":
            kind += self.take()
        if kind == "P<":
            return self.argument(self.take_up_to(">"))
        if kind == "P=":
            return [(f"%({self.take_up_to(')')})s", [])]
        raise ValueError(f"Non-reversible reg-exp portion: '(?{kind}'")

    def argument(self, name: str) -> list[Form]:
        """Skip a group; in its place stands an argument."""
        self.skip_group()
        return [(f"%({name})s", [name])]

    def skip_group(self) -> None:
        """Go behind the parenthesis that closes the group in which we are."""
        depth = 1
        while depth and self.rest:
            depth += {"(": 1, ")": -1}.get(self.take(), 0)

    def quantified(self, forms: list[Form]) -> list[Form]:
        """Repeat what was read as often as its quantifier asks at least.

        An argument that may be missing gives two forms, without it and with it.
        """
        if self.peek() not in ("*", "?", "+", "{"):
            return forms
        kind = self.take()
        least = int(self.take_up_to("}").split(",")[0]) if kind == "{" else int(kind == "+")
        if self.peek() == "?":
            self.take()
        if least:
            return _joined([forms] * least)
        return [("", []), *forms] if any(params for _, params in forms) else [("", [])]


def _joined(parts: list[list[Form]]) -> list[Form]:
    """Return every way to take one form of each part."""
    return [
        ("".join(text for text, _ in forms), [name for _, names in forms for name in names])
        for forms in product(*parts)
    ]
