"""Assertions of Django's test cases that minidjango's do not have (``django.test.testcases``)."""

# ruff: noqa: PT009, PT027 - these are the assertions of unittest's cases

import contextlib
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit
from xml.etree.ElementTree import canonicalize

from minidjango.conf import settings
from minidjango.http import QueryDict
from minidjango.http.request import validate_host
from tests.minidjango.upstream import markup
from tests.minidjango.upstream.leftout import use


class Assertions:
    """Assertions about messages, responses and markup."""

    def __getattr__(self, name: str) -> Any:
        if name == "async_client":
            use("async (minidjango.test.AsyncClient)")
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    # Messages

    @contextlib.contextmanager
    def _message(self, caught: Any, attribute: str, text: str) -> Iterator[Any]:
        with caught as context:
            yield context
        self.assertIn(text, str(getattr(context, attribute)))

    def assertRaisesMessage(self, error: Any, message: Any, *args: Any, **kwargs: Any) -> Any:
        manager = self._message(self.assertRaises(error), "exception", str(message))
        return _called(manager, args, kwargs)

    def assertWarnsMessage(self, warning: Any, message: Any, *args: Any, **kwargs: Any) -> Any:
        manager = self._message(self.assertWarns(warning), "warning", str(message))
        return _called(manager, args, kwargs)

    # Responses

    def _content(self, response: Any, status_code: int, prefix: str) -> bytes:
        if hasattr(response, "render") and not getattr(response, "is_rendered", True):
            response.render()
        self.assertEqual(response.status_code, status_code, f"{prefix}status code")
        streaming = getattr(response, "streaming", False)
        return b"".join(response.streaming_content) if streaming else bytes(response.content)

    def assertContains(
        self,
        response: Any,
        text: Any,
        count: int | None = None,
        status_code: int = 200,
        msg_prefix: str = "",
        html: bool = False,
    ) -> None:
        content = self._content(response, status_code, msg_prefix)
        found = _count(text, content, response.charset, html)
        if count is None:
            self.assertTrue(found, f"{msg_prefix}no {text!r} in {content!r}")
        else:
            self.assertEqual(found, count, f"{msg_prefix}{text!r} in {content!r}")

    def assertNotContains(
        self,
        response: Any,
        text: Any,
        status_code: int = 200,
        msg_prefix: str = "",
        html: bool = False,
    ) -> None:
        content = self._content(response, status_code, msg_prefix)
        found = _count(text, content, response.charset, html)
        self.assertEqual(found, 0, f"{msg_prefix}{text!r} in {content!r}")

    def assertRedirects(
        self,
        response: Any,
        expected_url: Any,
        status_code: int = 302,
        target_status_code: int = 200,
        msg_prefix: str = "",
        fetch_redirect_response: bool = True,
    ) -> None:
        if hasattr(response, "redirect_chain"):
            self.assertTrue(response.redirect_chain, f"{msg_prefix}no redirect")
            self.assertEqual(response.redirect_chain[0][1], status_code, msg_prefix)
            url = response.redirect_chain[-1][0]
            self.assertEqual(response.status_code, target_status_code, msg_prefix)
        else:
            self.assertEqual(response.status_code, status_code, msg_prefix)
            url = response.url
            if fetch_redirect_response:
                answer = _fetched(response, urlsplit(urljoin(response.request["PATH_INFO"], url)))
                self.assertEqual(answer.status_code, target_status_code, msg_prefix)
        self.assertURLEqual(url, str(expected_url), msg_prefix)

    def assertURLEqual(self, url1: Any, url2: Any, msg_prefix: str = "") -> None:
        self.assertEqual(_ordered(str(url1)), _ordered(str(url2)), msg_prefix)

    # Markup and data

    def assertHTMLEqual(self, html1: str, html2: str, msg: str | None = None) -> None:
        self.assertEqual(markup.parsed(str(html1)), markup.parsed(str(html2)), msg)

    def assertHTMLNotEqual(self, html1: str, html2: str, msg: str | None = None) -> None:
        self.assertNotEqual(markup.parsed(str(html1)), markup.parsed(str(html2)), msg)

    def assertInHTML(
        self, needle: str, haystack: str, count: int | None = None, msg_prefix: str = ""
    ) -> None:
        found = markup.count(str(needle), str(haystack))
        message = f"{msg_prefix}{needle!r} in {haystack!r}"
        if count is None:
            self.assertTrue(found, message)
        else:
            self.assertEqual(found, count, message)

    def assertNotInHTML(self, needle: str, haystack: str, msg_prefix: str = "") -> None:
        self.assertInHTML(needle, haystack, 0, msg_prefix)

    def assertJSONEqual(self, raw: str, expected_data: Any, msg: str | None = None) -> None:
        if isinstance(expected_data, str):
            expected_data = json.loads(expected_data)
        self.assertEqual(json.loads(raw), expected_data, msg)

    def assertJSONNotEqual(self, raw: str, expected_data: Any, msg: str | None = None) -> None:
        if isinstance(expected_data, str):
            expected_data = json.loads(expected_data)
        self.assertNotEqual(json.loads(raw), expected_data, msg)

    def assertXMLEqual(self, xml1: str, xml2: str, msg: str | None = None) -> None:
        one, two = (canonicalize(str(xml), strip_text=True) for xml in (xml1, xml2))
        self.assertEqual(one, two, msg)

    # What stands for what minidjango leaves out

    def assertNumQueries(self, num: int, func: Any = None, *args: Any, **kwargs: Any) -> Any:
        if num:
            use("a database (assertNumQueries)")
        return _called(contextlib.nullcontext(), args, kwargs, func)

    def assertTemplateUsed(
        self, response: Any = None, template_name: str = "", *args: Any, **kwargs: Any
    ) -> Any:
        self.assertIn(template_name, _templates(response, template_name, args, kwargs))

    def assertTemplateNotUsed(
        self, response: Any = None, template_name: str = "", *args: Any, **kwargs: Any
    ) -> Any:
        self.assertNotIn(template_name, _templates(response, template_name, args, kwargs))

    def assertFormError(self, *args: Any, **kwargs: Any) -> Any:
        use("forms (assertFormError)")

    assertFormSetError = assertFieldOutput = assertFormError

    def assertQuerySetEqual(self, *args: Any, **kwargs: Any) -> Any:
        use("a database (assertQuerySetEqual)")


def _called(manager: Any, args: Any, kwargs: Any, function: Any = None) -> Any:
    """Return a context manager, or use it for one call."""
    if function is None and args:
        function, *args = args
    if function is None:
        return manager
    with manager:
        function(*args, **kwargs)
    return None


def _count(text: Any, content: bytes, charset: str, html: bool) -> int:
    if isinstance(text, bytes):
        return content.count(text)
    words = content.decode(charset)
    return markup.count(str(text), words) if html else words.count(str(text))


def _templates(response: Any, name: str, args: Any, kwargs: Any) -> list[str]:
    if not name or args or kwargs:
        use("Django's template language (assertTemplateUsed)")
    return [template.name for template in response.templates]


def _fetched(response: Any, target: SplitResult) -> Any:
    """Ask for the address of a redirect, as the client asked before."""
    if target.netloc and not validate_host(target.hostname or "", settings.ALLOWED_HOSTS):
        raise ValueError(f"cannot fetch from {target.netloc}")
    client, secure = response.client, target.scheme == "https"
    query = QueryDict(target.query)
    return client.get(
        target.path, query, secure=secure, headers=client.headers, **(client.extra or {})
    )


def _ordered(url: str) -> str:
    parts = urlsplit(url)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))
