"""Ask what can stand in SQL, and what a server thinks of one; nothing is run (`query:read`)."""

import msgspec
from msgspec import Raw

from phdesk.api import decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.models.sql_notice import SqlNotice


async def read_schema(client: Client, project_id: int) -> dict[str, dict[str, str]]:
    """Return the types of columns, by table."""
    answer = await _asked(client, project_id, {"kind": "DatabaseSchemaQuery"})
    return client.understood(decoding.database_schema, answer)


async def check(
    client: Client,
    project_id: int,
    text: str,
    *,
    filters: Raw | None = None,
    variables: Raw | None = None,
) -> tuple[SqlNotice, ...]:
    """Return what a server says of a query without running it; nothing if it is fine."""
    query: dict[str, object] = {"kind": "HogQLMetadata", "language": "hogQL", "query": text}
    if filters is not None:
        query["filters"] = filters
    if variables is not None:  # servers of 2024 know no such key
        query["variables"] = variables
    answer = await _asked(client, project_id, query)
    return client.understood(decoding.sql_notices, answer)


async def _asked(client: Client, project_id: int, query: dict[str, object]) -> bytes:
    call = Call(method="POST", path="query/", body=msgspec.json.encode({"query": query}))
    return (await client.in_project(project_id, call)).body
