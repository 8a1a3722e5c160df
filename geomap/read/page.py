"""Page: what does a text say of itself? Title, date, source, agency, address, and what is furniture."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geomap.model import Article
from geomap.paragraphs import paragraphs
from geomap.read.address import date_in_address, domain_of, named_site, own_address, year_in_address
from geomap.read.dates import day_in, find_day, parse_date
from geomap.read.furniture import without_markup
from geomap.read.layout import Layout, layout_of
from geomap.read.publishers import (
    Publisher,
    agency_in,
    publisher_at,
    publisher_in,
    publisher_named,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A text as it came from a file or a JSON line, with what was known of it beside the text.

    Attributes:
        date: from the page's metadata.
        begin: where the text begins after a block of metadata.
        is_dated: whether ``date`` was given for this text, so that nothing in the text can be better.
    """

    id: str
    text: str
    path: str = ""
    title: str = ""
    date: dt.date | None = None
    is_dated: bool = False
    source: str = ""
    url: str = ""
    begin: int = 0


def article_of(page: Page) -> Article:
    """Return the article that a page holds."""
    parts = [each for each in paragraphs(page.text) if each.start >= page.begin]
    url = page.url or own_address(parts)
    domain = domain_of(url) or named_site(parts)
    site = (
        publisher_named(page.source) or publisher_at(domain_of(page.source) or page.source) or publisher_at(domain)
    )
    layout = layout_of(page.text, begin=page.begin, title=page.title, order=site.date_order if site else None)
    date, date_source = _date(page, layout, url)
    return Article(
        id=page.id,
        text=page.text,
        title=page.title or layout.headline,
        date=date,
        date_source=date_source,
        source=_source(page, layout, site, domain),
        agency=_agency(layout, site),
        url=url,
        path=page.path,
        furniture=layout.furniture,
    )


def _date(page: Page, layout: Layout, url: str) -> tuple[dt.date | None, str]:
    """Return the publication date and how it is known, the most telling witness first.

    A line that only says when the page was updated comes last.
    """
    if page.is_dated and page.date is not None:
        return page.date, "metadata"
    firm = next((line.date for line in layout.dates if line.label != "updated" and line.date is not None), None)
    updated = next((line.date for line in layout.dates if line.label == "updated" and line.date is not None), None)
    witnesses = [
        (firm, "date line"),
        (_dateline_date(layout, url), "date line"),
        (date_in_address(url), "address"),
        (page.date, "metadata"),
        (updated, "date line"),
    ]
    return next(((date, how) for date, how in witnesses if date is not None), (None, ""))


def _dateline_date(layout: Layout, url: str) -> dt.date | None:
    """Return the date of the first dateline; its year, where it lacks, is that of the address."""
    said = layout.datelines[0].day if layout.datelines else ""
    date = parse_date(said)
    day, year = find_day(said), year_in_address(url)
    return day_in(year, day) if date is None and day is not None and year is not None else date


def _source(page: Page, layout: Layout, site: Publisher | None, domain: str) -> str:
    """Return the publisher: as given, by its site, by what the page says of itself, or else the site's host."""
    if site is not None:
        return site.name
    if page.source:
        return page.source
    named = next((each.publisher for each in layout.findings if each.publisher), "")
    known = publisher_named(named) or publisher_in(
        layout.texts("appeal", "mirror", "copyright", "newsletter", "share")
    )
    return known.name if known is not None else without_markup(named) or domain


def _agency(layout: Layout, site: Publisher | None) -> str:
    """Return the agency of the dateline, of the byline, or of the site itself."""
    opened = next((each.agency for each in layout.datelines if each.agency), "")
    signed = opened or agency_in(layout.texts("byline"))
    return signed or (site.name if site is not None and site.is_agency else "")
