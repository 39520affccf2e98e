"""What charts use from around their tiles, read once for a command."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime
from typing import TypeVar

from phdesk.api.client import Client
from phdesk.api.errors import ApiError
from phdesk.api.resources import annotations, color_themes, group_types
from phdesk.cli.exits import complain, sentence
from phdesk.models.failure import Cause
from phdesk.services.headless import Access, Connect, run
from phdesk.services.session import REMEMBERED
from phdesk.store.state import Around

T = TypeVar("T")
# As in `services.around`, which needs Qt: without scope, endpoint or plan a dashboard is whole too.
REFUSALS = frozenset(
    {Cause.FORBIDDEN, Cause.MISSING_SCOPE, Cause.NOT_FOUND, Cause.PLAN, Cause.QUOTA}
)


def around(access: Access, project: int, now: datetime, *, connect: Connect) -> Around:
    """Read the facts around the tiles of a project; what is refused is left out without a word."""

    async def read(client: Client) -> Around:
        notes, themes, groups = await asyncio.gather(
            _optional("Annotations", annotations.list_since(client, project, now - REMEMBERED)),
            _optional("Colour themes", color_themes.list_all(client, project)),
            _optional("Names of groups", group_types.list_all(client, project)),
        )
        return Around(annotations=notes, color_themes=themes, group_types=groups)

    return run(read, access, connect)


async def _optional(name: str, facts: Awaitable[tuple[T, ...]]) -> tuple[T, ...]:
    """Wait for facts; other failures than refusals are told, for the picture lacks something."""
    try:
        return await facts
    except ApiError as error:
        if error.failure.cause not in REFUSALS:
            complain(f"{name} are left out: {sentence(error.failure)}")
        return ()
