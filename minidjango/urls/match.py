"""What looking up a path gives (``django.urls.ResolverMatch``)."""

import functools
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from minidjango.utils.functional import cached_property


class ResolverMatch:
    """A view and what to call it with; it unpacks into ``func, args, kwargs``."""

    def __init__(
        self,
        func: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        url_name: str | None = None,
        app_names: list[str | None] | None = None,
        namespaces: list[str | None] | None = None,
        route: str | None = None,
        tried: list[list[Any]] | None = None,
        captured_kwargs: dict[str, Any] | None = None,
        extra_kwargs: dict[str, Any] | None = None,
    ) -> None:
        self.func = func
        self.args = args
        self.kwargs = kwargs
        self.url_name = url_name
        self.app_names = [name for name in app_names if name] if app_names else []
        self.namespaces = [name for name in namespaces if name] if namespaces else []
        self.route = route
        self.tried = tried
        self.captured_kwargs = captured_kwargs
        self.extra_kwargs = extra_kwargs

    @cached_property
    def app_name(self) -> str:
        """The application, with those that it is in: ``outer:inner``."""
        return ":".join(self.app_names)

    @cached_property
    def namespace(self) -> str:
        """The instance of the application, with those that it is in."""
        return ":".join(self.namespaces)

    @cached_property
    def view_name(self) -> str:
        """What `reverse` knows the view by; without a name, where the view is defined."""
        return ":".join([*self.namespaces, self.url_name or self._func_path])

    @cached_property
    def _func_path(self) -> str:
        view = getattr(self.func, "view_class", self.func)
        named = view if hasattr(view, "__name__") else type(view)
        return f"{named.__module__}.{named.__name__}"

    def __getitem__(self, index: Any) -> Any:
        return (self.func, self.args, self.kwargs)[index]

    def __iter__(self) -> Iterator[Any]:
        return iter((self.func, self.args, self.kwargs))

    def __repr__(self) -> str:
        func = repr(self.func) if isinstance(self.func, functools.partial) else self._func_path
        names = ["args", "kwargs", "url_name", "app_names", "namespaces", "route"]
        names += [name for name in ("captured_kwargs", "extra_kwargs") if getattr(self, name)]
        values = "".join(f", {name}={getattr(self, name)!r}" for name in names)
        return f"ResolverMatch(func={func}{values})"

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        from pickle import PicklingError  # late: it is heavy, and nobody should come here

        raise PicklingError(f"Cannot pickle {type(self).__qualname__}.")
