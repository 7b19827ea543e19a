"""Falcon, partly compiled. A layer has a method before the view and one after it."""

from typing import Any

from falcon import App, Request, Response


class Layer:
    def process_request(self, req: Request, resp: Response) -> None:
        pass

    def process_response(self, req: Request, resp: Response, resource: Any, ok: bool) -> None:
        pass


class Greet:
    def on_get(self, req: Request, resp: Response, number: int) -> None:
        resp.text = f"Hello, {number}!"


def application(layers: int) -> Any:
    app = App(media_type="text/html; charset=utf-8", middleware=[Layer() for _ in range(layers)])
    app.add_route("/greet/{number:int}/", Greet())
    return app
