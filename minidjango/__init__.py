"""minidjango: Django's request/response cycle, old and new, to be read.

Names, signatures, errors and messages are Django 5.2's, with ``django`` replaced by
``minidjango``. Read the modules in the order in which a request meets them:

1. ``minidjango.core.wsgi``: a server asks for ``application``; settings are loaded, once.
   ``minidjango.core.handlers.wsgi``: ``application(environ, start_response)`` is called and a
   request is made from ``environ``.
2. ``minidjango.core.handlers.base``: ``load_middleware`` has built the onion from
   ``settings.MIDDLEWARE``, inside out; ``get_response`` sends the request in.
3. ``minidjango.core.handlers.exception``: every layer is wrapped, so that an exception of one
   becomes a response for the one outside it.
4. ``minidjango.urls``: at the centre the path is looked up in ``ROOT_URLCONF``:
   ``minidjango.urls.conf`` is what a URLconf is written in, ``minidjango.urls.patterns`` and
   ``minidjango.urls.resolvers`` find the view, ``minidjango.urls.base`` goes the other way.
5. ``minidjango.core.handlers.base`` again, ``_get_response``: ``process_view`` hooks, the view,
   ``process_exception``, ``process_template_response`` and late rendering.
6. ``minidjango.views``, ``minidjango.shortcuts``, ``minidjango.template``: what a view is made
   with, and the error pages of a project that has none of its own.
7. ``minidjango.http``: what the view was given and what it returns; ``minidjango.http.request``,
   ``minidjango.http.base`` (every response's head) and ``minidjango.http.response``.
8. ``minidjango.core.handlers.wsgi`` again: ``start_response``, the body, ``close()``.

Beside the way stands the old one, ``minidjango.core.handlers.legacy``: what
``settings.MIDDLEWARE_CLASSES`` meant before Django 1.10. Both need ``minidjango.conf``
(settings), ``minidjango.dispatch`` and ``minidjango.core.signals`` (who wants to know),
``minidjango.core.exceptions`` and ``minidjango.utils``; ``minidjango.test`` is for
tests. The batteries are layers like anybody's:
``minidjango.middleware``, and in ``minidjango.contrib`` those that bring more with them:
``minidjango.contrib.sessions``, ``minidjango.contrib.auth``, ``minidjango.contrib.messages``.
``minidjango.db`` has the errors of the one table there is, the users'.
``python -m minidjango runserver`` (``minidjango.__main__``, ``minidjango.core.servers``) serves a
site on this machine.
"""

VERSION = (5, 2, 0, "final", 0)
"""The Django whose interface this is."""


def get_version(version: tuple[int, int, int, str, int] | None = None) -> str:
    """Return the version of Django that is followed, as ``"5.2"``; or a given one."""
    return ".".join(str(part) for part in (version or VERSION)[:2])


def setup(set_prefix: bool = True) -> None:
    """Configure logging and the script prefix from the settings (``django.setup``).

    Call it once, before the first request, unless ``get_wsgi_application`` does it for you.
    """
    from minidjango.conf import settings
    from minidjango.urls import set_script_prefix
    from minidjango.utils.log import configure_logging

    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
    if set_prefix:
        set_script_prefix(settings.FORCE_SCRIPT_NAME or "/")
