"""What can go wrong where users are kept (``django.db``); there is no other database."""

from sqlite3 import DatabaseError, Error, IntegrityError, OperationalError

__all__ = ["DatabaseError", "Error", "IntegrityError", "OperationalError"]
