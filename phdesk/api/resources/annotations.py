"""List annotations (reference 10.1)."""

from datetime import datetime

from phdesk.api import decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.api.decoding import Page
from phdesk.api.errors import InvalidRequestError
from phdesk.api.pagination import Params, read_all
from phdesk.models.annotation import Annotation

PAGE_SIZE = 1000


async def list_since(client: Client, project_id: int, since: datetime) -> tuple[Annotation, ...]:
    """Return the annotations from a moment on, oldest first.

    Servers of 2024 know no date filter and send all; one that refuses it is asked without.
    """

    async def fetch(params: Params) -> Page[Annotation]:
        answer = await client.in_project(project_id, Call(path="annotations/", params=params))
        return client.understood(decoding.annotations, answer.body)

    plain = (("limit", str(PAGE_SIZE)),)
    try:
        found = await read_all(fetch, (*plain, ("date_from", since.isoformat())))
    except InvalidRequestError:
        found = await read_all(fetch, plain)
    return tuple(sorted((each for each in found if each.at >= since), key=lambda each: each.at))
