"""How well text can be read: the contrast of WCAG 2, of every text on a page."""

from __future__ import annotations

from playwright.sync_api import Locator

ENOUGH = 4.5
"""What WCAG's level AA asks of text of common size."""

TEXTS = """
root => {
    const channels = colour => colour.match(/[\\d.]+/g).map(Number);
    const ground = element => {
        const [r, g, b, alpha = 1] = channels(getComputedStyle(element).backgroundColor);
        return alpha ? [r, g, b] : ground(element.parentElement);
    };
    const light = rgb => rgb
        .map(byte => byte / 255)
        .map(share => share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4)
        .reduce((sum, share, n) => sum + share * [0.2126, 0.7152, 0.0722][n], 0);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        const ink = channels(getComputedStyle(element).color).slice(0, 3);
        const [dark, bright] = [light(ink), light(ground(element))].sort((a, b) => a - b);
        found.push([walker.currentNode.data.trim(), (bright + 0.05) / (dark + 0.05)]);
    }
    return found.filter(([text]) => text);
}
"""


def contrasts(root: Locator) -> dict[str, float]:
    """Each text below `root`, and its contrast to what it stands on: from 1, unseen, to 21."""
    found: list[tuple[str, float]] = root.evaluate(TEXTS)
    return dict(found)
