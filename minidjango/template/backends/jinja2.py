"""Jinja2 as an engine (``django.template.backends.jinja2``)."""

from pathlib import Path
from typing import Any

import jinja2

from minidjango.conf import settings
from minidjango.template.backends.base import BaseEngine
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
            for processor in self.backend.template_context_processors:
                context.update(processor(request))
        try:
            return self.template.render(context)
        except jinja2.TemplateSyntaxError as error:
            raise _syntax_error(error) from error


def _syntax_error(error: jinja2.TemplateSyntaxError) -> TemplateSyntaxError:
    """Return the exception, with the place that a page of errors would show."""
    new = TemplateSyntaxError(error.args)
    source = error.source
    if source is None and error.filename and Path(error.filename).exists():
        source = Path(error.filename).read_text(encoding="utf-8")
    lines = source.strip().split("\n") if source else []
    during = lines[error.lineno - 1] if error.lineno <= len(lines) else ""
    new.template_debug = {  # type: ignore[attr-defined]
        "name": error.filename,
        "message": error.message,
        "line": error.lineno,
        "during": during,
    }
    return new
