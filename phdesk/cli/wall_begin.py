"""What a wall begins with: the file that `--config` names, and this computer's screen of it.

The watch asks here too, so neither Qt nor the network is imported.
"""

import socket
from argparse import Namespace
from collections.abc import Mapping
from functools import partial

from msgspec import Struct

from phdesk.cli.exits import BAD_INPUT, WRONG_USE, StoppedError
from phdesk.core.wall.choosing import screen_of
from phdesk.models.wall import Screen
from phdesk.services.accounts import AccountsFile
from phdesk.services.places import places
from phdesk.services.wall_key import account_of, given_by
from phdesk.services.wall_source import Glance, WallSource

KEPT = "walls"  # folder of last good copies, beside the cache
TYPED = ("dashboards", "dwell", "refresh", "palette", "type_size", "alerts")


class Begun(Struct, frozen=True):
    """A file with what it says at first."""

    source: WallSource
    screen: Screen
    glance: Glance


def begun(arguments: Namespace, environ: Mapping[str, str]) -> Begun | None:
    """Open the file that is named; None when there is none. Without a screen: StoppedError."""
    if arguments.config is None:
        if arguments.screen is not None:
            raise StoppedError("--screen is one of the file that --config names", WRONG_USE)
        return None
    for name in TYPED:
        if getattr(arguments, name):
            said = "DASHBOARD" if name == "dashboards" else f"--{name.replace('_', '-')}"
            raise StoppedError(f"the file says what is shown: leave out {said}", WRONG_USE)
    folder = places(environ).cache.with_name(KEPT)
    pick = partial(screen_of, wanted=arguments.screen, computer=socket.gethostname())
    source = WallSource(arguments.config, folder, pick)
    glance = source.opened()
    if glance.screen is None:
        raise StoppedError(glance.problem.rstrip("."), BAD_INPUT)
    return Begun(source, glance.screen, glance)


def check_key(screen: Screen, environ: Mapping[str, str]) -> None:
    """Say at once, while somebody is near, when there is no key; raises SettingError."""
    given_by(screen.credentials, environ)
    account_of(screen.credentials, AccountsFile(places(environ).accounts).load()[0], None)
