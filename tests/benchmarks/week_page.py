"""What the simulated week says of its calls, as tables."""

from phdesk.core.budget import LIMITS, SHARE, Kind, Ledger

ALLOWED = {  # by PostHog, an hour and a minute (reference 1.7)
    Kind.INSIGHTS: (1200, 240),
    Kind.QUERIES: (2400, 240),
    Kind.SQL: (2400, 240),
    Kind.VALUES: (300, 60),
    Kind.OTHER: (4800, 480),
}
NAMES = {
    Kind.INSIGHTS: "calculations",
    Kind.QUERIES: "queries",
    Kind.SQL: "queries in SQL",
    Kind.VALUES: "lists of values",
    Kind.OTHER: "dashboards and the rest",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NOTES = (
    "the first start, and asleep from 19 to 8",
    "",
    "no network from 13 to 15",
    "the organization is full from 10 to 11",
    "the window is hidden from 18 on",
    "hidden until 10, then nobody there",
    "nobody there",
)
INTRODUCTION = """\
# A week of calls

What phdesk asks of PostHog in a simulated week, written by `./run bench week`: 5 dashboards of 20
tiles each stay open on one computer, day and night, and are refreshed by themselves every 30
minutes. On working days a person is there from 9 to 17: twice an hour they refresh a dashboard, at
9 all of one anew, and once an hour they leave one and come back to it. The computer sleeps in one
night, the network is away for two hours, the organization is full for an hour, the window is hidden
from Friday evening to Saturday morning.

The client, the gate, the refresh and the pacing are those of the app, and the demo server answers;
both go by a simulated clock, in one thread. A calculation takes up to 4 seconds, any other call up
to 0.6. Results are old after 15 minutes (by the hour), two hours (by the day), half a day (by the
week) or one minute (SQL and event tables), as PostHog's were in 2024; today's are kept longer, so
this is the upper end. Each try counts, also those that are refused or find no network. Every run
gives the same figures.
"""


def busiest(week, hours, kind, sides):
    """Give the most calls of a class in one hour."""
    each = (sum(week.calls[hour, kind, side] for side in sides) for hour in range(hours))
    return max(each, default=0)


def total(week, hours, kind, side):
    """Count the calls of a class in some hours."""
    return sum(week.calls[hour, kind, side] for hour in hours)


def by_itself(kind):
    """Give the most calls of a class that may be made in an hour by themselves."""
    return Ledger(SHARE).most(LIMITS[kind][1], background=True)


def is_over(week, days):
    """Say whether any hour or minute went over a budget."""
    hours = 24 * days
    over = [
        busiest(week, hours, kind, (False, True)) > LIMITS[kind][1].calls
        or busiest(week, hours, kind, (True,)) > by_itself(kind)
        or _minute(week, kind) > LIMITS[kind][0].calls
        for kind in Kind
    ]
    return any(over)


def page(week, days):
    """Write everything."""
    return "\n".join(
        (
            INTRODUCTION,
            "## By class, an hour",
            "",
            *_classes(week, 24 * days),
            "",
            *(line for kind in Kind for line in _hours(week, days, kind)),
            "## By day",
            "",
            *_table(
                ("day", "calculations asked for", "by themselves", "busiest hour", "other calls",
                 "what was so"),
                [day_line(week, day) for day in range(days)],
            ),
            "",
        )
    )  # fmt: skip


def day_line(week, day):
    """Write what one day cost."""
    hours = range(24 * day, 24 * day + 24)
    kind = Kind.INSIGHTS
    asked, alone = (total(week, hours, kind, side) for side in (False, True))
    most = max(sum(week.calls[hour, kind, side] for side in (False, True)) for hour in hours)
    others = sum(
        total(week, hours, other, side)
        for other in Kind for side in (False, True) if other is not kind
    )  # fmt: skip
    return WEEKDAYS[day], f"{asked:,}", f"{alone:,}", f"{most:,}", f"{others:,}", NOTES[day]


def _hours(week, days, kind):
    """Write what a class cost in each hour; nothing where it was never called."""
    if not any(total(week, range(24 * days), kind, side) for side in (False, True)):
        return []
    most = f"{LIMITS[kind][1].calls:,} an hour, {by_itself(kind):,} of them by themselves"
    return [
        f"## {NAMES[kind].capitalize()}, hour by hour",
        "",
        f"Asked for + by themselves; the limit is {most}.",
        "",
        *_table(
            ("from", *WEEKDAYS[:days]), [hour_line(week, hour, days, kind) for hour in range(24)]
        ),
        "",
    ]


def hour_line(week, hour, days, kind):
    """Write what a class cost in one hour of each day; a dash is nothing at all."""
    each = [
        [week.calls[24 * day + hour, kind, side] for side in (False, True)] for day in range(days)
    ]
    return f"{hour}:00", *(f"{asked} + {alone}" if asked + alone else "–" for asked, alone in each)


def _classes(week, hours):
    heads = ("class of call", "in the week: asked for", "by themselves", "busiest hour", "limit",
             "busiest by themselves", "limit by themselves", "busiest minute", "limit of it",
             "PostHog's")  # fmt: skip
    lines = []
    for kind in Kind:
        asked, alone = (total(week, range(hours), kind, side) for side in (False, True))
        hour, minute = LIMITS[kind][1], LIMITS[kind][0]
        figures = (
            asked,
            alone,
            busiest(week, hours, kind, (False, True)),
            hour.calls,
            busiest(week, hours, kind, (True,)),
            by_itself(kind),
            _minute(week, kind),
            minute.calls,
        )
        theirs = "{:,} an hour, {:,} a minute".format(*ALLOWED[kind])
        lines.append((NAMES[kind], *(f"{one:,}" for one in figures), theirs))
    return _table(heads, lines)


def _minute(week, kind):
    return max((calls for (_, one), calls in week.minutes.items() if one is kind), default=0)


def _table(heads, lines):
    return [_line(heads), f"|{'---|' * len(heads)}", *map(_line, lines)]


def _line(cells):
    return f"| {' | '.join(cells)} |"
