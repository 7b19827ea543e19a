"""The framework's own promises: its map is right, it is light, and its names are Django's."""

import ast
import builtins
import importlib
import inspect
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

import minidjango
from minidjango.utils.deprecation import MiddlewareMixin
from tests.minidjango.accounts import django_apps
from tests.minidjango.twoframeworks import environ, framework, served

HERE = Path(minidjango.__file__).parent
FILES = sorted(HERE.rglob("*.py"))
MODULES = [
    ".".join(("minidjango", *path.relative_to(HERE).with_suffix("").parts)).removesuffix(
        ".__init__"
    )
    for path in FILES
]
STEPS = [
    ["core.wsgi", "core.handlers.wsgi"],
    ["core.handlers.base"],
    ["core.handlers.exception"],
    ["urls", "urls.conf", "urls.patterns", "urls.resolvers", "urls.base"],
    ["core.handlers.base"],
    ["views", "shortcuts", "template"],
    ["http", "http.request", "http.base", "http.response"],
    ["core.handlers.wsgi"],
]


def named(text):
    """Return the modules that a text names, in order, without the package's own name."""
    return re.findall(r"``minidjango\.([a-z_.]*[a-z_])``", text)


def test_the_map_names_modules_that_exist():
    for name in named(minidjango.__doc__):
        importlib.import_module(f"minidjango.{name}")


def test_the_map_walks_in_the_order_of_a_request():
    walk, _, beside = minidjango.__doc__.partition("Beside the way")
    steps = re.split(r"^\d\. ", walk, flags=re.MULTILINE)[1:]
    assert [named(step) for step in steps] == STEPS
    assert named(beside)


def test_every_package_is_on_the_map_or_beside_it():
    tops = {name.split(".")[1] for name in MODULES if "." in name}
    assert tops == {name.split(".")[0] for name in named(minidjango.__doc__)}


def imported(path):
    """Return the top-level packages that a file imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield str(node.module).split(".")[0]


WRAPPED = {"template/backends/jinja2.py": {"jinja2"}, "core/servers/runserver.py": {"waitress"}}


def test_nothing_is_imported_but_the_standard_library_and_what_is_wrapped():
    allowed = sys.stdlib_module_names | {"minidjango"}
    for path in FILES:
        others = {name for name in imported(path) if name not in allowed}
        assert others == WRAPPED.get(path.relative_to(HERE).as_posix(), set()), path


def in_a_fresh_process(program):
    """Run a program that prints JSON."""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE.parent, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_any_module_can_be_the_first_to_be_imported_and_none_needs_jinja2():
    # Each import is of nearly everything: some of them each time, all of them over the days.
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    others = [name for name in MODULES if name != "minidjango.template.backends.jinja2"]
    others = random.Random(seed).sample(others, 20)
    program = f"""
import importlib, json, sys
sys.modules["jinja2"] = sys.modules["waitress"] = None
for name in {others}:
    for old in [old for old in sys.modules if old.startswith("minidjango")]:
        del sys.modules[old]
    importlib.import_module(name)
print(json.dumps("done"))
"""
    assert in_a_fresh_process(program) == "done"


def test_importing_the_whole_cycle_loads_nothing_heavy():
    program = """
import json, sys
before = set(sys.modules)
import minidjango.core.wsgi, minidjango.shortcuts, minidjango.template.response
print(json.dumps(sorted(set(sys.modules) - before)))
"""
    loaded = set(in_a_fresh_process(program))
    heavy = {"asyncio", "email.message", "http.client", "inspect", "jinja2", "socket", "ssl"}
    heavy.add("sqlite3")
    assert not loaded & heavy
    assert not [name for name in loaded if name.startswith(("django", "minidjango.test"))]


def test_the_example_in_the_readme_answers():
    example = (HERE / "README.md").read_text("utf-8").partition("```python\n")[2]
    serve = """
