"""What can be asked of PostHog about subscriptions, as work for `Calls`."""

from collections.abc import Awaitable, Callable

from phdesk.api.resources import subscriptions
from phdesk.models.subscription import Subscription, SubscriptionDraft
from phdesk.services.session import Session

Work = Callable[[Session], Awaitable[Subscription]]


async def list_all(session: Session) -> tuple[Subscription, ...]:
    """Read the subscriptions of the project."""
    return await subscriptions.list_all(session.client(), session.project.id)


def create(draft: SubscriptionDraft) -> Work:
    """Make a subscription."""

    async def work(session: Session) -> Subscription:
        return await subscriptions.create(session.client(), session.project.id, draft)

    return work


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
