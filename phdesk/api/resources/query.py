"""Ask questions that are no saved insight, at once or in the background (reference 5)."""

from collections.abc import Callable
from urllib.parse import quote

import msgspec
from msgspec import Raw

from phdesk.api import coerce, decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.api.decoding import Poll
from phdesk.api.errors import NotFoundError, ServerError
from phdesk.api.overrides import Filters
from phdesk.models.insight import NULL, Insight

FIRST_PAUSE = 0.5  # seconds between two polls
PAUSE_FACTOR = 1.5
LONGEST_PAUSE = 3.0
PATIENCE = 600.0  # seconds
SQL = "HogQLQuery"

_FAILED = frozenset({400, 500})  # a poll answers so when the calculation failed


async def post(
    client: Client,
    project_id: int,
    query: Raw,
    *,
    refresh: str = "blocking",
    client_query_id: str | None = None,
    filters_override: Filters | None = None,
) -> Insight:
    """Ask a question and return an insight with the answer, or with the state of its calculation.

    `query` is a source such as a TrendsQuery, not the node around it.
    """
    body: dict[str, object] = {"query": query, "refresh": refresh}
    if client_query_id is not None:
        body["client_query_id"] = client_query_id
    if filters_override is not None:
        body["filters_override"] = filters_override
    call = Call(
        method="POST",
        path="query/",
        body=msgspec.json.encode(body),
        blocking=refresh.endswith("blocking"),
        sql=coerce.text((coerce.fields(query) or {}).get("kind", NULL)) == SQL,
    )
    answer = await client.in_project(project_id, call)
    return _asked(client.understood(decoding.query_response, answer.body), query)


async def poll(client: Client, project_id: int, query_id: str) -> Poll:
    """Ask how a calculation stands; one that failed is told in its state, not raised."""
    call = Call(
        path=f"query/{quote(query_id, safe='')}/",
        params=(("show_progress", "true"),),
        accept=_FAILED,
    )
    answer = await client.in_project(project_id, call)
    return client.understood(decoding.query_status, answer.body)


async def cancel(client: Client, project_id: int, query_id: str) -> None:
    """Stop a calculation; one that is over already is no failure."""
    call = Call(method="DELETE", path=f"query/{quote(query_id, safe='')}/")
    try:
        await client.in_project(project_id, call)
    except NotFoundError:
        return


async def run_async(
    client: Client,
    project_id: int,
    query: Raw,
    *,
    client_query_id: str | None = None,
    progressed: Callable[[float], None] | None = None,
) -> Insight:
    """Calculate in the background and return the answer when it is there.

    `progressed` is told the share that is done, from 0 to 1. Raises ServerError after 10 minutes.
    """
    started = await post(
        client, project_id, query, refresh="force_async", client_query_id=client_query_id
    )
    if started.status is None or started.status.complete:
        return started
    return _asked(await wait_for(client, project_id, started.status.id, progressed), query)


async def wait_for(
    client: Client,
    project_id: int,
    query_id: str,
    progressed: Callable[[float], None] | None = None,
) -> Insight:
    """Poll a calculation until it is over; a failed one is an insight with an error."""
    pause, waited = FIRST_PAUSE, 0.0
    while waited < PATIENCE:
        await client.pause(pause)
        waited += pause
        pause = min(LONGEST_PAUSE, pause * PAUSE_FACTOR)
        found = await poll(client, project_id, query_id)
        if found.status.complete or found.status.error:
            return _finished(found)
        if progressed is not None and found.progress is not None:
            progressed(found.progress)
    raise ServerError("The calculation took longer than 10 minutes.")


def _finished(found: Poll) -> Insight:
    """Return the answer with its state, or an insight that says why there is none."""
    if found.insight is not None and not found.status.error:
        return found.insight
    message = found.status.error_message or "The calculation ended without a result."
    return Insight(status=found.status, error=message)


def _asked(insight: Insight, query: Raw) -> Insight:
    """Put the question beside its answer, which does not repeat it."""
    return insight if insight.query != NULL else msgspec.structs.replace(insight, query=query)
