"""``from module import names``, for modules and names that minidjango may not have."""

import importlib
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import minidjango.urls
from tests.minidjango.upstream import stand_ins
from tests.minidjango.upstream.leftout import LeftOut

django_root = Path()
"""The folder of Django's source; only what is there can be left out."""

tests_folder = "."
"""The folder of the translated tests."""


def take(module: str, *names: str) -> Any:
    """Do ``from module import names``, with placeholders for what Django has and this has not."""
    found = [_one(module, name) for name in names]
    return found[0] if len(names) == 1 else found


def _one(module: str, name: str) -> Any:
    path = f"{module}.{name}"
    if path in stand_ins.FIRST:
        return stand_ins.FIRST[path]
    if path in {"minidjango.urls.include", "minidjango.urls.conf.include"}:
        return include
    if module.split(".")[0] == "asgiref" and not name.endswith("coroutinefunction"):
        return LeftOut(f"async ({path})")
    if (real := real_module(module)) is not None:
        if hasattr(real, name):
            found = getattr(real, name)
            return lenient(found) if isinstance(found, ModuleType) else found
        if (submodule := real_module(path)) is not None:
            return lenient(submodule)
    if path in stand_ins.MISSING:
        return stand_ins.MISSING[path]
    if django_has(path):
        return urlpatterns(module) if name == "urlpatterns" else LeftOut(path)
    raise ImportError(f"neither minidjango nor Django has {path}")


def lenient(module: ModuleType) -> ModuleType:
    """Let a module give placeholders to those that ask from Django's tests, and to nobody else."""

    def missing(name: str) -> Any:
        path = f"{module.__name__}.{name}"
        asking = sys._getframe(1).f_code.co_filename
        if name.startswith("__") or not asking.startswith(tests_folder) or not django_has(path):
            raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")
        return stand_ins.MISSING.get(path) or LeftOut(path)

    module.__dict__.setdefault("__getattr__", missing)
    return module


def include(arg: Any, namespace: str | None = None) -> Any:
    """Do ``minidjango.urls.include``, of a URLconf that is left out too."""
    if isinstance(arg, str) and real_module(arg) is None and django_has(arg):
        return minidjango.urls.include(urlpatterns(arg))
    return minidjango.urls.include(arg, namespace=namespace)


def urlpatterns(module: str) -> list[Any]:
    """Return the routes of a URLconf of Django's, each with a placeholder for its view."""
    file = django_root.joinpath(*module.replace("minidjango", "django", 1).split("."))
    text = file.with_suffix(".py").read_text(encoding="utf-8")
    routes = re.findall(r"path\(\s*\"([^\"]*)\",.*?name=\"(\w+)\"", text, re.DOTALL)
    return [minidjango.urls.path(route, LeftOut(module), name=name) for route, name in routes]


def real_module(path: str) -> Any:
    """Return a module, None when it is not there; an error inside it is raised."""
    try:
        return importlib.import_module(path)
    except ModuleNotFoundError as error:
        if error.name and (path == error.name or path.startswith(f"{error.name}.")):
            return None
        raise


def exists(path: str) -> bool:
    """Whether minidjango has a module, or a name in a module or a class, at a path."""
    parts, found = path.split("."), None
    for end in range(1, len(parts) + 1):
        module = real_module(".".join(parts[:end]))
        found = module if module is not None else getattr(found, parts[end - 1], None)
        if found is None:
            return False
    return True


def django_has(path: str) -> bool:
    """Whether Django has a module or a name at a path of minidjango's, by its source."""
    parts = path.split(".")
    if parts.pop(0) != "minidjango":
        return False
    for end in range(len(parts), -1, -1):
        place = django_root.joinpath("django", *parts[:end])
        file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        if file.is_file():
            return end == len(parts) or _names(file, parts[end])
    return False


def _names(file: Path, name: str) -> bool:
    """Whether a module's source has a word; a package's star imports are looked through."""
    text = file.read_text(encoding="utf-8")
    if "import *" in text:
        text += "".join(each.read_text(encoding="utf-8") for each in file.parent.glob("*.py"))
    return bool(re.search(rf"\b{re.escape(name)}\b", text))
