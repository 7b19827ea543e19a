"""From samples to figures, ratios and targets; and how they look in a terminal."""

import platform
from importlib.metadata import version
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.measure import LAYERS, Samples

Figures = dict[str, Any]
FEW, SOME, MANY = LAYERS
OURS = ("minidjango", "django")


def figures(requests: dict[int, Samples], imports: Samples, memory: Samples) -> Figures:
    """Return the figures of each framework, and how far each target has been reached."""
    layer = {name: _one_layer(requests, name) for name in imports}
    return {
        "machine": f"Python {platform.python_version()}, {platform.system()} {platform.machine()}",
        "frameworks": {
            name: {
                "version": "" if name in ("closures", "minidjango") else version(name),
                "microseconds": {count: 1e6 * median(requests[count][name]) for count in LAYERS},
                "microseconds per layer": 1e6 * layer[name],
                "milliseconds to import": 1e3 * median(imports[name]),
                "megabytes": median(memory[name]) / 1e6,
                "times minidjango": _ratio(requests[SOME], name, "minidjango"),
            }
            for name in imports
        },
        "targets": _targets(requests[SOME], layer, imports),
    }


def _one_layer(requests: dict[int, Samples], name: str) -> float:
    """Return the price of one more layer. It drowns in the noise of all but the best rounds."""
    return (min(requests[MANY][name]) - min(requests[FEW][name])) / (MANY - FEW)


def _ratio(samples: Samples, name: str, other: str) -> float:
    """Return the median of ratios: two neighbours of one round were disturbed alike."""
    return median(a / b for a, b in zip(samples[name], samples[other], strict=True))


def _targets(requests: Samples, layer: dict[str, float], imports: Samples) -> list[dict[str, Any]]:
    """Return each target in words, the ratio that was found, and what it may be at most."""
    found = [(f"a request through {SOME} layers / Django's", _ratio(requests, *OURS), 1 / 8)]
    if "bottle" in requests:
        ratio = _ratio(requests, "minidjango", "bottle")
        found.append((f"a request through {SOME} layers / Bottle's", ratio, 1.0))
    # A layer does the same in both, so that noise alone says which is the dearer one.
    found.append(("one more layer / Django's", layer["minidjango"] / layer["django"], 1.1))
    found.append(("import / Django's", _ratio(imports, *OURS), 1 / 5))
    return [
        {"target": words, "found": ratio, "at most": limit, "met": ratio <= limit}
        for words, ratio, limit in found
    ]


def show(found: Figures, console: Console | None = None) -> None:
    """Print a table of the frameworks, then the targets."""
    console = console or Console()
    table = Table(title="One request: µs of CPU time", caption=_versions(found))
    table.add_column("layers")
    for heading in [*map(str, LAYERS), "ratio", "one more", "import ms", "MB"]:
        table.add_column(heading, justify="right")
    for name, row in found["frameworks"].items():
        table.add_row(
            name,
            *(f"{row['microseconds'][count]:.1f}" for count in LAYERS),
            f"{row['times minidjango']:.2f}",
            f"{row['microseconds per layer']:.2f}",
            f"{row['milliseconds to import']:.0f}",
            f"{row['megabytes']:.1f}",
        )
    console.print(table)
    for target in found["targets"]:
        verdict = "[green]met[/]   " if target["met"] else "[red]missed[/]"
        limit = f"{target['found']:.3f}, at most {target['at most']:.3f}"
        console.print(f"{verdict} {target['target']}: {limit}", highlight=False)


def _versions(found: Figures) -> str:
    rows = found["frameworks"].items()
    named = [f"{name} {row['version']}" for name, row in rows if row["version"]]
    return ", ".join([found["machine"], *named])
