"""The card of a verdict: what a student reads when a check has spoken.

In a terminal it begins with check50's marks, `:)`, `:(` and `:|`. In a notebook it is HTML with
inline styles only, which is what JupyterLab leaves of an output that somebody else saved; the card
brings its own colours, so that it reads in a light theme and in a dark one. Whatever a student's
process had a say in is escaped, and cut where it is long.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from autograder import picture
from autograder.model import Json, Trace
from autograder.picture.words import visible, visible_lines
from autograder.verdict import Outcome, Verdict

MIMETYPE = "application/vnd.inside-the-onion.verdict+json"
"""The type under which a notebook keeps a verdict as data."""

LONGEST = 600
"""How many characters of a message or a hint are shown."""

MARKS = {Outcome.PASSED: ":)", Outcome.FAILED: ":("}
COLOURS = {Outcome.PASSED: "#1a7f37", Outcome.FAILED: "#c2002f"}
OTHER_MARK, OTHER_COLOUR = ":|", "#8a5a00"

BOX = (
    "background-color:#fffefb;color:#1f1b24;border:1px solid #d9d2dc;border-radius:8px;"
    "padding:10px 14px;margin:4px 0;line-height:1.5;overflow-wrap:break-word"
)
HINT = "background-color:#fff8e6;border-left:3px solid #cfae62;padding:6px 10px"
PENDING = "A hidden part of this check is judged when you hand the lesson in."
CAPTURED = "meanwhile logged, warned or printed"


def bundle(verdict: Verdict) -> dict[str, Json]:
    """What Jupyter's `_repr_mimebundle_` is to answer: text, HTML, and the verdict as data."""
    return {
        "text/plain": text(verdict),
        "text/html": html(verdict),
        MIMETYPE: verdict.to_json(),
    }


def text(verdict: Verdict) -> str:
    """The card for a terminal, without colours and without a final newline."""
    lines = [f"{_mark(verdict)} {visible(verdict.check)}: {_score(verdict)}"]
    for paragraph in _paragraphs(verdict):
        lines += _hanging("", paragraph)
    for label, said in _facts(verdict):
        lines += _hanging(f"{label}:".ljust(10), said)
    if drawn := _drawn(verdict, picture.side_by_side_text, picture.text):
        lines += ["", *drawn.split("\n")]
    if verdict.hint:
        lines += ["", *_hanging("hint: ", verdict.hint)]
    if verdict.captured and not verdict.passed:
        lines += [
            "",
            f"{CAPTURED}:",
            *(f"| {line}" for line in visible_lines(verdict.captured.rstrip())),
        ]
    return "\n".join([lines[0], *(f"   {line}".rstrip() for line in lines[1:])])


def html(verdict: Verdict) -> str:
    """The card for a notebook: a box of its own colours, pictures that wrap where it is narrow."""
    colour = COLOURS.get(verdict.outcome, OTHER_COLOUR)
    parts = [
        f'<strong style="color:{colour}">{_mark(verdict)}</strong> '
        f"<strong>{escape(visible(verdict.check))}</strong>: "
        f'<strong style="color:{colour}">{escape(_score(verdict))}</strong>',
        *_titled(verdict),
        "".join(_fact(label, said) for label, said in _facts(verdict)),
        _drawn(verdict, picture.pair_html, picture.html),
        _hinted(verdict.hint) if verdict.hint else "",
        _folded(verdict.captured) if verdict.captured and not verdict.passed else "",
    ]
    inside = "".join(f'<div style="margin:6px 0">{part}</div>' for part in parts if part)
    return f'<div style="{BOX};border-left:6px solid {colour}">{inside}</div>'


def _mark(verdict: Verdict) -> str:
    return MARKS.get(verdict.outcome, OTHER_MARK)


def _score(verdict: Verdict) -> str:
    """The outcome, and the points: none where the check itself broke, for that is not a zero.

    Nor are there any yet while a hidden part is to come.
    """
    if verdict.pending and verdict.passed:
        return "visible part passed, hidden part not yet known"
    if verdict.outcome is Outcome.ERRORED or not verdict.maximum:
        return str(verdict.outcome)
    points = "point" if verdict.maximum == 1 else "points"
    return f"{verdict.outcome}, {verdict.points:g} of {verdict.maximum:g} {points}"


