"""One JupyterLab and one browser for all tests here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.desk import Desk
from tests.conftest import copy_checkout

expect.set_options(timeout=60_000)  # milliseconds: on a busy machine a kernel takes its time


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium.found()
    if path is None:
        pytest.skip(chromium.NONE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*chromium.QUIET])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(copy_checkout(tmp_path_factory.mktemp("desk") / "späces and ümlauts"))
    yield desk
    desk.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser with no memory; the test fails if it asks anything of anybody else."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("websocket", lambda socket: asked.append(socket.url))
    yield page
    context.close()
    assert asked
    assert [url for url in asked if urlsplit(url).hostname not in ("127.0.0.1", None)] == []


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where screenshots go: the folder that the variable SCREENSHOTS names, or pytest's own."""
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
