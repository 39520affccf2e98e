"""What `phdesk monitor` does about its file without a window: checks it, begins it, sets a PIN."""

import asyncio
import getpass
import secrets
import socket
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from phdesk import resources
from phdesk.api.errors import ApiError
from phdesk.api.remote_text import fetch
from phdesk.cli.called import called
from phdesk.cli.exits import BAD_INPUT, FINE, WRONG_USE, StoppedError, code_of
from phdesk.core.wall.choosing import screen_of
from phdesk.core.wall.pin import SALT, hashed, weakness
from phdesk.core.wall.reading import Bad, read_fleet
from phdesk.models.wall import Fleet, Screen
from phdesk.services.files import open_plain
from phdesk.services.wall_source import LARGEST, is_address, short_name

EXAMPLE = "walls.toml"
STDIN = "-"
MADE_FOR = "phdesk monitor --"  # as the example names commands


def run(arguments: Namespace) -> int:
    """Do what one of the options asks for."""
    if arguments.print_config:
        return print_example()
    if arguments.set_pin:
        return set_pin()
    return check(arguments.check_config, arguments.screen)


def check(source: str, wanted: str | None) -> int:
    """Say all that is wrong with a file or at an address, one line each, as compilers do."""
    name = short_name(source)
    try:
        text = _read(source).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise StoppedError(f"{name} is no text in UTF-8", BAD_INPUT) from None
    found = read_fleet(text, name, datetime.now(UTC))
    if isinstance(found, Bad):
        for fault in found.faults:
            print(fault, file=sys.stderr)
        count = len(found.faults)
        raise StoppedError(f"{count} fault{'s' if count > 1 else ''} in {name}", BAD_INPUT)
    here = screen_of(found, wanted, socket.gethostname())
    if isinstance(here, str) and wanted is not None:
        raise StoppedError(f"{name}: {here}", BAD_INPUT)
    print(_praise(found, name, here))
    return FINE


def print_example() -> int:
    """Write the example, with the command as it is called here."""
    sys.stdout.write(resources.read_text(EXAMPLE).replace(MADE_FOR, called("monitor --")))
    return FINE


def set_pin(ask: Callable[[str], str] = getpass.getpass) -> int:
    """Ask for a PIN, twice where somebody types, and print the line for the file."""
    if sys.stdin.isatty():
        pin = ask("New PIN: ")
        if ask("Once more: ") != pin:
            raise StoppedError("these were two different PINs", WRONG_USE)
    else:
        pin = sys.stdin.readline().rstrip("\r\n")
    why = weakness(pin)
    if why:
        raise StoppedError(why, WRONG_USE)
    print(f'pin = "{hashed(pin, secrets.token_bytes(SALT))}"')
    return FINE


def _read(source: str) -> bytes:
    if is_address(source):
        try:
            found = asyncio.run(fetch(source))
        except ApiError as error:
            raise StoppedError(error.failure.message, code_of(error.failure)) from None
        return found.data or b""
    try:
        if source == STDIN:
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with open_plain(Path(source).expanduser()) as file:
                data = file.read(LARGEST + 1)
    except OSError as why:
        raise StoppedError(f"{source} cannot be read ({why.strerror})", BAD_INPUT) from None
    if len(data) > LARGEST:
        name = "standard input" if source == STDIN else source
        raise StoppedError(f"{name} is larger than {LARGEST // 1024} kB", BAD_INPUT)
    return data


def _praise(fleet: Fleet, name: str, here: Screen | str) -> str:
    count = len(fleet.screens)
    which = f"{count} screen{'s' if count > 1 else ''}: {', '.join(fleet.screens)}"
    who = f"this computer is {here.name}" if isinstance(here, Screen) else (
        "this computer is none of them; choose by --screen")  # fmt: skip
    return f"{name} is fine. It describes {which}; {who}."
