"""Find, read and recalculate insights (reference 4.1 to 4.3)."""

from phdesk.api import decoding
from phdesk.api.client import Call, Client
from phdesk.api.decoding import Page
from phdesk.api.errors import NotFoundError, UnreadableError
from phdesk.api.overrides import Filters, filter_params
from phdesk.api.pagination import Params, read_all
from phdesk.models.insight import Insight

PAGE_SIZE = 200


async def list_all(client: Client, project_id: int) -> tuple[Insight, ...]:
    """Return the saved insights of a project, without results."""

    async def fetch(params: Params) -> Page[Insight]:
        answer = await client.in_project(project_id, Call(path="insights/", params=params))
        return decoding.insights(answer.body)

    return await read_all(fetch, (("basic", "true"), ("saved", "true"), ("limit", str(PAGE_SIZE))))


async def find(client: Client, project_id: int, short_id: str) -> Insight | None:
    """Return the insight with a short id, without its result; None if there is none."""
    params = (("basic", "true"), ("short_id", short_id))
    answer = await client.in_project(project_id, Call(path="insights/", params=params))
    matching = (each for each in decoding.insights(answer.body).items if each.short_id == short_id)
    return next(matching, None)


async def get(  # noqa: PLR0913
    client: Client,
    project_id: int,
    insight_id: int | str,
    *,
    refresh: str = "force_cache",
    from_dashboard: int | None = None,
    filters_override: Filters | None = None,
    client_query_id: str | None = None,
) -> Insight:
    """Return an insight by id or short id; `refresh` says whether it may be calculated for it.

    With `from_dashboard` the filters of that dashboard hold. A failed calculation is no exception:
    see `errors.failure_of`.
    """
    number = await _number(client, project_id, insight_id)
    params = [("refresh", refresh), *filter_params(filters_override)]
    if from_dashboard is not None:
        params.append(("from_dashboard", str(from_dashboard)))
    if client_query_id is not None:
        params.append(("client_query_id", client_query_id))
    call = Call(
        path=f"insights/{number}/", params=tuple(params), blocking=refresh.endswith("blocking")
    )
    found = decoding.insight((await client.in_project(project_id, call)).body)
    if found.id is None:
        raise UnreadableError("The server's answer is not an insight.")
    return found


async def _number(client: Client, project_id: int, insight_id: int | str) -> int:
    """Return the number of an insight: servers of 2024 know no short ids in the path."""
    if isinstance(insight_id, int):
        return insight_id
    found = await find(client, project_id, insight_id)
    if found is None or found.id is None:
        raise NotFoundError("Not found: the insight may be deleted, or belong to another project.")
    return found.id
