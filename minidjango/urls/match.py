"""What looking up a path gives (``django.urls.ResolverMatch``)."""

import functools
from collections.abc import Callable, Iterator
from pickle import PicklingError
from typing import Any, NoReturn


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
        tried: list[Any] | None = None,
        captured_kwargs: dict[str, Any] | None = None,
        extra_kwargs: dict[str, Any] | None = None,
    ) -> None:
        self.func = func
        self.args = args
        self.kwargs = kwargs
        self.url_name = url_name
        self.route = route
        self.tried = tried
        self.captured_kwargs = captured_kwargs
        self.extra_kwargs = extra_kwargs
        self.app_names = [name for name in app_names or () if name]
        self.app_name = ":".join(self.app_names)
        self.namespaces = [name for name in namespaces or () if name]
        self.namespace = ":".join(self.namespaces)
        view = getattr(func, "view_class", func)
        named = view if hasattr(view, "__name__") else type(view)
        self._func_path = f"{named.__module__}.{named.__name__}"
        self.view_name = ":".join([*self.namespaces, url_name or self._func_path])

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
        raise PicklingError(f"Cannot pickle {type(self).__qualname__}.")
