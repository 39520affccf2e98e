"""Ask who the key acts for (reference 2.1)."""

from phdesk.api import decoding
from phdesk.api.client import Client
from phdesk.models.account import User

PATH = "/api/users/@me/"


async def me(client: Client) -> User:
    """Return the user of the key; raises MissingScopeError without `user:read`."""
    return decoding.user(await client.get(PATH))


async def me_and_organizations(client: Client) -> tuple[User, dict[str, str]]:
    """Return the user of the key, and the names of all organizations by their ids."""
    data = await client.get(PATH)
    return decoding.user(data), decoding.organizations(data)
