"""What the answers are made of: right ones, or the beginnings of some."""

from __future__ import annotations

HTTP = """
from minidjango.core.exceptions import MiddlewareNotUsed, PermissionDenied
from minidjango.http import HttpResponse, HttpResponseForbidden
"""
LAYER = (
    HTTP
    + """
class Layer:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        blocked = request.path.startswith("/admin/")
"""
)
FACTORY = """
def Layer(get_response):
    def middleware(request):
        return get_response(request)
    return middleware
"""
STAMP = (
    LAYER
    + """
        response = self.get_response(request)
        response.headers["X-Kind"] = "tea"
        return response
"""
)
CLOCK = (
    "import time\n"
    + LAYER
    + """
        began = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Ms"] = str((time.perf_counter() - began) * 1000)
        return response
"""
)
ECHO = HTTP + 'def echo(request):\n    return HttpResponse(request.GET.get("q", ""))\n'
THREE = """
class Outer:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

class Middle(Outer): pass
class Inner(Outer): pass

def middleware():
    return ["Outer", "Middle", "Inner"]
"""
WALK = """
def walk(names, does=None):
    into, out = ["Outer", "Wall"], ["Wall", "Outer"]
    return [f"{name} >" for name in into] + [f"{name} <" for name in out]
"""
