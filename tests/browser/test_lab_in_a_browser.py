"""JupyterLab as a student sees it: a lesson is answered, checked and validated in a browser."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from playwright.sync_api import Locator, Page, expect

from tests.autograder.test_card import BLOCKED, FAILED, PASSED
from tests.browser.contrast import ENOUGH, contrasts
from tests.browser.desk import EXERCISE, Desk
from tests.browser.sitting import Sitting

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Ctrl-C is sent as a POSIX signal; try `lab` by hand on Windows"
)

CHECK = f"{EXERCISE}-check"
RIGHT = """\
from minidjango.http import HttpResponseForbidden


class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/admin/"):
            return HttpResponseForbidden("Nothing to see here.")
        return self.get_response(request)"""
TOO_LATE = RIGHT.replace(
    "        if ", "        response = self.get_response(request)\n        if "
).replace("return self.get_response(request)", "return response")
SUCCESS = "Success! Your notebook passes all the tests."


def onions(output: Locator) -> list[str]:
    """What the pictures of a card say, once the browser has drawn each of them."""
    pictures = output.locator("img")
    drawn = "images => images.filter(image => image.complete && image.naturalWidth > 100).length"
    assert pictures.evaluate_all(drawn) == pictures.count()
    return [str(picture.get_attribute("alt")) for picture in pictures.all()]


def test_a_block_list_is_mended_validated_and_still_there_after_a_restart(
    desk: Desk, page: Page, shots: Path
) -> None:
    sitting = Sitting(page, desk.url, desk.lesson)

    sitting.write(EXERCISE, TOO_LATE)
    sitting.run(EXERCISE)
    card = sitting.run(CHECK)
    expect(card).to_contain_text("(short-circuit-too-late)")
    expect(card).to_contain_text(re.compile(r":\( block-list: failed, 0 of \d+ points"))
    expected, yours = onions(card)
    assert expected.startswith("Expected: GET /admin/: BlockList answered 403; secret was never")
    assert yours.startswith("Yours: GET /admin/: through BlockList; secret answered 200")
    card.screenshot(path=shots / "failed.png")

    sitting.write(EXERCISE, RIGHT)
    sitting.run(EXERCISE)
    card = sitting.run(CHECK)
    passed = ":) block-list: visible part passed, hidden part not yet known"
    expect(card).to_contain_text(passed)
    assert len(onions(card)) == 1
    card.screenshot(path=shots / "passed.png")

    sitting.save()
    assert SUCCESS in sitting.validate()
    page.screenshot(path=shots / "validated.png")
    assert desk.complaints == ""

    desk.stop()
    desk.start()
    again = Sitting(page, desk.url, desk.lesson)
    expect(again.editor(EXERCISE)).to_contain_text("Nothing to see here.")
    card = again.cell(CHECK).locator(".jp-Cell-outputArea")
    expect(card).to_contain_text(passed)
    assert len(onions(card)) == 1
    again.run(EXERCISE)
    expect(again.run(CHECK)).to_contain_text(passed)


def gallery(file: Path) -> None:
    """A notebook that somebody else ran: JupyterLab shows of it what its sanitizer lets through."""
    outputs = [
        new_output("display_data", data=shown._repr_mimebundle_())
        for shown in (FAILED, PASSED, BLOCKED)
    ]
    cells = [new_code_cell(f"card {n}", outputs=[one], id=f"c{n}") for n, one in enumerate(outputs)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), file)


def test_a_card_that_somebody_else_saved_can_be_read_in_every_theme_and_width(
    desk: Desk, page: Page, shots: Path
) -> None:
    file = desk.work / "gallery.ipynb"
    gallery(file)
    sitting = Sitting(page, desk.url_of(file.name), file)
    for theme in ("Light", "Dark"):
        sitting.choose("Settings", "Theme", f"JupyterLab {theme}")
        expect(page.locator("body")).to_have_attribute("data-jp-theme-name", f"JupyterLab {theme}")
        for width in (1280, 900):
            page.set_viewport_size({"width": width, "height": 900})
            for name in sitting.ids():
                card = sitting.cell(name).locator(".jp-RenderedHTMLCommon")
                assert {words: n for words, n in contrasts(card).items() if n < ENOUGH} == {}
                assert card.evaluate("card => card.scrollWidth <= card.clientWidth")
                assert onions(card)
                card.screenshot(path=shots / f"{name}-{theme}-{width}.png")
