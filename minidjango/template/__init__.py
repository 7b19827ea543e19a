"""Templates: engines of others behind one small interface (``django.template``).

There is no template language here. ``settings.TEMPLATES`` chooses between two:
`minidjango.template.backends.jinja2` and `minidjango.template.backends.dummy`.
"""

from minidjango.template.exceptions import Origin, TemplateDoesNotExist, TemplateSyntaxError
from minidjango.template.utils import EngineHandler

__all__ = ["Origin", "TemplateDoesNotExist", "TemplateSyntaxError", "engines"]

engines = EngineHandler()
