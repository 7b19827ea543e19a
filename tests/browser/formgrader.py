"""nbgrader's formgrader over a class, in the words of who marks it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, Response, expect

from tests.browser.formgrader_server import PATIENCE, TOKEN

TABLE = "#main-table"


class Formgrader:
    """Formgrader in a page of the browser; `complaints` is what went wrong in it so far."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self._address = page, address
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._hear)
        # Whoever comes with the token gets a cookie, for all pages below this one's folder.
        self.opens(f"manage_assignments?token={TOKEN}")

    def _hear(self, response: Response) -> None:
        if response.status >= 400 and not response.url.endswith("/favicon.ico"):
            self.complaints.append(f"{response.status} {response.url}")

    def opens(self, path: str) -> Locator:
        """Open one of the pages with a table, and wait until that is filled; its rows."""
        self.page.goto(f"{self._address}/formgrader/{path}")
        self.page.wait_for_function("models && models.loaded")
        return self.page.locator(f"{TABLE} tr")

    def submissions(self, lesson: str) -> dict[str, str]:
        """Where each student's submission is marked, from the list of them."""
        # The list shows names only when one asks for them; they are in it all the same.
        links = self.opens(f"gradebook/{lesson}/{lesson}").locator("a")
        found = links.evaluate_all("all => all.map(one => [one.textContent, one.href])")
        return dict(found)

    def opens_submission(self, url: str) -> None:
        """Open what a student handed in, and wait until its marks, comments and keys are there."""
        self.page.goto(url)
        self.page.wait_for_function("formgrader.grades.loaded && formgrader.comments.loaded")
        # It ends with a scroll to the first field; until then a screenshot is blank.
        self.page.wait_for_function("MathJax.loaded && !$(':animated').length")

    def score(self, cell: str) -> Locator:
        """Where the mark of a cell is typed."""
        return self.page.locator(f'[id="{cell}"]')

    def comment(self, cell: str) -> Locator:
        """Where a comment on a cell is typed."""
        return self.page.locator(f'[id="{cell}-comment"]')

    def types(self, field: Locator, words: str) -> None:
        """Type into a field, leave it with the Tab key, and wait until it is saved."""
        field.click()
        saved = "**/formgrader/api/*/*"
        with self.page.expect_response(saved) as answer:
            self.page.keyboard.type(words)
            self.page.keyboard.press("Tab")
        assert answer.value.ok

    def autogrades(self, lesson: str, student: str) -> str:
        """Press the button that grades one student, and read what its dialog says."""
        row = self.opens(f"manage_submissions/{lesson}").filter(has_text=student)
        row.locator(".autograde a").click()
        dialog = self.page.locator(".modal-title")
        expect(dialog).to_be_visible(timeout=PATIENCE * 1000)
        return dialog.inner_text()

    def images(self) -> list[dict[str, object]]:
        """The pictures in the cards: whether each is drawn, and how wide its frame is."""
        look = """all => all.map(one => ({
            drawn: one.complete && one.naturalWidth > 100,
            frame: getComputedStyle(one).borderTopWidth,
        }))"""
        found: list[dict[str, object]] = self.page.locator(".output_html img").evaluate_all(look)
        return found
