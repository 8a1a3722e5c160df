"""Document: one article while its events are read, with what each sentence's words stand for.

Sentences are parsed when they are first asked for. The document also knows what the article is mostly about, which
is where "the province" and a figure without a place belong.
"""

from __future__ import annotations

import bisect
import functools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.extract.called import actors_called
from geomap.extract.grammar.parse import covers, parse
from geomap.extract.surroundings import Surroundings
from geomap.extract.triggers import words_of_text
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.actors import Actors
from geomap.model import Article, Location, Mention, Place, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SETTLEMENTS = frozenset({"city", "town", "village", "camp"})
REGIONS = frozenset(
    {
        "region",
        "governorate",
        "district",
        "subdistrict",
        "province",
        "state",
        "county",
        "oblast",
        "department",
        "country",
    }
)
# Sentences after which a mention counts half for what a sentence is about.
_FOCUS_REACH = 3
# What a mention of a place counts for the region it lies in.
_CHILD_SHARE = 0.2
_FOCUS_WEIGHT = {"country": 0.15}


@dataclass
class Document:
    """An article, its sentences and locations, and their parses as far as they were needed."""

    article: Article
    sentences: Sequence[Sentence]
    locations: Sequence[Location]
    gazetteer: Gazetteer
    # Which families each sentence may tell of, by its index; None where nobody looked.
    families: Mapping[int, Sequence[str]] | None = None
    _docs: dict[int, Doc] = field(default_factory=dict)
    _here: dict[int, list[Location]] = field(default_factory=dict)
    _words: dict[int, frozenset[str]] = field(default_factory=dict)

    @functools.cached_property
    def surroundings(self) -> Surroundings:
        """Which of the sentences stand where war, disaster or flight is spoken of."""
        return Surroundings(len(self.sentences), self.words)

    @functools.cached_property
    def actors(self) -> Actors:
        """The known actors, abbreviations standing for what they stand for in this article."""
        return actors_called(self.gazetteer.actors, self.article.text, self.locations)

    def words(self, index: int) -> frozenset[str]:
        """Return the words of a sentence in small letters."""
        if index not in self._words:
            self._words[index] = words_of_text(self.sentences[index].text)
        return self._words[index]

    def prepare(self, indexes: Iterable[int]) -> None:
        """Parse several sentences at once."""
        prepare_all([(self, indexes)])

    def keep(self, index: int, doc: Doc) -> None:
        """Take the parse of a sentence."""
        self._docs[index] = doc

    def is_parsed(self, index: int) -> bool:
        """Whether the parse of a sentence is there."""
        return index in self._docs

    def doc(self, index: int) -> Doc:
        """Return the parse of a sentence."""
        self.prepare([index])
        return self._docs[index]

    def locations_in(self, index: int) -> list[Location]:
        """Return the locations whose names stand in a sentence, in text order."""
        if index not in self._here:
            s = self.sentences[index]
            inside = (x for x in self.locations if s.start <= x.mention.start and x.mention.end <= s.end)
            self._here[index] = list(inside)
        return self._here[index]

    def location_at(self, index: int, token: Token) -> Location | None:
        """Return the location whose name includes a token, places only; None where there is none."""
        at = self.sentences[index].start + token.idx
        relative: Location | None = None
        for x in self.locations_in(index):
            if x.mention.role != "place":
                continue
            if covers(x, self.sentences[index], token):
                return x
            if x.start <= at < x.end:
                relative = x
        return relative

    def any_location_at(self, index: int, token: Token) -> Location | None:
        """Return the location a token names, also where it acts ("Turkey hosts ...")."""
        here = self.locations_in(index)
        return next((x for x in here if covers(x, self.sentences[index], token)), None)

    def location_of(self, index: int, token: Token, place: Place) -> Location:
        """Return a location for a place that a token means without naming it ("his country")."""
        start = self.sentences[index].start + token.idx
        end = start + len(token.text)
        return Location(
            mention=Mention(start, end, token.text, place.name),
            place=place,
            name=place.name,
            point=place.point,
            geo_precision=place.precision,
            radius_km=place.radius_km,
            why=f"{token.text!r} of the speaker",
            start=start,
            end=end,
        )

    def region_of(self, location: Location) -> Location | None:
        """Return the region that a place lies in as a location; None where no gazetteer tells it."""
        named = self.gazetteer.places_named(location.place.admin1) if location.place.admin1 else ()
        region = next((p for p in named if p.kind in REGIONS and p.country == location.place.country), None)
        if region is None:
            return None
        return location.moved_to(region, why=f"the region of {location.place.name}")

    def before(self, index: int, char: int) -> list[Location]:
        """Return the places named before a character of the article, the nearest first."""
        earlier = [x for x in self.locations if x.mention.end <= char and x.mention.role == "place"]
        return earlier[::-1]

    def focus(self, index: int, kinds: Collection[str] = ()) -> Location | None:
        """Return where the article plays around a sentence: the place named most often there.

        A mention counts less the further off it is, and less behind the sentence than before it; a place also
        counts a little for the region it lies in; countries stand back behind what lies in them. With ``kinds``
        only places of these kinds are asked for.
        """
        places = [x for x in self.locations if x.mention.role == "place"]
        places = [x for x in places if not kinds or (x.place.kind in kinds and x.geo_precision == 3)]
        if not places:
            return None
        weights: defaultdict[str, float] = defaultdict(float)
        inside: defaultdict[str, float] = defaultdict(float)
        for x in places:
            weight = self._nearness(index, x) * _FOCUS_WEIGHT.get(x.place.kind, 1.0)
            if x.geo_precision == 2:
                # "southeastern Idlib" still is about Idlib; "near X", "between X and Y" hardly about X.
                weight *= 0.7 if x.place.kind in REGIONS else 0.3
            weights[x.place.id] += weight
            inside[x.place.admin1] += _CHILD_SHARE * weight
        of_region = {x.place.id: inside[x.place.name] if x.place.kind in REGIONS else 0.0 for x in places}
        return max(places, key=lambda x: (weights[x.place.id] + of_region[x.place.id], -x.start))

    def _nearness(self, index: int, location: Location) -> float:
        at = bisect.bisect_right(self._starts, location.mention.start) - 1
        distance = index - at
        return (1.0 if distance >= 0 else 0.6) / (1 + abs(distance) / _FOCUS_REACH)

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def country(self) -> str:
        """Return the country code that most places of the article lie in, "" where none is named."""
        codes = Counter(x.place.country for x in self.locations if x.place.country)
        return codes.most_common(1)[0][0] if codes else ""


def prepare_all(wanted: Iterable[tuple[Document, Iterable[int]]]) -> None:
    """Parse sentences of several documents at once, those that are not parsed yet."""
    todo = [(each, i) for each, indexes in wanted for i in sorted(set(indexes)) if not each.is_parsed(i)]
    docs = parse((each.sentences[i], each.locations_in(i)) for each, i in todo) if todo else []
    for (document, index), doc in zip(todo, docs, strict=True):
        document.keep(index, doc)
