"""The gate of all commands' calls: they are counted together with the app's."""

import os

from phdesk.services.governor import Governor, beside
from phdesk.services.headless import Connect, through
from phdesk.services.places import places


def governor() -> Governor:
    """Give the governor that shares its file with the app."""
    return beside(places(os.environ).cache)


def gated() -> Connect:
    """Give a way to connect on which each call is counted with the app's."""
    return through(governor())


def gated_alone() -> Connect:
    """Give a way to connect to a server that ends with the command: its calls are not kept."""
    return through(Governor())
