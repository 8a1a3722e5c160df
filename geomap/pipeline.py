"""Pipeline: what do these articles say happened, where and when? The whole flow on one page.

    paths --read--> Article --split--> Sentence --recognize--> Mention --geocode--> Location
        --extract--> Event --merge--> Timeline --render--> page or picture (geomap.drawing)

The only module that knows every stage, with ``geomap.steps``, which takes one article up to its events; stages that
``locate`` does not need are imported where they are used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.errors import ArticleError
from geomap.extractors import Extractor, chosen
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Issue, Location, Mention, Span
from geomap.reading import ArticleReading, Reading
from geomap.recognize import recognize
from geomap.split import split
from geomap.steps import Online, begin, finish, geocoded, groups, prepare

if TYPE_CHECKING:
    from geomap.render.layers import Layers


def map_articles(
    paths: Sequence[Path],
    out: Path,
    gazetteer: Gazetteer,
    *,
    listing: Path | None = None,
    date: dt.date | None = None,
    title: str = "",
    lang: str = "en",
    url: str = "",
    layers: Layers | None = None,
    each: Callable[[Article], None] = lambda article: None,
    online: Online | None = None,
    extractors: Sequence[Extractor] | None = None,
) -> Reading:
    """Read the articles, write their map to ``out`` and return what was read.

    Args:
        paths: files, or folders of them.
        out: the file, its folder is created: a page (.html), or a picture of the last day (.svg, .png).
        gazetteer: where to look names up.
        listing: an ``articles.yml``; what it says wins over what is found in the texts.
        date: publication date of articles that have no other.
        title: of the map; by default it is made of the regions and dates told.
        lang: of the page's own words: en, ar, tr, fr, ru or uk.
        url: where the page will be published, "" where that is not known.
        layers: what else lies on the map, see ``geomap.render.layers``.
        each: called with each article once it is read, for a progress bar.
        online: whom to ask for names that no gazetteer has; by default nobody, and no network is touched.
        extractors: who reads the events, see ``geomap.extractors.chosen``; by default geomap's own.

    Raises:
        ArticleError: not one of the articles can be read.
        PlanError: the listing does not follow its schema.
        RenderError: the map cannot be drawn or written.
    """
    from geomap.drawing import check_ending, write_map

    check_ending(out)
    reading = read_and_run(
        paths, gazetteer, listing=listing, date=date, each=each, online=online, extractors=extractors
    )
    claims, told, issues = reading.timeline, reading.articles, reading.issues
    write_map(out, claims, told, issues, gazetteer, title=title, lang=lang, url=url, layers=layers)
    return reading


def read_and_run(
    paths: Sequence[Path],
    gazetteer: Gazetteer,
    *,
    listing: Path | None = None,
    date: dt.date | None = None,
    each: Callable[[Article], None] = lambda article: None,
    online: Online | None = None,
    extractors: Sequence[Extractor] | None = None,
    all_places: bool = False,
) -> Reading:
    """Return what the articles at ``paths`` say; see ``map_articles`` and ``read_one``."""
    from geomap.read import read_articles

    articles, unread = read_articles(paths, listing=listing, date=date)
    if not articles:
        raise ArticleError(
            "\n".join([issue.message for issue in unread] or ["no article was found: name its files"])
        )
    return run(
        articles,
        gazetteer,
        unread=unread,
        each=each,
        online=online,
        extractors=extractors,
        all_places=all_places,
    )


def run(
    articles: Iterable[Article],
    gazetteer: Gazetteer,
    *,
    unread: Sequence[Issue] = (),
    each: Callable[[Article], None] = lambda article: None,
    online: Online | None = None,
    extractors: Sequence[Extractor] | None = None,
    all_places: bool = False,
) -> Reading:
    """Return what the articles say, each alone and merged; see ``read_one``."""
    parts = []
    readers = chosen() if extractors is None else extractors
    for group in groups(articles):
        begun = [begin(article, gazetteer, online, readers, all_places=all_places) for article in group]
        prepare(begun, gazetteer, readers)
        for article, part in zip(group, begun, strict=True):
            parts.append(finish(part, gazetteer, readers))
            each(article)
    return together(parts, gazetteer, unread)


def together(parts: Sequence[ArticleReading], gazetteer: Gazetteer, unread: Sequence[Issue] = ()) -> Reading:
    """Return what articles say together that were read one by one; ``unread`` is what was wrong before."""
    from geomap.merge import merge

    timeline = merge([event for part in parts for event in part.events], [part.article for part in parts])
    wrong_entries = [Issue("gazetteer", "", problem) for problem in gazetteer.problems]
    issues = dict.fromkeys((*wrong_entries, *unread, *(issue for part in parts for issue in part.issues)))
    return Reading(parts=tuple(parts), timeline=timeline, issues=tuple(issues))


def read_one(
    article: Article,
    gazetteer: Gazetteer,
    online: Online | None = None,
    extractors: Sequence[Extractor] | None = None,
    *,
    all_places: bool = False,
) -> ArticleReading:
    """Return what one article says; a copy of another says nothing of its own.

    Places are looked for where an event may be told, and with ``all_places`` in every article.
    """
    readers = chosen() if extractors is None else extractors
    return finish(begin(article, gazetteer, online, readers, all_places=all_places), gazetteer, readers)


def locate(
    article: Article, gazetteer: Gazetteer, spans: Sequence[Span] | None = None, online: Online | None = None
) -> list[Location]:
    """Return where the places named in the article are; demonyms ("Turkish") at their country.

    Args:
        article: the text.
        gazetteer: where to look.
        spans: the names, where they are known already; otherwise they are recognised.
        online: whom to ask for names that no gazetteer has.
    """
    return locate_all(article, gazetteer, spans, online)[0]


def locate_all(
    article: Article, gazetteer: Gazetteer, spans: Sequence[Span] | None = None, online: Online | None = None
) -> tuple[list[Location], list[Issue]]:
    """Return what ``locate`` returns, and an issue for each name of a place that has no location."""
    sentences = split(article)
    if spans is None:
        mentions = recognize(article, sentences, gazetteer)
    else:
        mentions = [_mention(article, span) for span in spans]
    return geocoded(article, sentences, mentions, gazetteer, online)


def page(reading: Reading, gazetteer: Gazetteer, *, title: str = "", lang: str = "en", url: str = "") -> str:
    """Return the map page of what was read; "as of" is the day of the latest article."""
    claims, articles, issues = reading.timeline, reading.articles, reading.issues
    from geomap.drawing import page_of

    return page_of(claims, articles, issues, gazetteer, title=title, lang=lang, url=url)


def _mention(article: Article, span: Span) -> Mention:
    text = article.text[span.start : span.end]
    return Mention(span.start, span.end, text, text)
