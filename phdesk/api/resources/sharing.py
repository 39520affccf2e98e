"""Share dashboards and insights (reference 9.2); the scopes are those of `sharing_configuration`.

Those whose `noun` is `dashboards` or `insights`, and whose number is the second part of the path.
"""

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import quote

from msgspec import json

from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.api.read_sharing import read_new_password, read_sharing
from phdesk.models.sharing import NewPassword, Sharing

Noun = Literal["dashboards", "insights"]


async def get(client: Client, project_id: int, noun: Noun, number: int) -> Sharing:
    """Read how something is shared."""
    return await _answered(client, project_id, Call(path=_path(noun, number)))


async def switch(client: Client, project_id: int, noun: Noun, number: int, *, on: bool) -> Sharing:
    """Turn sharing on or off; the link stays the same for the next time."""
    return await change(client, project_id, noun, number, {"enabled": on})


async def change(
    client: Client, project_id: int, noun: Noun, number: int, changes: Mapping[str, Any]
) -> Sharing:
    """Change what is named; `settings` are replaced as a whole."""
    call = Call(method="PATCH", path=_path(noun, number), body=json.encode(changes))
    return await _answered(client, project_id, call)


async def renew(client: Client, project_id: int, noun: Noun, number: int) -> Sharing:
    """Let another link take the place of the one there is, which then leads nowhere (2025 on)."""
    call = Call(method="POST", path=f"{_path(noun, number)}refresh/", body=b"{}")
    return await _answered(client, project_id, call)


async def add_password(
    client: Client, project_id: int, noun: Noun, number: int, note: str, word: str = ""
) -> NewPassword:
    """Make a password, which the server chooses where none is given; it is told this once."""
    body = {"note": note} if not word else {"raw_password": word, "note": note}
    path = f"{_path(noun, number)}passwords/"
    answer = await client.in_project(
        project_id, Call(method="POST", path=path, body=json.encode(body))
    )
    return client.understood(read_new_password, answer.body)


async def delete_password(
    client: Client, project_id: int, noun: Noun, number: int, password: str
) -> None:
    """Make a password useless for good."""
    path = f"{_path(noun, number)}passwords/{quote(password, safe='')}/"
    await client.in_project(project_id, Call(method="DELETE", path=path))


async def _answered(client: Client, project_id: int, call: Call) -> Sharing:
    answer = await client.in_project(project_id, call)
    return client.understood(read_sharing, answer.body)


def _path(noun: Noun, number: int) -> str:
    return f"{noun}/{number}/sharing/"
