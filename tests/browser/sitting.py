"""JupyterLab in a browser, in the words of who sits before it."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page, expect


class Sitting:
    """A notebook that is open in JupyterLab, and what a student does with it.

    `file` is the notebook's file: it says at which place a cell stands, for JupyterLab puts no cell
    ids into its page.
    """

    def __init__(self, page: Page, url: str, file: Path) -> None:
        self.page, self.file = page, file
        page.goto(url)
        self.panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        expect(self.panel.locator(".jp-Cell")).to_have_count(len(self.ids()))
        # Before there is a kernel, JupyterLab calls it idle too, and what is run is lost.
        expect(self.panel.locator(".jp-KernelName")).to_have_text("Python 3 (ipykernel)")
        self.kernel_is_idle()

    def ids(self) -> list[str]:
        """The ids of the cells, in the notebook's order."""
        return [cell.id for cell in nbformat.read(self.file, as_version=4).cells]

    def cell(self, name: str) -> Locator:
        """A cell by its id, in sight."""
        place = self.ids().index(name)
        cell = self.panel.locator(f'.jp-Cell[data-windowed-list-index="{place}"]')
        cell.scroll_into_view_if_needed()
        return cell

    def editor(self, name: str) -> Locator:
        """Where a cell's source stands."""
        return self.cell(name).locator(".jp-InputArea .cm-content")

    def write(self, name: str, source: str) -> None:
        """Replace what stands in a cell, as by pasting."""
        self.editor(name).click()
        self.editor(name).fill(source)

    def run(self, name: str) -> Locator:
        """Run a cell with Ctrl-Enter, and wait for its end; what it shows."""
        cell = self.cell(name)
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        self.editor(name).click()
        self.page.keyboard.press("Control+Enter")
        expect(prompt).not_to_have_text(before)
        expect(prompt).to_have_text(re.compile(r"\[\d+\]:"))
        self.kernel_is_idle()
        return cell.locator(".jp-Cell-outputArea")

    def save(self) -> None:
        """Save with Ctrl-S, and wait until nothing is unsaved."""
        self.page.keyboard.press("Control+s")
        expect(self.page.locator(".jp-mod-dirty")).to_have_count(0)

    def validate(self) -> str:
        """Press nbgrader's button, and read what its dialog says."""
        self.panel.get_by_text("Validate", exact=True).click()
        dialog = self.page.locator(".jp-Dialog-content")
        expect(dialog).to_contain_text("Validation Results", timeout=60_000)
        return dialog.inner_text()

    def choose(self, *menus: str) -> None:
        """Choose from JupyterLab's menus, such as `"Settings", "Theme", "JupyterLab Dark"`."""
        first, *others = menus
        self.page.get_by_role("menuitem", name=first, exact=True).click()
        for words in others:
            # A click opens a menu within a menu just as well as the pointer's rest on it.
            self.page.locator(".lm-Menu-itemLabel").get_by_text(words, exact=True).click()

    def kernel_is_idle(self) -> None:
        """Wait until the kernel has nothing left to do."""
        expect(self.panel.locator(".jp-Notebook-ExecutionIndicator")).to_have_attribute(
            "data-status", "idle"
        )
