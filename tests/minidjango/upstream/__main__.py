"""Run Django's own tests on minidjango, with the one word changed.

A label is a package of Django's tests, or package.module[.Class[.test]].
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.minidjango.upstream import report
from tests.minidjango.upstream.source import django_source
from tests.minidjango.upstream.translate import translate

PACKAGES = """
admin_docs.test_middleware auth_tests builtin_server cache conditional_processing
context_processors csrf_tests decorators deprecation dispatch file_uploads files
generic_views.test_base handlers httpwrappers logging_tests messages_tests middleware
middleware_exceptions requests_tests resolve_url responses serializers.test_json servers
sessions_tests settings_tests shortcuts signals signed_cookies_tests signing template_backends
template_loader template_tests.test_response test_client test_client_regress test_utils
urlpatterns urlpatterns_reverse utils_tests version view_tests wsgi
"""
SECONDS = 900
"""For one package."""
ROOT = Path(__file__).parents[3]


def main(arguments: list[str] | None = None) -> int:
    """Run, print, and return the exit status: 1 for what has no reason."""
    options = _options(arguments)
    source = django_source(options.source)
    labels: dict[str, list[str]] = defaultdict(list)
    for label in PACKAGES.split() if options.all else options.labels:
        labels[label.split(".")[0]].append(label)
    with tempfile.TemporaryDirectory(prefix="upstream-") as name:
        folder = Path(name).resolve()
        translate(source / "tests", labels, folder)
        outcomes = _run(folder, source.resolve(), labels, options)
    print(report.table(outcomes))
    every = [each for found in outcomes.values() for each in found]
    for entry in report.stale(every, report.known()["excused"]):
        print(f"excused for nothing, or too widely: {entry}")
    if options.json:
        options.json.write_text(json.dumps(outcomes, indent=1), encoding="utf-8")
    return int(any(each["status"] in report.BAD for each in every))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.minidjango.upstream", description=__doc__
    )
    parser.add_argument("labels", nargs="*", metavar="LABEL")
    parser.add_argument("--all", action="store_true", help="all packages that matter")
    parser.add_argument("--source", type=Path, help="Django's source, when not to be fetched")
    parser.add_argument("--json", type=Path, help="write every outcome to a file")
    parser.add_argument("-v", "--verbose", action="store_true", help="tracebacks, names left out")
    parser.add_argument("-j", "--jobs", type=int, default=2, help="processes at a time")
    options = parser.parse_args(arguments)
    if options.all == bool(options.labels):
        parser.error("say --all, or which packages")
    return options


def _run(
    folder: Path, source: Path, labels: dict[str, list[str]], options: argparse.Namespace
) -> dict[str, list[report.Outcome]]:
    reasons, outcomes = report.known(), {}
    with ThreadPoolExecutor(options.jobs) as pool:
        runs = {name: pool.submit(_package, folder, source, name, labels[name]) for name in labels}
        for name, run in runs.items():
            outcomes[name] = report.settled(run.result(), reasons)
            print(report.page(name, outcomes[name], options.verbose), end="\n\n", flush=True)
    return outcomes


def _package(folder: Path, source: Path, package: str, labels: list[str]) -> list[report.Outcome]:
    """Run a package in a process of its own; what stops the process is a failure too."""
    output = folder / f"{package}.json"
    command = [sys.executable, "-B", "-m", "tests.minidjango.upstream.worker"]
    places = [str(each) for each in (folder, source, output)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    whole = [] if package in labels else labels
    try:
        done = subprocess.run(
            [*command, *places, package, *whole],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
        )
        said = done.stdout + done.stderr
    except subprocess.TimeoutExpired as error:
        said = f"took longer than {error.timeout} s"
    if output.exists():
        return list(json.loads(output.read_text(encoding="utf-8")))
    last = said.strip().splitlines()[-1:] or ["no word"]
    return [{"id": package, "status": "failed", "reason": last[0], "traceback": said}]


if __name__ == "__main__":
    sys.exit(main())
