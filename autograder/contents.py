"""What an answer carries, and what a check claims of it: headers, cookies, content."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from http.cookies import SimpleCookie

from autograder.evidence import Claim, ClaimBroken, Exchange, HeaderClaim
from autograder.model import Json


class Contents:
    """The answer of one exchange, to make claims of."""

    def __init__(self, exchange: Exchange, soft: bool) -> None:
        self._exchange, self._soft = exchange, soft

    def header(
        self,
        name: str,
        value: str | None = None,
        *,
        at_least: float | None = None,
        at_most: float | None = None,
    ) -> None:
        """Claim that the answer has that header, once, with that value, or any if none is named.

        With bounds, its value must be a number that lies within them.
        """
        got = self._header(name)
        bounds = (at_least or 0, float("inf") if at_most is None else at_most)
        numeric = at_least is not None or at_most is not None
        if numeric:
            held, wanted = _within(got, *bounds), f"a number from {bounds[0]:g} to {bounds[1]:g}"
        else:
            held, wanted = got is not None and value in (None, got), value or "any value"
        claim = HeaderClaim(name, value, got, held, bounds if numeric else None)
        self._claim_header(claim, f"the header {name}: {wanted}")

    def no_header(self, name: str) -> None:
        """Claim that the answer does not have that header."""
        got = self._header(name)
        self._claim_header(HeaderClaim(name, "", got, got is None), f"no header {name}")

    def content(self, text: str) -> None:
        """Claim that this, and nothing else, is the content of the answer."""
        self._exchange.wanted_content = text.encode()
        held, wanted = self._exchange.content == text.encode(), f"the content {text!r}"
        self._claim(held, wanted, f"the content was {self._text()!r}", "content")

    def contains(self, *pieces: str) -> None:
        """Claim that each of these stands somewhere in the content of the answer."""
        content = self._text()
        for piece in pieces:
            wanted = f"{piece!r} in the content"
            self._claim(piece in content, wanted, f"the content was {content!r}", "contains")

    def json(self, value: Json) -> None:
        """Claim that the content is this value, written as JSON in whatever way."""
        content = self._text()
        try:
            held = json.loads(content) == value
        except ValueError:
            held = False
        self._claim(held, f"the JSON {json.dumps(value)}", f"the content was {content!r}", "json")

    def cookie(self, name: str, value: str | None = None) -> None:
        """Claim that the answer sets that cookie, to that value, or to any if none is named."""
        got = self._cookies().get(name)
        held = got is not None and value in (None, got)
        wanted = f"the cookie {name}: {'any value' if value is None else value}"
        self._claim(held, wanted, self._kept(name), "cookie")

    def cookie_gone(self, name: str) -> None:
        """Claim that the answer has that cookie deleted where it is kept."""
        held = self._cookies().get(name, "") is None
        self._claim(held, f"the cookie {name} is deleted", self._kept(name), "cookie")

    def streamed(self, *pieces: str) -> None:
        """Claim that the content came in these parts, and that no layer had read it before.

        The stream at the centre must be the check's own: `streams(...)`.
        """
        seen = self._exchange
        told = [_parts(pieces), _parts([piece.decode("utf-8", "replace") for piece in seen.pieces])]
        self._claim(told[0] == told[1], f"the parts {told[0]}", f"they were {told[1]}", "stream")
        read = f"{seen.read_inside} parts were read before the layers were left"
        wanted = "nobody reads the stream before it is sent"
        self._claim(not seen.read_inside, wanted, read, "stream")

    def _text(self) -> str:
        return self._exchange.content.decode("utf-8", "replace")

    def _cookies(self) -> dict[str, str | None]:
        """The cookies that the answer sets; None for one that it deletes."""
        found: dict[str, str | None] = {}
        for key, text in self._exchange.headers:
            if key.lower() == "set-cookie":
                for name, morsel in SimpleCookie(text).items():
                    found[name] = None if morsel["max-age"] == "0" else morsel.value
        return found

    def _kept(self, name: str) -> str:
        """What the answer does with a cookie, in words."""
        if name not in self._cookies():
            return f"the answer sets no cookie {name}"
        value = self._cookies()[name]
        return f"{name} is deleted" if value is None else f"{name} is {value!r}"

    def _header(self, name: str) -> str | None:
        """The value of a header of the answer, None where it has none; several with commas."""
        found = [value for key, value in self._exchange.headers if key.lower() == name.lower()]
        return ", ".join(found) if found else None

    def _carried(self, name: str, got: str | None) -> str:
        if self._exchange.raised:
            return self._story()
        return f"the answer has no header {name}" if got is None else f"{name} is {got!r}"

    def _claim_header(self, header: HeaderClaim, wanted: str) -> None:
        happened = self._carried(header.name, header.got)
        self._claim(header.held, wanted, happened, "header", header)

    def _claim(
        self,
        held: bool,
        wanted: str,
        happened: str | Callable[[], str],
        about: str = "",
        header: HeaderClaim | None = None,
    ) -> None:
        if callable(happened):
            happened = "" if held else happened()
        self._exchange.claims.append(Claim(held, wanted, happened, about, header))
        if not held and not self._soft:
            raise ClaimBroken(f"{self._exchange.asked}: expected {wanted}; {happened}")

    def _story(self) -> str:
        """What happened, in a sentence."""
        seen = self._exchange
        came = f"the answer was {seen.status}"
        if seen.raised:
            came = f"{seen.raised} went through to the server"
        for who, raised in seen.raised_at_gates[:1]:
            return f"{who} raised {raised.told}, and {came}"
        for who in seen.writers:
            odd = [t for t in seen.trace.left(who) if not t.strip("*").isdigit()]
            if odd:
                return f"{who} {came_out(odd[0])}, and {came}"
        if seen.view_ran == 0:
            return f"{seen.scenario.view} was never entered, and {came}"
        times = "" if seen.view_ran == 1 else f" {seen.view_ran} times"
        lost = f", its answer came back {seen.altered}" if seen.altered else ""
        lost = lost if seen.came_back else ", its own answer did not come back"
        return f"{seen.scenario.view} was entered{times}{lost}, and {came}"


def _parts(pieces: Iterable[str]) -> str:
    return ", ".join(map(repr, pieces)) or "none"


def came_out(token: str) -> str:
    """What a layer or a view did, from its token, in words."""
    if token.startswith("!"):
        return f"raised {token[1:]}"
    return f"returned {token}"


def _within(text: str | None, least: float, most: float) -> bool:
    try:
        return text is not None and least <= float(text) <= most
    except ValueError:
        return False