import json
from minidjango.test import RequestFactory
request = RequestFactory().get("/hello/you/")
print(json.dumps(application.get_response(request).text))
"""
    assert in_a_fresh_process(example.partition("```")[0] + serve) == "Hello, you!"


class Layer:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)


def warm_application(fw, layers):
    """Return an application that has answered once, and what answers."""
    global urlpatterns
    Response = fw("http.HttpResponse")
    urlpatterns = [fw("urls.path")("<int:n>/", lambda request, n: Response(str(n)))]
    fw("conf.settings").MIDDLEWARE = [f"{__name__}.Layer"] * layers
    app = fw("core.handlers.wsgi.WSGIHandler")()
    assert served(app, environ("/7/"))["body"] == b"7"
    return app


def test_a_request_imports_nothing(monkeypatch):
    with framework("minidjango", ROOT_URLCONF=__name__) as fw:
        app = warm_application(fw, 3)
        served(app, environ("/nothing/"))

        found, real = [], builtins.__import__

        def note(name, names=None, *args, **kwargs):
            if (names or {}).get("__name__", "").startswith("minidjango"):
                found.append((names["__name__"], name))
            return real(name, names, *args, **kwargs)

        with monkeypatch.context() as patch:
            patch.setattr(builtins, "__import__", note)
            statuses = [served(app, environ(path))["status"] for path in ("/8/", "/nothing/")]
        assert statuses == ["200 OK", "404 Not Found"]
        assert found == []


def test_layers_cost_no_look_up_of_settings():
    def look_ups(layers):
        with framework("minidjango", ROOT_URLCONF=__name__) as fw:
            app, kind = warm_application(fw, layers), type(fw("conf.settings"))
            asked = []

            def count(self, name):
                asked.append(name)
                return object.__getattribute__(self, name)

            kind.__getattribute__ = count
            try:
                served(app, environ("/7/"))
            finally:
                del kind.__getattribute__
            return asked

    without = look_ups(0)
    assert "ROOT_URLCONF" in without
    assert look_ups(20) == without


DIVIDED = {
    "core.servers.basehttp": ["core.servers.logged", "core.servers.runserver"],
    "core.handlers.base": ["core.handlers.layers", "core.handlers.legacy"],
    "contrib.auth.models": ["contrib.auth.store"],
    "contrib.sessions.backends.base": ["contrib.sessions.mapping"],
    "http.request": [
        *("http.headers", "http.limits", "http.location", "http.negotiation", "http.querydict"),
    ],
    "http.response": ["http.base", "http.headers", "http.streaming"],
    "middleware.csrf": ["middleware.csrf_origins"],
    "test.client": [
        *("test.factory", "test.login", "test.multipart", "test.payload", "test.redirects"),
    ],
    "urls.resolvers": ["urls.match", "urls.patterns", "urls.reversing"],
    "views.debug": ["views.technical"],
}
OWN_MODULES = {name for names in DIVIDED.values() for name in names}
OWN_NAMES = {
    "core.handlers.exception.technical_404_response",
    "core.handlers.exception.technical_500_response",
    "contrib.messages.storage.cookie.MessageSerializer.dumps",
    "template.exceptions.Origin",
}
OTHER_SIGNATURES = {
    *("contrib.auth.base_user.AbstractBaseUser", "contrib.auth.base_user.BaseUserManager"),
    *("contrib.auth.models.UserManager", "contrib.auth.models.UserManager.get"),
    *("contrib.auth.models.User", "contrib.auth.models.User.save"),
    "core.handlers.base.BaseHandler.load_middleware",
    "http.multipartparser.MultiPartParser",
    "utils.log.ServerFormatter",
    # They leave ``headers`` and ``query_params`` to ``generic``, as part of ``**extra``.
    *(f"test.client.Client.{name}" for name in ("get", "head", "post", "put", "patch")),
    *(f"test.client.Client.{name}" for name in ("delete", "options", "trace")),
}


def in_django(module):
    """Import a module of Django's; its users need an application registry."""
    if not module.startswith("contrib.auth"):
        return importlib.import_module(f"django.{module}".removesuffix("."))
    with framework("django"), django_apps():
        return importlib.import_module(f"django.{module}")


def parameters(thing):
    try:
        found = inspect.signature(thing).parameters.values()
    except (TypeError, ValueError):
        return None
    return [(each.name, each.kind, each.default is each.empty) for each in found]


def public(module):
    """Yield the functions and classes that a module defines, and their methods."""
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
            continue
        if inspect.isfunction(thing) or inspect.isclass(thing):
            yield name, thing
        if inspect.isclass(thing):
            methods = {key: each for key, each in vars(thing).items() if inspect.isfunction(each)}
            yield from ((f"{name}.{key}", each) for key, each in methods.items() if key[0] != "_")


@pytest.mark.parametrize("module", [name.partition(".")[2] for name in MODULES])
def test_every_public_name_is_djangos_with_the_same_parameters(module):
    ours = importlib.import_module(f"minidjango.{module}".removesuffix("."))
    if module in OWN_MODULES:
        with pytest.raises(ImportError):
            in_django(module)
        return
    theirs = in_django(module)
    for name, thing in public(ours):
        path = f"{module}.{name}"
        if path in OWN_NAMES:
            continue
        found = theirs
        for part in name.split("."):
            found = getattr(found, part)
        same = parameters(found) == parameters(thing)
        is_layer = inspect.isclass(thing) and issubclass(thing, MiddlewareMixin)
        assert same != (path in OTHER_SIGNATURES or is_layer), path


@pytest.mark.parametrize("room", DIVIDED)
def test_what_was_taken_out_of_a_room_of_djangos_is_found_there_too(room):
    ours, theirs = importlib.import_module(f"minidjango.{room}"), in_django(room)
    for part in DIVIDED[room]:
        module = importlib.import_module(f"minidjango.{part}")
        names = {name.partition(".")[0] for name, _ in public(module)}
        for name in filter(vars(theirs).get, names):
            assert getattr(ours, name) is getattr(module, name)
