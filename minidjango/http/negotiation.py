"""What the client would like to get: the Accept header (``django.http.request``)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from minidjango.utils.functional import cached_property
from minidjango.utils.http import parse_header_parameters

if TYPE_CHECKING:
    from minidjango.http.headers import HttpHeaders


class MediaType:
    """One entry of an Accept header (RFC 9110, 12.5.1)."""

    def __init__(self, media_type_raw_line: str) -> None:
        full, self.params = parse_header_parameters(media_type_raw_line or "")
        self.main_type, _, self.sub_type = full.partition("/")

    def __str__(self) -> str:
        sub = f"/{self.sub_type}" if self.sub_type else ""
        return self.main_type + sub + "".join(f"; {k}={v}" for k, v in self.params.items())

    def __repr__(self) -> str:
        return f"<{type(self).__qualname__}: {self}>"

    @cached_property
    def range_params(self) -> dict[str, str]:
        """The parameters, except for the quality."""
        return {name: value for name, value in self.params.items() if name != "q"}

    @cached_property
    def quality(self) -> float:
        """How much it is wanted, 0 to 1; what cannot be read is 1."""
        try:
            quality = float(self.params.get("q", 1))
        except ValueError:
            return 1
        return round(quality, 3) if 0 <= quality <= 1 else 1

    @property
    def specificity(self) -> int:
        """0 for ``*/*``, 1 for ``text/*``, 2 for ``text/html``, 3 with parameters."""
        if self.main_type == "*":
            return 0
        if self.sub_type == "*":
            return 1
        return 3 if self.range_params else 2

    def match(self, other: "MediaType | str | None") -> bool:
        """Whether one of the two covers the other."""
        if not other:
            return False
        if not isinstance(other, MediaType):
            other = MediaType(other)
        for one, two in (self.main_type, other.main_type), (self.sub_type, other.sub_type):
            if not (one and two) or (one != two and "*" not in (one, two)):
                return False
        mine, theirs = self.range_params, other.range_params
        return mine == theirs or bool(mine and not theirs)


class Negotiation:
    """The part of a request that knows what the client accepts."""

    headers: "HttpHeaders"

    @cached_property
    def accepted_types(self) -> list[MediaType]:
        """What is accepted at all, the most wanted first."""
        header = self.headers.get("Accept", "*/*")
        types = [MediaType(token) for token in header.split(",") if token.strip()]
        wanted = [each for each in types if each.quality != 0]
        return sorted(wanted, key=lambda each: (each.quality, each.specificity), reverse=True)

    @cached_property
    def accepted_types_by_precedence(self) -> list[MediaType]:
        """The same, the most specific first: that one decides for a type that several match."""
        types = self.accepted_types
        return sorted(types, key=lambda each: (each.specificity, each.quality), reverse=True)

    def accepted_type(self, media_type: str) -> MediaType | None:
        """Return the entry that decides for ``media_type``, or None."""
        asked = MediaType(media_type)
        return next((each for each in self.accepted_types_by_precedence if asked.match(each)), None)

    def get_preferred_type(self, media_types: Sequence[str]) -> str | None:
        """Return the one of ``media_types`` that the client would like best, or None."""
        order = self.accepted_types
        entries = [(self.accepted_type(each), each) for each in media_types or ()]
        ranked = [(order.index(entry), each) for entry, each in entries if entry is not None]
        return min(ranked, key=lambda pair: pair[0])[1] if ranked else None

    def accepts(self, media_type: str) -> bool:
        """Whether the client takes an answer of this type."""
        return self.accepted_type(media_type) is not None
