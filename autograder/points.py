"""The parts of a check that have points of their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a check, worth so many points; `why` it was not passed, or ""."""

    name: str
    points: float
    why: str = ""

    @property
    def earned(self) -> float:
        """Its points, or none."""
        return 0 if self.why else self.points

    def __str__(self) -> str:
        points = "point" if self.points == 1 else "points"
        why = f": {self.why}" if self.why else ""
        return f"{self.name}, {self.earned:g} of {self.points:g} {points}{why}"
