"""Find properties and the values that they have had (reference 10.3)."""

from functools import partial

from phdesk.api import decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.models.definition import PropertyDefinition

MOST = 100  # a longer list is searched, not read
VALUES = {"person": "persons/values/", "group": "groups/property_values/"}
EVENT_VALUES = "events/values/"
INDEX = "group_type_index"


async def find(
    client: Client, project_id: int, kind: str, search: str = ""
) -> tuple[PropertyDefinition, ...]:
    """Return properties of a kind, those first whose names PostHog finds fit.

    `kind` is event, person, session, or group with the number of its type, as in "group 0".
    """
    of, _, index = kind.partition(" ")
    params = [("type", of), ("limit", str(MOST))]
    if index:
        params.append((INDEX, index))
    if search:
        params.append(("search", search))
    call = Call(path="property_definitions/", params=tuple(params))
    answer = await client.in_project(project_id, call)
    return client.understood(partial(decoding.property_definitions, kind=kind), answer.body)


async def values(
    client: Client, project_id: int, kind: str, key: str, search: str = ""
) -> tuple[str, ...]:
    """Return values of a property, as text."""
    of, _, index = kind.partition(" ")
    params = [("key", key)]
    if index:
        params.append((INDEX, index))
    if search:
        params.append(("value", search))
    call = Call(path=VALUES.get(of, EVENT_VALUES), params=tuple(params))
    answer = await client.in_project(project_id, call)
    return client.understood(decoding.property_values, answer.body)
