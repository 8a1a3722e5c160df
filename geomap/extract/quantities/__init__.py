"""Quantities: which figures does a text give, how sure are they, and what do they count?

A figure keeps its hedge ("more than"), a range its ends, a vague figure ("tens of thousands") its words alone.
Dates, money, distances, shares, ages and numbers in names are no counts. Households are never turned into people.
"""

from geomap.extract.quantities.find import find_quantities, has_figure
from geomap.extract.quantities.kinds import CountedThing

__all__ = ["CountedThing", "find_quantities", "has_figure"]
