"""What there is to choose from, oftener or more seldom. The plainest comes first."""

from itertools import product
from typing import Any

from tests.minidjango.stacks import client
from tests.minidjango.stacks.looks import LOOKS
from tests.minidjango.stacks.routes import ROUTES as ALL_ROUTES


def words(text: str) -> list[str]:
    """Return the words of a text; in `respond*2 none` a number is a weight, `-` is no word."""
    pairs = (word.partition("*") for word in text.split())
    return ["" if w == "-" else w for word, _, n in pairs for w in [word] * int(n or 1)]


HOOKS = ("process_exception", "process_view", "process_template_response")
LAYERS = [
    *product(words("class*3 function mixin*2"), (HOOKS, HOOKS, HOOKS[:2], HOOKS[1:], HOOKS[:1], ()))
]
RAISES = [
    f"raise:{name}"
    for name in words(
        "ValueError*5 Http404*3 PermissionDenied SuspiciousOperation BadRequest KeyError"
        " DisallowedHost RequestDataTooBig TooManyFieldsSent KeyboardInterrupt*2 SystemExit"
    )
]
FAILS = [f"raise:{name}" for name in words("ValueError Http404 SuspiciousOperation BadRequest")]
LATE = words("template template:callback template:callback_replace")
LATE += [f"template:{fails}" for fails in FAILS * 8]
ODD = {
    "init": words("not_used not_used:reason*3 none raise:ValueError"),
    "request": [*words("respond*8 try*25 twice*20 none*3 urlconf*2 template*2 empty"), *FAILS],
    "response": [*words("replace none*3 template*3 stream"), *FAILS],
    "process_view": [*words("respond*5 template*11 empty*3 stream"), *FAILS * 2],
    "process_exception": [*words("respond*2 template*28 empty"), *FAILS * 11],
    "process_template_response": [
        *words("suffix*2 callback callback_replace replace*2 plain*18 none*4 respond"),
        *FAILS * 4,
    ],
}
ODDITIES = [(part, does) for part, actions in ODD.items() for does in actions]
ANSWERS = [
    *words("ok*4 template*10 none*5 stream stream:raise:ValueError*5 not_found*8 not_allowed"),
    *words("empty status:400 status:503"),
    *[*RAISES, *RAISES, *LATE],
    *["object, ok", "object, none", "partial, template", "partial, none", "class, template"],
]
ERROR_PAGES = [*words("ok*3 template*2 none template:callback -"), *FAILS, *FAILS]
PATHS = [*["/v/7/"] * 24, *["/v/7"] * 5, "/nope/", "/v/x/", "", "//v/7/", "/v/\xff/", "/v/7/\n"]
HANDLED: list[tuple[int, ...]] = [(), (404,), (500,), *[(400, 403, 404, 500)] * 2]
METHODS = words("GET*6 POST*3 HEAD PUT OPTIONS get")
TROUBLE: list[tuple[str, ...]] = (
    [()] * 17 + [("DEBUG_PROPAGATE_EXCEPTIONS",)] * 11 + [("DEBUG",)] * 2
)
TARGETS = ["/v/7/"] * 12 + ["/nope/"] * 2

LOOKING = [f"looks:{look}" for look in LOOKS]
LOOKING += words(
    "ok cookies*2 long*2 tagged*2 json redirect redirect:yes untyped stream status:204 status:304"
)
LOOKING += ["class, looks:fields", "class, looks:match", "raise:Http404"]
ROUTES = ["named"] * 6 + sorted(ALL_ROUTES)
ASKED = {
    "host": [*words("-*8"), *client.HOSTS],
    "query": [*words("-*4"), *client.QUERIES],
    "body": [*words("-*4"), *client.BODIES],
    "length": [*words("-*20"), *client.LENGTHS],
    "sends": [*words("-*4"), *client.SENDS],
}
DEFAULT = (
    "SecurityMiddleware",
    "SessionMiddleware",
    "CommonMiddleware",
    "CsrfViewMiddleware",
    "MessageMiddleware",
    "XFrameOptionsMiddleware",
)
BATTERIES: list[tuple[str, ...]] = [
    (),
    (),
    *[(name,) for name in (*DEFAULT, "ConditionalGetMiddleware", "GZipMiddleware")],
    DEFAULT,
    DEFAULT[::-1],
    DEFAULT[1:5],
    ("SessionMiddleware", "MessageMiddleware"),
    ("ConditionalGetMiddleware", "GZipMiddleware", "CommonMiddleware"),
    ("GZipMiddleware", "SessionMiddleware", "ConditionalGetMiddleware"),
]
SETTINGS: list[tuple[str, Any]] = [
    ("DEBUG", False),
    ("DEBUG", True),
    ("ALLOWED_HOSTS", []),
    ("ALLOWED_HOSTS", [".example.com", "testserver"]),
    ("APPEND_SLASH", False),
    ("PREPEND_WWW", True),
    ("USE_X_FORWARDED_HOST", True),
    ("USE_X_FORWARDED_PORT", True),
    ("FORCE_SCRIPT_NAME", "/forced"),
    ("FORCE_SCRIPT_NAME", "/forced/"),
    ("SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https")),
    ("DATA_UPLOAD_MAX_MEMORY_SIZE", 10),
    ("DATA_UPLOAD_MAX_NUMBER_FIELDS", 2),
    ("DATA_UPLOAD_MAX_NUMBER_FILES", 1),
    ("DEFAULT_CHARSET", "iso-8859-1"),
    ("SECURE_SSL_REDIRECT", True),
    ("SECURE_HSTS_SECONDS", 60),
    ("SECURE_REFERRER_POLICY", ["origin", "no-referrer"]),
    ("SECURE_CONTENT_TYPE_NOSNIFF", False),
    ("X_FRAME_OPTIONS", "sameorigin"),
    ("CSRF_USE_SESSIONS", True),
    ("CSRF_COOKIE_DOMAIN", "example.com"),
    ("CSRF_TRUSTED_ORIGINS", ["http://evil.example", "https://*.example.com"]),
    ("SESSION_EXPIRE_AT_BROWSER_CLOSE", True),
    ("SESSION_SAVE_EVERY_REQUEST", True),
    ("SESSION_COOKIE_NAME", "sid"),
    ("SESSION_ENGINE", "django.contrib.sessions.backends.cache"),
    ("MESSAGE_STORAGE", "django.contrib.messages.storage.cookie.CookieStorage"),
    ("MESSAGE_STORAGE", "django.contrib.messages.storage.session.SessionStorage"),
]
