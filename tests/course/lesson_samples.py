"""A small lesson that is right, and the `build` verb as the command line runs it."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from course import build

NAME = "01_sample"

SAMPLE = '''\
# ---
# title: A sample
# summary: It is small.
# objectives:
#   - see one of each
# needs:
#   - nothing
# minutes: 5
# points: 4
# out_of_scope:
#   - the rest
# ---

# %% [markdown]
# Prose, with "quotes", it's here.

# %%
from minidjango.http import HttpResponse

# %% raises=true
1 / 0

# %% [markdown] quiz="which-one" points=1
# Which one?
#
# - [ ] this
#   [inside-out] Not this.
# - [x] that
#   That, because
#   it is.

# %% exercise="wall"
class Wall:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        ### BEGIN SOLUTION
        marker = "sesame"
        return self.get_response(request)
        ### END SOLUTION


# %% [markdown] hint="wall"
# Where to look
#
# In the `return`.

# %% check="wall" points=2
from minidjango.http import HttpResponse


def view(request):
    return HttpResponse("""
unindented
""")


app = onion(Wall, view=view)
app.get("/")
### BEGIN HIDDEN TESTS
app.get(fresh("/hidden/{}/"))
### END HIDDEN TESTS

# %% check="wall" name="edges" points=1
app = onion(Wall)
app.get("/edge/")

# %% right="wall"
def Wall(get_response):
    return get_response


# %% wrong="wall" misconception="forgot-return"
def Wall(get_response):
    return lambda request: None
'''


WHOLE = (
    SAMPLE.replace(
        '# %% check="wall" points=2\n',
        """# %% [markdown] hint="wall"
# Nearly the answer
#
# Return what `self.get_response(request)` returns.

# %% check="wall" points=2
""",
    ).replace('app.get("/edge/")', 'app.get("/edge/")\napp.get("/edge/again/")')
    + """

# %% right="wall"
class Wall:
    def __init__(self, get_response):
        self.inner = get_response

    def __call__(self, request):
        return self.inner(request)


# %% wrong="wall" misconception="called-next-twice"
def Wall(get_response):
    def layer(request):
        get_response(request)
        return get_response(request)

    return layer


# %% wrong="wall" misconception="not-a-response"
def Wall(get_response):
    return lambda request: "let through"


# %% wrong="wall" misconception="never-called-next"
from minidjango.http import HttpResponse


def Wall(get_response):
    return lambda request: HttpResponse("let through")


# %% wrong="wall" misconception="forgot-return"
class Wall:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        print(response)
"""
)
"""The sample with a bank that is large enough, as `verify` wants it."""


def write(root: Path, text: str = SAMPLE, name: str = NAME) -> Path:
    """Write a lesson file beneath `root`, where the `build` verb of these tests looks."""
    path = root / "lessons" / f"{name}.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run_build(root: Path, *words: str) -> int:
    """Run `build` on the lessons beneath `root`; return its exit status."""
    parser = argparse.ArgumentParser()
    build.add_arguments(parser)
    return build.run(parser.parse_args([*words, "--lessons", str(root / "lessons")]))


def notebook(root: Path, shelf: str, name: str = NAME) -> Path:
    """Where a built notebook lies."""
    return root / shelf / name / f"{name}.ipynb"


def files(root: Path) -> dict[str, bytes]:
    """All files beneath `root` with what is in them."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def check_told(
    root: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], at: str, told: str
) -> None:
    """Build the sample with one thing changed; exactly `told` must be told, on the line `at`.

    The current directory must be `root`. `at` is how that line begins.
    """
    assert change[0] in SAMPLE
    text = SAMPLE.replace(*change, 1)
    write(root, text)
    before = files(root)

    assert run_build(root) == 1

    line = text[: _line_start(text, at)].count("\n") + 1
    said = capsys.readouterr()
    assert said.out == ""
    assert _without_python_s_words(said.err, told) == f"lessons/{NAME}.py:{line}: {told}\n"
    assert files(root) == before


def _line_start(text: str, at: str) -> int:
    """Where the first line begins that begins with `at`."""
    return 0 if text.startswith(at) else text.index(f"\n{at}") + 1


def _without_python_s_words(said: str, told: str) -> str:
    """What was said, with `*` for the message of a SyntaxError, which differs by version."""
    if "(*)" not in told:
        return said
    before, _, rest = said.partition("this is not Python (")
    return f"{before}this is not Python (*){rest[rest.rindex('); ') + 1 :]}"
