"""What was done to something, by whom and when (reference 10.7)."""

from datetime import datetime

from msgspec import Raw, Struct

from phdesk.models.insight import NULL


class Change(Struct, frozen=True, gc=False, kw_only=True):
    """One field that became something else."""

    field: str
    action: str = ""  # created, changed, deleted; others exist
    before: Raw = NULL
    after: Raw = NULL


class Activity(Struct, frozen=True, gc=False, kw_only=True):
    """One entry of the activity log."""

    did: str  # created, updated, deleted, restored, exported; others exist
    who: str = ""
    at: datetime | None = None
    scope: str = ""  # Dashboard, Insight; others exist
    item: str = ""  # id of what it was done to, as text
    name: str = ""
    changes: tuple[Change, ...] = ()
