"""Bottle. A layer is a plugin, which wraps the view."""

from typing import Any

from bottle import Bottle


def greet(number: int) -> str:
    return f"Hello, {number}!"


def layer(callback: Any) -> Any:
    def call(*args: Any, **kwargs: Any) -> Any:
        return callback(*args, **kwargs)

    return call


def application(layers: int) -> Any:
    app = Bottle()
    app.route("/greet/<number:int>/", callback=greet)
    for _ in range(layers):
        app.install(layer)
    return app
