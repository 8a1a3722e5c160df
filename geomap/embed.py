"""Embed: which lines of HTML put a published map into an article?"""

from __future__ import annotations

import html
import json
import re
from urllib.parse import urlsplit

from geomap.errors import PlanError

# The map needs its own script, opens its sources in new tabs and offers its data as files; it needs nothing else of
# the host page.
_SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"

_SNIPPET = """\
<iframe src="{url}" title="{title}" loading="lazy" sandbox="{sandbox}"
        width="100%" height="{height}" style="border:0" referrerpolicy="no-referrer"></iframe>
"""
_IMAGE = """<noscript><a href="{url}"><img src="{image}" alt="{title}" style="max-width:100%"></a></noscript>\n"""
_LINK = """<p><a href="{url}">{title}</a></p>\n"""
# A frame may only set its own height, within what a page can bear. The map's height follows the frame's width and
# nothing else, so that no message leads to the next one. Where a page has the lines twice, one listener is enough.
_LISTENER = """\
<script>
(function () {
  if (window.geomapListens) return;
  window.geomapListens = true;
  window.addEventListener("message", function (event) {
    if (!event.data || event.data.type !== "geomap:height") return;
    var height = Math.min(Math.max(Number(event.data.height) || 0, 200), 20000);
    document.querySelectorAll("iframe").forEach(function (frame) {
      if (frame.contentWindow === event.source) frame.style.height = Math.ceil(height) + "px";
    });
  });
  document.querySelectorAll("iframe").forEach(function (frame) {
    if (frame.contentWindow) frame.contentWindow.postMessage({ type: "geomap:ask" }, "*");
  });
})();
</script>
"""


def embed_snippet(
    url: str, *, title: str, height: int = 600, image: str = "", has_script: bool = True, has_link: bool = True
) -> str:
    """Return an iframe with a plain link below it, safe to paste into a page.

    Args:
        url: where the map is published, http or https.
        title: what a screen reader announces, and the words of the link.
        height: of the frame in CSS pixels until the map tells its own; the width is that of its column.
        image: address of a picture of the map, for readers without scripts; "" for none.
        has_script: whether a small script lets the frame follow the map's height. Hosts that listen to the messages
            of Datawrapper, pym.js, AMP or Medium need none.
        has_link: whether the plain link stands below.

    Raises:
        PlanError: an address is no http(s) address, or the height is not positive.

    >>> print(embed_snippet("https://example.org/a.html?x=1&y=2", title='Who holds "A"?', has_script=False))
    ... # doctest: +ELLIPSIS
    <iframe src="https://example.org/a.html?x=1&amp;y=2" title="Who holds &quot;A&quot;?" ...
    <p><a href="https://example.org/a.html?x=1&amp;y=2">Who holds &quot;A&quot;?</a></p>
    <BLANKLINE>
    """
    if height <= 0:
        raise PlanError(f"height {height} is not a positive number of pixels: try 600")
    words = {"url": _checked(url), "title": title.strip() or "Map", "image": _checked(image) if image else ""}
    said = {key: html.escape(word) for key, word in words.items()}
    lines = [_SNIPPET.format(height=height, sandbox=_SANDBOX, **said)]
    lines += [_IMAGE.format(**said)] if image else []
    lines += [_LINK.format(**said)] if has_link else []
    return "".join(lines) + (_LISTENER if has_script else "")


def oembed(url: str, *, title: str, width: int = 800, height: int = 600, image: str = "") -> str:
    """Return the oEmbed answer for a map, as JSON: a file beside the map is all that a link preview needs.

    See https://oembed.com. The frame in it follows the map's height only on hosts that listen.

    Raises:
        PlanError: as ``embed_snippet``.

    >>> json.loads(oembed("https://example.org/a.html", title="A"))["type"]
    'rich'
    """
    frame = embed_snippet(url, title=title, height=height, has_script=False, has_link=False)
    answer: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "title": title.strip() or "Map",
        "provider_name": urlsplit(url).hostname or "",
        "html": frame.strip(),
        "width": width,
        "height": height,
    }
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


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
