"""Where users are kept: one table of SQLite's, in a file or in memory.

``settings.DATABASES`` says where, in Django's words; the table is the one that Django would make,
so either of the two can read what the other wrote.
"""

import sqlite3
import threading
from typing import Any

from minidjango.conf import settings
from minidjango.core.exceptions import ImproperlyConfigured

ENGINE = "minidjango.db.backends.sqlite3"
TABLE = """CREATE TABLE IF NOT EXISTS auth_user (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT, password varchar(128) NOT NULL,
    last_login datetime NULL, is_superuser bool NOT NULL, username varchar(150) NOT NULL UNIQUE,
    last_name varchar(150) NOT NULL, email varchar(254) NOT NULL, is_staff bool NOT NULL,
    is_active bool NOT NULL, date_joined datetime NOT NULL, first_name varchar(150) NOT NULL)"""


class UserStore:
    """The table that the settings name: opened when first used, and again when they change.

    One connection serves all threads, one statement at a time; each is a transaction of its own.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._databases: Any = None
        self._connection: sqlite3.Connection | None = None

    def find(self, where: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the rows with these values."""
        condition = " AND ".join(f"{name} IS ?" for name in where) or "TRUE"
        with self._lock:
            rows = self._execute(f"SELECT * FROM auth_user WHERE {condition}", where)
            return [dict(row) for row in rows]

    def put(self, row: dict[str, Any]) -> int:
        """Keep a whole row, in place of the one with its id if there is one; return the id."""
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        changes = ", ".join(f"{name} = excluded.{name}" for name in row)
        cursor = self._execute(
            f"INSERT INTO auth_user ({names}) VALUES ({marks}) "
            f"ON CONFLICT (id) DO UPDATE SET {changes}",
            row,
        )
        return int(row["id"] or cursor.lastrowid or 0)

    def change(self, id: int | None, values: dict[str, Any]) -> bool:
        """Change some values of a row; return whether there is such a row."""
        changes = ", ".join(f"{name} = ?" for name in values)
        statement = f"UPDATE auth_user SET {changes} WHERE id = ?"
        return self._execute(statement, {**values, "id": id}).rowcount > 0

    def _execute(self, statement: str, values: dict[str, Any]) -> sqlite3.Cursor:
        with self._lock:
            return self._open().execute(statement, list(values.values()))

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or settings.DATABASES is not self._databases:
            name = _database_name(settings.DATABASES.get("default", {}))
            connection = sqlite3.connect(name, isolation_level=None, check_same_thread=False)
            connection.row_factory = sqlite3.Row
            connection.execute(TABLE)
            if self._connection:
                self._connection.close()
            self._connection, self._databases = connection, settings.DATABASES
        return self._connection


def _database_name(database: dict[str, Any]) -> Any:
    """Return the file; ImproperlyConfigured for another engine, or if something is missing."""
    more = {"ENGINE": " Check settings documentation for more details.", "NAME": ""}
    for key in more:
        if not database.get(key):
            wrong = f"settings.DATABASES is improperly configured. Please supply the {key} value."
            raise ImproperlyConfigured(wrong + more[key])
    if database["ENGINE"] != ENGINE:
        wrong = f"{database['ENGINE']!r} isn't an available database backend."
        raise ImproperlyConfigured(f"{wrong} Use {ENGINE!r}.")
    return database["NAME"]


users = UserStore()
