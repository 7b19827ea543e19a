"""A scaffold, and what an author makes of it: a small lesson that keeps its promises."""

from __future__ import annotations

import re
from pathlib import Path

from course.cli import main

NAME = "01_teapots"

# What an author writes for each TODO, by how it begins.
DONE = {
    "what it is about": "A teapot answers 418 where somebody asks it for coffee.",
    "what a reader can do": "answer one section of a site in a layer",
    "what a reader must know": "what a layer is",
    "what a reader might look for": "how tea is made",
    "ask what a newcomer can": "Guess, and write your guess down.",
    "say what to look at": "Look at the two ends of the trace.",
    "say what happened and why": "Now put a second layer into the onion.",
    "ask for a prediction": "Something that everybody does once.",
    "say what the layer must do": "`Teapots` answers 418 to `/coffee/` and to what is below it.",
    "write the best answer": "Both slashes: a coffeehouse may pass.",
    "the words that stand on the fold": "Two ways out",
    "the words on the last fold": "Nearly the answer",
    "claim what only a right": "Who asks for coffee is answered 418, and the view never runs.",
    "claim it again": "The same again, in an order that nobody can foresee.",
    "say what there is to remember": "Return a response, or call on.",
}

# What a new lesson says so that it runs, and what this one says there.
CHANGED = {
    "Every request passes through it, and its response comes back": "Other requests come back",
    "Let everything through.": "Answer 418 to /coffee/ and everything below it.",
    "        # Both slashes: a coffeehouse may pass.\n": """\
        # Both slashes: a coffeehouse may pass.
        if request.path.startswith("/coffee/"):
            return HttpResponse("I am a teapot.", status=418)
""",
    "### BEGIN HIDDEN TESTS\n": """\
app.get(fresh("/coffee/{}/"), status=418)
app.trace.never_reached(view)
app.get(fresh("/coffeehouse/{}/"))
### BEGIN HIDDEN TESTS
coffee = fresh("/coffee/{}/{}/")
""",
    'for path in fresh([fresh("/{}/"), fresh("/{}/{}/")]):': (
        'for path in fresh([coffee, fresh("/{}/"), fresh("/tea/{}/")]):'
    ),
    "    app.get(path)\n": "    app.get(path, status=418 if path == coffee else None)\n",
}

BANK = """\
# %% right="teapots"
from minidjango.http import HttpResponse


def Teapots(get_response):
    def layer(request):
        asked_for_coffee = request.path.startswith("/coffee/")
        return HttpResponse("Tea?", status=418) if asked_for_coffee else get_response(request)

    return layer


# %% right="teapots"
from minidjango.http import HttpResponse
from minidjango.utils.deprecation import MiddlewareMixin


class Teapots(MiddlewareMixin):
    def process_request(self, request):
        return HttpResponse(status=418) if request.path[:8] == "/coffee/" else None


# %% wrong="teapots" misconception="forgot-return"
from minidjango.http import HttpResponse


def Teapots(get_response):
    def layer(request):
        if request.path.startswith("/coffee/"):
            return HttpResponse(status=418)
        get_response(request)

    return layer


# %% wrong="teapots" misconception="called-next-twice"
from minidjango.http import HttpResponse


def Teapots(get_response):
    def layer(request):
        if request.path.startswith("/coffee/"):
            return HttpResponse(status=418)
        get_response(request)
        return get_response(request)

    return layer


# %% wrong="teapots" misconception="not-a-response"
def Teapots(get_response):
    def layer(request):
        if request.path.startswith("/coffee/"):
            return "418 I am a teapot"
        return get_response(request)

    return layer


# %% wrong="teapots" misconception="wrong-status"
from minidjango.http import HttpResponse


def Teapots(get_response):
    def layer(request):
        if request.path.startswith("/coffee/"):
            return HttpResponse("I am a teapot.")
        return get_response(request)

    return layer


# %% wrong="teapots" misconception="never-short-circuits"
from minidjango.http import HttpResponse


def Teapots(get_response):
    def layer(request):
        if request.path == "coffee":
            return HttpResponse(status=418)
        return get_response(request)

    return layer
"""


def filled_in(scaffold: str) -> str:
    """A new lesson as its author leaves it: each TODO done, the bank written."""
    text = scaffold.partition('# %% right="teapots"')[0]
    for begins, done in DONE.items():
        text, found = re.subn(f"TODO {begins}.*", done, text)
        assert found == 1, begins
    for old, new in CHANGED.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text + BANK


def write_teapots(folder: Path) -> Path:
    """Scaffold the lesson in a folder of lessons, and do its TODOs; return its file."""
    assert main(["new", "teapots", "--title", "I am a teapot", "--lessons", str(folder)]) == 0
    path = folder / f"{NAME}.py"
    path.write_text(filled_in(path.read_text(encoding="utf-8")), encoding="utf-8")
    return path
