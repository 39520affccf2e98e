"""Annotations: notes that a team pins to moments (reference section 10.1)."""

from datetime import datetime

from msgspec import Struct


class Annotation(Struct, frozen=True, gc=False, kw_only=True):
    """A note at a moment; `scope` says on which charts it belongs."""

    id: int = 0
    content: str = ""
    at: datetime  # aware
    scope: str = "project"  # organization, project, dashboard, dashboard_item; others exist
    insight_id: int | None = None
    insight_short_id: str = ""
    dashboard_id: int | None = None
