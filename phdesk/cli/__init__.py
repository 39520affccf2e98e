"""The command line: `phdesk` opens the app, `phdesk COMMAND` works without a display.

Each command's module is imported when it is called, so that `phdesk --version` needs no Qt and the
app no command.
"""

import errno
import gc
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from phdesk.cli.exits import BAD_INPUT, BROKEN, FINE, WRONG_USE, StoppedError, complain
from phdesk.cli.monitor_parser import is_about_the_file
from phdesk.cli.parser import make_parser
from phdesk.services.environment import SettingError

MODULES = {
    None: "gui",
    "open": "gui",
    "demo": "gui",
    "monitor": "watching",
    "show": "show",
    "render": "render",
    "report": "report",
    "lint": "lint",
    "snapshot": "snapshot",
    "gallery": "gallery",
    "dashboards": "dashboards",
    "boards": "boards",
    "login": "sessions",
    "logout": "sessions",
    "accounts": "sessions",
    "budget": "budget",
    "status": "status",
    "links": "links",
    "alerts": "alerts",
    "doctor": "doctor",
    "cache": "cache",
}
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _opening(argv: Sequence[str]) -> Sequence[str]:
    """Let a snapshot stand alone, as file managers and people write it."""
    first = argv[0] if argv else ""
    return ["open", *argv] if first.endswith(".phdesk") and not first.startswith("-") else argv


def _module(arguments: Namespace) -> str:
    """Choose by the command; questions about the file of walls need no window."""
    if arguments.command == "monitor" and is_about_the_file(arguments):
        return "wall_config"
    return MODULES[arguments.command]


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code."""
    words = _opening(sys.argv[1:] if argv is None else argv)
    arguments = make_parser().parse_args(words)
    arguments.words = words  # as they were typed, for a process that is started likewise
    module = _module(arguments)
    if module == "gui":
        gc.disable()  # until `services.garbage` takes over: it costs a tenth of the start
    run = import_module(f"phdesk.cli.{module}").run
    try:
        code = int(run(arguments))
        if sys.stdout is not None:
            sys.stdout.flush()  # here it can still be told that there was no room
    except (Exception, KeyboardInterrupt) as error:
        return _ended_by(error)
    return code


def _ended_by(error: Exception | KeyboardInterrupt) -> int:
    """Say in a line why a command ended, and give its exit code."""
    match error:
        case StoppedError():
            complain(str(error))
            return error.code
        case SettingError():
            complain(str(error))
            return WRONG_USE
        case BrokenPipeError():  # `phdesk show … | head`
            sys.stderr.close()
            return FINE
        case KeyboardInterrupt():
            return 130
    if os.environ.get("PHDESK_DEBUG"):
        raise error
    if isinstance(error, OSError) and error.errno in FULL:
        place = f'"{error.filename}"' if error.filename else "the output"
        complain(f"{place} cannot be written ({error.strerror})")
        _give_up_output()
        return BAD_INPUT
    complain(f"something went wrong inside phdesk ({type(error).__name__}: {error}); "
             "PHDESK_DEBUG=1 shows where")  # fmt: skip
    return BROKEN


def _give_up_output() -> None:
    """Lead what is still to be written nowhere, or Python complains about it at the end."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
