"""What a view can look at, and say: every way in which a request is read."""

from collections.abc import Callable
from typing import Any

from tests.minidjango.stacks.stage import Find

Look = Callable[[Find, Any], Any]


def fields(fw: Find, request: Any) -> Any:
    files = [
        (name, [(f.name, f.content_type, f.charset, f.size, f.read()) for f in files])
        for name, files in request.FILES.lists()
    ]
    return [list(request.POST.lists()), files]


def address(fw: Find, request: Any) -> Any:
    return [
        request.get_host(),
        request.get_port(),
        request.scheme,
        request.is_secure(),
        request.build_absolute_uri(),
        request.build_absolute_uri("x/../y?z=\xe9"),
        request.build_absolute_uri("//elsewhere/"),
    ]


def path(fw: Find, request: Any) -> Any:
    full = [request.get_full_path(), request.get_full_path_info(), request.get_full_path(True)]
    return [request.method, request.path, request.path_info, *full]


def match(fw: Find, request: Any) -> Any:
    found = request.resolver_match
    names = [found.view_name, found.url_name, found.app_name, found.namespace, found.route]
    return [*names, found.args, found.kwargs, found.captured_kwargs, found.extra_kwargs]


def way_back(fw: Find, request: Any) -> Any:
    found = request.resolver_match
    return fw("urls.reverse")(found.view_name, args=found.args, kwargs=found.captured_kwargs)


def negotiated(fw: Find, request: Any) -> Any:
    wanted = ["text/html", "text/plain", "application/json"]
    return [
        [request.accepts(kind) for kind in wanted],
        request.get_preferred_type(wanted),
        request.content_type,
        request.content_params,
        request.encoding,
        dict(request.headers),
    ]


def body_then_fields(fw: Find, request: Any) -> Any:
    return [request.body, fields(fw, request), request.read()]


def fields_then_body(fw: Find, request: Any) -> Any:
    return [fields(fw, request), request.body]


def read_then_body(fw: Find, request: Any) -> Any:
    return [request.read(3), request.readline(), request.body]


def session(fw: Find, request: Any) -> Any:
    """Count the visits."""
    request.session["visits"] = request.session.get("visits", 0) + 1
    return sorted(request.session.items())


def leaving(fw: Find, request: Any) -> Any:
    request.session.flush()
    return request.session.is_empty()


def messages(fw: Find, request: Any) -> Any:
    """Read what was left for this visit, and leave something for the next."""
    read = [str(message) for message in fw("contrib.messages.get_messages")(request)]
    fw("contrib.messages.info")(request, f"after {len(read)}", extra_tags="a b")
    return read


def user(fw: Find, request: Any) -> Any:
    return [str(request.user), request.user.is_authenticated]


def token(fw: Find, request: Any) -> Any:
    return [fw("middleware.csrf.get_token")(request), request.META.get("CSRF_COOKIE")]


LOOKS: dict[str, Look] = {
    "query": lambda fw, request: [list(request.GET.lists()), request.GET.urlencode()],
    "cookies": lambda fw, request: request.COOKIES,
    "path": path,
    "address": address,
    "match": match,
    "reverse": way_back,
    "fields": fields,
    "lines": lambda fw, request: list(request),
    "body+fields": body_then_fields,
    "fields+body": fields_then_body,
    "read+body": read_then_body,
    "headers": negotiated,
    "session": session,
    "leaving": leaving,
    "messages": messages,
    "token": token,
    "user": user,
}
