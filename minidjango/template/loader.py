"""Finding templates and rendering them (``django.template.loader``)."""

from collections.abc import Iterable
from typing import Any

from minidjango.template import engines
from minidjango.template.exceptions import TemplateDoesNotExist


def get_template(template_name: str, using: str | None = None) -> Any:
    """Return the template of the first engine that has it; TemplateDoesNotExist if none does."""
    chain = []
    for engine in engines.all() if using is None else [engines[using]]:
        try:
            return engine.get_template(template_name)
        except TemplateDoesNotExist as error:
            chain.append(error)
    raise TemplateDoesNotExist(template_name, chain=chain)


def select_template(template_name_list: Iterable[str], using: str | None = None) -> Any:
    """Return the first template that exists; TypeError when given one name, not several."""
    if isinstance(template_name_list, str):
        raise TypeError(
            "select_template() takes an iterable of template names but got a string: "
            f"{template_name_list!r}. Use get_template() if you want to load a single template by "
            "name."
        )
    names, chain = list(template_name_list), []
    for name in names:
        try:
            return get_template(name, using=using)
        except TemplateDoesNotExist as error:
            chain += error.chain
    if not names:
        raise TemplateDoesNotExist("No template names provided")
    raise TemplateDoesNotExist(", ".join(names), chain=chain)


def render_to_string(
    template_name: str | list[str] | tuple[str, ...],
    context: dict[str, Any] | None = None,
    request: Any = None,
    using: str | None = None,
) -> str:
    """Render a template, or the first of several, to text."""
    several = isinstance(template_name, list | tuple)
    find: Any = select_template if several else get_template
    text: str = find(template_name, using=using).render(context, request)
    return text
