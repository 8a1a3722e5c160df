"""Embed: which lines of HTML put a published map into an article?"""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from geomap.errors import PlanError

# The map needs its own script and opens its sources in new tabs; it needs nothing else of the host page.
_SANDBOX = "allow-scripts allow-popups"

_SNIPPET = """\
<iframe src="{url}" title="{title}" loading="lazy" sandbox="{sandbox}"
        width="100%" height="{height}" style="border:0" referrerpolicy="no-referrer"></iframe>
<p><a href="{url}">{title}</a></p>
"""


def embed_snippet(url: str, *, title: str, height: int = 600) -> str:
    """Return an iframe with a plain link below it, safe to paste into a page.

    Args:
        url: where the map is published, http or https.
        title: what a screen reader announces, and the words of the link.
        height: of the frame in CSS pixels; the width is that of its column.

    Raises:
        PlanError: the address is no http(s) address, or the height is not positive.

    >>> print(embed_snippet("https://example.org/a.html?x=1&y=2", title='Who holds "A"?'))  # doctest: +ELLIPSIS
    <iframe src="https://example.org/a.html?x=1&amp;y=2" title="Who holds &quot;A&quot;?" ...
    <p><a href="https://example.org/a.html?x=1&amp;y=2">Who holds &quot;A&quot;?</a></p>
    <BLANKLINE>
    """
    if height <= 0:
        raise PlanError(f"height {height} is not a positive number of pixels: try 600")
    words = {"url": _checked(url), "title": title.strip() or "Map", "sandbox": _SANDBOX}
    return _SNIPPET.format(height=height, **{key: html.escape(word) for key, word in words.items()})


def _checked(url: str) -> str:
    """Return the address where a browser may follow it safely from another site."""
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_address = False
    if not is_address or any(letter.isspace() or not letter.isprintable() for letter in url):
        raise PlanError(f"{url!r} is not an http(s) address: give the one where the map is published")
    return url


def title_of(page: str) -> str:
    """Return the page's own title, "" where it has none.

    >>> title_of("<html><head><title>Rivers &amp; roads</title>")
    'Rivers & roads'
    """
    found = re.search(r"<title[^>]*>(.*?)</title>", page, re.IGNORECASE | re.DOTALL)
    return " ".join(html.unescape(found.group(1)).split()) if found else ""
