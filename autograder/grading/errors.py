"""What goes wrong while a class is graded: one sentence for whoever typed the command."""

from __future__ import annotations


class GradingError(Exception):
    """One sentence that names the culprit and the mend."""
