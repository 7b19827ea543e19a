"""Sending less (``django.middleware.gzip``)."""

import re
from typing import Any

from minidjango.http import HttpRequest
from minidjango.utils.cache import patch_vary_headers
from minidjango.utils.deprecation import MiddlewareMixin
from minidjango.utils.text import compress_sequence, compress_string

re_accepts_gzip = re.compile(r"\bgzip\b")


class GZipMiddleware(MiddlewareMixin):
    """Compresses what a client takes compressed, if it is long enough to be worth it."""

    max_random_bytes = 100
    """A length that varies tells less of what was compressed (the BREACH attack)."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Compress the body; say that it depends on ``Accept-Encoding`` even if it is not."""
        too_short = not response.streaming and len(response.content) < 200
        if too_short or "Content-Encoding" in response:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if not re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return response

        if response.streaming:
            response.streaming_content = compress_sequence(
                response.streaming_content, max_random_bytes=self.max_random_bytes
            )
            del response.headers["Content-Length"]  # nobody knows it yet
        else:
            smaller = compress_string(response.content, max_random_bytes=self.max_random_bytes)
            if len(smaller) >= len(response.content):
                return response
            response.content = smaller
            response.headers["Content-Length"] = str(len(smaller))

        # The bytes have changed and the page has not: that is what a weak ETag says.
        if response.get("ETag", "").startswith('"'):
            response.headers["ETag"] = "W/" + response.headers["ETag"]
        response.headers["Content-Encoding"] = "gzip"
        return response
