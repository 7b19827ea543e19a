"""A scenario as a question writes it: a fence of a few lines.

    ```scenario
    Log
    Wall: answers 403
    Session
    view: vault
    GET /admin/
    ```

Layers stand outermost first, each with what it does in the words of `autograder.scripted`; one of
which nothing is said passes everything on. The view's line may be left out.
"""

from __future__ import annotations

import re

from autograder.model import Asked, Scenario
from autograder.scripted import play
from course.source.problems import Problems

OPEN, CLOSE = "```scenario", "```"
_LAYER = re.compile(r"(?P<name>[A-Z]\w*)(?:: (?P<does>\S.*))?")
_VIEW = re.compile(r"view: (?P<name>[a-z_]\w*)")
_ASKED = re.compile(r"(?P<method>[A-Z]+) (?P<path>/\S*)")
_MEND = "write a layer as `Log` or `Wall: answers 403`, then `view: name`, then `GET /path/`"

_SENTENCES = (
    (r"answers (\d+)", r"`{}` answers \1 itself, without calling `get_response`."),
    (
        r"answers (\d+) to (\S+)",
        r"`{}` answers \1 itself where the path begins with `\2`, and else passes the request on.",
    ),
    ("calls on twice", "`{}` calls `get_response` twice, and returns the second answer."),
    (
        r"calls on, then answers (\d+)",
        r"`{}` calls `get_response`, lets its answer go, and returns a \1 of its own.",
    ),
)


def find(lines: list[str], first: int, problems: Problems) -> tuple[Scenario | None, str]:
    """The scenario in the text of a question, which begins on line `first`, and that text.

    In the text the fence has become what a reader is told. None where there is no fence, or one
    that cannot be read, which is added to `problems`.
    """
    stripped = [line.strip() for line in lines]
    if OPEN not in stripped:
        return None, "\n".join(lines).strip()
    begin = stripped.index(OPEN)
    end = next((n for n in range(begin + 1, len(lines)) if stripped[n] == CLOSE), None)
    if end is None:
        problems.add(first + begin, "this scenario does not end", f"close it with `{CLOSE}`")
        return None, ""
    scenario = _scenario(stripped[begin + 1 : end], first + begin + 1, problems)
    if scenario is None:
        return None, ""
    text = [*lines[:begin], told(scenario), *lines[end + 1 :]]
    return scenario, "\n".join(text).strip()


def _scenario(lines: list[str], first: int, problems: Problems) -> Scenario | None:
    layers: list[str] = []
    does: dict[str, str] = {}
    asked: list[Asked] = []
    view = "view"
    for n, line in enumerate(lines, first):
        if match := _VIEW.fullmatch(line):
            view = match["name"]
        elif match := _ASKED.fullmatch(line):
            asked.append(Asked(match["method"], match["path"]))
        elif (match := _LAYER.fullmatch(line)) and match["name"] not in layers:
            layers.append(match["name"])
            does |= {match["name"]: match["does"]} if match["does"] else {}
        elif line:
            problems.add(n, f"`{line}` says nothing in a scenario", _MEND)
            return None
    if len(asked) != 1:
        problems.add(first - 1, f"this scenario asks {len(asked)} times", "let it ask once")
        return None
    scenario = Scenario(tuple(layers), view, requests=tuple(asked), does=does)
    try:
        play(scenario)
    except ValueError as error:
        problems.add(first - 1, "this scenario cannot be played", str(error))
        return None
    return scenario


def told(scenario: Scenario) -> str:
    """A scenario in the words of a lesson: the setting, what its layers do, what is asked."""
    names = ", ".join(f'"site.{layer}"' for layer in scenario.layers)
    sentences = [
        _sentence(who, scenario.does[who]) for who in scenario.layers if who in scenario.does
    ]
    others = len(scenario.layers) - len(sentences)
    if others:
        every = "Every other layer" if sentences else "Every layer"
        sentences.append(f"{every} calls `get_response` once, and returns what it gets.")
    asked = scenario.requests[0]
    sentences.append(f"The view is `{scenario.view}`, and `{asked}` comes in.")
    return "\n".join(["```python", f"MIDDLEWARE = [{names}]", "```", "", " ".join(sentences)])


def _sentence(who: str, does: str) -> str:
    for pattern, sentence in _SENTENCES:
        if match := re.fullmatch(pattern, does):
            return match.expand(sentence).format(who)
    return f"`{who}` {does}."
