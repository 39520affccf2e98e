"""Ask the desktop to keep the screen on, over the session bus (Linux).

Through jeepney, which keyring brings along: QtDBus of PySide6 sends each number as an `i`, where
these calls want a `u`. What is asked for lasts as long as our connection to the bus.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call
from jeepney.auth import BEGIN, Authenticator
from jeepney.bus import get_bus
from jeepney.bus_messages import MatchRule, message_bus
from jeepney.io.asyncio import DBusConnection
from msgspec import Struct

PATIENCE = 3.0  # seconds for the bus, and for each answer
WHO, WHY = "phdesk", "A dashboard is shown on this screen"
SUSPEND_OR_IDLE = 4 | 8
BUS = "org.freedesktop.DBus"


class _Service(Struct, frozen=True):
    """A service that keeps screens on, and how it is asked."""

    address: DBusAddress
    signature: str
    body: tuple[Any, ...]

    @property
    def name(self) -> str:
        return str(self.address.bus_name)


SERVICES = (  # the first that agrees is used
    _Service(
        DBusAddress(
            "/org/freedesktop/ScreenSaver",
            "org.freedesktop.ScreenSaver",
            "org.freedesktop.ScreenSaver",
        ),
        "ss",
        (WHO, WHY),
    ),
    _Service(
        DBusAddress(
            "/org/freedesktop/portal/desktop",
            "org.freedesktop.portal.Desktop",
            "org.freedesktop.portal.Inhibit",
        ),
        "sua{sv}",
        ("", SUSPEND_OR_IDLE, {"reason": ("s", WHY)}),
    ),
)


class SessionBus:
    """The services of a desktop; the one that agreed is asked anew when it was restarted."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._connection: DBusConnection | None = None
        self._watched: tuple[str, ...] = ()
        self._came = False  # while others were asked: a wall starts along with its desktop

    async def take(self) -> str:
        """Ask one service after the other."""
        address = bus_address(self._environ)
        if not address:
            return ""
        try:
            async with asyncio.timeout(PATIENCE):
                self._connection = await _connected(address)
            return await self._asked(self._connection)
        except (OSError, EOFError, TimeoutError, RuntimeError, ValueError):
            await self.give_back()  # no bus, or one that does not answer
            return ""

    async def lost(self) -> None:
        """Return when a service that was asked comes or goes, or the bus itself goes."""
        if self._connection is None:
            await asyncio.Event().wait()
            return
        if self._came:
            self._came = False
            return
        try:
            while not _comes_or_goes(await self._connection.receive(), self._watched):
                pass
        except (OSError, EOFError):
            return

    async def give_back(self) -> None:
        """Leave the bus, and with it all that was asked for."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError):
                await connection.close()

    async def _asked(self, connection: DBusConnection) -> str:
        rule = MatchRule(type="signal", sender=BUS, interface=BUS, member="NameOwnerChanged")
        await _answer(connection, message_bus.AddMatch(rule))
        refused: list[str] = []
        heard: list[Message] = []
        found = ""
        for one in SERVICES:
            self._watched = (*refused, one.name)  # those before it too: it gives way to them
            call = new_method_call(one.address, "Inhibit", one.signature, one.body)
            if (await _answer(connection, call, heard)) is not None:
                found = f"the desktop ({one.address.interface})"
                break
            refused.append(one.name)
        self._came = any(_comes(each, refused) for each in heard)
        return found


async def _connected(address: str) -> DBusConnection:
    """Enter a bus; unlike jeepney's own way, nothing is left open by a bus that does not answer."""
    reader, writer = await asyncio.open_unix_connection(get_bus(address))
    try:
        greeting = Authenticator()
        for said in greeting:
            writer.write(said)
            greeting.feed(await reader.read(1024) or _hung_up())
        writer.write(BEGIN)
        connection = DBusConnection(reader, writer)
        await _answer(connection, message_bus.Hello())
    except BaseException:
        writer.close()
        raise
    return connection


def _hung_up() -> bytes:
    raise EOFError


async def _answer(
    connection: DBusConnection, call: Message, heard: list[Message] | None = None
) -> Message | None:
    """Wait for the answer to a call; None if it was refused or did not come.

    What is said meanwhile is put into `heard`.
    """
    serial = next(connection.outgoing_serial)
    try:
        async with asyncio.timeout(PATIENCE):
            await connection.send(call, serial=serial)
            while True:
                message = await connection.receive()
                if message.header.fields.get(HeaderFields.reply_serial) == serial:
                    fine = message.header.message_type is MessageType.method_return
                    return message if fine else None
                if heard is not None:
                    heard.append(message)
    except TimeoutError:
        return None


def _comes(message: Message, names: Sequence[str]) -> bool:
    return _comes_or_goes(message, names) and bool(message.body[2])  # its new owner


def _comes_or_goes(message: Message, names: Sequence[str]) -> bool:
    fields = message.header.fields
    return (
        fields.get(HeaderFields.member) == "NameOwnerChanged"
        and fields.get(HeaderFields.sender) == BUS
        and message.body[0] in names
    )


def bus_address(environ: Mapping[str, str]) -> str:
    """Give the address of this person's bus; empty if there is none."""
    told = environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if told:
        return told
    # A service of the system that runs as a person is not told, but the bus may be there.
    folder = environ.get("XDG_RUNTIME_DIR", "")
    return f"unix:path={folder}/bus" if folder and (Path(folder) / "bus").exists() else ""
