"""`phdesk monitor`: a process that watches over the window, which is a process of its own.

The watch imports neither Qt nor the network. What does not stay on the screen (a picture, questions
about the file) needs no watch.
"""

import gc
import os
import sys
from argparse import Namespace
from importlib import import_module

from phdesk.cli.exits import BAD_INPUT, WRONG_USE, StoppedError
from phdesk.cli.wall_begin import begun, check_key
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
    file = begun(arguments, os.environ)
    screen = file.screen if file is not None else Screen(name="")
    if not arguments.demo:
        check_key(screen, os.environ)
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
