"""Ask who the key acts for (reference 2.1)."""

from phdesk.api import decoding
from phdesk.api.client import Client
from phdesk.models.account import User

PATH = "/api/users/@me/"


async def me(client: Client) -> User:
    """Return the user of the key; raises MissingScopeError without `user:read`."""
    return _user(client, await client.get(PATH))


async def me_and_organizations(client: Client) -> tuple[User, dict[str, str]]:
    """Return the user of the key, and the names of all organizations by their ids."""
    data = await client.get(PATH)
    return _user(client, data), client.understood(decoding.organizations, data)


def _user(client: Client, data: bytes) -> User:
    found = client.understood(decoding.user, data)
    if not (found.uuid or found.email or found.projects):
        raise client.not_posthog("The answer is not a user.")
    return found
