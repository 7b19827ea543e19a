"""The class as the gradebook knows it."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.grading.collect.names import plain

COLUMNS = ("id", "first_name", "last_name", "email", "lms_user_id")


@dataclass(frozen=True, slots=True)
class Student:
    """A row of the gradebook: nbgrader's id, and what else it knows of a student, or ""."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms: str = ""

    @property
    def names(self) -> set[str]:
        """The name in the orders in which systems write it, ready to be compared."""
        orders = (f"{self.first}{self.last}", f"{self.last}{self.first}")
        return {plain(name) for name in orders if self.first and self.last}


def gradebook(db_url: str) -> list[Student]:
    """The students in a gradebook; none where there is none yet.

    Raises GradingError where it cannot be read.
    """
    from autograder.grading.ledger import NoGradebook, ledger  # it takes a while to import

    try:
        with ledger(db_url) as found:
            rows = [row._mapping for row in found.students()]
    except NoGradebook:
        return []
    return [Student(*(str(row.get(name) or "") for name in COLUMNS)) for row in rows]
