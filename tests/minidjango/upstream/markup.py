"""Comparing HTML by what it says: attributes in any order, white space of any length."""

from html.parser import HTMLParser

VOID = set("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
UNORDERED = {"class"}
Node = tuple[str, tuple[tuple[str, str | None], ...], tuple["Node | str", ...]]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, tuple[tuple[str, str | None], ...], list[Node | str]]]
        self.stack = [("", (), [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stack.append((tag, _attributes(attrs), []))
        if tag in VOID:
            self._close()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._close()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not any(opened == tag for opened, _, _ in self.stack[1:]):
            raise AssertionError(f"Unexpected end tag `{tag}` at {self.getpos()}")
        while self.stack[-1][0] != tag:
            self._close()
        self._close()

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            children = self.stack[-1][2]
            if children and isinstance(children[-1], str):
                children[-1] = f"{children[-1]} {words}"
            else:
                children.append(words)

    def _close(self) -> None:
        tag, attributes, children = self.stack.pop()
        self.stack[-1][2].append((tag, attributes, tuple(children)))


def _attributes(attrs: list[tuple[str, str | None]]) -> tuple[tuple[str, str | None], ...]:
    found = []
    for name, value in attrs:
        if name in UNORDERED:
            value = " ".join(sorted((value or "").split()))
        found.append((name, name if value in (None, "") and name != "value" else value))
    return tuple(sorted(found, key=lambda pair: (pair[0], pair[1] or "")))


def parsed(html: str) -> tuple[Node | str, ...]:
    """Return the nodes of a piece of HTML, in a form that can be compared."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    while len(parser.stack) > 1:
        parser._close()
    return tuple(parser.stack[0][2])


def count(needle: str, haystack: str) -> int:
    """Return how often a piece of HTML stands in another."""
    wanted = parsed(needle)
    return _count(wanted, parsed(haystack)) if wanted else 0


def _count(wanted: tuple[Node | str, ...], nodes: tuple[Node | str, ...]) -> int:
    if len(wanted) == 1 and isinstance(wanted[0], str):
        here = sum(node.count(wanted[0]) for node in nodes if isinstance(node, str))
    else:
        width = len(wanted)
        here = sum(nodes[at : at + width] == wanted for at in range(len(nodes)))
    return here + sum(_count(wanted, node[2]) for node in nodes if not isinstance(node, str))
