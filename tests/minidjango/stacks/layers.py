"""The four ways to write a layer, each of which does what its words say."""

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.minidjango.stacks import words
from tests.minidjango.stacks.actions import perform, understand
from tests.minidjango.stacks.stage import Stage, token

SHORT_CIRCUITS = ("none", "raise", "respond", "template", "empty")
"""What a layer does instead of calling `get_response`."""


def build(stage: Stage, name: str, party: words.Party) -> Any:
    """Return what the setting names: a factory, or a class."""
    for part, action in party.parts.items():
        understand(stage.root, part, action)
    if party.kind == "function":
        return function_layer(stage, name, party)
    body: dict[str, Any] = {
        hook: method(stage, name, hook, party.parts[hook])
        for hook in words.HOOKS
        if hook in party.parts
    }
    base: type = object
    if party.kind == "mixin":
        base = stage.fw("utils.deprecation.MiddlewareMixin")
    elif party.kind == "class":
        base = caller(stage, name, party.parts)

    def __init__(self: Any, *args: Any) -> None:
        made(stage, name, party.parts.get("init", "pass"))
        base.__init__(self, *args)

    return type(name, (base,), {**body, "__init__": __init__})


def caller(stage: Stage, name: str, parts: dict[str, str]) -> type:
    class Caller:
        def __init__(self, get_response: Any) -> None:
            self.get_response = get_response

        def __call__(self, request: Any) -> Any:
            return through(stage, name, parts, self.get_response, request)

    return Caller


def function_layer(stage: Stage, name: str, party: words.Party) -> Any:
    def factory(get_response: Any) -> Any:
        if made(stage, name, party.parts.get("init", "pass")):
            return partial(through, stage, name, party.parts, get_response)
        return None

    return factory


def made(stage: Stage, name: str, how: str) -> bool:
    """Write down that a layer is made; return whether there is one then."""
    verb, option = words.action(how)
    said = {"not_used": " not_used", "none": " None", "raise": f" !{option}"}.get(verb, "")
    stage.made.append(f"{name}{said}")
    if verb == "not_used":
        raise stage.fw("core.exceptions.MiddlewareNotUsed")(*filter(None, [option]))
    if verb == "raise":
        raise stage.error(option, f"{name}.init")
    return verb != "none"


def through(stage: Stage, name: str, parts: dict[str, str], get_response: Any, request: Any) -> Any:
    """Call a layer that stands round `get_response`."""

    def run() -> Any:
        before, after = parts.get("request", "pass"), parts.get("response", "pass")
        verb = words.action(before).verb
        if verb in SHORT_CIRCUITS:
            return perform(stage, "request", before, f"{name}.request")
        if verb == "urlconf":
            perform(stage, "request", before, name, request=request)
        call = partial(tried, stage, name, get_response) if verb == "try" else get_response
        for _ in range(2 if verb == "twice" else 1):
            response = call(request)
            stage.note(name, "got", token(response))
        where = f"{name}.response"
        return perform(stage, "response", after, where, passed=response, status=226)

    return stage.watched(name, run)


def tried(stage: Stage, name: str, get_response: Any, request: Any) -> Any:
    """Do what looks so reasonable: catch what goes wrong further in."""
    try:
        return get_response(request)
    except Exception as error:  # noqa: BLE001 - it is what this layer is about
        stage.note(name, "caught", type(error).__name__)
        return stage.answer(f"{name}.caught", 226)


def values(args: Any, kwargs: dict[str, Any]) -> list[str]:
    """Say what a view is given."""
    return [*map(str, args), *(f"{key}={value}" for key, value in sorted(kwargs.items()))]


def view_call(view: Any, args: Any, kwargs: dict[str, Any]) -> str:
    """Say what would be called: `view,n=7`."""
    return ",".join([getattr(view, "__name__", "?"), *values(args, kwargs)])


ARGUMENTS: dict[str, Callable[..., str]] = {
    "process_request": lambda: "",
    "process_view": lambda *called: f"({view_call(*called)})",
    "process_exception": lambda error: f"({type(error).__name__})",
    "process_template_response": lambda response: f"({token(response)})",
    "process_response": lambda response: f"({token(response)})",
}


def method(stage: Stage, name: str, hook: str, action: str) -> Callable[..., Any]:
    """Return a `process_*` method."""
    where, way_out = f"{name}.{hook}", hook.endswith("response")
    status = 226 if hook == "process_response" else 203

    def process(self: Any, request: Any, *args: Any) -> Any:
        passed = args[0] if way_out else None
        at_hand = {"passed": passed, "status": status, "request": request}
        return stage.watched(
            f"{where}{ARGUMENTS[hook](*args)}",
            lambda: perform(stage, hook, action, where, **at_hand),
        )

    process.__name__ = hook
    return process
