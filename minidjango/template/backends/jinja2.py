"""Jinja2 as an engine (``django.template.backends.jinja2``)."""

from pathlib import Path
from typing import Any

import jinja2

from minidjango.conf import settings
from minidjango.template.backends.base import BaseEngine
from minidjango.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from minidjango.template.exceptions import Origin, TemplateDoesNotExist, TemplateSyntaxError
from minidjango.utils.functional import cached_property
from minidjango.utils.module_loading import import_string


class Jinja2(BaseEngine):
    """OPTIONS: ``context_processors``, ``environment`` (a dotted path), and whatever that takes."""

    app_dirname = "jinja2"

    def __init__(self, params: dict[str, Any]) -> None:
        params = params.copy()
        options = params.pop("OPTIONS").copy()
        super().__init__(params)
        self.context_processors = options.pop("context_processors", [])
        environment = import_string(options.pop("environment", "jinja2.Environment"))
        if "loader" not in options:
            options["loader"] = jinja2.FileSystemLoader(self.template_dirs)
        options.setdefault("autoescape", True)
        options.setdefault("auto_reload", settings.DEBUG)
        undefined = jinja2.DebugUndefined if settings.DEBUG else jinja2.Undefined
        options.setdefault("undefined", undefined)
        self.env: jinja2.Environment = environment(**options)

    def from_string(self, template_code: str) -> "Template":
        """Make a template of its source."""
        return Template(self.env.from_string(template_code), self)

    def get_template(self, template_name: str) -> "Template":
        """Return a template by name, with this package's exceptions for Jinja2's."""
        try:
            return Template(self.env.get_template(template_name), self)
        except jinja2.TemplateNotFound as error:
            raise TemplateDoesNotExist(error.name, backend=self) from error
        except jinja2.TemplateSyntaxError as error:
            raise _syntax_error(error) from error

    @cached_property
    def template_context_processors(self) -> list[Any]:
        """The functions that add to every context."""
        return [import_string(path) for path in self.context_processors]


class Template:
    """A template of Jinja2's."""

    def __init__(self, template: jinja2.Template, backend: Jinja2) -> None:
        self.template = template
        self.backend = backend
        self.origin = Origin(template.filename, template.name)

    def render(self, context: dict[str, Any] | None = None, request: Any = None) -> str:
        """Return the text. A request is added, and whatever context processors make of it."""
        context = {} if context is None else context
        if request is not None:
            context["request"] = request
            context["csrf_input"] = csrf_input_lazy(request)
            context["csrf_token"] = csrf_token_lazy(request)
            for processor in self.backend.template_context_processors:
                context.update(processor(request))
        try:
            return self.template.render(context)
        except jinja2.TemplateSyntaxError as error:
            raise _syntax_error(error) from error


def _syntax_error(error: jinja2.TemplateSyntaxError) -> TemplateSyntaxError:
    """Return the exception, with what Django's page of errors would show of the place."""
    new = TemplateSyntaxError(error.args)
    new.template_debug = get_exception_info(error)  # type: ignore[attr-defined]
    return new


def get_exception_info(exception: jinja2.TemplateSyntaxError) -> dict[str, Any]:
    """Return where an error is, with ten lines of source before it and after."""
    source, line = exception.source, exception.lineno
    if source is None and exception.filename and Path(exception.filename).exists():
        source = Path(exception.filename).read_text(encoding="utf-8")
    lines = list(enumerate(source.strip().split("\n"), start=1)) if source is not None else []
    top, bottom = (max(0, line - 11), min(len(lines), line + 10)) if lines else (0, 0)
    found = {"name": exception.filename, "message": exception.message, "line": line}
    shown = {"before": "", "during": lines[line - 1][1] if lines else "", "after": ""}
    place = {"source_lines": lines[top:bottom], "total": len(lines), "top": top, "bottom": bottom}
    return {**found, **shown, **place}
