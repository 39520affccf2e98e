"""Make, copy, delete and bring back dashboards; for single calls of a window (`services/calls`)."""

from collections.abc import Hashable, Mapping
from functools import partial
from operator import attrgetter
from typing import Any

from msgspec import Struct

from phdesk.api.errors import ApiError
from phdesk.api.resources import activity, dashboards, templates, users
from phdesk.core.new_dashboards import (
    copied,
    copy_body,
    deleted_body,
    is_made_with,
    restored_body,
)
from phdesk.models.account import User
from phdesk.models.activity import Activity
from phdesk.models.dashboard import Dashboard, DashboardDraft, DashboardRow
from phdesk.models.failure import Failure
from phdesk.models.template import DashboardTemplate
from phdesk.services.making_once import Wish
from phdesk.services.session import Session


class Known(Struct, frozen=True, gc=False):
    """What the server tells around one dashboard; each part has its own reason for not coming."""

    row: DashboardRow
    user: User | Failure
    log: tuple[Activity, ...] | Failure


async def make_dashboard(session: Session, body: Mapping[str, Any]) -> Dashboard:
    """Make a dashboard."""
    return await dashboards.create(session.client(), session.project.id, body)


async def read_copy(session: Session, source: int) -> tuple[DashboardDraft, Mapping[str, Any]]:
    """Describe a copy of a dashboard as it is now."""
    return copied(await session.read_frame(source))


def copy_wish(
    where: Hashable, draft: DashboardDraft, source: int, *, deep: bool
) -> Wish[DashboardRow]:
    """Wish for a copy of a dashboard, with the filters that it has when it is made.

    `where` names the account and the project. A copy is known again by its words: the list says
    nothing of its tiles.
    """

    async def make(session: Session) -> DashboardRow:
        _, filters = copied(await session.read_frame(source))
        body = copy_body(draft, source, deep=deep, filters=filters)
        return (await make_dashboard(session, body)).row

    return Wish(
        key=(where, draft, source, deep),
        there=_read_rows,
        make=make,
        is_it=partial(is_made_with, draft),
        number=attrgetter("id"),
    )


async def _read_rows(session: Session) -> tuple[DashboardRow, ...]:
    return await dashboards.rows(session.client(), session.project.id)


async def delete_dashboard(
    session: Session, dashboard_id: int, *, with_insights: bool = False
) -> Dashboard:
    """Delete a dashboard, on wish with the insights that are on no other."""
    body = deleted_body(with_insights=with_insights)
    return await session.change_dashboard(dashboard_id, body)


async def restore_dashboard(session: Session, dashboard_id: int) -> Dashboard:
    """Bring back a deleted dashboard."""
    return await session.change_dashboard(dashboard_id, restored_body())


async def read_templates(session: Session) -> tuple[DashboardTemplate, ...]:
    """List PostHog's templates of dashboards."""
    return await templates.list_all(session.client(), session.project.id)


async def read_log_of_dashboards(session: Session) -> tuple[Activity, ...]:
    """Read what was done to dashboards lately."""
    return await activity.of_dashboards(session.client(), session.project.id)


async def read_known(session: Session, dashboard_id: int) -> Known:
    """Read who may do what with a dashboard, and what was done to it."""
    client, project = session.client(), session.project.id
    frame = await session.read_frame(dashboard_id)
    user: User | Failure
    log: tuple[Activity, ...] | Failure
    try:
        user = await users.me(client)
    except ApiError as error:
        user = error.failure
    try:
        log = await activity.of_dashboard(client, project, dashboard_id)
    except ApiError as error:
        log = error.failure
    return Known(frame.row, user, log)
