"""Turning a regular expression round (``django.utils.regex_helper``).

This is not for every expression, only for those that stand in URLconfs. ``[abc]`` becomes its
first character, ``\\d`` a digit, ``x*`` nothing, ``x+`` one ``x``; a group becomes its
argument. ``|`` outside a group is given up on.
"""

from itertools import product

Form = tuple[str, list[str]]
Token = tuple[str, bool]

_REPRESENTATIVES = {"d": "0", "D": "x", "s": " ", "S": "x", "w": "x", "W": "!"}
_NOTHING = "AbBZ"


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


def _tokens(pattern: str) -> list[Token]:
    """Split into characters; an escaped one is replaced by one that it stands for."""
    found, characters = [], iter(pattern)
    for character in characters:
        if character != "\\":
            found.append((character, False))
            continue
        escaped = next(characters, "")
        if escaped not in _NOTHING:
            found.append((_REPRESENTATIVES.get(escaped, escaped), True))
    return found


class _Scanner:
    """Reads an expression once, from left to right."""

    def __init__(self, pattern: str) -> None:
        self.tokens = _tokens(pattern)
        self.position = 0
        self.positional = 0

    def take(self) -> Token:
        """Return the next token; an empty one at the end."""
        token = self.tokens[self.position] if self.position < len(self.tokens) else ("", False)
        self.position += 1
        return token

    def peek(self) -> str:
        """Return the next character if it is not escaped, else nothing."""
        at_end = self.position >= len(self.tokens)
        character, escaped = ("", False) if at_end else self.tokens[self.position]
        return "" if escaped else character

    def sequence(self) -> list[Form]:
        """Read up to the end, or the parenthesis that closes a group; join what was read."""
        parts: list[list[Form]] = []
        while self.position < len(self.tokens):
            character, escaped = self.take()
            if not escaped and character in "$)":
                if character == "$":
                    self.position = len(self.tokens)
                break
            if not escaped and character == "|":
                raise NotImplementedError
            if escaped or character != "^":
                parts.append(self.quantified(self.atom(character, escaped)))
        return _joined(parts)

    def atom(self, character: str, escaped: bool) -> list[Form]:
        """Read a character, a class or a group."""
        if not escaped and character == "[":
            character, _ = self.take()
            self.skip_class()
        elif not escaped and character == "(":
            return self.group()
        return [(character.replace("%", "%%"), [])]

    def skip_class(self) -> None:
        """Go behind the ``]`` of a class whose first character has been read."""
        while self.take() not in (("]", False), ("", False)):
            pass

    def group(self) -> list[Form]:
        """Read what follows an opening parenthesis."""
        if self.peek() != "?":
            name = f"_{self.positional}"
            self.positional += 1
            self.skip_group()
            return [(f"%({name})s", [name])]
        self.take()
        kind, _ = self.take()
        if kind == ":":
            return self.sequence()
        if kind in "!=<":  # looks ahead or behind: no character of its own
            self.skip_group()
            return [("", [])]
        if kind != "P":
            raise ValueError(f"Non-reversible reg-exp portion: '(?{kind}'")
        return self.named_group()

    def named_group(self) -> list[Form]:
        """Read ``(?P<name>...)``, or ``(?P=name)``, which adds no argument."""
        kind, _ = self.take()
        if kind not in ("<", "="):
            raise ValueError(f"Non-reversible reg-exp portion: '(?P{kind}'")
        end, name = {"<": ">", "=": ")"}[kind], ""
        while (character := self.take()[0]) != end:
            name += character
        if kind == "=":
            return [(f"%({name})s", [])]
        self.skip_group()
        return [(f"%({name})s", [name])]

    def skip_group(self) -> None:
        """Go behind the parenthesis that closes the group in which we are."""
        depth = 1
        while depth and self.position <= len(self.tokens):
            depth += {("(", False): 1, (")", False): -1}.get(self.take(), 0)

    def quantified(self, forms: list[Form]) -> list[Form]:
        """Repeat what was read as often as its quantifier asks at least.

        An argument that may be missing gives two forms, without it and with it.
        """
        if self.peek() not in tuple("*?+{"):
            return forms
        least = self.quantifier(self.take()[0])
        if self.peek() == "?":
            self.take()
        if least:
            return _joined([forms] * least)
        return [("", []), *forms] if any(params for _, params in forms) else [("", [])]

    def quantifier(self, character: str) -> int:
        """Return the least number of times."""
        if character != "{":
            return int(character == "+")
        digits = ""
        while (character := self.take()[0]) not in ("}", ""):
            digits += character
        return int(digits.split(",")[0])


def _joined(parts: list[list[Form]]) -> list[Form]:
    """Return every way to take one form of each part."""
    return [
        ("".join(text for text, _ in forms), [name for _, names in forms for name in names])
        for forms in product(*parts)
    ]
