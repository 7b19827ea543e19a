"""What a student writes so that a script of theirs runs in the page of whoever marks it.

Each way calls `pwn(name)`; the page that shows it says which of them ran.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode as Notebook
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell


def pwn(name: str, where: str = "window") -> str:
    """The script: it leaves its name in the page, which is `where` it is seen from."""
    return f"({where}.pwned={where}.pwned||[]).push('{name}')"


def _markup(way: str) -> dict[str, str]:
    """Ways to have a script run that is markup."""
    return {
        f"{way} script": f"<script>{pwn(f'{way} script')}</script>",
        f"{way} image": f'<img src="data:" onerror="{pwn(f"{way} image")}">',
        f"{way} svg": f'<svg onload="{pwn(f"{way} svg")}"><circle r="1"/></svg>',
        f"{way} frame": f'<iframe srcdoc="{_tag(f"{way} frame", "parent")}"></iframe>',
        f"{way} details": f'<details open ontoggle="{pwn(f"{way} details")}">x</details>',
        f"{way} style": f'<style onload="{pwn(f"{way} style")}"></style>',
        f"{way} focus": f'<input autofocus onfocus="{pwn(f"{way} focus")}">',
        f"{way} move": (
            f'<p style="animation:fa-spin 1s" onanimationstart="{pwn(f"{way} move")}">x</p>'
        ),
        f"{way} nested": f"<math><mtext><table><mglyph><style><!--</style>"
        f'<img title="--&gt;&lt;img src=data: onerror={pwn(f"{way}-nested")}&gt;">',
    }


LINKS = {
    "javascript": f"javascript:{pwn('javascript')}",
    "javascript, disguised": f"java\tscript:{pwn('javascript, disguised')}",
    "data": f"data:text/html,<script>{pwn('data', 'opener')}</script>",
}
"""Where a link leads that runs a script when somebody clicks it."""

OVER_ALL = '<div style="position:fixed;inset:0;z-index:9999;background:url(/x)">Full credit</div>'
"""What would lie over the page, and be clicked in the place of its buttons."""


def cells() -> list[Notebook]:
    """The cells of such a student."""
    shown = {**_markup("displayed"), "over all": OVER_ALL}
    shown |= {name: f'<a href="{to}">click</a>' for name, to in LINKS.items()}
    return [
        *(_displays({"text/html": markup}) for markup in shown.values()),
        *(_displays({"text/markdown": markup}) for markup in _markup("Markdown").values()),
        *(_displays({kind: data}) for kind, data in _OTHERS.items()),
        _displays({"text/html": _tag("isolated", "parent")}, isolated=True),
        *(new_markdown_cell(markup) for markup in _markup("typed").values()),
        new_markdown_cell(f"[click](javascript:{pwn('typed link')})"),
        new_markdown_cell(f"```html\n{_tag('fence')}\n```\n</code></pre>"),
        new_raw_cell(_tag("raw"), metadata={"raw_mimetype": "text/html"}),
        new_code_cell(f"print({_tag('printed')!r})"),
        new_code_cell(
            f"E = type({_tag('name')!r}, (Exception,), {{}})\nraise E({_tag('raised')!r})"
        ),
        new_code_cell(f"# {_tag('source')}"),
        _marked(new_markdown_cell("mine"), "Markdown id"),
        _marked(new_code_cell("1"), "code id"),
        _tagged(new_code_cell("2"), "tags"),
    ]


def _tag(name: str, where: str = "window") -> str:
    return f"<script>{pwn(name, where)}</script>"


_WIDGET = "application/vnd.jupyter.widget-view+json"
_OTHERS: dict[str, Any] = {
    "application/javascript": pwn("output"),
    "image/svg+xml": f'<svg xmlns="http://www.w3.org/2000/svg" onload="{pwn("drawing")}"/>',
    "image/png": f'x" onerror="{pwn("picture")}',
    "text/latex": _tag("formula"),
    "text/plain": _tag("plain"),
    _WIDGET: {"x": f"</script>{_tag('widget')}"},
}


def _displays(bundle: dict[str, Any], isolated: bool = False) -> Notebook:
    metadata = {"text/html": {"isolated": True}} if isolated else {}
    return new_code_cell(
        f"from IPython.display import display\ndisplay({bundle!r}, raw=True, metadata={metadata!r})"
    )


def _marked(cell: Notebook, name: str) -> Notebook:
    """A cell that says it is one of nbgrader's, under a name that ends an attribute."""
    ends = f'"><img src="data:" onerror="{pwn(name)}">'
    flags = {"grade": True, "solution": True, "locked": False, "task": False}
    cell.metadata.nbgrader = {**flags, "grade_id": ends, "points": 1, "schema_version": 3}
    return cell


def _tagged(cell: Notebook, name: str) -> Notebook:
    cell.metadata.tags = [f'"><img src="data:" onerror="{pwn(name)}">']
    return cell
