"""Requests without a server (``django.test.client``)."""

from typing import Any

from minidjango.core.handlers.wsgi import WSGIRequest
from minidjango.test.environ import OCTETS, EnvironFactory
from minidjango.test.multipart import BOUNDARY, MULTIPART_CONTENT, encode_file, encode_multipart
from minidjango.test.payload import FakePayload

__all__ = [
    "BOUNDARY",
    "MULTIPART_CONTENT",
    "FakePayload",
    "RequestFactory",
    "encode_file",
    "encode_multipart",
]


class RequestFactory(EnvironFactory):
    """Makes requests as a server would, for calling a view or a layer directly.

    Args:
        json_encoder: writes bodies that are dicts, lists or tuples, when sent as JSON.
        headers, query_params: sent with every request.
        **defaults: go into every request's ``environ``.
    """

    def get(
        self,
        path: str,
        data: Any = None,
        secure: bool = False,
        *,
        headers: Any = None,
        query_params: Any = None,
        **extra: Any,
    ) -> WSGIRequest:
        """Make a GET; ``data`` is its query."""
        return self.generic(
            "GET",
            path,
            secure=secure,
            headers=headers,
            query_params=_either(data, query_params),
            **extra,
        )

    def head(
        self,
        path: str,
        data: Any = None,
        secure: bool = False,
        *,
        headers: Any = None,
        query_params: Any = None,
        **extra: Any,
    ) -> WSGIRequest:
        """Make a HEAD; ``data`` is its query."""
        return self.generic(
            "HEAD",
            path,
            secure=secure,
            headers=headers,
            query_params=_either(data, query_params),
            **extra,
        )

    def trace(
        self,
        path: str,
        secure: bool = False,
        *,
        headers: Any = None,
        query_params: Any = None,
        **extra: Any,
    ) -> WSGIRequest:
        """Make a TRACE."""
        return self.generic(
            "TRACE", path, secure=secure, headers=headers, query_params=query_params, **extra
        )

    def post(
        self,
        path: str,
        data: Any = None,
        content_type: str = MULTIPART_CONTENT,
        secure: bool = False,
        *,
        headers: Any = None,
        query_params: Any = None,
        **extra: Any,
    ) -> WSGIRequest:
        """Make a POST; ``data`` is a form, or whatever ``content_type`` says."""
        body = self._encode_json({} if data is None else data, content_type)
        body = self._encode_data(body, content_type)
        return self.generic(
            "POST",
            path,
            body,
            content_type,
            secure,
            headers=headers,
            query_params=query_params,
            **extra,
        )

    def options(
        self,
        path: str,
        data: Any = "",
        content_type: str = OCTETS,
        secure: bool = False,
        *,
        headers: Any = None,
        query_params: Any = None,
        **extra: Any,
    ) -> WSGIRequest:
        """Make an OPTIONS."""
        return self.generic(
            "OPTIONS",
            path,
            data,
            content_type,
            secure,
            headers=headers,
            query_params=query_params,
            **extra,
        )

    def put(
        self,
        path: str,
        data: Any = "",
        content_type: str = OCTETS,
        secure: bool = False,
        *,
        headers: Any = None,
        query_params: Any = None,
        **extra: Any,
    ) -> WSGIRequest:
        """Make a PUT."""
        data = self._encode_json(data, content_type)
        return self.generic(
            "PUT",
            path,
            data,
            content_type,
            secure,
            headers=headers,
            query_params=query_params,
            **extra,
        )

    def patch(
        self,
        path: str,
        data: Any = "",
        content_type: str = OCTETS,
        secure: bool = False,
        *,
        headers: Any = None,
        query_params: Any = None,
        **extra: Any,
    ) -> WSGIRequest:
        """Make a PATCH."""
        data = self._encode_json(data, content_type)
        return self.generic(
            "PATCH",
            path,
            data,
            content_type,
            secure,
            headers=headers,
            query_params=query_params,
            **extra,
        )

    def delete(
        self,
        path: str,
        data: Any = "",
        content_type: str = OCTETS,
        secure: bool = False,
        *,
        headers: Any = None,
        query_params: Any = None,
        **extra: Any,
    ) -> WSGIRequest:
        """Make a DELETE."""
        data = self._encode_json(data, content_type)
        return self.generic(
            "DELETE",
            path,
            data,
            content_type,
            secure,
            headers=headers,
            query_params=query_params,
            **extra,
        )


def _either(data: Any, query_params: Any) -> Any:
    """Return whichever is given; ValueError for both."""
    if data and query_params:
        raise ValueError("query_params and data arguments are mutually exclusive.")
    return data or query_params
