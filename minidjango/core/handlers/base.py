"""The onion: how it is built, and what stands at its centre (``django.core.handlers.base``)."""

import types
from collections.abc import Callable
from typing import Any

from minidjango.conf import settings
from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.core.handlers.exception import GetResponse, convert_exception_to_response
from minidjango.core.handlers.layers import NOT_USED, instantiate, is_old_style, view_name
from minidjango.core.handlers.legacy import MethodLists
from minidjango.core.signals import request_finished
from minidjango.http import HttpRequest, HttpResponseBase
from minidjango.urls import ResolverMatch, get_resolver, set_urlconf
from minidjango.utils.log import log_response


class BaseHandler:
    """A stack of layers round ``_get_response``.

    Hooks are called at the centre, not in passing from layer to layer: a layer that
    short-circuits skips the hooks of every layer, even of those outside it.
    """

    _view_middleware: list[Callable[..., Any]]
    _template_response_middleware: list[Callable[..., Any]]
    _exception_middleware: list[Callable[..., Any]]
    _middleware_chain: GetResponse

    def load_middleware(self) -> None:
        """Fold ``settings.MIDDLEWARE`` into one callable, from the innermost layer outwards.

        A project that sets ``MIDDLEWARE_CLASSES`` instead gets the old stack, which is no onion.
        Raises ImproperlyConfigured when a factory returns None, ImportError for a path that leads
        nowhere, and whatever a layer's constructor raises.
        """
        self._view_middleware = []
        self._template_response_middleware = []
        self._exception_middleware = []
        if is_old_style():
            self._middleware_chain = MethodLists()
            return

        handler = convert_exception_to_response(self._get_response)
        for path in reversed(settings.MIDDLEWARE or ()):
            layer = instantiate(path, handler)
            if layer is NOT_USED:
                continue
            if layer is None:
                raise ImproperlyConfigured(f"Middleware factory {path} returned None.")
            self._collect_hooks(layer)
            handler = convert_exception_to_response(layer)
        self._middleware_chain = handler

    def _collect_hooks(self, layer: Any) -> None:
        """Keep a layer's hooks: view hooks run outermost first, the others innermost first."""
        if hasattr(layer, "process_view"):
            self._view_middleware.insert(0, layer.process_view)
        if hasattr(layer, "process_template_response"):
            self._template_response_middleware.append(layer.process_template_response)
        if hasattr(layer, "process_exception"):
            self._exception_middleware.append(layer.process_exception)

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        """Send a request through the whole onion and log what comes back as an error.

        What the outermost layer returns is taken on trust: None ends here, in an AttributeError.
        """
        set_urlconf(settings.ROOT_URLCONF)
        response = self._middleware_chain(request)
        response._resource_closers.append(request.close)
        if response.status_code >= 400:
            log_response(
                "%s: %s", response.reason_phrase, request.path, response=response, request=request
            )
        return response

    def _get_response(self, request: HttpRequest) -> HttpResponseBase:
        """Resolve the view and call it, with the hooks before and after it."""
        response: Any = None
        match = self.resolve_request(request)
        callback, args, kwargs = match.func, match.args, match.kwargs

        for process_view in self._view_middleware:
            response = process_view(request, callback, args, kwargs)
            if response:
                break

        if response is None:
            try:
                response = callback(request, *args, **kwargs)
            except Exception as exc:
                response = self.process_exception_by_middleware(exc, request)
                if response is None:
                    raise
        self.check_response(response, callback)

        if callable(getattr(response, "render", None)):
            response = self._render(request, response)
        final: HttpResponseBase = response
        return final

    def _render(self, request: HttpRequest, response: Any) -> Any:
        """Let the layers change an unrendered response, then render it."""
        for hook in self._template_response_middleware:
            response = hook(request, response)
            owner = type(hook.__self__).__name__  # type: ignore[attr-defined]
            self.check_response(response, hook, name=f"{owner}.process_template_response")
        try:
            return response.render()
        except Exception as exc:
            response = self.process_exception_by_middleware(exc, request)
            if response is None:
                raise
            return response

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """Find the view for ``request.path_info`` and remember it as ``request.resolver_match``.

        A layer may have set ``request.urlconf``; otherwise it is ``settings.ROOT_URLCONF``.
        Raises Resolver404, an Http404, when nothing matches.
        """
        if hasattr(request, "urlconf"):
            set_urlconf(request.urlconf)
            resolver = get_resolver(request.urlconf)
        else:
            resolver = get_resolver()
        request.resolver_match = match = resolver.resolve(request.path_info)
        return match

    def check_response(
        self, response: Any, callback: Callable[..., Any], name: str | None = None
    ) -> None:
        """Raise ValueError when a view or a template hook forgot to return (or to await)."""
        if response is not None and not isinstance(response, types.CoroutineType):
            return
        if not name:
            name = f"The view {view_name(callback)}"
        complaint = f"{name} didn't return an HttpResponse object. It returned "
        if response is None:
            raise ValueError(complaint + "None instead.")
        raise ValueError(
            complaint + "an unawaited coroutine instead. "
            "You may need to add an 'await' into your view."
        )

    def process_exception_by_middleware(self, exception: Exception, request: HttpRequest) -> Any:
        """Return the first response of a ``process_exception`` hook, or None."""
        for process_exception in self._exception_middleware:
            response = process_exception(request, exception)
            if response:
                return response
        return None


def reset_urlconf(sender: Any, **kwargs: Any) -> None:
    """Forget a request's URLconf when the request is over."""
    set_urlconf(None)


request_finished.connect(reset_urlconf)
