"""What is known of a tile when somebody asks why it shows what it shows."""

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from msgspec import Struct

from phdesk.core.filter_words import condition_words
from phdesk.core.filters import read_filter
from phdesk.core.health.answers import FORMULAS
from phdesk.core.jsonvalue import as_dict, as_list, as_number, as_str, as_text, written
from phdesk.core.names import (
    Groups,
    breakdown_keys,
    group_names,
    math_name,
    property_name,
    series_name,
)
from phdesk.core.question import Question, read_question
from phdesk.models.failure import Failure
from phdesk.models.insight import Insight

TOTALS = frozenset(
    {"BoldNumber", "ActionsPie", "ActionsBarValue", "ActionsTable", "WorldMap", "CalendarHeatmap"}
)
COUNTS = frozenset(  # maths that are zero only where nothing fits
    {"", "total", "dau", "weekly_active", "monthly_active", "unique_session", "unique_group"}
    | {"first_time_for_user", "first_matching_event_for_user"}
)
BUCKETED = frozenset({"TrendsQuery", "StickinessQuery", "LifecycleQuery"})


class Known(Struct, frozen=True, gc=False, kw_only=True):
    """A tile as it is on screen; `now` is in the zone of its project."""

    title: str
    insight: Insight  # that is drawn
    now: datetime
    here: tzinfo | None = None  # by which a tile tells moments (None: this computer's); not days
    range: str = ""  # as the tile says it, with the dates that it came to
    week_start: int = 0  # the weekday on which weeks begin, 0 Monday
    project_zone: str = "UTC"
    groups: Groups = ()
    failure: Failure | None = None  # of the newest try
    refreshing: bool = False
    before: bool = False  # what is drawn belongs to the filters before
    temporary: bool = False  # filters of this person alone are on
    own: str = ""  # why the dashboard's filters do not reach it, such as "own filters"
    stale: bool = False  # PostHog would calculate it anew by now
    later: datetime | None = None  # before that PostHog calculates nothing anew
    offline: str = ""  # why PostHog cannot be asked


def question_of(known: Known) -> Question:
    """Read what a tile asks."""
    return read_question(known.insight)


def counted(question: Question, groups: Groups) -> str:
    """Say what is counted, each series once."""
    nodes = question.series or tuple(
        entity
        for key in ("targetEntity", "returningEntity")
        if (entity := as_dict(question.filter.get(key)))
    )
    said = [_series(node, groups, question) for node in nodes]
    return ", ".join(dict.fromkeys(said))


def who_did(question: Question, groups: Groups) -> str:
    """Say who is counted by what they did: people, groups of a type, or what SQL tells apart."""
    if as_text(question.filter.get("funnelAggregateByHogQL")):
        return "what an SQL expression tells apart, each"
    index = question.source.get("aggregation_group_type_index")
    if index is None and any(as_str(one.get("math")) == "unique_group" for one in question.series):
        index = question.series[0].get("math_group_type_index")
    return group_names(index, groups)[1] if index is not None else "people"


def conditions(question: Question) -> tuple[str, ...]:
    """Say all conditions that must hold; those of one series with its name."""
    found = list(_conditions(question.source.get("properties")))
    own = [(series_name(node), tuple(_of_series(node))) for node in question.series]
    if len({held for _, held in own}) == 1:  # the same for all of them
        found += own[0][1]
    else:
        found += [f"{name}: {one}" for name, held in own for one in held]
    return tuple(dict.fromkeys(found))


def left_out(question: Question) -> bool:
    """Say whether the team's own people and tests are left out."""
    return question.source.get("filterTestAccounts") is True


def sampled(question: Question) -> float:
    """Give the share of events that is counted; 1 is all."""
    factor = as_number(question.source.get("samplingFactor"))
    return float(factor) if factor is not None and 0 < factor < 1 else 1.0


def breakdown(question: Question) -> str:
    """Say by what the numbers are broken down; empty when by nothing."""
    return " and ".join(property_name(key) for key in breakdown_keys(question))


def formula(question: Question) -> str:
    """Give the formulas, as they were written."""
    for key in FORMULAS:
        value = question.filter.get(key)
        if as_text(value):
            return as_str(value)
        parts = [as_str(as_dict(one).get("formula")) or as_str(one) for one in as_list(value)]
        if any(parts):
            return ", ".join(parts)
    return ""


def compared(question: Question) -> str:
    """Say with what the numbers are compared."""
    if not question.compare:
        return ""
    back = as_text(as_dict(question.source.get("compareFilter")).get("compare_to"))
    return f"with {back}" if back else "with the period before"


def interval(question: Question) -> str:
    """Say how long a bucket is, where there are any."""
    if question.kind == "RetentionQuery":
        return (as_text(question.filter.get("period")) or "Day").lower()
    return question.interval if question.kind in BUCKETED and not is_total(question) else ""


def is_total(question: Question) -> bool:
    """Say whether one number stands for the whole range."""
    return question.kind == "TrendsQuery" and question.display in TOTALS


def counts_only(question: Question) -> bool:
    """Say whether zero means that nothing fits; a sum, or a formula, can be zero all the same."""
    maths = (as_str(node.get("math")) for node in question.series)
    return not formula(question) and all(math in COUNTS for math in maths)


def _of_series(node: Mapping[str, Any]) -> Iterator[str]:
    for key in ("properties", "fixedProperties"):
        yield from _conditions(node.get(key))


def _series(node: Mapping[str, Any], groups: Groups, question: Question) -> str:
    named = series_name(node)
    return f"{named} ({math_name(node, groups)})" if question.kind == "TrendsQuery" else named


def _conditions(value: object) -> Iterator[str]:
    """Say conditions that all must hold, however deep they lie; others as they were sent."""
    if isinstance(value, list):
        for one in value:
            if isinstance(one, dict) and "values" in one and "key" not in one:
                yield from _conditions(one)
            else:
                yield from map(condition_words, read_filter(_as_filter(one)).properties)
        return
    group = as_dict(value)
    inner = as_list(group.get("values"))
    if as_str(group.get("type")).upper() == "OR" and len(inner) > 1:
        parts = [" and ".join(_conditions([one])) for one in inner]
        yield " or ".join(part for part in parts if part)
    else:
        yield from _conditions(inner)


def _as_filter(one: object) -> bytes:
    return written({"properties": [one]}).encode()
