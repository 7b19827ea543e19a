"""No framework: functions in functions. Nothing that passes through layers can be faster."""

from typing import Any


def greet(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    number = int(environ["PATH_INFO"].removeprefix("/greet/").removesuffix("/"))
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [f"Hello, {number}!".encode()]


def layer(inner: Any) -> Any:
    def call(environ: dict[str, Any], start_response: Any) -> Any:
        return inner(environ, start_response)

    return call


def application(layers: int) -> Any:
    found = greet
    for _ in range(layers):
        found = layer(found)
    return found
