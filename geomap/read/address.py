"""Address: which address is the article's own, and which day and site does it name?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from geomap.paragraphs import Paragraph
from geomap.read.dates import month_number

_URL = r"https?://[^\s<>\"'\])]+[^\s<>\"'\]).,;:]"
_BARE = re.compile(rf"<?\(?(?P<url>{_URL})/?\)?>?$")
# "Original url:", "Source: https://...", "Permalink - https://...": words that claim the address for this text.
_OWN = re.compile(
    r"(?:original(?:ly)?(?:\s+published)?(?:\s+at)?(?:\s+(?:url|link|article|source))?|url|link|permalink|source|canonical(?:\s+url)?"
    r"|web\s?address|address|article\s+url|short\s+url|read\s+the\s+original)\s*[:–—-]?\s*",
    re.IGNORECASE,
)
_SITE = re.compile(r"source\s*:\s*<?(?P<site>(?:[\w-]+\.)+[a-z]{2,})/?>?\.?$", re.IGNORECASE)

_DAY = re.compile(
    r"""
    (?<!\d) (?P<year>(?:19|20)\d\d) (?:
        (?P<sep>[/_-]) (?P<month>0?[1-9]|1[0-2]|[A-Za-z]{3,9}) [/_-] (?P<day>0?[1-9]|[12]\d|3[01]) # 2015/Aug-24
      | (?P<packed_month>0[1-9]|1[0-2]) (?P<packed_day>0[1-9]|[12]\d|3[01]) # 20191224
    ) (?!\d)
    """,
    re.VERBOSE,
)
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?=[/-])")


def own_address(paragraphs: list[Paragraph]) -> str:
    """Return the address that the text gives as its own, "" where it gives none.

    That is one after a word such as "Original url:", or one that stands alone as the first line; addresses of
    related articles are neither.
    """
    for number, paragraph in enumerate(paragraphs):
        label = _OWN.match(paragraph.text)
        rest = paragraph.text[label.end() :].strip() if label else paragraph.text
        if label and not rest and number + 1 < len(paragraphs):
            rest = paragraphs[number + 1].text
        found = _BARE.match(rest) if label or number == 0 else None
        if found is not None:
            return found["url"]
    return ""


def named_site(paragraphs: list[Paragraph]) -> str:
    """Return the site of a line such as "source: reuters.com", "" where there is none."""
    for paragraph in paragraphs:
        found = _SITE.match(paragraph.text)
        if found is not None:
            return found["site"].lower()
    return ""


def domain_of(url: str) -> str:
    """Return the host of an address without "www."; "" where it is no address.

    >>> domain_of("https://www.example.org/2020/02/04/a")
    'example.org'
    """
    host = (urlsplit(url).hostname or "") if "//" in url else ""
    return host.removeprefix("www.")


def date_in_address(url: str) -> dt.date | None:
    """Return the day that the path of ``url`` names, None where it names none.

    >>> date_in_address("https://example.org/world/2020/02/04/talks-a69162")
    datetime.date(2020, 2, 4)
    """
    return next(_days(urlsplit(url).path), None)


def year_in_address(url: str) -> int | None:
    """Return the year that the path of ``url`` names, where it names no day."""
    found = _YEAR.search(urlsplit(url).path)
    return int(found["year"]) if found else None


def _days(path: str) -> Iterator[dt.date]:
    for match in _DAY.finditer(path):
        month, day = match["month"] or match["packed_month"], match["day"] or match["packed_day"]
        number = int(month) if month.isdigit() else month_number(month)
        try:
            if number is not None:
                yield dt.date(int(match["year"]), number, int(day))
        except ValueError:
            continue
