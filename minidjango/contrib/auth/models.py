"""Users (``django.contrib.auth.models``).

`User` looks and behaves as Django's. There is no ORM behind it: its fields are a dataclass's, a
table keeps them (`minidjango.contrib.auth.store`), and users are found by their values, one by one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, ClassVar

from minidjango.conf import settings
from minidjango.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from minidjango.contrib.auth.hashers import make_password
from minidjango.contrib.auth.signals import user_logged_in
from minidjango.contrib.auth.store import users
from minidjango.core.exceptions import FieldError, MultipleObjectsReturned, ObjectDoesNotExist
from minidjango.db import DatabaseError
from minidjango.utils.timezone import now


class UserManager(BaseUserManager):
    """``User.objects``."""

    def create(self, **kwargs: Any) -> "User":
        """Make a user of these fields, as they are, and keep them."""
        user = User(**kwargs)
        user.save()
        return user

    def create_user(
        self, username: str, email: str | None = None, password: Any = None, **extra_fields: Any
    ) -> "User":
        """Make a user, and keep them.

        Without a password they cannot log in with one. Raises ValueError for no name, and
        ``minidjango.db.IntegrityError`` for one that is taken.
        """
        if not username:
            raise ValueError("The given username must be set")
        return self.create(
            username=User.normalize_username(username),
            email=self.normalize_email(email),
            password=make_password(password),
            **extra_fields,
        )

    def create_superuser(
        self, username: str, email: str | None = None, password: Any = None, **extra_fields: Any
    ) -> "User":
        """Make a user who may do everything; ValueError if a field says otherwise."""
        for name in ("is_staff", "is_superuser"):
            if extra_fields.setdefault(name, True) is not True:
                raise ValueError(f"Superuser must have {name}=True.")
        return self.create_user(username, email, password, **extra_fields)

    for _change in (create, create_user, create_superuser):
        _change.alters_data = True  # type: ignore[union-attr]  # a sandboxed template cannot call it

    def get(self, **lookups: Any) -> "User":
        """Return the only user with these values, as in ``get(username="ann")`` or ``get(pk=7)``.

        Raises User.DoesNotExist, User.MultipleObjectsReturned, or FieldError for what no user has.
        """
        where = {"id" if name == "pk" else name: _written(lookups[name]) for name in lookups}
        if unknown := where.keys() - set(FIELDS):
            choices = ", ".join(sorted(FIELDS))
            raise FieldError(
                f"Cannot resolve keyword '{min(unknown)}' into field. Choices are: {choices}"
            )
        rows = users.find(where)
        if not rows:
            raise User.DoesNotExist("User matching query does not exist.")
        if len(rows) > 1:
            raise User.MultipleObjectsReturned(
                f"get() returned more than one User -- it returned {len(rows)}!"
            )
        return User(**{name: _read(name, value) for name, value in rows[0].items()})


class _PrimaryKey:
    """A user's id, as `login` writes it into a session and `get_user` reads it."""

    def to_python(self, value: str) -> int:
        return int(value)

    def value_to_string(self, obj: "User") -> str:
        return str(obj.pk)


@dataclass(eq=False, repr=False, kw_only=True)
class User(AbstractBaseUser):
    """Somebody with an account. Changes are kept by ``save()``."""

    class DoesNotExist(ObjectDoesNotExist):
        """There is no such user."""

    class MultipleObjectsReturned(MultipleObjectsReturned):
        """There are several such users."""

    objects: ClassVar[UserManager] = UserManager()
    _meta: ClassVar[Any] = SimpleNamespace(pk=_PrimaryKey())
    USERNAME_FIELD = "username"

    id: int | None = None
    username: str = ""
    password: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    is_staff: bool = False
    is_active: bool = True
    is_superuser: bool = False
    last_login: datetime | None = None
    date_joined: datetime = field(default_factory=now)

    @property
    def pk(self) -> int | None:
        """The id; None until the user is saved."""
        return self.id

    def __repr__(self) -> str:
        return f"<User: {self}>"

    def __eq__(self, other: object) -> bool:
        if self.id is None or not isinstance(other, User):
            return self is other
        return self.id == other.id

    def __hash__(self) -> int:
        if self.id is None:
            raise TypeError("Model instances without primary key value are unhashable")
        return hash(self.id)

    def save(self, update_fields: Iterable[str] | None = None) -> None:
        """Keep the user, or only some fields of one who is kept already.

        Raises ``minidjango.db.IntegrityError`` for a name that is taken, DatabaseError for
        fields of a user who is not there.
        """
        names = FIELDS if update_fields is None else update_fields
        row = {name: _written(getattr(self, name)) for name in names}
        if update_fields is None:
            self.id = users.put(row)
        elif not users.change(self.id, row):
            raise DatabaseError("Save with update_fields did not affect any rows.")


FIELDS = [each.name for each in fields(User)]


def _written(value: Any) -> Any:
    """Return a value as the table has it: times are text, in UTC."""
    if not isinstance(value, datetime):
        return value
    return str(value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value)


def _read(name: str, value: Any) -> Any:
    """Return a value of the table as a user has it."""
    if name.startswith("is_"):
        return bool(value)
    if name in ("last_login", "date_joined") and value is not None:
        return datetime.fromisoformat(value).replace(tzinfo=UTC if settings.USE_TZ else None)
    return value


def update_last_login(sender: Any, user: Any, **kwargs: Any) -> None:
    """Keep the time of a login."""
    user.last_login = now()
    user.save(update_fields=["last_login"])


user_logged_in.connect(update_last_login, dispatch_uid="update_last_login")


class AnonymousUser:
    """Nobody in particular: what ``request.user`` is before a login."""

    id = None
    pk = None
    username = ""
    is_staff = False
    is_active = False
    is_superuser = False
    is_anonymous = property(lambda self: True)
    is_authenticated = property(lambda self: False)

    def __str__(self) -> str:
        return "AnonymousUser"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, self.__class__)

    def __hash__(self) -> int:
        return 1

    def __int__(self) -> int:
        raise TypeError(
            "Cannot cast AnonymousUser to int. Are you trying to use it in place of User?"
        )

    def get_username(self) -> str:
        """Return no name."""
        return self.username

    def save(self) -> None:
        """Refuse: there is nobody to keep."""
        raise NotImplementedError(_NOBODY)

    def delete(self) -> None:
        """Refuse."""
        raise NotImplementedError(_NOBODY)

    def set_password(self, raw_password: str) -> None:
        """Refuse."""
        raise NotImplementedError(_NOBODY)

    def check_password(self, raw_password: str) -> None:
        """Refuse."""
        raise NotImplementedError(_NOBODY)


_NOBODY = "Django doesn't provide a DB representation for AnonymousUser."
