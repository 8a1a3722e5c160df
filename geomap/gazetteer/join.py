"""Join: which rows of several sources are one place?

One number, one ISO code, or one name at about one spot: such rows become one, with the names of all.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from geomap.gazetteer.names import fold
from geomap.gazetteer.rows import AREAS, WorldRow, flat_km, halfway

# Two sources' points of one town lie this near; its namesakes in the country lie farther.
_SAME_TOWN_KM = 15.0
# Areas' points are centres or capitals; one name twice for areas of one kind in one country is rare.
_SAME_AREA_KM = 250.0
# A given point of an area counts where it is not far outside of its towns: there are slips in the sources.
_OUTSIDE = 1.5


def join(rows: Iterable[WorldRow]) -> list[WorldRow]:
    """The rows, each place once, in the order of their first appearance."""
    joined = _Joined()
    for row in rows:
        joined.add(row)
    return joined.rows


class _Joined:
    def __init__(self) -> None:
        self.rows: list[WorldRow] = []
        self._by_id: dict[str, int] = {}
        self._by_code: dict[tuple[str, str], int] = {}
        self._by_name: dict[tuple[str, bool, str], list[int]] = {}

    def add(self, row: WorldRow) -> None:
        number = self._known(row)
        if number is None:
            number = len(self.rows)
            self.rows.append(row)
        else:
            self.rows[number] = _merged(self.rows[number], row)
        self._note(row, number)

    def _note(self, row: WorldRow, number: int) -> None:
        self._by_id.setdefault(row.id, number)
        if row.code:
            self._by_code.setdefault((row.kind, row.code), number)
        self._by_name.setdefault(_name_key(row), []).append(number)

    def _known(self, row: WorldRow) -> int | None:
        """The number of the row that is the same place, None where there is none."""
        known = self._by_id.get(row.id)
        if known is None and row.code:
            known = self._by_code.get((row.kind, row.code))
        return self._namesake(row) if known is None and not row.id.startswith("gn-") else known

    def _namesake(self, row: WorldRow) -> int | None:
        """The row of that name at that spot; rows with numbers of one source are different places."""
        found = self._by_name.get(_name_key(row), ())
        return next((number for number in found if _is_near(row, self.rows[number])), None)


def _name_key(row: WorldRow) -> tuple[str, bool, str]:
    return row.country, row.kind in AREAS, fold(row.name)


def _is_near(row: WorldRow, known: WorldRow) -> bool:
    reach = _SAME_AREA_KM if row.kind in AREAS else _SAME_TOWN_KM
    return flat_km(row.point, known.point) < reach


def _merged(known: WorldRow, row: WorldRow) -> WorldRow:
    """The known row with the names of the other; an area's point is moved half the way to the point given there.

    One source's point is the centre of a box around the towns, the other's often the seat of its government: each
    errs, and halfway lies within 160 km of GeoNames' own point for nearly all large divisions.
    """
    changed: dict[str, object] = {"names": (*known.names, row.name, *row.names)}
    if row.kind in AREAS and flat_km(row.point, known.point) < max(_OUTSIDE * known.radius_km, 100.0):
        changed["point"] = halfway(known.point, row.point)
    return dataclasses.replace(known, **changed)  # type: ignore[arg-type]
