"""Responses rendered late, so that layers may change them (``django.template.response``)."""

from collections.abc import Callable, Iterator
from typing import Any

from minidjango.http import HttpResponse
from minidjango.template.loader import get_template, select_template


class ContentNotRenderedError(Exception):
    """The body was asked for before it was rendered."""


class SimpleTemplateResponse(HttpResponse):
    """A template and a context that become a body when ``render()`` is called.

    Args:
        template: a template, a name, or a list of names.
        context: a dict.
        content_type, status, charset, headers: as for HttpResponse.
        using: the name of an engine.
    """

    rendering_attrs: tuple[str, ...] = ("template_name", "context_data", "_post_render_callbacks")

    def __init__(
        self,
        template: Any,
        context: Any = None,
        content_type: str | None = None,
        status: int | None = None,
        charset: str | None = None,
        using: str | None = None,
        headers: Any = None,
    ) -> None:
        self.template_name = template
        self.context_data = context
        self.using = using
        self._post_render_callbacks: list[Callable[[Any], Any]] = []
        self._request: Any = None
        super().__init__("", content_type, status, charset=charset, headers=headers)
        self._is_rendered = False  # setting the content, as super() did, says otherwise

    def __getstate__(self) -> dict[str, Any]:
        if not self._is_rendered:
            raise ContentNotRenderedError(
                "The response content must be rendered before it can be pickled."
            )
        return {k: v for k, v in self.__dict__.items() if k not in self.rendering_attrs}

    def resolve_template(self, template: Any) -> Any:
        """Return the template that a name, or the first known name of several, stands for."""
        if isinstance(template, list | tuple):
            return select_template(template, using=self.using)
        if isinstance(template, str):
            return get_template(template, using=self.using)
        return template

    def resolve_context(self, context: Any) -> Any:
        """Return the context; subclasses may add to it."""
        return context

    @property
    def rendered_content(self) -> str:
        """What rendering gives now. It does not become the body: ``render()`` does that."""
        template = self.resolve_template(self.template_name)
        text: str = template.render(self.resolve_context(self.context_data), self._request)
        return text

    def add_post_render_callback(self, callback: Callable[[Any], Any]) -> None:
        """Call ``callback(response)`` after rendering; at once, if that has been done."""
        if self._is_rendered:
            callback(self)
        else:
            self._post_render_callbacks.append(callback)

    def render(self) -> Any:
        """Render, once, and return the response: this one, or what a callback returned instead."""
        response: Any = self
        if not self._is_rendered:
            self.content = self.rendered_content
            for callback in self._post_render_callbacks:
                replacement = callback(response)
                if replacement is not None:
                    response = replacement
        return response

    @property
    def is_rendered(self) -> bool:
        """Whether there is a body."""
        return self._is_rendered

    def __iter__(self) -> Iterator[bytes]:
        if not self._is_rendered:
            raise ContentNotRenderedError(
                "The response content must be rendered before it can be iterated over."
            )
        return super().__iter__()

    @property
    def content(self) -> bytes:
        """The body; ContentNotRenderedError while there is none. Setting it counts as rendering."""
        if not self._is_rendered:
            raise ContentNotRenderedError(
                "The response content must be rendered before it can be accessed."
            )
        return b"".join(self._container)

    @content.setter
    def content(self, value: Any) -> None:
        HttpResponse.content.fset(self, value)  # type: ignore[attr-defined]
        self._is_rendered = True


class TemplateResponse(SimpleTemplateResponse):
    """One that knows its request, and so the context processors' additions."""

    rendering_attrs = (*SimpleTemplateResponse.rendering_attrs, "_request")

    def __init__(
        self,
        request: Any,
        template: Any,
        context: Any = None,
        content_type: str | None = None,
        status: int | None = None,
        charset: str | None = None,
        using: str | None = None,
        headers: Any = None,
    ) -> None:
        super().__init__(template, context, content_type, status, charset, using, headers=headers)
        self._request = request
