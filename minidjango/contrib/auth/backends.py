"""Who says whether credentials are right (``django.contrib.auth.backends``)."""

from typing import Any

from minidjango.contrib.auth import get_user_model

UserModel = get_user_model()


class BaseBackend:
    """Knows nobody."""

    def authenticate(self, request: Any, **kwargs: Any) -> Any:
        """Return the user whom the credentials belong to, or None."""
        return None

    def get_user(self, user_id: Any) -> Any:
        """Return the user of this id, or None."""
        return None


class ModelBackend(BaseBackend):
    """Knows the users that are kept, by name and password."""

    def authenticate(
        self, request: Any, username: str | None = None, password: Any = None, **kwargs: Any
    ) -> Any:
        """Return the user of this name if the password is right and they are active."""
        if username is None or password is None:
            return None
        try:
            user = UserModel.objects.get_by_natural_key(username)
        except UserModel.DoesNotExist:
            # Takes as long as checking one: time must not tell who has an account.
            UserModel().set_password(password)
            return None
        right = user.check_password(password)
        return user if right and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether this user may log in: not when ``is_active`` is False."""
        return bool(getattr(user, "is_active", True))

    def get_user(self, user_id: Any) -> Any:
        """Return the user of this id, if they still may log in."""
        try:
            user = UserModel.objects.get(pk=user_id)
        except UserModel.DoesNotExist:
            return None
        return user if self.user_can_authenticate(user) else None


class AllowAllUsersModelBackend(ModelBackend):
    """The same, for users who are not active too."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Return True."""
        return True
