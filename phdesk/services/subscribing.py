"""What can be asked of PostHog about subscriptions, as work for `Calls`."""

from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from operator import attrgetter

from phdesk.api.resources import subscriptions
from phdesk.core.subscription_entry import is_made_of
from phdesk.models.subscription import Subscription, SubscriptionDraft
from phdesk.services.making_once import Wish
from phdesk.services.session import Session

Work = Callable[[Session], Awaitable[Subscription]]


async def list_all(session: Session) -> tuple[Subscription, ...]:
    """Read the subscriptions of the project."""
    return await subscriptions.list_all(session.client(), session.project.id)


def wish(where: Hashable, draft: SubscriptionDraft) -> Wish[Subscription]:
    """Wish for a subscription; `where` names the account and the project."""

    async def make(session: Session) -> Subscription:
        return await subscriptions.create(session.client(), session.project.id, draft)

    async def there(session: Session) -> tuple[Subscription, ...]:
        client, project = session.client(), session.project.id
        return await subscriptions.list_all(
            client, project, dashboard=draft.dashboard, insight=draft.insight
        )

    return Wish(
        key=(where, draft),
        there=there,
        make=make,
        is_it=partial(is_made_of, draft),
        number=attrgetter("id"),
    )


def change(number: int, before: SubscriptionDraft, after: SubscriptionDraft) -> Work:
    """Change what two drafts differ in."""

    async def work(session: Session) -> Subscription:
        client, project = session.client(), session.project.id
        return await subscriptions.update(client, project, number, before, after)

    return work


def switch(number: int, *, on: bool) -> Work:
    """Pause a subscription, or let it go on."""

    async def work(session: Session) -> Subscription:
        return await subscriptions.switch(session.client(), session.project.id, number, on=on)

    return work


def delete(number: int) -> Work:
    """Delete a subscription; `restore` brings it back."""

    async def work(session: Session) -> Subscription:
        return await subscriptions.delete(session.client(), session.project.id, number)

    return work


def restore(number: int) -> Work:
    """Bring a deleted subscription back."""

    async def work(session: Session) -> Subscription:
        return await subscriptions.restore(session.client(), session.project.id, number)

    return work


def send_test(number: int) -> Callable[[Session], Awaitable[None]]:
    """Let PostHog deliver once now."""

    async def work(session: Session) -> None:
        await subscriptions.send_test(session.client(), session.project.id, number)

    return work
