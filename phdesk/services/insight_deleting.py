"""Deletes a saved insight that nothing uses, and brings it back; work for `Calls`."""

from phdesk.api.client import Client
from phdesk.api.errors import PlanError
from phdesk.api.resources import alerts, insights, sharing, subscriptions
from phdesk.models.insight import SavedInsight
from phdesk.services.session import Session

UNTOLD = "this server does not tell on which dashboards it is"


async def delete_unused(session: Session, number: int) -> str:
    """Delete an insight for everyone, unless something uses it; say what does, empty if nothing.

    Its alerts would go for good with it (reference 4.4). So what cannot be read counts as a use:
    it raises the ApiError of that reading, and nothing was sent.
    """
    client, project = session.client(), session.project.id
    used = await _used(client, project, number)
    if not used:
        await insights.change(client, project, number, {"deleted": True})
    return used


async def bring_back(session: Session, number: int) -> SavedInsight:
    """Bring a deleted insight back."""
    return await insights.change(session.client(), session.project.id, number, {"deleted": False})


async def _used(client: Client, project: int, number: int) -> str:
    """Say what uses an insight now; the first that is found ends the search."""
    saved = await insights.read_saved(client, project, number)
    if not saved.told:
        return UNTOLD
    if saved.dashboards:
        return "it is on a dashboard now"
    if await alerts.list_all(client, project, number):
        return "an alert watches it"
    if await _sent(client, project, number):
        return "a subscription sends it"
    held = await sharing.get(client, project, "insights", number)
    return "anybody with its link can see it" if held.enabled else ""


async def _sent(client: Client, project: int, number: int) -> bool:
    """Say whether a subscription sends an insight; a plan without them has none."""
    try:
        return bool(await subscriptions.list_all(client, project, insight=number))
    except PlanError:
        return False
