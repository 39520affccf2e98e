"""What a person is told of an alert: of PostHog's own, or of a watch on this computer.

Whoever finds a change makes a `Notice`; the store writes it down once, by its id, and one of the
running phdesks tells it. Times are aware UTC.
"""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from phdesk.models.watch import EventKind, Severity

NoticeKind = EventKind | Literal["snoozed", "counted", "test"]
NoticeSource = Literal["posthog", "watch", "test"]


class Notice(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A change of an alert. Equal changes have equal ids, whoever finds them: told once by id."""

    id: str
    source: NoticeSource
    subject: str  # id of the alert or watch; its notices take each other's place on screen
    account: str
    project: int
    dashboard: int | None = None
    tile: int | None = None
    insight: str = ""  # short id, for an alert whose tile is not known
    title: str  # what the alert is called: "Signups low"
    project_name: str = ""
    dashboard_name: str = ""
    body: str = ""  # what was found, as a sentence
    kind: NoticeKind
    severity: Severity = "warning"
    loud: bool = False  # worth a notification; others belong in the history alone
    at: datetime  # of the result or check, not of the clock on the wall
    value: float | None = None
    threshold: float | None = None
    unit: str = ""  # what stands behind the numbers, such as "%"
    value_text: str = ""  # both as the tile writes its numbers
    threshold_text: str = ""
    until: datetime | None = None  # of what is snoozed
    points: tuple[float | None, ...] = ()  # of a sparkline, the last of them is the value

    @property
    def group(self) -> str:
        """Name whose notices replace each other."""
        return f"{self.source}/{self.account}/{self.project}/{self.subject}"


class Kept(Struct, frozen=True, gc=False, kw_only=True):
    """A notice as the history holds it."""

    number: int  # later ones have larger numbers
    notice: Notice
    found: datetime  # when it was written down, by the clock on the wall
    acknowledged: datetime | None = None
    way: str = ""  # how it was told: "desktop", "tray", "inbox"; empty: it was not, or not yet
