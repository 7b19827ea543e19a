"""Flask. A layer is a function before the view and one after it."""

from typing import Any

from flask import Flask, Response


def enter() -> None:
    return None


def leave(response: Response) -> Response:
    return response


def greet(number: int) -> str:
    return f"Hello, {number}!"


def application(layers: int) -> Any:
    app = Flask(__name__)
    app.add_url_rule("/greet/<int:number>/", view_func=greet)
    for _ in range(layers):
        app.before_request(enter)
        app.after_request(leave)
    return app
