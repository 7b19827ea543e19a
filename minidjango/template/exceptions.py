"""What can go wrong with a template (``django.template.exceptions``)."""

from typing import Any


class TemplateDoesNotExist(Exception):
    """No engine has a template of that name.

    Args:
        msg: the name.
        tried: pairs of an `Origin` and why it was not it.
        backend: the engine that was asked.
        chain: the exceptions of several engines, or several names.
    """

    def __init__(
        self,
        msg: Any,
        tried: list[tuple["Origin", str]] | None = None,
        backend: Any = None,
        chain: list["TemplateDoesNotExist"] | None = None,
    ) -> None:
        self.backend = backend
        self.tried = tried or []
        self.chain = chain or []
        super().__init__(msg)


class TemplateSyntaxError(Exception):
    """An engine could not read a template."""


class Origin:
    """Where a template comes from."""

    def __init__(self, name: Any, template_name: str | None = None, loader: Any = None) -> None:
        self.name = name
        self.template_name = template_name
        self.loader = loader

    def __str__(self) -> str:
        return str(self.name)
