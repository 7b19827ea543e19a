"""The class as the gradebook knows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.grading.collect.names import plain
from autograder.grading.errors import GradingError

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

    It is asked directly, for importing nbgrader takes longer than to collect a class. Raises
    GradingError where it cannot be read.
    """
    from sqlalchemy import create_engine, make_url, text
    from sqlalchemy.exc import SQLAlchemyError

    try:
        url = make_url(db_url)
        if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
            return []  # to connect would make one
        engine = create_engine(url)
        with engine.connect() as connection:
            rows = connection.execute(text("select * from student")).mappings().all()
        engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        why = str(error).splitlines()[0]
        raise GradingError(f"{db_url}: this gradebook cannot be read ({why})") from None
    return [Student(*(str(row.get(name) or "") for name in COLUMNS)) for row in rows]
