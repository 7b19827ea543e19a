"""Django. One word away from the file for minidjango, and from nothing else."""

from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def greet(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(f"Hello, {number}!")


def layer(get_response: Any) -> Any:
    def call(request: HttpRequest) -> Any:
        return get_response(request)

    return call


urlpatterns = [path("greet/<int:number>/", greet)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="for measuring")


def application(layers: int) -> Any:
    settings.MIDDLEWARE = [f"{__name__}.layer"] * layers
    return get_wsgi_application()
