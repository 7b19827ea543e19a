"""What the command lines about a class have in common."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_course(parser: argparse.ArgumentParser) -> None:
    """Declare `--course`."""
    parser.add_argument(
        "--course",
        metavar="DIR",
        type=Path,
        default=Path(),
        help="the folder of an nbgrader course, with its nbgrader_config.py (default: here)",
    )


def add_gradebook(parser: argparse.ArgumentParser) -> None:
    """Declare `--db`."""
    parser.add_argument("--db", metavar="URL", default="", help="another gradebook, as a db_url")
