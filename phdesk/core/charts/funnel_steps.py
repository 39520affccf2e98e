"""Draw a funnel's steps, with its groups and with the period before (reference 6.2.1–6.2.4)."""

import msgspec
from msgspec import Raw

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.funnel_groups import Group, actors_of, group_color, group_label, is_hidden
from phdesk.core.charts.funnel_rates import Rates, rates_of
from phdesk.core.charts.funnel_sorting import listed
from phdesk.core.charts.rates import counted, known, seconds_text, total, within
from phdesk.core.charts.results import FunnelStepItem, decode
from phdesk.core.charts.spec import (
    Column,
    FunnelBar,
    FunnelBody,
    FunnelGroup,
    FunnelStep,
    NoticeBody,
    Table,
    Value,
)
from phdesk.core.formatting import DASH, number, percent
from phdesk.core.jsonvalue import as_str, as_text, written
from phdesk.core.names import series_name
from phdesk.core.question import Question
from phdesk.models.insight import Insight

BASELINE = "Baseline"
PREVIOUS = "previous"
NOT_SENT = FunnelBar(count=0, rate=0.0, text=DASH)
NOBODY = "Nobody entered this funnel in this period."


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Draw the steps of a funnel."""
    groups = groups_of(insight.result, question, context)
    actors = actors_of(question, context)
    if not groups:
        return _nobody(Table())
    table = _table(listed(groups, question), _group_heading(question), actors)
    if not any(group.counts and group.counts[0] for group in groups):
        return _nobody(table)
    body = _body(groups, question, actors)
    return Drawn(body=body, summary=_summary(groups, body), table=table)


def _nobody(table: Table) -> Drawn:
    notice = NoticeBody(state="empty", headline=NOBODY)
    return Drawn(body=notice, summary=NOBODY, table=table)


def groups_of(raw: Raw, question: Question, context: Context) -> tuple[Group, ...]:
    """Order groups as PostHog does: the baseline first when there are several, then by size."""
    read = [_group(items, question) for items in _split(raw)]
    now = sorted((group for group in read if not group.previous), key=_entered, reverse=True)
    before = sorted((group for group in read if group.previous), key=_entered, reverse=True)
    several = len(now) > 1
    lines = ([_baseline(now)] if several else []) + now + before
    colors: dict[str, str] = {}
    made = []
    for group in lines:
        key = written(None if group.value is msgspec.UNSET else group.value) + str(group.is_sum)
        color = colors.get(key) if group.previous else None  # its current one's
        color = color or group_color(group, len(colors), question, context)
        colors.setdefault(key, color)
        made.append(msgspec.structs.replace(group, color=color))
    return tuple(made)


def _split(raw: Raw) -> list[list[FunnelStepItem]]:
    """Read a list of steps, or of lists of steps, and part the two periods of a comparison."""
    parts = decode(raw, list[Raw])
    nested = bool(parts) and bytes(parts[0]).lstrip().startswith(b"[")
    lists = decode(raw, list[list[FunnelStepItem]]) if nested else []
    flat = [] if nested else decode(raw, list[FunnelStepItem])
    periods: list[list[FunnelStepItem]] = []
    for items in lists or [flat]:
        labels = list(dict.fromkeys(as_str(item.compare_label) for item in items))
        periods += [[one for one in items if as_str(one.compare_label) == s] for s in labels]
    return [sorted(items, key=lambda item: counted(item.order)) for items in periods if items]


def _group(items: list[FunnelStepItem], question: Question) -> Group:
    first = items[0]
    previous = as_str(first.compare_label) == PREVIOUS
    return Group(
        label=group_label(first, question),
        value=first.breakdown_value,
        previous=previous,
        names=tuple(map(_name, items)),
        events=tuple(map(_event, items)),
        counts=tuple(counted(item.count) for item in items),
        medians=tuple(known(item.median_conversion_time) for item in items),
        averages=tuple(known(item.average_conversion_time) for item in items),
    )


def _name(item: FunnelStepItem) -> str:
    return series_name(
        {
            "custom_name": item.custom_name,
            "name": item.name,
            "id": item.action_id,
            "type": item.type,
        }
    )


def _event(item: FunnelStepItem) -> str:
    """Give the event as it is called where a name of its own stands before it, as in PostHog."""
    custom = as_text(item.custom_name)
    name = as_text(item.name) or ""
    return name if custom and name != custom else ""


def _entered(group: Group) -> int | float:
    return group.counts[0]


def _baseline(groups: list[Group]) -> Group:
    """Add groups up; times cannot be added: where PostHog's page writes 0s, none are given."""
    longest = max(groups, key=lambda group: len(group.counts))
    places = range(len(longest.counts))
    counts = tuple(
        total(group.counts[place] for group in groups if place < len(group.counts))
        for place in places
    )
    nothing = (None,) * len(counts)
    return Group(
        label=BASELINE,
        names=longest.names,
        events=longest.events,
        counts=counts,
        medians=nothing,
        averages=nothing,
        is_sum=True,
    )


