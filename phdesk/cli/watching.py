"""`phdesk monitor`: a process that watches over the window, which is a process of its own.

The watch imports neither Qt nor the network. What does not stay on the screen (a picture, questions
about the file) needs no watch.
"""

import gc
import os
import sys
from argparse import Namespace
from importlib import import_module
from typing import cast

from phdesk.cli.exits import BAD_INPUT, WRONG_USE, StoppedError
from phdesk.models.wall import Screen
from phdesk.services.places import places
from phdesk.services.status_file import monitor_files
from phdesk.services.supervisor import AlreadyRunsError, Plan, Supervisor

ALONE = ("window", "no_supervisor", "screenshot")
WRONG = (WRONG_USE, BAD_INPUT)  # ends of a window that another start would not help


def run(arguments: Namespace) -> int:
    """Watch over a window until somebody leaves, or be that window."""
    if any(getattr(arguments, name) for name in ALONE):
        gc.disable()  # until `services.garbage` takes over: it costs a tenth of the start
        return int(import_module("phdesk.cli.monitor").run(arguments))
    screen = _screen(arguments)
    command = (sys.executable, "-P", "-m", "phdesk", *arguments.words, "--window")
    plan = Plan(
        command=command,
        files=monitor_files(places(os.environ), os.environ),
        limits=screen.limits,
        screen=screen.name,
        port=screen.health.port,
        hopeless=WRONG,
        environ=dict(os.environ),
    )
    try:
        return Supervisor(plan).run()
    except AlreadyRunsError as why:
        raise StoppedError(str(why), WRONG_USE) from None


def _screen(arguments: Namespace) -> Screen:
    """Read what the file says of this computer; reading takes 5 MB that other walls do without."""
    if arguments.config is None and arguments.screen is None:
        return Screen(name="")
    begin = import_module("phdesk.cli.wall_begin")
    screen = cast("Screen", begin.begun(arguments, os.environ).screen)
    if not arguments.demo:
        begin.check_key(screen, os.environ)
    return screen
