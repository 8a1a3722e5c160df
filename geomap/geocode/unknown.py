"""Unknown: what to do with a name that no gazetteer has, or that fits no place well?"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from geomap.gazetteer import Gazetteer
from geomap.geocode.areas import is_within
from geomap.geocode.rank import Choice
from geomap.model import Issue, Location, Mention, Place, Span

# A spelling at least this much like a known one, and near the places of the text, is taken for it.
_LIKE_ENOUGH = 0.87
# Another script compares by consonants alone; that is enough only where the text itself is in it.
_LIKE_ENOUGH_IN_SCRIPT = 0.84
_NEAR_KM = 150.0


def similar(mention: Mention, located: Sequence[Location], gazetteer: Gazetteer) -> Location | None:
    """A place spelt much like the name and near what the text speaks of; None where there is none."""
    settled = [each for each in located if each.place.kind != "country" and each.mention.role == "place"]
    if not settled:
        return None
    enough = _LIKE_ENOUGH if mention.name[0].isascii() else _LIKE_ENOUGH_IN_SCRIPT
    alike = gazetteer.similar_places(mention.name, enough)
    found = next(((place, score) for place, score in alike if _is_near(place, settled)), None)
    if found is None:
        return None
    place, score = found
    return Location(
        mention=mention,
        place=place,
        name=mention.name,
        point=place.point,
        geo_precision=place.precision,
        radius_km=place.radius_km,
        score=round(score * 0.7, 3),
        why=f"fuzzy: no place is named {mention.name}, but {place.name} is spelt much like it, near the others",
        start=mention.start,
        end=mention.end,
    )


def _is_near(place: Place, settled: Sequence[Location]) -> bool:
    """Near a settlement or inside a division of the text; a country alone is too wide to tell."""
    return any(is_within(place.point, each.point, _NEAR_KM + each.radius_km) for each in settled)


def unknown_issue(article_id: str, mention: Mention, gazetteer: Gazetteer) -> Issue:
    """The name is in no gazetteer."""
    like = [place.name for place, _ in itertools.islice(gazetteer.similar_places(mention.name), 3)]
    hint = f"; spelt alike: {', '.join(dict.fromkeys(like))}" if like else ""
    message = f"{mention.text}: no gazetteer has a place of this name{hint}; add it to gazetteer/places"
    return Issue("unknown place", article_id, message, Span(mention.start, mention.end))


def ambiguous_issue(article_id: str, choice: Choice) -> Issue:
    """Places of that name there are, but none that the text clearly means."""
    mention, place = choice.ask.mention, choice.place
    message = (
        f"{mention.text}: {choice.rivals + 1} places of this name and none clearly meant; the likeliest is "
        f"{place.name} ({place.id}, score {choice.score:.2f}); add the place that is meant to gazetteer/places"
    )
    return Issue("ambiguous place", article_id, message, Span(mention.start, mention.end))
