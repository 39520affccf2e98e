"""List and change subscriptions (reference 9.1); `subscription:read` and `subscription:write`."""

from msgspec import json

from phdesk.api import decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.api.decoding import Page
from phdesk.api.pagination import Params, read_all
from phdesk.api.read_subscription import changes_body, draft_body
from phdesk.models.subscription import Subscription, SubscriptionDraft


async def list_all(
    client: Client, project_id: int, *, dashboard: int | None = None, insight: int | None = None
) -> tuple[Subscription, ...]:
    """Return the subscriptions of a project, or to one dashboard or insight.

    A plan without them refuses with a `PlanError`.
    """

    async def fetch(params: Params) -> Page[Subscription]:
        answer = await client.in_project(project_id, Call(path="subscriptions/", params=params))
        return client.understood(decoding.subscriptions, answer.body)

    params: Params = ()
    if dashboard is not None:
        params = (("dashboard", str(dashboard)),)
    elif insight is not None:
        params = (("insight", str(insight)),)
    found = await read_all(fetch, params)
    # Who does not know the filter sends all.
    return tuple(
        one
        for one in found
        if dashboard in (None, one.dashboard) and insight in (None, one.insight)
    )


async def create(client: Client, project_id: int, draft: SubscriptionDraft) -> Subscription:
    """Make a subscription; PostHog tells new addresses of it at once."""
    call = Call(method="POST", path="subscriptions/", body=draft_body(draft))
    return await _answered(client, project_id, call)


async def update(
    client: Client,
    project_id: int,
    number: int,
    before: SubscriptionDraft,
    after: SubscriptionDraft,
) -> Subscription:
    """Change of a subscription what two drafts differ in."""
    return await _patched(client, project_id, number, changes_body(before, after))


async def switch(client: Client, project_id: int, number: int, *, on: bool) -> Subscription:
    """Pause a subscription or let it go on; servers before 2026 know no pause."""
    return await _patched(client, project_id, number, json.encode({"enabled": on}))


async def delete(client: Client, project_id: int, number: int) -> Subscription:
    """Delete a subscription, which `restore` brings back."""
    return await _patched(client, project_id, number, json.encode({"deleted": True}))


async def restore(client: Client, project_id: int, number: int) -> Subscription:
    """Bring a deleted subscription back."""
    return await _patched(client, project_id, number, json.encode({"deleted": False}))


async def send_test(client: Client, project_id: int, number: int) -> None:
    """Let PostHog deliver once now, to all whom the subscription names (2025 on)."""
    path = f"subscriptions/{number}/test-delivery/"
    await client.in_project(project_id, Call(method="POST", path=path, body=b"{}"))


async def _patched(client: Client, project_id: int, number: int, body: bytes) -> Subscription:
    call = Call(method="PATCH", path=f"subscriptions/{number}/", body=body)
    return await _answered(client, project_id, call)


async def _answered(client: Client, project_id: int, call: Call) -> Subscription:
    answer = await client.in_project(project_id, call)
    return client.understood(decoding.subscription, answer.body)
