"""Where Django's tests come from: the source distribution of the version that is installed."""

import os
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path


def cache() -> Path:
    """Return the folder, outside the repository, where the distribution is kept."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "inside-the-onion"


def django_source(given: Path | None = None) -> Path:
    """Return the folder of Django's source, fetching it when it has not been fetched before."""
    if given is not None:
        return _checked(given)
    release = version("Django")
    folder = cache() / f"django-{release}"
    if not folder.is_dir():
        _fetch(release, folder.parent)
    return _checked(folder)


def _checked(folder: Path) -> Path:
    if not (folder / "tests").is_dir():
        raise SystemExit(f"{folder} has no folder `tests`: it is not Django's source distribution")
    return folder


def _fetch(release: str, into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    print(f"fetching Django {release} into {into}", file=sys.stderr)
    wanted = ["--no-binary", "Django", "--no-deps", "--no-build-isolation", f"Django=={release}"]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--dest", str(into), *wanted]
    subprocess.run(command, check=True)
    with tarfile.open(into / f"django-{release}.tar.gz") as archive:
        archive.extractall(into, filter="data")
