"""Change a setting of a draft, with what follows from it."""

from datetime import datetime
from typing import Any

from phdesk.core.building.breakdowns import by_country
from phdesk.core.building.draft import Draft, at, put
from phdesk.core.building.fields_habits import CRITERIA
from phdesk.core.building.parts import Formula, with_formulas
from phdesk.core.building.series import with_math
from phdesk.core.building.words import GROUP, NO_BREAKDOWN
from phdesk.core.filter_entry import Dates
from phdesk.core.filter_ranges import INTERVALS, interval_after, intervals_for
from phdesk.core.jsonvalue import as_dict, as_text

DISPLAY, FORMULA = "trendsFilter.display", "trendsFilter.formula"
ATTRIBUTION = "funnelsFilter.breakdownAttributionType"


def changed(draft: Draft, name: str, value: Any) -> Draft:
    """Change a setting by its name; None leaves it to PostHog.

    What would make no sense any more follows: a world map is broken down by country, a number is
    not broken down, and what belonged to another way of counting goes.
    """
    if draft.closed:
        return draft
    if name.startswith("series.") and name.endswith(".math"):
        series = name.removesuffix(".math")
        if isinstance(value, dict):
            return with_math(draft, series, GROUP, group=value.get("group"))
        return with_math(draft, series, value)
    if name == FORMULA:
        return with_formulas(draft, [Formula(value)] if value else [])
    return _followed(put(draft, name, value), name, value)


def _followed(after: Draft, name: str, value: Any) -> Draft:
    """Let follow what makes sense of a setting that was changed."""
    if name.startswith(f"{CRITERIA}."):
        return _whole_criteria(after)
    if name == DISPLAY and value == "WorldMap":
        return by_country(after)
    if name == DISPLAY and value in NO_BREAKDOWN:
        return put(after, "breakdownFilter", None)
    if name == ATTRIBUTION and value != "step":
        return put(after, "funnelsFilter.breakdownAttributionValue", None)
    return after


def _whole_criteria(draft: Draft) -> Draft:
    """Say both parts of how often it must happen: servers refuse one alone."""
    held = as_dict(at(draft, CRITERIA))
    return put(draft, CRITERIA, {"operator": "gte", "value": 1, **held}) if held else draft


def with_dates(draft: Draft, dates: Dates, now: datetime, week_start: int) -> Draft:
    """Ask of other dates; an interval that they do not allow becomes the one usual for them.

    `now` is in the project's zone, `week_start` the weekday on which weeks begin, 0 Monday.
    """
    where = "filters.dateRange" if draft.kind == "HogQLQuery" else "dateRange"
    changed_dates = put(draft, f"{where}.date_from", dates.date_from)
    changed_dates = put(changed_dates, f"{where}.date_to", dates.date_to)
    explicit = dates.explicit or None
    if bool(at(draft, f"{where}.explicitDate")) != dates.explicit:
        changed_dates = put(changed_dates, f"{where}.explicitDate", explicit)
    interval = as_text(at(draft, "interval"))
    ends = (dates.date_from, dates.date_to)
    after = interval_after(interval, ends, now, week_start)
    return put(changed_dates, "interval", after) if after != interval else changed_dates


def allowed_intervals(draft: Draft, now: datetime, week_start: int) -> tuple[str, ...]:
    """Give the intervals into which a draft's dates may be cut, and the one that it has."""
    dates = as_dict(at(draft, "dateRange"))
    start = as_text(dates.get("date_from")) or "-7d"
    allowed = intervals_for(start, as_text(dates.get("date_to")), now, week_start)
    held = as_text(at(draft, "interval"))
    if held is None or held in allowed:
        return allowed
    return tuple(one for one in (*INTERVALS, held) if one in allowed or one == held)
