"""What a stack is built with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.host.centre import Gate
from autograder.host.framework import Framework
from autograder.host.wire import Message


@dataclass(frozen=True, slots=True)
class Kit:
    """The framework, the gate to the judge, and whatever the student has defined.

    `found` gives what a reference stands for; `names` is the namespace of the student's cells.
    """

    framework: Framework
    gate: Gate
    found: Callable[[Message], Any]
    names: dict[str, Any]
