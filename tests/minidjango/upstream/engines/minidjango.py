"""An engine for Django's template language, as far as Jinja2's is the same language.

Most templates of Django's tests only show a variable. What Jinja2 cannot read, or what says
something else there, is left out.
"""

import re
import time
from collections.abc import Callable
from typing import Any

import jinja2

from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.template import engines
from minidjango.template.backends.jinja2 import Jinja2, Template
from minidjango.template.backends.utils import csrf_input_lazy
from minidjango.template.exceptions import Origin, TemplateDoesNotExist, TemplateSyntaxError
from minidjango.urls import NoReverseMatch, reverse
from tests.minidjango.upstream.leftout import use

LANGUAGE = "Django's template language"
TAGS = [
    (re.compile(rf"\{{% *{tag} *%\}}"), same)
    for tag, same in (
        (r"""url (['"][\w:-]+['"]) as (\w+)""", r"{% set \2 = url(\1, True) %}"),
        (r"""url (['"][\w:-]+['"])""", r"{{ url(\1) }}"),
        ("csrf_token", "{{ csrf_input }}"),
        ('now "U.u"', "{{ time() }}"),
    )
]
"""Tags of Django's, and the same for Jinja2."""
ONLY_DJANGO = re.compile(r"\{%\s*(load|url|trans|blocktrans|now|static|with|comment)")
LOADERS = {
    "minidjango.template.loaders.filesystem.Loader",
    "minidjango.template.loaders.app_directories.Loader",
}

rendered: list[tuple[str, dict[str, Any]]] = []
"""Names and contexts, as Django's own engine would tell the client of them."""


def url(name: str, silent: bool = False) -> str:
    """Do ``{% url %}``, or ``{% url ... as ... %}``."""
    try:
        return reverse(name)
    except NoReverseMatch:
        if silent:
            return ""
        raise


class Silent(jinja2.ChainableUndefined):
    """A variable that is not there shows nothing."""


class Language(jinja2.Environment):
    """``a.b`` is first an item, then an attribute; what can be called is called."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.globals.update(url=url, time=time.time)

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """Return a template with Jinja2's tags; use what is left out if some have no such."""
        for tag, same in TAGS:
            source = tag.sub(same, source)
        if ONLY_DJANGO.search(source):
            use(LANGUAGE)
        return super().preprocess(source, name, filename)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return ``obj.attribute``."""
        try:
            value = obj[attribute]
        except (TypeError, LookupError, AttributeError):
            value = super().getattr(obj, attribute)
        if not callable(value) or getattr(value, "do_not_call_in_templates", False):
            return value
        return value()


class ContextFirst(Template):
    """In Django's language a context's own values go before those of context processors."""

    name: str | None = None

    def render(self, context: dict[str, Any] | None = None, request: Any = None) -> str:
        """Return the text."""
        found: dict[str, Any] = {}
        if request is not None:
            found = {"request": request, "csrf_input": csrf_input_lazy(request)}
            for processor in self.backend.template_context_processors:
                found.update(processor(request))
        found.update(context or {})
        rendered.append((self.name or self.template.name or "", found))
        return super().render(found)


class Context(dict[str, Any]):
    """What a template is given."""

    request: Any = None


class RequestContext(Context):
    """The same, with a request."""

    def __init__(self, request: Any, *args: Any, processors: Any = (), **kwargs: Any) -> None:
        super().__init__()
        for processor in processors:
            self.update(processor(request))
        self.update(*args)
        self.request = request


class TemplateOfText:
    """A template that a test writes down."""

    def __init__(self, template_string: str, origin: Any = None, name: str | None = None) -> None:
        self.source, self.name = template_string, name

    def render(self, context: Context) -> str:
        """Render it with the engine of the settings."""
        engine = next(each for each in engines.all() if isinstance(each, DjangoTemplates))
        template = engine.from_string(self.source)
        template.name = self.name
        return template.render(dict(context), context.request)


class DjangoTemplates(Jinja2):
    """Jinja2, reading files of Django's language."""

    app_dirname = "templates"

    def __init__(self, params: dict[str, Any]) -> None:
        params = params.copy()
        given = params.get("OPTIONS", {})
        if params["APP_DIRS"] and "loaders" in given:
            raise ImproperlyConfigured("app_dirs must not be set when loaders is defined.")
        if given.get("libraries") or given.get("builtins") or _unknown(given.get("loaders", ())):
            use(LANGUAGE)
        kept = {"context_processors", "autoescape"}
        params["OPTIONS"] = {key: value for key, value in given.items() if key in kept}
        params["OPTIONS"] |= {"undefined": Silent, "keep_trailing_newline": True}
        params["OPTIONS"]["environment"] = f"{__name__}.Language"
        if any("app_directories" in each for each in given.get("loaders", ())):
            params["APP_DIRS"] = True
        super().__init__(params)

    def get_template(self, template_name: str) -> ContextFirst:
        """Return a template; a test that needs one in Django's language only is left out."""
        try:
            return self._alike(lambda: super(DjangoTemplates, self).get_template(template_name))
        except TemplateDoesNotExist as error:
            files = self.iter_template_filenames(template_name)
            error.tried = [(Origin(file, template_name), "Source does not exist") for file in files]
            raise

    def from_string(self, template_code: str) -> ContextFirst:
        """Make a template of its source."""
        return self._alike(lambda: super(DjangoTemplates, self).from_string(template_code))

    def _alike(self, make: Callable[[], Template]) -> ContextFirst:
        try:
            return ContextFirst(make().template, self)
        except (jinja2.TemplateSyntaxError, TemplateSyntaxError):
            use(LANGUAGE)
            raise


def _unknown(loaders: Any) -> bool:
    return any(not isinstance(each, str) or each not in LOADERS for each in loaders)
