"""A view that is a class: a method for each HTTP method (``django.views.generic.base``).

The onion sees no difference: ``as_view()`` returns a function that makes an instance for every
request, so that what a view keeps on ``self`` is one request's own.
"""

from collections.abc import Callable
from typing import Any

from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseGone,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from minidjango.template.response import TemplateResponse
from minidjango.urls import reverse
from minidjango.utils.decorators import classonlymethod
from minidjango.utils.log import log_response


class View:
    """Calls ``self.get``, ``self.post``, ... by the request's method; 405 if there is none.

    Keyword arguments, of ``as_view()`` too, become attributes.
    """

    http_method_names = ["get", "post", "put", "patch", "delete", "head", "options", "trace"]  # noqa: RUF012
    request: HttpRequest
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    def __init__(self, **kwargs: Any) -> None:
        for name, value in kwargs.items():
            setattr(self, name, value)

    @classonlymethod
    def as_view(cls: Any, **initkwargs: Any) -> Callable[..., Any]:
        """Return the function for a URLconf; TypeError for what is no attribute of the class."""
        for key in initkwargs:
            if key in cls.http_method_names:
                raise TypeError(
                    f"The method name {key} is not accepted as a keyword argument to "
                    f"{cls.__name__}()."
                )
            if not hasattr(cls, key):
                raise TypeError(
                    f"{cls.__name__}() received an invalid keyword {key!r}. as_view only accepts "
                    "arguments that are already attributes of the class."
                )

        def view(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            self = cls(**initkwargs)
            self.setup(request, *args, **kwargs)
            if not hasattr(self, "request"):
                raise AttributeError(
                    f"{cls.__name__} instance has no 'request' attribute. Did you override setup() "
                    "and forget to call super()?"
                )
            return self.dispatch(request, *args, **kwargs)

        vars(view).update(view_class=cls, view_initkwargs=initkwargs)
        vars(view).update(vars(cls.dispatch))  # by which decorators speak, such as csrf_exempt
        view.__doc__, view.__module__ = cls.__doc__, cls.__module__
        view.__annotations__ = cls.dispatch.__annotations__
        return view

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep what the view was called with; HEAD is answered by ``get``, if it is there."""
        if hasattr(self, "get") and not hasattr(self, "head"):
            self.head = self.get
        self.request, self.args, self.kwargs = request, args, kwargs

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Call the method for the request's method."""
        name = str(request.method).lower()
        refuse = self.http_method_not_allowed
        handler = getattr(self, name, refuse) if name in self.http_method_names else refuse
        return handler(request, *args, **kwargs)

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Answer 405, and log it."""
        response = HttpResponseNotAllowed(self._allowed_methods())
        message = "Method Not Allowed (%s): %s"
        log_response(message, request.method, request.path, response=response, request=request)
        return response

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say which methods there are."""
        allowed = ", ".join(self._allowed_methods())
        return HttpResponse(headers={"Allow": allowed, "Content-Length": "0"})

    def _allowed_methods(self) -> list[str]:
        return [name.upper() for name in self.http_method_names if hasattr(self, name)]


class ContextMixin:
    """Makes a context of ``extra_context``, the view itself, and whatever it is called with."""

    extra_context: dict[str, Any] | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context; subclasses add to it."""
        return {"view": self, **kwargs, **(self.extra_context or {})}


class TemplateResponseMixin:
    """Answers with ``template_name``, rendered late, by ``template_engine``."""

    template_name: str | None = None
    template_engine: str | None = None
    response_class: Any = TemplateResponse
    content_type: str | None = None
    request: HttpRequest

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> Any:
        """Return a ``response_class``, made with ``response_kwargs`` too."""
        response_kwargs.setdefault("content_type", self.content_type)
        return self.response_class(
            request=self.request,
            template=self.get_template_names(),
            context=context,
            using=self.template_engine,
            **response_kwargs,
        )

    def get_template_names(self) -> list[str]:
        """Return names, of which the first that exists is used."""
        if self.template_name is None:
            raise ImproperlyConfigured(
                "TemplateResponseMixin requires either a definition of 'template_name' or an "
                "implementation of 'get_template_names()'"
            )
        return [self.template_name]


class TemplateView(TemplateResponseMixin, ContextMixin, View):
    """Shows a template; what the URL pattern captured is in its context."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer GET."""
        return self.render_to_response(self.get_context_data(**kwargs))


class RedirectView(View):
    """Redirects every method to ``url``, or to the pattern called ``pattern_name``; else 410."""

    permanent = False
    url: str | None = None
    pattern_name: str | None = None
    query_string = False

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str | None:
        """Return where to; ``%(name)s`` in ``url`` is what the URL pattern captured."""
        if self.url:
            url = self.url % kwargs
        elif self.pattern_name:
            url = reverse(self.pattern_name, args=args, kwargs=kwargs)
        else:
            return None
        query = self.request.META.get("QUERY_STRING", "")
        return f"{url}?{query}" if query and self.query_string else url

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer GET."""
        url = self.get_redirect_url(*args, **kwargs)
        if url:
            return (HttpResponsePermanentRedirect if self.permanent else HttpResponseRedirect)(url)
        response = HttpResponseGone()
        log_response("Gone: %s", request.path, response=response, request=request)
        return response

    def head(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer any other method as GET."""
        return self.get(request, *args, **kwargs)

    post = options = delete = put = patch = head
