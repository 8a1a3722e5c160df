"""Transport: one HTTP request that ends.

geopy's adapters bound the wait for each piece of an answer, not the answer: a server that drips a byte a second
would hold a run for ever, and one that never stops would fill the memory.
"""

from __future__ import annotations

import time
from typing import Any

from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut

# A list of twenty places with all their names is some 50 kB.
_MOST_BYTES = 2_000_000
_CHUNK = 65_536


class BoundedAdapter(URLLibAdapter):  # type: ignore[misc]
    """geopy's adapter for Python's own HTTP client, with an end to the time and the size of an answer."""

    _end = 0.0

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        """Return the body of the answer; see geopy's ``BaseSyncAdapter``."""
        self._end = time.monotonic() + timeout
        text: str = super().get_text(url, timeout=timeout, headers=headers)
        return text

    def _decode_page(self, page: Any) -> str:
        body = b""
        while chunk := self._read(page):
            body += chunk
            if len(body) > _MOST_BYTES:
                raise GeocoderServiceError(f"the answer is larger than {_MOST_BYTES // 1_000_000} MB")
            if time.monotonic() > self._end:
                raise GeocoderTimedOut("Service timed out")
        try:
            return str(body, encoding=page.headers.get_content_charset() or "utf-8")
        except (LookupError, ValueError):
            raise GeocoderParseError("Unable to decode the response bytes") from None

    @staticmethod
    def _read(page: Any) -> bytes:
        try:
            chunk: bytes = page.read1(_CHUNK)
        except TimeoutError:
            raise GeocoderTimedOut("Service timed out") from None
        except Exception as error:
            raise GeocoderServiceError(f"the answer broke off: {error}") from error
        return chunk
