"""Dates: which days does each temporal expression of a text mean, and which of them dates an event?

Every expression becomes an interval of days, inclusive at both ends, with the precision the words support. What
depends on the day of reading ("on Monday", "last month") is resolved against the article's date, the anchor.
"""

from geomap.extract.dates.choose import resolve_when
from geomap.extract.dates.find import counts_from_day_before, find_dates
from geomap.extract.dates.kinds import TimeExpression

__all__ = ["TimeExpression", "counts_from_day_before", "find_dates", "resolve_when"]
