"""Document: one article while its events are read, with what each sentence's words stand for.

Sentences are parsed when they are first asked for. The document also knows what the article is mostly about, which is
where "the province" and a figure without a place belong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.extract.parse import covers, parse
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Location, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SETTLEMENTS = frozenset({"city", "town", "village", "camp"})
REGIONS = frozenset(
    {"region", "governorate", "district", "subdistrict", "province", "state", "county", "oblast", "department", "country"}
)


@dataclass
class Document:
    """An article, its sentences and locations, and their parses as far as they were needed."""

    article: Article
    sentences: Sequence[Sentence]
    locations: Sequence[Location]
    gazetteer: Gazetteer
    _docs: dict[int, Doc] = field(default_factory=dict)

    def prepare(self, indexes: Iterable[int]) -> None:
        """Parse several sentences at once."""
        todo = [i for i in sorted(set(indexes)) if i not in self._docs]
        docs = parse([self.sentences[i] for i in todo], self.locations) if todo else []
        self._docs.update(zip(todo, docs, strict=True))

    def doc(self, index: int) -> Doc:
        """Return the parse of a sentence."""
        self.prepare([index])
        return self._docs[index]

    def locations_in(self, index: int) -> list[Location]:
        """Return the locations whose names stand in a sentence, in text order."""
        s = self.sentences[index]
        return [x for x in self.locations if s.start <= x.mention.start and x.mention.end <= s.end]

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

    def before(self, index: int, char: int) -> list[Location]:
        """Return the places named before a character of the article, the nearest first."""
        earlier = [x for x in self.locations if x.mention.end <= char and x.mention.role == "place"]
        return earlier[::-1]

    def focus(self) -> Location | None:
        """Return where the article plays: the place named most often, the more precise one on a tie.

        Countries stand back behind what lies in them, and every mention of a place counts for the region it is in.
        """
        places = [x for x in self.locations if x.mention.role == "place"]
        if not places:
            return None
        counts = Counter(x.place.id for x in places)
        inside = Counter(x.place.parent for x in places if x.place.parent)
        return max(places, key=lambda x: (_weight(x, counts, inside), -x.start))

    def country(self) -> str:
        """Return the country code that most places of the article lie in, "" where none is named."""
        codes = Counter(x.place.country for x in self.locations if x.place.country)
        return codes.most_common(1)[0][0] if codes else ""


def _weight(location: Location, counts: Counter[str], inside: Counter[str]) -> float:
    place = location.place
    weight = counts[place.id] + 0.5 * inside[place.id]
    return weight * (0.4 if place.kind == "country" else 1.0) * (0.5 if location.geo_precision == 2 else 1.0)
