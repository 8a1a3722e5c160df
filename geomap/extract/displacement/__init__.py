"""Displacement: how many people left their homes, from where to where?

A figure counts when the people it counts stand in a slot of a frame of displacement.yml: they flee, are displaced,
are refugees. Figures of the killed, the trapped or the hungry stand in no such slot.
"""

from geomap.extract.displacement.figures import figures_of_people
from geomap.extract.displacement.find import find_moves
from geomap.extract.displacement.reading import MoveReading
from geomap.extract.displacement.told import is_about

__all__ = ["MoveReading", "figures_of_people", "find_moves", "is_about"]
