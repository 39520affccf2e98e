"""Insights, as the API returns them (reference section 4.2); results stay raw until shown."""

from datetime import datetime

from msgspec import Raw, Struct

from phdesk.models.alert import Alert

NULL = Raw(b"null")


class QueryStatus(Struct, frozen=True, gc=False, kw_only=True):
    """How a background calculation stands (reference section 5.3)."""

    id: str = ""
    complete: bool = False
    error: bool = False
    error_message: str | None = None
    error_code: str | None = None


class Pointed(Struct, frozen=True, gc=False, kw_only=True):
    """What another insight asks, to which one points (`SavedInsightNode`, reference 6.8)."""

    short_id: str = ""
    name: str = ""
    query: Raw = NULL
    filters: Raw = NULL


class Insight(Struct, frozen=True, gc=False, kw_only=True):
    """One question with its last answer.

    `query`, `filters`, `result`, `columns` and `types` are JSON as it came; `result` is `null`
    when nothing was calculated, which is not the same as an empty result.
    """

    id: int | None = None
    short_id: str = ""
    name: str = ""
    derived_name: str = ""
    description: str = ""
    query: Raw = NULL
    filters: Raw = NULL
    result: Raw = NULL
    columns: Raw = NULL
    types: Raw = NULL
    has_more: bool = False
    last_refresh: datetime | None = None  # when the result was calculated, aware
    cache_target_age: datetime | None = None  # stale after this moment
    next_allowed_client_refresh: datetime | None = None
    is_cached: bool = False
    timezone: str | None = None  # zone in which the buckets were cut
    status: QueryStatus | None = None
    resolved_from: str | None = None
    resolved_to: str | None = None
    tags: tuple[str, ...] = ()
    error: str | None = None  # text of an error that came inside an HTTP 200
    no_access: bool = False  # the user may not see this insight
    alerts: tuple[Alert, ...] | None = None  # None: the answer did not say
    pointed: Pointed | None = None  # whose result this is, when it only points to another one


class SavedInsight(Struct, frozen=True, gc=False, kw_only=True):
    """An insight as it is saved, read by itself: no filter of a dashboard is in its query."""

    insight: Insight
    dashboards: tuple[int, ...] = ()
    modified_at: datetime | None = None
    modified_by: str = ""  # who changed it last
    told: bool = True  # False: the server did not say on which dashboards it is
