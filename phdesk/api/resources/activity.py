"""Read the activity log (reference 10.7); scope `activity_log:read`."""

from phdesk.api import decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.models.activity import Activity

MOST = 50  # entries that a person looks through


async def of_dashboard(client: Client, project_id: int, dashboard_id: int) -> tuple[Activity, ...]:
    """Return the newest entries about a dashboard, newest first."""
    params = (("limit", str(MOST)),)
    call = Call(path=f"dashboards/{dashboard_id}/activity/", params=params)
    answer = await client.in_project(project_id, call)
    return client.understood(decoding.activities, answer.body).items


async def of_dashboards(client: Client, project_id: int) -> tuple[Activity, ...]:
    """Return the newest entries about any dashboard of a project, newest first."""
    params = (("scope", "Dashboard"), ("limit", str(MOST)))
    answer = await client.in_project(project_id, Call(path="activity_log/", params=params))
    return client.understood(decoding.activities, answer.body).items
