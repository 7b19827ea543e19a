"""The page of a request that CSRF protection refused (``django.views.csrf``)."""

from minidjango.conf import settings
from minidjango.http import HttpRequest, HttpResponseForbidden
from minidjango.middleware.csrf import REASON_NO_CSRF_COOKIE
from minidjango.middleware.csrf_origins import REASON_NO_REFERER
from minidjango.template import TemplateDoesNotExist, loader
from minidjango.utils.html import escape
from minidjango.views.defaults import ERROR_PAGE_TEMPLATE

CSRF_FAILURE_TEMPLATE_NAME = "403_csrf.html"

_ADVICE = {
    REASON_NO_REFERER: [
        "You are seeing this message because this HTTPS site requires a “Referer header” to be "
        "sent by your web browser, but none was sent. This header is required for security "
        "reasons, to ensure that your browser is not being hijacked by third parties.",
        "If you have configured your browser to disable “Referer” headers, please re-enable them, "
        "at least for this site, or for HTTPS connections, or for “same-origin” requests.",
        'If you are using the <meta name="referrer" content="no-referrer"> tag or including the '
        "“Referrer-Policy: no-referrer” header, please remove them. The CSRF protection requires "
        "the “Referer” header to do strict referer checking. If you’re concerned about privacy, "
        'use alternatives like <a rel="noreferrer" …> for links to third-party sites.',
    ],
    REASON_NO_CSRF_COOKIE: [
        "You are seeing this message because this site requires a CSRF cookie when submitting "
        "forms. This cookie is required for security reasons, to ensure that your browser is not "
        "being hijacked by third parties.",
        "If you have configured your browser to disable cookies, please re-enable them, at least "
        "for this site, or for “same-origin” requests.",
    ],
}
"""What the user can do, for the reasons that are the browser's doing. In Django's words."""

_MORE = "More information is available with DEBUG=True."
_HELP = (
    "A form that is sent by POST needs {{ csrf_input }} in its template, and its template the "
    "request: render(request, ...). A page that was loaded before a login must be loaded again."
)


def csrf_failure(
    request: HttpRequest, reason: str = "", template_name: str = CSRF_FAILURE_TEMPLATE_NAME
) -> HttpResponseForbidden:
    """Answer 403. The reason is shown while ``DEBUG`` is on: it may say how the site is guarded.

    Raises TemplateDoesNotExist for a template that was asked for by name.
    """
    try:
        return HttpResponseForbidden(loader.get_template(template_name).render(request=request))
    except TemplateDoesNotExist:
        if template_name != CSRF_FAILURE_TEMPLATE_NAME:
            raise
    more = [f"Reason given for failure: {reason}", _HELP] if settings.DEBUG else [_MORE]
    words = ["CSRF verification failed. Request aborted.", *_ADVICE.get(reason, []), *more]
    details = "</p><p>".join(map(escape, words))
    return HttpResponseForbidden(ERROR_PAGE_TEMPLATE.format(title="403 Forbidden", details=details))
