"""What can be asked of PostHog about sharing, as work for `Calls`."""

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from msgspec import Struct

from phdesk.api.errors import ApiError
from phdesk.api.gate import Purpose
from phdesk.api.resources import dashboards, insights, sharing
from phdesk.api.resources.sharing import Noun
from phdesk.models.dashboard import DashboardRow
from phdesk.models.failure import Cause, Failure
from phdesk.models.insight import Insight
from phdesk.models.sharing import NewPassword, SharePassword, Sharing
from phdesk.services.doubting import after_change
from phdesk.services.failures import is_offline, loses_session
from phdesk.services.making_once import Wish
from phdesk.services.session import Session

ENDING = (Cause.MISSING_SCOPE, Cause.RATE_LIMITED, Cause.QUOTA, Cause.PLAN)
FEW = 10  # calls that a person waits for; more go in the background class


class Shareable(Struct, frozen=True, gc=False):
    """A dashboard or an insight, by what the API calls it."""

    noun: Noun
    number: int


class Found(Struct, frozen=True, gc=False):
    """How one thing is shared, or why that is not known."""

    what: Shareable
    sharing: Sharing | None = None
    failure: Failure | None = None


Work = Callable[[Session], Awaitable[Sharing]]


def read(what: Shareable) -> Work:
    """Read how something is shared."""

    async def work(session: Session) -> Sharing:
        return await sharing.get(session.client(), session.project.id, what.noun, what.number)

    return work


def switch(what: Shareable, *, on: bool) -> Work:
    """Turn sharing on or off."""

    async def work(session: Session) -> Sharing:
        where = session.project.id, what.noun, what.number
        return await sharing.switch(session.client(), *where, on=on)

    return work


def change(what: Shareable, changes: Mapping[str, Any]) -> Work:
    """Change what is named."""

    async def work(session: Session) -> Sharing:
        where = session.project.id, what.noun, what.number
        return await sharing.change(session.client(), *where, changes)

    return work


def renew(what: Shareable) -> Work:
    """Put another link in the place of the one there is."""

    async def work(session: Session) -> Sharing:
        return await sharing.renew(session.client(), session.project.id, what.noun, what.number)

    return work


def password_wish(
    where: Hashable, what: Shareable, note: str, word: str
) -> Wish[NewPassword | SharePassword]:
    """Wish for a password; `where` names the account and the project.

    One whose answer was lost is known again by its note, and comes without its word.
    """

    async def make(session: Session) -> NewPassword:
        client = session.client()
        where = session.project.id, what.noun, what.number
        return await sharing.add_password(client, *where, note, word)

    async def there(session: Session) -> tuple[SharePassword, ...]:
        return (await read(what)(session)).passwords

    def is_it(one: NewPassword | SharePassword) -> bool:
        return isinstance(one, SharePassword) and one.active and one.note.strip() == note.strip()

    return Wish(
        key=(where, what, note, hash(word)),  # the word itself is kept nowhere
        there=there,
        make=make,
        is_it=is_it,
        number=attrgetter("id"),
    )


def delete_password(what: Shareable, password: str) -> Work:
    """Make a password useless, and read how the thing is shared then."""

    async def work(session: Session) -> Sharing:
        client, where = session.client(), (session.project.id, what.noun, what.number)
        await sharing.delete_password(client, *where, password)
        with after_change():
            return await sharing.get(client, *where)

    return work


def read_several(
    wanted: Sequence[Shareable], *, background: bool
) -> Callable[[Session], Awaitable[list[Found]]]:
    """Read how several things are shared, one after another.

    One that is refused is one; where all others would be, the list ends with it.
    """

    async def work(session: Session) -> list[Found]:
        purpose = Purpose(background=background, patient=background)
        client = session.client().on_behalf(purpose)
        found: list[Found] = []
        for what in wanted:
            try:
                held = await sharing.get(client, session.project.id, what.noun, what.number)
            except ApiError as error:
                found.append(Found(what, failure=error.failure))
                if ends_all(error.failure):
                    break
            else:
                found.append(Found(what, held))
        return found

    return work


def ends_all(failure: Failure) -> bool:
    """Tell whether what was refused would be refused of everything else as well."""
    return failure.cause in ENDING or loses_session(failure) or is_offline(failure)


async def read_rows(session: Session) -> tuple[DashboardRow, ...]:
    """Read the list of dashboards, which says of each whether it is shared."""
    return await dashboards.rows(session.client(), session.project.id)


async def read_insights(session: Session) -> tuple[Insight, ...]:
    """List the saved insights; the list does not say which are shared."""
    client = session.client().on_behalf(Purpose(background=True, patient=True))
    return await insights.list_all(client, session.project.id)
