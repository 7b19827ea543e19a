"""Mistakes in the order of the onion: as it is built, and as it is foretold."""

from __future__ import annotations

from autograder.evidence import Evidence, Exchange
from autograder.misconceptions.case import Case, Misconception
from autograder.misconceptions.foretold import foretold, left_as_entered, without_the_view


def _pairs(exchange: Exchange) -> list[tuple[str, str]]:
    """Who should stand outside whom, as far as an exchange has claims of it."""
    neighbours = zip(exchange.order, exchange.order[1:], strict=False)
    view = exchange.scenario.view
    return [*exchange.outside, *(pair for pair in neighbours if view not in pair)]


def _stands(exchange: Exchange, pair: tuple[str, str]) -> bool:
    """Whether the first of a pair of layers stands outside the second in the list."""
    layers = exchange.scenario.layers
    return all(who in layers for who in pair) and layers.index(pair[0]) < layers.index(pair[1])


def _is_about_order(case: Case) -> bool:
    told = case.told.broken()
    return told is not None and told.about == "order"


def _wrong_order(case: Case) -> bool:
    return _is_about_order(case) and not all(_stands(case.told, p) for p in _pairs(case.told))


def _inside_out(case: Case) -> bool:
    pairs = [(x, pair) for x in case.asked for pair in _pairs(x)]
    reversed_all = len({pair for _, pair in pairs}) > 1 and not any(_stands(*p) for p in pairs)
    return foretold("inside-out")(case) or (_is_about_order(case) and reversed_all)


def _left_out(evidence: Evidence) -> bool:
    given, wanted = evidence.arranged or ((), ())
    return bool(set(wanted) - set(given))


def _listed_twice(evidence: Evidence) -> bool:
    given, _ = evidence.arranged or ((), ())
    return len(set(given)) < len(given)


ENTRIES = (
    Misconception(
        "inside-out",
        "Read from the wrong end",
        "The first layer of the list is the outermost, and the last one stands next to the view. "
        "What you have is exactly the other way round.",
        "Write the list down from top to bottom, and the view beneath it: that is the way in.",
        _inside_out,
    ),
    Misconception(
        "same-order-out",
        "Left in the order of entering",
        "A layer is left when its call of get_response has returned, so the one that was entered "
        "last is left first. It is the order of brackets that are closed.",
        "Go in with a finger on the page; then take the same way back.",
        lambda case: foretold("same-order-out")(case) or left_as_entered(case),
    ),
    Misconception(
        "one-at-a-time",
        "A row of layers, instead of one inside the other",
        "A layer is not over when the next one begins: it waits, in the middle of its own call, "
        "for get_response to return. Only then is it left.",
        "What does the outermost layer do while the view runs?",
        foretold("one-at-a-time"),
    ),
    Misconception(
        "only-on-the-way-in",
        "The way out is missing",
        "Whoever calls get_response gets the answer back from it, and returns it to the layer "
        "outside. So every layer that was entered and called on is passed again on the way out.",
        "For each layer that is entered: when does its function return?",
        foretold("only-on-the-way-in"),
    ),
    Misconception(
        "only-on-the-way-out",
        "The view does not come first",
        "The outermost layer is called first of all, and the view is only reached through every "
        "layer that calls on. No layer waits for the view to be over before it begins.",
        "Who calls the view, and who called that one?",
        foretold("only-on-the-way-out"),
    ),
    Misconception(
        "view-left-out",
        "The view is missing",
        "At the centre of the onion stands the view: it is entered after the last layer, and left "
        "before it.",
        "What does the innermost layer call?",
        without_the_view,
    ),
    Misconception(
        "layer-left-out",
        "A layer is missing from the list",
        "Every layer that is to work has to be named in the list. One that is only defined is "
        "never called.",
        "Compare your list with the layers that you were given.",
        unasked=_left_out,
    ),
    Misconception(
        "layer-listed-twice",
        "A layer stands in the list twice",
        "Each entry of the list is built into a layer of its own. Whoever is named twice is "
        "entered twice.",
        "Take one of the two away.",
        unasked=_listed_twice,
    ),
    Misconception(
        "wrong-order",
        "The layers stand in another order",
        "Who stands outside sees the request before those further in, and the answer after them. "
        "In this list one stands on the wrong side of another.",
        "Take the two that are named above: which must find what the other did, and on which way?",
        _wrong_order,
    ),
)
