"""Rows to be written into a database together: a statement for each table, with many rows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

Row = dict[str, Any]


class Changes:
    """New rows and other values, collected until `write`; the same columns change in all rows."""

    def __init__(self) -> None:
        self._new: dict[str, list[Row]] = {}
        self._changed: dict[str, dict[str, Row]] = {}

    def insert(self, table: str, **values: Any) -> Row:
        """A new row, with an id as nbgrader makes them."""
        row = {"id": uuid.uuid4().hex, **values}
        self._new.setdefault(table, []).append(row)
        return row

    def update(self, table: str, row: Row, **values: Any) -> None:
        """Other values in a row, if they are others."""
        if any(row[name] != value for name, value in values.items()):
            row.update(values)
            change = {f"to_{name}": row[name] for name in values}
            self._changed.setdefault(table, {})[row["id"]] = {"row": row["id"], **change}

    def write(self, connection: sa.Connection, tables: Mapping[str, sa.Table]) -> None:
        """Write all of it: a statement for each table, with many rows."""
        for name, rows in self._new.items():
            connection.execute(sa.insert(tables[name]), rows)
        for name, changed in self._changed.items():
            columns = [key.removeprefix("to_") for key in next(iter(changed.values()))][1:]
            values: dict[str, Any] = {column: sa.bindparam(f"to_{column}") for column in columns}
            own = tables[name].c.id == sa.bindparam("row")
            connection.execute(
                sa.update(tables[name]).where(own).values(values), list(changed.values())
            )
