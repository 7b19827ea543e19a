"""Making decorators of decorators, and of layers (``django.utils.decorators``)."""

from collections.abc import Callable
from functools import partial, update_wrapper, wraps
from typing import Any

ViewFunc = Callable[..., Any]
Decorator = Callable[[ViewFunc], ViewFunc]


class classonlymethod(classmethod):  # type: ignore[type-arg]
    """A class method that an instance does not have."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is not None:
            raise AttributeError("This method is available only on the class, not on instances.")
        return super().__get__(instance, cls)


def method_decorator(decorator: Any, name: str = "") -> Callable[[Any], Any]:
    """Make a decorator for methods from one for functions, or from a list of such.

    It decorates a method or, with the method's ``name``, a class. Raises ValueError for a name
    that the class does not have, TypeError for one that is not a method's.
    """

    def decorate(obj: Any) -> Any:
        if not isinstance(obj, type):
            return _decorated(decorator, obj)
        if not (name and hasattr(obj, name)):
            raise ValueError(
                "The keyword argument `name` must be the name of a method of the decorated class: "
                f"{obj}. Got '{name}' instead."
            )
        method = getattr(obj, name)
        if not callable(method):
            raise TypeError(
                f"Cannot decorate '{name}' as it isn't a callable attribute of {obj} ({method})."
            )
        setattr(obj, name, _decorated(decorator, method))
        return obj

    if not hasattr(decorator, "__iter__"):
        update_wrapper(decorate, decorator)
    named = decorator if hasattr(decorator, "__name__") else type(decorator)
    decorate.__name__ = f"method_decorator({named.__name__})"
    return decorate


def _decorated(decorator: Any, method: Any) -> ViewFunc:
    """Return a method which, when called, decorates itself without ``self``."""
    decorators = decorator[::-1] if hasattr(decorator, "__iter__") else [decorator]

    def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
        # A partial, as an attribute cannot be set on a bound method.
        bound: ViewFunc = wraps(method)(partial(method.__get__(self, type(self))))
        for each in decorators:
            bound = each(bound)
        return bound(*args, **kwargs)

    for each in decorators:  # what a decorator sets on its function shall be on the method

        def dummy(*args: Any, **kwargs: Any) -> None: ...

        update_wrapper(wrapper, each(dummy))
    return update_wrapper(wrapper, method)


def decorator_from_middleware(middleware_class: Any) -> Decorator:
    """Make a decorator from a layer with old-style methods: the layer, for one view alone."""
    return make_middleware_decorator(middleware_class)()


def decorator_from_middleware_with_args(middleware_class: Any) -> Callable[..., Decorator]:
    """The same, for a layer that takes arguments: it returns what makes the decorator."""
    return make_middleware_decorator(middleware_class)


def make_middleware_decorator(middleware_class: Any) -> Callable[..., Decorator]:
    """Make what makes the decorator."""

    def with_arguments(*m_args: Any, **m_kwargs: Any) -> Decorator:
        def decorator(view_func: ViewFunc) -> ViewFunc:
            return _in_layer(middleware_class(view_func, *m_args, **m_kwargs), view_func)

        return decorator

    return with_arguments


def _in_layer(layer: Any, view: ViewFunc) -> ViewFunc:
    """Return a view like ``view``, with a layer's methods before and after it."""
    process_request = getattr(layer, "process_request", _no_answer)
    process_view = getattr(layer, "process_view", _no_answer)
    process_exception = getattr(layer, "process_exception", _no_answer)

    @wraps(view)
    def wrapper(request: Any, *args: Any, **kwargs: Any) -> Any:
        response = process_request(request)
        if response is None:
            response = process_view(request, view, args, kwargs)
        if response is not None:
            return response
        try:
            response = view(request, *args, **kwargs)
        except Exception as exception:
            response = process_exception(request, exception)
            if response is None:
                raise
            return response
        return _way_out(layer, request, response)

    return wrapper


def _no_answer(*args: Any) -> None:
    """Stand for a method that a layer does not have."""


def _way_out(layer: Any, request: Any, response: Any) -> Any:
    """Call the methods for responses; ``process_response`` only once there is a body."""
    can_render = callable(getattr(response, "render", None))
    if can_render and hasattr(layer, "process_template_response"):
        response = layer.process_template_response(request, response)
    if not hasattr(layer, "process_response"):
        return response
    if not can_render:
        return layer.process_response(request, response)
    response.add_post_render_callback(lambda rendered: layer.process_response(request, rendered))
    return response
