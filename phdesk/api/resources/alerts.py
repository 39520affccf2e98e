"""List, read and change alerts (reference 8.2); scopes `alert:read` and `alert:write`."""

from datetime import timedelta
from urllib.parse import quote

from msgspec import json

from phdesk.api import decoding
from phdesk.api.alert_writing import changes_body, draft_body, snooze_body
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.api.decoding import Page
from phdesk.api.pagination import Params, read_all
from phdesk.models.alert import Alert, AlertDraft

PAGE_SIZE = 200
MOST_CHECKS = 500  # that a server gives at once


async def list_all(
    client: Client, project_id: int, insight_id: int | None = None
) -> tuple[Alert, ...]:
    """Return the alerts of a project, or of one insight, without the history of their checks.

    Servers before 2025 refuse keys here, with a `ForbiddenError`.
    """

    async def fetch(params: Params) -> Page[Alert]:
        answer = await client.in_project(project_id, Call(path="alerts/", params=params))
        return client.understood(decoding.alerts, answer.body)

    params: Params = (("limit", str(PAGE_SIZE)),)
    if insight_id is not None:
        params = (*params, ("insight", str(insight_id)))
    found = await read_all(fetch, params)
    if insight_id is None:
        return found
    # Who does not know the filter sends the alerts of all insights.
    return tuple(one for one in found if one.insight_id in (None, insight_id))


async def get(client: Client, project_id: int, alert_id: str, *, checks: int = 5) -> Alert:
    """Return an alert with its newest checks; they are kept for 14 days."""
    params = (("checks_limit", str(min(checks, MOST_CHECKS))),)
    call = Call(path=_path(alert_id), params=params)
    return await _answered(client, project_id, call)


async def create(
    client: Client, project_id: int, draft: AlertDraft, *, of_2024: bool = False
) -> Alert:
    """Make an alert; on a full plan the server refuses with an `InvalidRequestError`."""
    body = draft_body(draft, of_2024=of_2024)
    return await _answered(client, project_id, Call(method="POST", path="alerts/", body=body))


async def update(
    client: Client,
    project_id: int,
    alert_id: str,
    before: AlertDraft,
    after: AlertDraft,
    *,
    of_2024: bool = False,
) -> Alert:
    """Change of an alert what two drafts differ in; with another rule its state begins anew."""
    body = changes_body(before, after, of_2024=of_2024)
    return await _patched(client, project_id, alert_id, body)


async def switch(client: Client, project_id: int, alert_id: str, *, on: bool) -> Alert:
    """Switch an alert on or off."""
    return await _patched(client, project_id, alert_id, json.encode({"enabled": on}))


async def snooze(client: Client, project_id: int, alert_id: str, span: timedelta | None) -> Alert:
    """Let an alert keep quiet for everybody, from now on for a while; None wakes it."""
    return await _patched(client, project_id, alert_id, snooze_body(span))


async def delete(client: Client, project_id: int, alert_id: str) -> None:
    """Delete an alert; there is no way back."""
    await client.in_project(project_id, Call(method="DELETE", path=_path(alert_id)))


async def _patched(client: Client, project_id: int, alert_id: str, body: bytes) -> Alert:
    call = Call(method="PATCH", path=_path(alert_id), body=body)
    return await _answered(client, project_id, call)


async def _answered(client: Client, project_id: int, call: Call) -> Alert:
    answer = await client.in_project(project_id, call)
    return client.understood(decoding.alert, answer.body)


def _path(alert_id: str) -> str:
    return f"alerts/{quote(alert_id, safe='')}/"
