"""Which onion to draw for a verdict, and the one that a check would have had."""

from __future__ import annotations

from dataclasses import replace

from autograder.evidence import Evidence, Exchange
from autograder.model import Event, Trace


def telling(evidence: Evidence) -> Exchange | None:
    """The exchange to draw when all went well: the last in which somebody was to be left out."""
    about = [x for x in evidence.exchanges if x.unreached or x.order or x.foreseen]
    shown = about or evidence.exchanges
    return shown[-1] if shown else None


def expected(exchange: Exchange) -> Trace | None:
    """The trace that would have satisfied the claims; None where they leave too much open.

    Where a claim names nobody, what happened stands: a picture of what was wanted must not show
    more than what was claimed.
    """
    layers, view = exchange.scenario.layers, exchange.scenario.view
    if exchange.foreseen:
        return exchange.foreseen
    if exchange.order:
        events = _nested(exchange.order, exchange.wanted_status or exchange.view_status or 200)
    elif exchange.through:
        events = _nested((*layers, view), exchange.view_status or 200)
    elif exchange.blocks:
        stopper = _stopper(exchange)
        if stopper is None:
            return None
        inside = layers[: layers.index(stopper) + 1]
        events = _nested(inside, exchange.wanted_status or 200)
    elif view in exchange.entered:
        events = _nested((*layers, view), exchange.wanted_status or exchange.view_status or 200)
    elif exchange.wanted_status is None:
        return None
    else:
        return replace(exchange.trace, status=exchange.wanted_status, raised="")
    status = int(events[-1].token) if events else exchange.wanted_status
    return Trace(exchange.asked, layers, view, events, status)


def _nested(whos: tuple[str, ...], status: int) -> tuple[Event, ...]:
    """In through each, innermost last, and out again in reverse."""
    inward = tuple(Event(who, ">") for who in whos)
    return inward + tuple(Event(who, "<", str(status)) for who in reversed(whos))


def _stopper(exchange: Exchange) -> str | None:
    """The layer that must answer instead of the view, where the claims say which one it is."""
    able = [layer for layer in exchange.scenario.layers if layer not in exchange.unreached]
    writers = [layer for layer in able if layer in exchange.students]
    if len(able) < len(exchange.scenario.layers):
        return able[-1] if able else None
    return writers[0] if len(writers) == 1 else None
