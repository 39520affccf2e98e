"""Find, read and recalculate insights, put them on dashboards (reference 4.1 to 4.4)."""

from collections.abc import Mapping

from msgspec import Raw, json

from phdesk.api import coerce, decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.api.decoding import Page
from phdesk.api.errors import NotFoundError, UnreadableError
from phdesk.api.overrides import Filters, override_params
from phdesk.api.pagination import Params, read_all
from phdesk.models.insight import NULL, Insight, SavedInsight

PAGE_SIZE = 200
NEWEST = 20  # insights, of which one was made just now
LONGEST_SEARCH = 200  # characters that a server takes (reference 4.1)
SAVED = (("basic", "true"), ("saved", "true"), ("limit", str(PAGE_SIZE)))
QUESTIONS = ("query", "filters")  # what an insight asks, in the newer form or the older one
EMPTY = (b"null", b'""', b"[]")


async def list_all(client: Client, project_id: int) -> tuple[Insight, ...]:
    """Return the saved insights of a project, without results."""

    async def fetch(params: Params) -> Page[Insight]:
        answer = await client.in_project(project_id, Call(path="insights/", params=params))
        return client.understood(decoding.insights, answer.body)

    return await read_all(fetch, SAVED)


async def list_saved(client: Client, project_id: int) -> tuple[SavedInsight, ...]:
    """Return the saved insights of a project with the dashboards they are on, without results."""

    async def fetch(params: Params) -> Page[SavedInsight]:
        answer = await client.in_project(project_id, Call(path="insights/", params=params))
        return client.understood(decoding.saved_insights, answer.body)

    return await read_all(fetch, SAVED)


async def list_newest(
    client: Client, project_id: int, name: str = "", most: int = NEWEST
) -> tuple[SavedInsight, ...]:
    """Return the saved insights that were made last, without results; with a name those of it.

    Servers that know no such order list by the last change, which a new insight leads as well.
    """
    params = (
        ("basic", "true"),
        ("saved", "true"),
        ("order", "-created_at"),
        ("limit", str(most)),
        *((("search", name[:LONGEST_SEARCH]),) if name else ()),
    )
    answer = await client.in_project(project_id, Call(path="insights/", params=params))
    return client.understood(decoding.saved_insights, answer.body).items


async def find(client: Client, project_id: int, short_id: str) -> Insight | None:
    """Return the insight with a short id, without its result; None if there is none."""
    params = (("basic", "true"), ("short_id", short_id))
    answer = await client.in_project(project_id, Call(path="insights/", params=params))
    found = client.understood(decoding.insights, answer.body).items
    return next((each for each in found if each.short_id == short_id), None)


async def get(  # noqa: PLR0913
    client: Client,
    project_id: int,
    insight_id: int | str,
    *,
    refresh: str = "force_cache",
    from_dashboard: int | None = None,
    filters_override: Filters | None = None,
    variables_override: Filters | None = None,
    client_query_id: str | None = None,
) -> Insight:
    """Return an insight by id or short id; `refresh` says whether it may be calculated for it.

    With `from_dashboard` the filters of that dashboard hold. A failed calculation is no exception:
    see `errors.failure_of`.
    """
    number = await _number(client, project_id, insight_id)
    params = [("refresh", refresh), *override_params(filters_override, variables_override)]
    if from_dashboard is not None:
        params.append(("from_dashboard", str(from_dashboard)))
    if client_query_id is not None:
        params.append(("client_query_id", client_query_id))
    call = Call(
        path=f"insights/{number}/", params=tuple(params), blocking=refresh.endswith("blocking")
    )
    answer = await client.in_project(project_id, call)
    found = client.understood(decoding.insight, answer.body)
    if found.id is None:
        raise client.not_posthog("The answer is not an insight.")
    return found


async def read_saved(client: Client, project_id: int, insight_id: int | str) -> SavedInsight:
    """Read an insight by id or short id as it is saved, without calculating it.

    What a dashboard shows of it has the dashboard's filters in its query (reference 4.2): this is
    what may be edited and sent back.
    """
    number = await _number(client, project_id, insight_id)
    call = Call(path=f"insights/{number}/", params=(("refresh", "force_cache"),))
    answer = await client.in_project(project_id, call)
    return client.understood(decoding.saved_insight, answer.body)


async def add(client: Client, project_id: int, body: Mapping[str, object]) -> SavedInsight:
    """Save a new insight; needs the scope `insight:write`."""
    call = Call(method="POST", path="insights/", body=json.encode(body))
    answer = await client.in_project(project_id, call)
    return client.understood(decoding.saved_insight, answer.body)


async def create(client: Client, project_id: int, body: Mapping[str, object]) -> int:
    """Save a new insight and give its number; needs the scope `insight:write`."""
    made = await add(client, project_id, body)
    if made.insight.id is None:
        raise client.not_posthog("The answer is not an insight.")
    return made.insight.id


async def change(
    client: Client, project_id: int, insight_id: int, body: Mapping[str, object]
) -> SavedInsight:
    """Change what is named of an insight; needs the scope `insight:write`."""
    call = Call(method="PATCH", path=f"insights/{insight_id}/", body=json.encode(body))
    answer = await client.in_project(project_id, call)
    return client.understood(decoding.saved_insight, answer.body)


async def put_on(client: Client, project_id: int, insight_id: int, dashboard_id: int) -> None:
    """Put an insight on one more dashboard; needs the scope `insight:write`.

    The list of its dashboards is sent whole, so it is read first.
    """
    held = await _saved(client, project_id, insight_id)
    boards = [coerce.whole(one) for one in coerce.elements(held.get("dashboards", NULL)) or ()]
    if dashboard_id not in boards:
        body = json.encode({"dashboards": [*(one for one in boards if one), dashboard_id]})
        call = Call(method="PATCH", path=f"insights/{insight_id}/", body=body)
        await client.in_project(project_id, call)


async def copy_to(
    client: Client, project_id: int, insight_id: int, dashboard_id: int, name: str
) -> None:
    """Save a copy of an insight on a dashboard; needs the scope `insight:write`."""
    held = await _saved(client, project_id, insight_id)
    asked = next((key for key in QUESTIONS if coerce.fields(held.get(key, NULL))), None)
    if asked is None:
        raise UnreadableError("This insight has no query that could be copied.")
    kept = {
        key: held[key]
        for key in (asked, "description", "tags")
        if bytes(held.get(key, NULL)) not in EMPTY
    }
    body = json.encode({**kept, "name": name, "saved": True, "dashboards": [dashboard_id]})
    await client.in_project(project_id, Call(method="POST", path="insights/", body=body))


async def _saved(client: Client, project_id: int, insight_id: int) -> Mapping[str, Raw]:
    """Read an insight as it is saved, without the filters of a dashboard."""
    call = Call(path=f"insights/{insight_id}/", params=(("refresh", "force_cache"),))
    answer = await client.in_project(project_id, call)
    found = coerce.fields(Raw(answer.body)) or {}
    if "dashboards" not in found:
        raise client.not_posthog("The answer is not an insight.")
    return found


async def _number(client: Client, project_id: int, insight_id: int | str) -> int:
    """Return the number of an insight: servers of 2024 know no short ids in the path."""
    if isinstance(insight_id, int):
        return insight_id
    found = await find(client, project_id, insight_id)
    if found is None or found.id is None:
        raise NotFoundError("Not found: the insight may be deleted, or belong to another project.")
    return found.id
