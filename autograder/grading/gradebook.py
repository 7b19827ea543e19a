"""nbgrader's gradebook, opened: its tables as they are, a lock that is waited for.

The tables are read from the database itself (SQLAlchemy's reflection): importing `nbgrader.api` for
them takes longer than grading a hundred submissions. `records` writes them, and nothing else does.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidRequestError, OperationalError

from autograder.grading import database
from autograder.grading.errors import GradingError
from autograder.grading.master import Master, MasterCell

TABLES = (
    "assignment",
    "notebook",
    "base_cell",
    "grade_cells",
    "solution_cells",
    "task_cells",
    "source_cell",
    "student",
    "submitted_assignment",
    "submitted_notebook",
    "grade",
    "comment",
)

PATIENCE = 600.0
"""How many seconds another program may hold the gradebook before we give up."""

ONE_TRY = 2.0
"""How many seconds one attempt to get hold of it lasts: Ctrl-C is heard between two."""

BETWEEN_TRIES = 0.05
"""How many seconds lie between two, where the database gives its answer at once."""


class Gradebook:
    """A gradebook that nbgrader made, at any `db_url` that nbgrader takes.

    `tell` hears a sentence when another program holds it and we wait; `address` may be shown.
    Raises GradingError where there is no gradebook.
    """

    def __init__(self, url: str, tell: Callable[[str], None] = print) -> None:
        self._tell = tell
        self.engine = _engine(url)
        self.address = database.shown(self.engine.url)
        self.tables: dict[str, sa.Table] = {}
        with self.transaction() as connection:
            self.tables = _tables(connection, self.address)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """A connection in a transaction of its own: all that is done in it is kept, or none of it.

        Raises GradingError where the gradebook cannot be written.
        """
        try:
            with contextlib.closing(self._begun()) as connection:
                yield connection
                connection.commit()
        except DBAPIError as error:
            why = str(error.orig).partition("\n")[0]
            raise GradingError(f"{self.address}: the gradebook cannot be used ({why})") from error

    def _begun(self) -> sa.Connection:
        """A connection that may write, as soon as nobody else does."""
        began, told = time.monotonic(), False
        while True:
            connection = self.engine.connect()
            try:
                connection.begin()
                self._hold(connection)
                return connection
            except OperationalError as error:
                connection.close()
                waited = time.monotonic() - began
                if not _is_held(error) or waited > PATIENCE:
                    raise
            if not told and waited >= ONE_TRY:
                self._tell("Another program is using the gradebook; waiting for it.")
                told = True
            time.sleep(BETWEEN_TRIES)

    def _hold(self, connection: sa.Connection) -> None:
        """Keep others from writing submissions, where to begin does not keep them from it yet."""
        if self.tables:
            key = self.tables["assignment"].c.id
            held = sa.select(key).order_by(key).with_for_update(nowait=True)
            connection.execute(held).all()  # SQLite reads; others lock the rows

    def masters(self, assignment: str) -> dict[str, Master]:
        """The master of each notebook of that assignment, by name.

        Raises GradingError where the gradebook does not know the assignment.
        """
        notebooks = self.tables["notebook"]
        with self.transaction() as connection:
            found = connection.execute(
                sa.select(notebooks.c.id, notebooks.c.name, notebooks.c.kernelspec)
                .where(notebooks.c.assignment_id == self.assignment(connection, assignment).id)
                .order_by(notebooks.c.name)
            ).all()
            return {
                row.name: Master(
                    assignment,
                    row.name,
                    self._cells(connection, row.id),
                    json.loads(row.kernelspec or "{}"),
                )
                for row in found
            }

    def assignment(self, connection: sa.Connection, name: str) -> Any:
        """The row of that assignment: `id`, `duedate`; GradingError where there is none."""
        table = self.tables["assignment"]
        wanted = sa.select(table.c.id, table.c.duedate).where(table.c.name == name)
        row = connection.execute(wanted).one_or_none()
        if row is None:
            known = ", ".join(connection.execute(sa.select(table.c.name)).scalars())
            raise GradingError(
                f"The gradebook has no assignment {name!r} (it has {known or 'none'}): "
                f"first run `nbgrader generate_assignment {name}`"
            )
        return row

    def _cells(self, connection: sa.Connection, notebook: str) -> tuple[MasterCell, ...]:
        base, source = self.tables["base_cell"], self.tables["source_cell"]
        kinds: dict[str, set[str]] = {}
        for row in connection.execute(sa.select(base).where(base.c.notebook_id == notebook)):
            kinds.setdefault(row.name, set()).add(row.type)
        points = {
            row.name: row.max_score
            for graded in (self.tables["grade_cells"], self.tables["task_cells"])
            for row in connection.execute(
                sa.select(base.c.name, graded.c.max_score)
                .join(graded, graded.c.id == base.c.id)
                .where(base.c.notebook_id == notebook)
            )
        }
        cells = connection.execute(
            sa.select(source).where(source.c.notebook_id == notebook).order_by(source.c.name)
        )
        return tuple(
            MasterCell(
                row.name,
                row.cell_type,
                row.source or "",
                bool(row.locked),
                "GradeCell" in kinds.get(row.name, ()),
                "SolutionCell" in kinds.get(row.name, ()),
                "TaskCell" in kinds.get(row.name, ()),
                points.get(row.name),
                row.checksum or "",
            )
            for row in cells
        )

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def _engine(url: str) -> sa.Engine:
    mend = "name it with --db, or run `nbgrader generate_assignment` first"
    try:
        where = sa.make_url(url)
        url = database.shown(where)
        if where.get_backend_name() != "sqlite":
            return database.engine(where, pool_pre_ping=True)  # a server may have begun anew
        # SQLite would make an empty database of a name that is misspelt.
        if not where.database or not Path(where.database).is_file():
            raise GradingError(f"{where.database}: there is no gradebook; {mend}")
        engine = database.engine(where)
    except (ArgumentError, InvalidRequestError) as error:
        raise GradingError(f"{url}: is no address of a gradebook ({error}); {mend}") from error
    sa.event.listen(engine, "connect", _leave_transactions_to_us)
    sa.event.listen(engine, "begin", _lock)
    return engine


def _leave_transactions_to_us(connection: Any, _record: Any) -> None:
    connection.isolation_level = None


def _lock(connection: sa.Connection) -> None:
    """Take the lock before anything is read, or another writer could make us begin again.

    Others may read meanwhile, a late penalty's plug-in too; the end waits until they have done so.
    """
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {ONE_TRY * 1000:.0f}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")


def _is_held(error: OperationalError) -> bool:
    """Whether it was not to be had because somebody else has it: each database says it its way."""
    return "lock" in f"{type(error.orig).__name__} {error.orig}".lower()


def _tables(connection: sa.Connection, address: str) -> dict[str, sa.Table]:
    known = sa.MetaData()
    try:
        known.reflect(connection, only=TABLES)
    except InvalidRequestError as error:
        raise GradingError(
            f"{address}: is no gradebook of nbgrader's, some of its tables are missing; "
            "after an update of nbgrader run `nbgrader db upgrade`"
        ) from error
    return {name: known.tables[name] for name in TABLES}
