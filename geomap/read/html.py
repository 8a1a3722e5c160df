"""HTML: the story's text, and what the page's head says of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLES = ("og:title", "twitter:title", "headline", "dc.title", "title")
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher")
# "Rebels lose hill town - Northern Post": the site's name after the headline.
_SITE_TAIL = re.compile(r"\s+(?:[|»•–—-])\s+(?P<site>[^|»•–—]{2,40})$")
# A story of fewer letters than this was not found; the whole page is read then.
_SHORTEST_STORY = 120


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What an HTML page holds; ``date`` is of its metadata, never of its text or captions."""

    text: str
    title: str
    date: dt.date | None
    site: str
    url: str


def is_html(text: str) -> bool:
    """Return whether a text is an HTML page, by its beginning."""
    return (
        re.match(
            r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article)\b",
            text,
            re.I | re.S,
        )
        is not None
    )


def read_html(html: str) -> HtmlPage:
    """Return the story of an HTML page as text, one paragraph a line, and what its head says of it."""
    import lxml.html

    tree = lxml.html.fromstring(html.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    title, site = _title(tree)
    return HtmlPage(_story(html), title, _date(tree), site, _own_url(tree))


def _story(html: str) -> str:
    import trafilatura

    text = trafilatura.extract(html, include_comments=False, include_tables=True, with_metadata=False) or ""
    if len(text) >= _SHORTEST_STORY:
        return text
    whole = trafilatura.html2txt(html)
    return text if len(text) >= len(whole) / 2 else whole


def _meta(tree: HtmlElement, names: tuple[str, ...]) -> str:
    """Return the content of the first of the named ``<meta>`` elements that has any."""
    found: dict[str, str] = {}
    for each in tree.iter("meta"):
        name = (each.get("property") or each.get("name") or each.get("itemprop") or "").lower()
        if each.get("content", "").strip():
            found.setdefault(name, " ".join(each.get("content").split()))
    return next((found[name] for name in names if name in found), "")


def _title(tree: HtmlElement) -> tuple[str, str]:
    """Return the headline and the name of the site."""
    title = _meta(tree, _TITLES) or " ".join((tree.findtext(".//title") or "").split())
    site = _meta(tree, _SITES)
    tail = _SITE_TAIL.search(title)
    headings = {" ".join(each.text_content().split()) for each in tree.iter("h1")}
    if tail is not None and (not site or site.lower() == tail["site"].lower() or title[: tail.start()] in headings):
        return title[: tail.start()], site or tail["site"]
    return title, site


def _own_url(tree: HtmlElement) -> str:
    """Return the address that the page gives as its own."""
    links = [
        each.get("href", "") for each in tree.iter("link") if "canonical" in (each.get("rel") or "").lower().split()
    ]
    urls = [*links, _meta(tree, ("og:url", "twitter:url"))]
    return next((url for url in urls if url.startswith(("http://", "https://"))), "")


def _date(tree: HtmlElement) -> dt.date | None:
    """Return the date of publication in the page's metadata.

    htmldate knows the many names of it, but also takes dates of captions and sidebars: it gets the metadata only.
    """
    from htmldate import find_date
    from lxml import etree
    from lxml.html import builder

    head = builder.HEAD()
    for each in tree.iter("meta", "script"):
        if each.tag == "meta" or "ld+json" in (each.get("type") or ""):
            head.append(
                etree.fromstring(etree.tostring(each, with_tail=False), parser=etree.HTMLParser()).find(
                    f".//{each.tag}"
                )
            )
    page = builder.HTML(head, builder.BODY())
    # The bounds are fixed, so that what is read does not depend on the day on which it is read.
    found = find_date(
        page, extensive_search=False, original_date=True, min_date="1990-01-01", max_date="2100-01-01"
    )
    return dt.date.fromisoformat(found) if found else None
