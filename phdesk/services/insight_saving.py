"""Open, save and check insights that are built; for single calls of a window (`services/calls`)."""

from msgspec import Raw, Struct, json
from msgspec.structs import replace

from phdesk.api.errors import NotFoundError, UnreadableError
from phdesk.api.resources import hogql, insights
from phdesk.core.building.draft import NOTHING, Draft, at, opened_insight
from phdesk.core.building.fault import Fault
from phdesk.core.building.saving import (
    DASHBOARDS,
    Details,
    Overtaken,
    change_body,
    create_body,
    overtaken,
    rebased,
    remaining,
)
from phdesk.core.building.sql import QUERY
from phdesk.core.jsonvalue import as_str
from phdesk.models.insight import SavedInsight
from phdesk.services.doubting import after_change
from phdesk.services.session import GONE, Session


class Opened(Struct, frozen=True, gc=False):
    """An insight as it is saved, and the draft in which it is edited."""

    saved: SavedInsight
    draft: Draft


async def open_saved(session: Session, name: int | str) -> Opened:
    """Read an insight by id or short id by itself, so that no dashboard's filters are in it."""
    saved = await insights.read_saved(session.client(), session.project.id, name)
    return Opened(saved, opened_insight(saved.insight))


async def save_new(session: Session, draft: Draft, details: Details) -> SavedInsight:
    """Save a draft as a new insight, on the dashboards that are named."""
    if not draft.query:  # PostHog would take it, and make an insight that asks nothing
        raise UnreadableError(draft.closed or NOTHING)
    body = create_body(draft, details)
    return await insights.add(session.client(), session.project.id, body)


async def save_over(
    session: Session, before: SavedInsight, draft: Draft, details: Details
) -> SavedInsight | Overtaken:
    """Change a saved insight in what differs from `before`, as it was when it was opened.

    It is read first: what somebody else changed meanwhile is not written over. To do that all the
    same, pass what `Overtaken.now` and its `details` hold, with the same draft.
    """
    number = before.insight.id
    if number is None:
        raise NotFoundError(GONE)
    changes = change_body(before, draft, details)
    if not changes:
        return before
    client, project = session.client(), session.project.id
    now = await insights.read_saved(client, project, number)
    changes = remaining(now, before, changes)
    found = overtaken(before, now, changes)
    if found is not None:
        return replace(found, details=rebased(before, now, details))
    if not changes:
        return now
    saved = await insights.change(client, project, number, changes)
    if DASHBOARDS in changes and set(saved.dashboards) != set(changes[DASHBOARDS]):
        with after_change():  # an answer may tell less than there is
            return await insights.read_saved(client, project, number)
    return saved


async def read_schema(session: Session) -> dict[str, dict[str, str]]:
    """Read the types of columns by table, for completing SQL."""
    return await hogql.read_schema(session.client(), session.project.id)


async def check_sql(session: Session, draft: Draft) -> tuple[Fault, ...]:
    """Let the server check a draft's SQL without running it."""
    text = as_str(at(draft, QUERY))
    found = await hogql.check(
        session.client(),
        session.project.id,
        text,
        filters=_raw(at(draft, "filters")),
        variables=_raw(at(draft, "variables")),
    )
    return tuple(
        Fault(
            name=QUERY,
            message=one.message,
            blocking=one.is_error,
            start=one.start,
            end=one.end,
        )
        for one in found
    )


def _raw(value: object) -> Raw | None:
    return Raw(json.encode(value)) if value else None
