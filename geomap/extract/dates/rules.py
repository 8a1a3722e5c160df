"""The table of rules: which pattern finds an expression, and which function reads its days."""

from __future__ import annotations

from geomap.extract.dates import absolute, earlier, relative
from geomap.extract.dates.kinds import Rule

# Where two rules match the same words, the upper one reads them.
RULES = (
    Rule(absolute.ISO, absolute.read_iso, is_absolute=True),
    Rule(absolute.DAYS_MONTH, absolute.read_day_range, is_absolute=True),
    Rule(absolute.MONTH_DAYS, absolute.read_day_range, is_absolute=True),
    Rule(absolute.DAY_MONTH, absolute.read_day, is_absolute=True),
    Rule(absolute.MONTH_DAY, absolute.read_day, is_absolute=True),
    Rule(absolute.HYPHENED, absolute.read_day, is_absolute=True),
    Rule(absolute.ORDINAL, absolute.read_ordinal, is_absolute=True),
    Rule(absolute.MONTH, absolute.read_month, is_absolute=True),
    Rule(absolute.SEASON, absolute.read_season, is_absolute=True),
    Rule(absolute.YEAR, absolute.read_year, is_absolute=True),
    Rule(absolute.YEAR_AFTER_YEAR, absolute.read_year, is_absolute=True),
    Rule(earlier.BEFORE_LAST, earlier.read_before_last, needs=("before", "but")),
    Rule(earlier.THAT_UNIT, earlier.read_that_unit, is_referring=True, needs=("that", "same")),
    Rule(earlier.NEAR_SEASON, earlier.read_near_season),
    Rule(earlier.WEEKDAYS_AGO, earlier.read_weekdays_ago, needs=("ago",)),
    Rule(earlier.VAGUELY_AGO, earlier.read_vaguely_ago, needs=("ago",)),
    Rule(earlier.NIGHT, earlier.read_night, needs=("overnight",)),
    Rule(earlier.DAY_OF_MONTH, earlier.read_day_of_month, needs=("month",)),
    Rule(relative.WEEKDAY, relative.read_weekday),
    Rule(relative.DAY_WORD, relative.read_day_word),
    Rule(relative.WEEKEND, relative.read_weekend, needs=("weekend",)),
    Rule(relative.FIXED_DAY, relative.read_fixed_day),
    Rule(relative.REFERENCE_WORD, relative.read_reference_word, is_referring=True),
    Rule(relative.DISTANCE, relative.read_distance, is_referring=True),
    Rule(relative.THIS_UNIT, relative.read_this_unit),
    Rule(relative.ROLLING, relative.read_rolling, is_running=True),
    Rule(relative.WITHIN, relative.read_within, is_running=True),
    Rule(relative.DURATION, relative.read_duration),
)