def _paragraphs(verdict: Verdict) -> list[str]:
    """The title of what went wrong, with the name it is known by, and what there is to say of it.

    The message repeats what was called, expected and happened in one line: where those stand on the
    card, the misconception's explanation takes its place.
    """
    title = verdict.title
    if verdict.outcome is Outcome.FAILED:
        title = title or "not as expected"
        title += _name(verdict)
    if verdict.pending and verdict.passed:
        return [verdict.message, PENDING]
    said = verdict.explanation or ("" if verdict.happened else verdict.message)
    return [paragraph for paragraph in (title, said) if paragraph]


def _name(verdict: Verdict) -> str:
    return f" ({verdict.misconception})" if verdict.misconception else ""


def _facts(verdict: Verdict) -> list[tuple[str, str]]:
    """What was called, what was expected, what happened: as far as the check said."""
    facts = [
        ("called", verdict.called),
        ("expected", verdict.wanted),
        ("happened", verdict.happened),
    ]
    parts = [("part", f"{':(' if part.why else ':)'} {part}") for part in verdict.parts]
    return [*((label, said) for label, said in facts if said), *parts]


def _hanging(label: str, words: str) -> list[str]:
    """Lines of text, those after the first as far in as the label is long."""
    first, *others = visible_lines(words, LONGEST)
    return [label + first, *(" " * len(label) + line for line in others)]


def _drawn(
    verdict: Verdict, pair: Callable[[Trace, Trace], str], one: Callable[[Trace], str]
) -> str:
    """Both onions where they are to be compared, else the one that there is."""
    if verdict.outcome is Outcome.NOT_ATTEMPTED:
        return ""
    if verdict.expected and verdict.actual and not verdict.passed:
        return pair(verdict.expected, verdict.actual)
    alone = verdict.actual or verdict.expected
    return one(alone) if alone else ""


def _titled(verdict: Verdict) -> list[str]:
    """The paragraphs, the title in bold and its name beside it in plain."""
    first, *others = _paragraphs(verdict) or [""]
    shown = [_prose(paragraph) for paragraph in others]
    if not (verdict.title or verdict.outcome is Outcome.FAILED):
        return [_prose(first), *shown]
    name = _name(verdict) if verdict.outcome is Outcome.FAILED else ""
    title = f"<strong>{_prose(first.removesuffix(name))}</strong>"
    return [title + escape(visible(name)), *shown]


def _fact(label: str, said: str) -> str:
    """A line whose label hangs in a column of its own."""
    hanging = "display:inline-block;width:6em;text-indent:0;color:#6b6472"
    lines = "<br>".join(map(escape, visible_lines(said, LONGEST)))
    return (
        f'<div style="padding-left:6em;text-indent:-6em">'
        f'<div style="{hanging}">{label}</div>{_code(lines)}</div>'
    )


def _hinted(hint: str) -> str:
    """The hint, on a ground of its own: it is what to read next."""
    return f'<div style="{HINT}"><strong>Hint:</strong> {_prose(hint)}</div>'


def _prose(words: str) -> str:
    return "<br>".join(_with_code(line) for line in visible_lines(words, LONGEST))


def _with_code(line: str) -> str:
    """A line in HTML, with what stands between two backquotes as code."""
    pieces = line.split("`")
    if len(pieces) % 2 == 0:
        return escape(line)
    shown = [_code(escape(piece)) if n % 2 else escape(piece) for n, piece in enumerate(pieces)]
    return "".join(shown)


def _code(shown: str) -> str:
    return f'<code style="{picture.GROUND};white-space:pre-wrap">{shown}</code>'


def _folded(captured: str) -> str:
    said = escape("\n".join(visible_lines(captured.rstrip())))
    style = f"{picture.GROUND};padding:6px;overflow-x:auto;white-space:pre-wrap"
    return picture.folded(CAPTURED, f'<pre style="{style}">{said}</pre>')
