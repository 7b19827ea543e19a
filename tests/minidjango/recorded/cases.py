"""A recorded case: its scenario, what real Django did with it, and whether a framework agrees."""

import json
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from autograder.model import Asked, Json, Scenario
from tests.minidjango.stacks.playing import ENTRIES, Happened, play

HERE = Path(__file__).parent
MODERN, LEGACY = HERE / "modern.json.xz", HERE / "legacy.json.xz"
HEADERS = ("X-Trail", "Allow", "Content-Type")
SAID = ("raised in ", "didn't return", "returned None")
"""What a message says of which the case itself, or the handler, is the author."""


def load(path: Path) -> list[Json]:
    """Read the cases of a file, compressed (`.xz`) or not."""
    content = path.read_bytes()
    if path.suffix == ".xz":
        content = lzma.decompress(content)
    cases: list[Json] = json.loads(content)["cases"]
    return cases


def scenario(case: Json) -> Scenario:
    """Say in the model's words what a case sets up and asks."""
    does = {layer["name"]: layer_words(layer) for layer in case["layers"]}
    does["view"] = case["view"]
    for status, action in case.get("handlers", {}).items():
        does[f"handler{status}"] = action
    return Scenario(
        layers=tuple(layer["name"] for layer in case["layers"]),
        view="view",
        style=case["style"],
        settings={"DEBUG_PROPAGATE_EXCEPTIONS": case.get("propagate", False)},
        requests=(Asked(case["method"], case["path"]),),
        does=does,
    )


def layer_words(layer: dict[str, str]) -> str:
    """Say what a layer does: `class, request pass, response header`."""
    parts = {key: value for key, value in layer.items() if key not in ("name", "kind")}
    return ", ".join([layer["kind"], *(f"{part} {action}" for part, action in parts.items())])


def wanted(case: Json, entry: str) -> Json:
    """Return what Django did: what is not recorded for the handler follows from WSGI."""
    recorded = case["expected"]
    if entry in recorded:
        return recorded[entry]
    wsgi = recorded["wsgi"]
    trace = wsgi["trace"][1:]  # less `signal request_started`
    starts = [index for index, line in enumerate(trace) if line.startswith("start_response")]
    outcome = dict(wsgi["outcome"])
    if outcome.get("streaming"):
        del outcome["body"]
    return {**wsgi, "trace": trace[: starts[0]] if starts else trace, "outcome": outcome}


def found(happened: Happened) -> Json:
    """Return what happened, in the words of the recording."""
    return {
        "init": happened.made,
        "trace": happened.trace.lines(),
        "outcome": outcome(happened.answer),
        "logs": happened.logs,
    }


def outcome(answer: dict[str, Any]) -> Json:
    """Return as much of an answer as was recorded."""
    if "raised" in answer:
        said = any(words in answer["message"] for words in SAID)
        return answer if said else {"raised": answer["raised"]}
    kept = {name: value for name, value in answer["headers"] if name in HEADERS}
    seen = {"status": answer["status"], "streaming": answer["streaming"], "headers": kept}
    if answer["body"] is None:
        return seen
    body = answer["body"].decode()
    if body.lstrip().startswith("<"):  # the framework's own page
        kept.pop("Content-Type", None)
        body = "<default>"
    return {**seen, "body": body}


def differences(case: Json, root: str) -> Iterator[str]:
    """Say in which parts a framework does not agree with a case, each with its first difference."""
    for entry in ENTRIES:
        (happened,) = play(scenario(case), root, entry)
        want, got = wanted(case, entry), found(happened)
        for part in want:
            if want[part] != got[part]:
                yield f"{case['id']} {entry} {part}: {first_difference(want[part], got[part])}"


def first_difference(want: Json, got: Json) -> str:
    """Return the first line, or the whole, that differs."""
    if not isinstance(want, list):
        return f"want {want}, got {got}"
    pairs = zip([*want, "(the end)"], [*got, "(the end)"], strict=False)
    index, (line, other) = next((i, pair) for i, pair in enumerate(pairs) if pair[0] != pair[1])
    return f"line {index + 1}: want {line!r}, got {other!r}"


def disagreements(cases: Iterable[Json], root: str) -> list[list[str]]:
    """Return the differences of each case in which there are any."""
    return [lines for case in cases if (lines := list(differences(case, root)))]
