"""From outcomes to a report, and to the exit status."""

import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

KNOWN = Path(__file__).with_name("known.toml")
STATUSES = ("passed", "failed", "missing", "excused", "left out", "skipped")
BAD = {"failed", "missing"}
Outcome = dict[str, str]
Reasons = dict[str, str]


def known() -> dict[str, Reasons]:
    """Return ``excused``, ``left_out`` and ``not_ours``: reasons by what they are of."""
    data = tomllib.loads(KNOWN.read_text(encoding="utf-8"))
    return {
        kind: {of: group["reason"] for group in data.get(kind, []) for of in group["of"]}
        for kind in ("excused", "left_out", "not_ours")
    }


def covering(name: str, reasons: Reasons) -> str:
    """Return the longest entry that is a name, or that of what it is in."""
    inside = [each for each in reasons if re.match(rf"{re.escape(each)}(?!\w)", name)]
    return max(inside, key=len, default="")


def settled(outcomes: list[Outcome], reasons: dict[str, Reasons]) -> list[Outcome]:
    """Return the outcomes with what is known of them; what is missing without reason is bad."""
    return [{**outcome, **_known_of(outcome, reasons)} for outcome in outcomes]


def _known_of(outcome: Outcome, reasons: dict[str, Reasons]) -> Outcome:
    status = outcome["status"]
    if entry := covering(outcome["id"], reasons["not_ours"]):
        return {"status": "left out", "why": reasons["not_ours"][entry], "reason": "not ours"}
    if status == "left out":
        names = [outcome["reason"], "private"] if "._" in outcome["reason"] else [outcome["reason"]]
        entries = [covering(name, reasons["left_out"]) for name in names]
        why = next((reasons["left_out"][entry] for entry in entries if entry), "")
        return {"why": why} if why else {"status": "missing"}
    if status == "failed" and (entry := covering(outcome["id"], reasons["excused"])):
        return {"status": "excused", "why": reasons["excused"][entry]}
    return {}


def stale(outcomes: list[Outcome], reasons: Reasons) -> list[str]:
    """Return the excuses that nothing needs, and those that cover a test that passes."""
    seen: dict[str, set[str]] = defaultdict(set)
    for outcome in outcomes:
        if entry := covering(outcome["id"], reasons):
            seen[entry].add(outcome["status"])
    idle = {entry for entry, statuses in seen.items() if "excused" not in statuses}
    return sorted(idle | {entry for entry, statuses in seen.items() if "passed" in statuses})


def counted(outcomes: list[Outcome]) -> dict[str, int]:
    """Return how many tests of each status there are."""
    counts = Counter(outcome["status"] for outcome in outcomes)
    return {status: counts[status] for status in STATUSES}


def page(package: str, outcomes: list[Outcome], verbose: bool) -> str:
    """Return the report of one package."""
    said = ", ".join(f"{number} {status}" for status, number in counted(outcomes).items() if number)
    lines = [f"{package}: {said or 'no tests'}"]
    of = {status: [each for each in outcomes if each["status"] == status] for status in STATUSES}
    for outcome in of["failed"]:
        lines.append(f"  FAILED {outcome['id']}\n      {outcome['reason']}")
        if verbose:
            lines += [f"      {line}" for line in outcome["traceback"].splitlines()]
    for status in ("missing", "excused", "left out", "skipped"):
        lines += _groups(status, of[status], verbose)
    return "\n".join(lines)


def _groups(status: str, outcomes: list[Outcome], verbose: bool) -> list[str]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.get("why") or outcome["reason"]].append(outcome)
    lines = []
    for why, found in sorted(groups.items(), key=lambda group: -len(group[1])):
        lines.append(f"  {status.upper() if status in BAD else status} {len(found):4}  {why}")
        if verbose:
            lines += [f"      {each['id']}: {each['reason']}" for each in found]
        elif status == "left out":
            names = Counter(each["reason"] for each in found).most_common()
            lines.append("      " + ", ".join(f"{name} {number}" for name, number in names))
    return lines


def table(packages: dict[str, list[Outcome]]) -> str:
    """Return the totals of all packages."""
    rows = [(package, counted(outcomes)) for package, outcomes in sorted(packages.items())]
    rows.append(("total", counted([each for found in packages.values() for each in found])))
    head = f"{'package':24}" + "".join(f"{status:>9}" for status in STATUSES)
    lines = [f"{name:24}" + "".join(f"{counts[s]:9}" for s in STATUSES) for name, counts in rows]
    return "\n".join([head, *lines])
