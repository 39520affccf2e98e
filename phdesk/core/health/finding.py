"""What is known for judging dashboards, and what the rules say about them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from phdesk.models.dashboard import Dashboard, DashboardRow
from phdesk.models.insight import SavedInsight
from phdesk.models.sharing import Sharing

Severity = Literal["problem", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = ("problem", "warning", "hint")
FixKind = Literal["describe", "remove", "own-filters", "unshare", "delete-insight"]


class Fix(Struct, frozen=True, gc=False):
    """One thing that can be done about a finding, and taken back; `label` is of its button."""

    kind: FixKind
    label: str


class Finding(Struct, frozen=True, gc=False, kw_only=True):
    """What a rule found, where, and the fact that it found it by."""

    rule: str
    severity: Severity
    reason: str  # a sentence with the fact
    board: int = 0  # 0: of the project as a whole
    board_name: str = ""
    tile: int = 0  # 0: of the dashboard as a whole
    title: str = ""  # of the tile or the insight
    short_id: str = ""  # of the insight
    insight: int = 0  # its number, where it can be deleted
    fix: Fix | None = None


class Unjudged(Struct, frozen=True, gc=False, kw_only=True):
    """What a rule could not say for want of a fact."""

    rule: str
    why: str
    board: int = 0
    tile: int = 0


Said = Finding | Unjudged


class BoardFacts(Struct, frozen=True, gc=False, kw_only=True):
    """One dashboard as it was read: with its answers, under its own filters."""

    dashboard: Dashboard
    row: DashboardRow | None = None  # as listed before it was read, which counts as opening it
    sharing: Sharing | None = None
    no_sharing: str = ""  # why it is not known how it is shared
    read: bool = True  # False: only what the list says is known, no tile


class ProjectFacts(Struct, frozen=True, gc=False, kw_only=True):
    """What is known around dashboards; what is None was not read, and `no_…` says why."""

    now: datetime  # in the project's zone
    week_start: int = 0  # the weekday on which weeks begin, 0 Monday
    events: Mapping[str, datetime | None] | None = None  # by name, when they were last seen
    all_events: bool = False  # an event that is not among them does not exist
    no_events: str = "the list of events was not read"
    insights: tuple[SavedInsight, ...] | None = None
    no_insights: str = "the list of insights was not read"
    pointed: frozenset[str] = frozenset()  # short ids of insights that tiles only point to


class Report(Struct, frozen=True, gc=False, kw_only=True):
    """What all rules said: findings from the worst on, then what was not judged."""

    findings: tuple[Finding, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
    boards: int = 0  # dashboards that were judged

    @property
    def is_clean(self) -> bool:
        """Say whether nothing was found."""
        return not self.findings
