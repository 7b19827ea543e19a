"""A Chromium of this machine: Playwright drives it and downloads none."""

from __future__ import annotations

import os
import shutil

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
NONE = (
    "There is no Chromium here to look at JupyterLab with: install one (on Debian, "
    "`apt install chromium`), or name one in the environment variable CHROMIUM."
)
QUIET = (
    # Whoever is root in a container has no sandbox; the pages are our own.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
"""Arguments with which it asks nothing of anybody by itself, and finds no other machine."""


def found() -> str | None:
    """The path of the first Chromium that there is; `CHROMIUM` names one of the reader's choice."""
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else NAMES
    return next(filter(None, map(shutil.which, names)), None)
