"""A person's own alerts on numbers that tiles show: watches, how they stand, what they told.

A `Watch` is what a person chose (`watches.toml`), a `WatchState` what was found so far, an `Event`
a change worth remembering. Times are aware UTC; those of results are `computed_at`.
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

Measure = Literal[
    "value",  # of the last complete bucket of a series
    "column",  # of the last complete bucket of a column of SQL with dates beside it
    "total",  # of a series over the whole range: a big number, a slice, a bar, a row
    "conversion",  # of a funnel's step from the first one, or of a funnel over time
    "step conversion",  # of a funnel's step from the step before
    "count",  # of those who came to a funnel's step
    "retention",  # in a period, of the newest cohort for which it is over
    "mean retention",  # in a period, of all cohorts
    "lifecycle",  # of a state, in the last complete bucket
    "stickiness",  # those who did something on so many days
    "path",  # those who went from one step to the next
    "cell",  # of a table's column and row
    "country",  # of a world map
]
Severity = Literal["info", "warning", "critical"]
Side = Literal["above", "below"]
Share = Annotated[float, Meta(ge=0, le=1)]
Positive = Annotated[float, Meta(gt=0)]
Minutes = Annotated[int, Meta(ge=0, le=5_256_000)]  # ten years
Number = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]  # that a database can hold


class Address(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which number of a tile, by what is counted and not by where it stands.

    Names that a team gave and the order of series are no part of it.
    """

    measure: Measure
    of: str = ""  # event, action, formula, column, state, or the step where a path begins
    # Such as "dau", "sum(amount)" or "running total", empty for a count of events; of a rate from
    # what it is, "from visit" or "back for paid"; of a formula what its letters stand for.
    math: str = ""
    part: str = ""  # value of the breakdown, or a row by its name
    at: str = ""  # step of a funnel, period of a retention, country, end of a path
    twin: str = ""  # tells apart what is alike in all of the above: its own filters, its place


class Bound(Struct, frozen=True, tag="bound", tag_field="kind"):
    """Above or below a fixed value, in the number's own unit (25 is 25 %)."""

    side: Side
    value: float


class Change(Struct, frozen=True, kw_only=True, tag="change", tag_field="kind"):
    """Rises (`above`) or falls (`below`) by `by` or more."""

    side: Side
    by: Positive
    unit: Literal["percent", "number"] = "percent"
    against: Literal["bucket", "period"] = "bucket"  # the bucket before, or the period before


class Baseline(Struct, frozen=True, kw_only=True, tag="baseline", tag_field="kind"):
    """Above or below so many times the average of the days before."""

    side: Side
    factor: Positive
    days: Annotated[int, Meta(ge=0, le=366)] = 7  # 0: all days that are known


class Anomaly(Struct, frozen=True, kw_only=True, tag="anomaly", tag_field="kind"):
    """Unlike what was usual on such days; see docs/alerts.md for the rule and its error rates."""

    side: Literal["above", "below", "either"] = "either"
    sensitivity: Literal["low", "normal", "high"] = "normal"


Condition = Bound | Change | Baseline | Anomaly


class Watch(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A number of a tile and when to tell about it."""

    id: str
    account: str
    project: Number
    dashboard: Number
    tile: Number
    number: Address
    condition: Condition
    insight: str = ""  # short id: finds the tile again that was put on its dashboard anew
    name: str = ""  # of one's own; else made of number and condition
    known_as: str = ""  # the number's label when it was chosen, for when it is gone
    severity: Severity = "warning"
    checks: Annotated[int, Meta(ge=1, le=1000)] = 1  # results in a row that must agree
    hysteresis: Share = 0.0  # how far back beyond the threshold it must come, as a share of it
    unfinished: bool = False  # judge the bucket that is still being counted
    enabled: bool = True
    snoozed_until: datetime | None = None
    cooldown_minutes: Minutes = 0  # at least so long between two notices; 0: no such limit
    remind_minutes: Minutes = 0  # tell again while it lasts; 0: never

    @property
    def source(self) -> tuple[str, int]:
        """Give account and project."""
        return self.account, self.project


Phase = Literal[
    "new",  # nothing was judged yet
    "ok",
    "firing",
    "missing",  # the number has no value; never taken for 0
    "short",  # there is not enough history to compare with
    "error",  # the tile or the number is gone
]


class WatchState(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of a watch; kept whole, and changed by `core.watching.states` alone."""

    watch: str
    rule: str = ""  # what was judged by: after an edit all is judged anew
    phase: Phase = "new"
    since: datetime | None = None  # the result with which the phase began
    leaning: Phase | None = None  # the phase that the last results spoke for
    run: int = 0  # how many of them in a row
    judged_at: datetime | None = None  # `computed_at` of the newest result that was judged
    gone_at: datetime | None = None  # the newest look at which the tile was gone
    born: datetime | None = None  # the first look ever, as it may be made anew; part of events' ids
    turn: int = 0  # counts changes of phase; part of the events' ids
    told: bool = False  # of the phase, aloud
    told_at: datetime | None = None
    reminders: int = 0  # of the phase
    acknowledged: bool = False
    value: float | None = None
    threshold: float | None = None
    value_text: str = ""  # both as the tile writes its numbers; empty: a state of before
    threshold_text: str = ""
    rule_text: str = ""  # what is waited for: "below $1,200.00"
    text: str = ""  # what the last judgement found, as a sentence


EventKind = Literal[
    "fired",
    "resolved",
    "missing",
    "broken",
    "unknown",  # there is no longer enough history
    "back",  # to where all is well, from missing, broken or unknown
    "reminded",
    "acknowledged",
    "closed",  # edited, switched off or deleted while it was not well
]


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A change of a watch. Equal changes have equal ids, whoever finds them: told once by id."""

    id: str
    watch: str
    kind: EventKind
    at: datetime  # of the result, not of the clock on the wall
    loud: bool = False  # worth a notice; others belong in the history alone
    severity: Severity = "warning"
    value: float | None = None
    threshold: float | None = None
    value_text: str = ""
    threshold_text: str = ""
    text: str = ""
