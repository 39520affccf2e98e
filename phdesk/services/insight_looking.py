"""Look on the server for what was sent to be saved and not answered; work for `Calls`."""

from msgspec import Struct

from phdesk.api.errors import NotFoundError
from phdesk.api.resources import insights
from phdesk.core.building.draft import Draft
from phdesk.core.building.saving import Details, change_body, remaining
from phdesk.core.building.sent import Sent, arrived, newest
from phdesk.models.insight import SavedInsight
from phdesk.services.doubting import look_again
from phdesk.services.session import GONE, Session


class Looked(Struct, frozen=True, gc=False):
    """The newest insight that there is, and the one that was looked for, if it is there."""

    newest: int
    found: SavedInsight | None = None


async def look(session: Session, sent: Sent | None) -> Looked:
    """Look which insight is the newest, and whether one is there whose answer was lost."""
    client, project = session.client(), session.project.id
    there = await insights.list_newest(client, project)
    found = arrived(sent, there) if sent is not None else None
    if found is None and sent is not None:  # many may be newer by now
        name = sent.details.name.strip()
        more = await insights.list_newest(client, project, name, most=insights.PAGE_SIZE)
        found = arrived(sent, more)
    if found is not None and found.insight.id is not None:
        found = await insights.read_saved(client, project, found.insight.id)
    return Looked(newest(there), found)


async def look_after_new(session: Session, sent: Sent) -> SavedInsight | None:
    """Look for a new insight whose answer was lost, more than once."""

    async def once() -> SavedInsight | None:
        return (await look(session, sent)).found

    return await look_again(once)


async def look_after_change(
    session: Session, before: SavedInsight, draft: Draft, details: Details
) -> SavedInsight | None:
    """Look whether a change whose answer was lost has arrived; None: it has not."""
    number = before.insight.id
    if number is None:
        raise NotFoundError(GONE)

    async def once() -> SavedInsight | None:
        now = await insights.read_saved(session.client(), session.project.id, number)
        return None if remaining(now, before, change_body(before, draft, details)) else now

    return await look_again(once)
