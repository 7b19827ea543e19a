"""What one request costs: minidjango beside Django, Flask, Bottle, Falcon and bare functions.

    python -m benchmarks.cycle [--quick] [--json FILE]

Figures are CPU time, medians over rounds in which every framework has its turn; what can be
compared between two machines, or two days, is the ratios. Flask, Bottle and Falcon are measured
where they are installed: ``pip install -r requirements-bench.txt``.
"""

import argparse
import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks import measure, report

FRAMEWORKS = ["closures", "minidjango", "django", "flask", "bottle", "falcon"]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and write the figures to a file if one is named; return 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cycle", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--quick", action="store_true", help="seconds instead of a minute")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures there too")
    arguments = parser.parse_args(argv)
    figures = measured(arguments.quick)
    report.show(figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def measured(quick: bool) -> dict[str, Any]:
    """Return all figures as plain data."""
    names = [name for name in FRAMEWORKS if name == "closures" or find_spec(name)]
    rounds, slot, starts = (5, 0.002, 2) if quick else (100, 0.005, 9)
    requests = measure.requests(names, rounds, slot)
    imports = measure.fresh_processes(measure.IMPORT, names, starts)
    memory = measure.fresh_processes(measure.MEMORY, names, 1)
    return report.figures(requests, imports, memory)


if __name__ == "__main__":
    raise SystemExit(main())
