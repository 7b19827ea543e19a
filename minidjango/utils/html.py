"""Text that must not become markup (``django.utils.html``)."""

import html
from typing import Any

from minidjango.utils.safestring import SafeString


def escape(text: Any) -> SafeString:
    """Escape ``& < > " '``, once more if they are escaped already."""
    return SafeString(html.escape(str(text)))


def conditional_escape(text: Any) -> str:
    """Escape, unless the value says (``__html__``) that it is markup."""
    if hasattr(text, "__html__"):
        return str(text.__html__())
    return escape(text)
