"""Alerts of PostHog that watch an insight, and changes to them (reference section 8)."""

from datetime import datetime
from typing import Literal

from msgspec import Raw, Struct

FIRING, CALM, ERRORED, SNOOZED = "Firing", "Not firing", "Errored", "Snoozed"
NULL = Raw(b"null")
Interval = Literal["real_time", "every_15_minutes", "hourly", "daily", "weekly", "monthly"]


class AlertCheck(Struct, frozen=True, gc=False, kw_only=True):
    """One time at which the server looked."""

    id: str = ""
    at: datetime
    state: str = ""
    value: float | None = None
    notified: bool = False


class Alert(Struct, frozen=True, gc=False, kw_only=True):
    """A watch over an insight's value; a bound that is None is not watched."""

    id: str = ""
    name: str = ""
    state: str = ""  # Firing, Not firing, Errored, Snoozed, or what a newer server says
    enabled: bool = True
    condition: str = "absolute_value"  # or relative_increase, relative_decrease
    lower: float | None = None
    upper: float | None = None
    percentage: bool = False  # bounds of a relative condition are shares: 0.1 is 10 %
    value: float | None = None  # as last checked
    anomaly: bool = False  # a detector decides instead of bounds
    insight_id: int | None = None
    insight_short_id: str = ""
    insight_name: str = ""
    config: Raw = NULL  # what is looked at, as sent
    series: int | None = None  # of trends, from 0
    unfinished: bool = False  # looks at the unfinished interval too
    detector: str = ""  # its type, whatever it is
    detector_config: Raw = NULL  # as sent
    interval: str = ""  # hourly, daily, …, or what a newer server says
    users: tuple[int, ...] = ()  # who is mailed
    names: tuple[str, ...] = ()  # of these users; empty where the server did not say
    snoozed_until: datetime | None = None
    skip_weekend: bool = False
    blocked: tuple[tuple[str, str], ...] = ()  # from and to, "HH:MM", when nothing is checked
    last_checked_at: datetime | None = None
    next_check_at: datetime | None = None
    last_notified_at: datetime | None = None
    created_at: datetime | None = None
    checks: tuple[AlertCheck, ...] = ()  # newest first; the whole only when asked for
    checks_total: int | None = None
    of_2024: bool = False  # in the shape of servers of 2024, which take no other

    @property
    def firing(self) -> bool:
        """Say whether the alert is on and its last check found cause."""
        return self.enabled and self.state == FIRING


class AlertDraft(Struct, frozen=True, gc=False, kw_only=True):
    """What an alert is to be; `detector_config` takes the place of condition and bounds."""

    name: str
    insight_id: int
    users: tuple[int, ...]
    condition: str = "absolute_value"
    lower: float | None = None
    upper: float | None = None
    percentage: bool = False
    config: Raw = NULL  # whole, for what is no series of trends
    series: int = 0
    unfinished: bool = False
    detector_config: Raw = NULL
    interval: str = "daily"
    enabled: bool = True
    skip_weekend: bool = False
    blocked: tuple[tuple[str, str], ...] = ()
