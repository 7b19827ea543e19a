"""The files put in place, each whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder.grading.collect.deciding import Decision
from autograder.grading.collect.manifests import STAMP
from autograder.grading.errors import GradingError
from autograder.writing import write_whole


def place(decisions: Sequence[Decision], folder: Path) -> None:
    """Put what one student handed in into its folder, with the moment of the last of it.

    The moment goes first: if we are stopped between the two, the next run sees a file that is as
    old as the moment says and not the same, and puts it in place. Raises GradingError where it
    cannot be written; then what is there is what was there before.
    """
    moments = [decision.when for decision in decisions if decision.when]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if moments:
            write_whole(folder / STAMP, f"{max(moments):%Y-%m-%d %H:%M:%S} UTC\n".encode())
        else:
            (folder / STAMP).unlink(missing_ok=True)  # that of the file which is replaced
        for decision in decisions:
            copy = decision.handed_in.copy
            assert copy is not None
            write_whole(folder / f"{decision.notebook}.ipynb", copy.read_bytes())
    except OSError as error:
        where = error.filename or folder
        raise GradingError(
            f"{where}: {error.strerror}; make room for it or let yourself write there, and collect "
            "once more: what is in place already stays as it is"
        ) from None
