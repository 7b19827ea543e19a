"""``string.Template`` as an engine (``django.template.backends.dummy``)."""

import string
from typing import Any

from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.template.backends.base import BaseEngine
from minidjango.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from minidjango.template.exceptions import Origin, TemplateDoesNotExist
from minidjango.utils.html import conditional_escape


class TemplateStrings(BaseEngine):
    """``$name`` is replaced, escaped. It takes no options: there are no context processors."""

    app_dirname = "template_strings"

    def __init__(self, params: dict[str, Any]) -> None:
        params = params.copy()
        if options := params.pop("OPTIONS"):
            raise ImproperlyConfigured(f"Unknown options: {', '.join(options)}")
        super().__init__(params)

    def from_string(self, template_code: str) -> "Template":
        """Make a template of its source."""
        return Template(template_code)

    def get_template(self, template_name: str) -> "Template":
        """Read a template from the first directory that has it."""
        tried = []
        for filename in self.iter_template_filenames(template_name):
            try:
                with open(filename, encoding="utf-8") as file:
                    return Template(file.read())
            except FileNotFoundError:
                origin = Origin(filename, template_name, self)
                tried.append((origin, "Source does not exist"))
        raise TemplateDoesNotExist(template_name, tried=tried, backend=self)


class Template(string.Template):
    """A template; a name that the context does not have stays as it is."""

    def render(self, context: dict[str, Any] | None = None, request: Any = None) -> str:
        """Return the text with the context's values, escaped."""
        values: dict[str, Any]
        values = {name: conditional_escape(value) for name, value in (context or {}).items()}
        if request is not None:
            values["csrf_input"] = csrf_input_lazy(request)
            values["csrf_token"] = csrf_token_lazy(request)
        return self.safe_substitute(values)
