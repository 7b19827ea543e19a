"""What a browser shows of a student's is what they meant, less what runs or reaches elsewhere."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from traitlets.config import Config, PyFileConfigLoader

from autograder.card import MIMETYPE, bundle
from autograder.grading import harmless
from tests.autograder.test_card import FAILED, PASSED

ROOT = Path(__file__).resolve().parents[3]


class Read(HTMLParser):
    """Markup as a browser reads it: tags, attributes, declarations, text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        style = (told.pop("style", "") or "").split(";")
        declared = {tuple(part.strip() for part in one.split(":")) for one in style if one.strip()}
        self.found.append((tag, tuple(sorted(told.items())), frozenset(declared)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.found.append(data)


@pytest.mark.parametrize("verdict", [FAILED, PASSED])
def test_a_card_is_shown_as_it_is_drawn(verdict: object) -> None:
    card = bundle(verdict)["text/html"]
    assert Read(harmless.clean(card)).found == Read(card).found


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        ("<p onclick='x()'>a</p>", "<p>a</p>"),
        ("<script>x()</script>a", "a"),
        ("<iframe src='data:text/html,x'></iframe>a", "a"),
        ("<form action='/x'><button>a</button></form>", "a"),
        (
            "<p style='position:fixed;background:url(/x);color:red'>a</p>",
            "<p style='color:red'>a</p>",
        ),
        ("<p id='block-list-check' class='score tabbable'>a</p>", "<p>a</p>"),
        ("<span class='kn'>import</span>", "<span class='kn'>import</span>"),
        ("<img src='plots/one.png' alt='a plot'>", "<img src='plots/one.png' alt='a plot'>"),
        ("<img src='https://elsewhere.example/seen.png' alt='a'>", "<img alt='a'>"),
        ("<img src='//elsewhere.example/seen.png' alt='a'>", "<img alt='a'>"),
        ("<img src='/logout' alt='a'>", "<img alt='a'>"),
        ("<img src='../../../logout' alt='a'>", "<img alt='a'>"),
        ("<a href='https://docs.djangoproject.com/'>a</a>", None),
        ("<a href='javascript:x()'>a</a>", "<a rel='noopener noreferrer'>a</a>"),
        ("<a href=' java\nscript:x()'>a</a>", "<a rel='noopener noreferrer'>a</a>"),
        ("<a href='handed-in.html'>a</a>", "<a rel='noopener noreferrer'>a</a>"),
    ],
)
def test_what_runs_hides_or_fetches_is_left_out(markup: str, left: str | None) -> None:
    if left is None:
        left = markup.replace("'>", "' rel='noopener noreferrer'>")
    assert Read(harmless.clean(markup)).found == Read(left).found


def test_markdown_keeps_its_program_and_its_table_and_loses_its_script() -> None:
    page = harmless.markdown2html(
        "| a | b |\n| - | - |\n| 1 | 2 |\n\n```python\nimport os\n```\n\n<b onclick='x()'>c</b>"
    )
    assert "<td>1</td>" in page
    assert '<span class="kn">import</span>' in page
    assert "onclick" not in page


def test_a_display_keeps_what_is_looked_at_and_the_verdict() -> None:
    shown = {**bundle(FAILED), "image/svg+xml": "<svg/>", "image/png": "aa"}
    runs = {"application/javascript": "x()", "application/vnd.jupyter.widget-view+json": {}}
    cell = new_code_cell(outputs=[new_output("display_data", data={**shown, **runs})])
    notebook = new_notebook(cells=[cell], metadata={"widgets": {}})
    harmless.harmless_outputs(notebook, {})
    kept = notebook.cells[0].outputs[0].data
    assert set(kept) == set(shown)
    assert kept[MIMETYPE] == shown[MIMETYPE]
    assert "widgets" not in notebook.metadata


def test_the_course_has_nbconvert_ask_here() -> None:
    found: Config = PyFileConfigLoader("nbgrader_config.py", str(ROOT)).load_config()
    assert found.HTMLExporter.preprocessors == ["autograder.grading.harmless.harmless_outputs"]
    assert found.HTMLExporter.filters == {
        "markdown2html": "autograder.grading.harmless.markdown2html"
    }
