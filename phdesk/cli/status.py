"""`phdesk status`: says how the monitor is that runs on this computer."""

import os
from argparse import Namespace
from datetime import UTC, datetime

import msgspec
from msgspec.structs import replace

from phdesk.cli.exits import ABSENT, FINE, UNWELL, complain
from phdesk.core.cells import one_line
from phdesk.core.wall.health import lines, worries
from phdesk.core.wall.roll import roll_of
from phdesk.services.places import places
from phdesk.services.status_file import find_status, monitor_files


def run(arguments: Namespace) -> int:
    """Print its status; exit 0 when it is healthy, 6 when it is not, 7 when there is none."""
    now = datetime.now(UTC)
    status = find_status(monitor_files(places(os.environ), os.environ), now)
    if isinstance(status, str):
        if arguments.json:
            _print_json({"running": False, "healthy": False, "reasons": [status]})
        else:
            complain(status)
        return ABSENT
    reasons = worries(status)
    if arguments.json:
        whole = [replace(one, all_tiles=roll_of(one)) for one in status.monitors]
        told = msgspec.to_builtins(replace(status, monitors=tuple(whole)))
        _print_json({"running": True, "healthy": not reasons, "reasons": reasons, **told})
    else:
        for line in lines(status, now):
            print(one_line(line))
    return UNWELL if reasons else FINE


def _print_json(value: object) -> None:
    print(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