def _body(groups: tuple[Group, ...], question: Question, actors: str) -> FunnelBody:
    main = groups[0]
    by_previous = question.filter.get("funnelStepReference") == "previous"
    shown = _shown(groups, question)
    bars = [_bars(group, by_previous=by_previous) for group in shown]
    steps = tuple(
        _step(
            main,
            place,
            rates,
            by_previous,
            tuple(b[place] if place < len(b) else NOT_SENT for b in bars),
        )
        for place, rates in enumerate(rates_of(main))
    )
    return FunnelBody(
        steps=steps,
        groups=tuple(
            FunnelGroup(group.label or BASELINE, group.color, group.previous) for group in shown
        ),
        columns=question.filter.get("layout") != "horizontal",
        total_text=percent(rates_of(main)[-1].so_far, fixed=True),
        average_time_text=seconds_text(total(main.averages)) if _is_timed(main) else "",
        actors=actors,
    )


def _shown(groups: tuple[Group, ...], question: Question) -> tuple[Group, ...]:
    """Leave out what the insight's legend hides, unless that were all."""
    return tuple(group for group in groups if not is_hidden(group, question)) or groups


def _bars(group: Group, *, by_previous: bool) -> list[FunnelBar]:
    return [
        FunnelBar(
            count=rates.count,
            rate=within(_reference(rates, by_previous)),
            text=f"{number(rates.count)} ({percent(_reference(rates, by_previous))})",
        )
        for rates in rates_of(group)
    ]


def _reference(rates: Rates, by_previous: bool) -> float:  # noqa: FBT001  passed on
    return rates.from_previous if by_previous else rates.so_far


def _step(
    main: Group,
    place: int,
    rates: Rates,
    by_previous: bool,  # noqa: FBT001  passed on
    bars: tuple[FunnelBar, ...],
) -> FunnelStep:
    rate = _reference(rates, by_previous)
    later = rates.dropped is not None
    return FunnelStep(
        name=main.names[place],
        event=main.events[place],
        count=rates.count,
        rate=within(rate),
        count_text=number(rates.count),
        rate_text=percent(rate),
        dropped_text=number(rates.dropped) if later else "",
        dropped_rate_text=percent(rates.drop_rate) if later else "",
        time_text=seconds_text(main.medians[place]) if later and not main.is_sum else "",
        bars=bars,
    )


def _group_heading(question: Question) -> str:
    return "Breakdown" if question.source.get("breakdownFilter") else "Group"


def _table(groups: tuple[Group, ...], heading: str, actors: str) -> Table:
    """Write the table that PostHog calls "Detailed results", a step a row."""
    grouped = len(groups) > 1 or bool(groups[0].label)
    columns = (
        Column("Step", numeric=True),
        Column("Name"),
        *([Column(heading)] if grouped else []),
        Column(actors[:1].upper() + actors[1:], numeric=True),
        Column("Dropped off", numeric=True),
        Column("Drop-off rate", numeric=True),
        Column("Conversion so far", numeric=True),
        Column("Conversion from previous", numeric=True),
        Column("Median time", numeric=True),
        Column("Average time", numeric=True),
    )
    rows = [
        _row(group, place, rates, grouped=grouped)
        for group in groups
        for place, rates in enumerate(rates_of(group))
    ]
    return Table(columns, tuple(row for row, _ in rows), tuple(texts for _, texts in rows))


def _row(
    group: Group, place: int, rates: Rates, *, grouped: bool
) -> tuple[tuple[Value, ...], tuple[str, ...]]:
    label = (group.label,) if grouped else ()
    later = rates.dropped is not None
    median, average = group.medians[place], group.averages[place]
    row = (
        place + 1,
        group.names[place],
        *label,
        rates.count,
        rates.dropped,
        rates.drop_rate * 100 if later else None,
        rates.so_far * 100,
        rates.from_previous * 100 if later else None,
        median if later else None,
        average if later else None,
    )
    texts = (
        str(place + 1),
        group.names[place],
        *label,
        number(rates.count),
        number(rates.dropped) if later else "",
        percent(rates.drop_rate, fixed=True) if later else "",
        percent(rates.so_far, fixed=True),
        percent(rates.from_previous, fixed=True) if later else "",
        seconds_text(median) if later else "",
        seconds_text(average) if later else "",
    )
    return row, texts


def _is_timed(group: Group) -> bool:
    """Tell whether anybody came to the end: without that, averages add up to no whole."""
    later = group.averages[1:]
    return bool(later) and all(average is not None for average in later)


def _summary(groups: tuple[Group, ...], body: FunnelBody) -> str:
    main = groups[0]
    steps = len(main.counts)
    what = f"all {steps} steps" if steps > 1 else "its only step"
    time = f", average time {body.average_time_text}" if body.average_time_text else ""
    count = sum(not group.is_sum for group in groups)
    split = f", in {count} groups" if main.is_sum else ""
    before = "" if main.is_sum else _before(groups)
    return (
        f"{body.total_text} of {number(main.counts[0])} {body.actors} completed {what} "
        f"({number(main.counts[-1])}){time}{split}{before}."
    )


def _before(groups: tuple[Group, ...]) -> str:
    """Say what the period before had converted, of a comparison without a breakdown."""
    rates = [percent(rates_of(group)[-1].so_far, fixed=True) for group in groups if group.previous]
    return f", {rates[0]} in the previous period" if len(rates) == 1 else ""
