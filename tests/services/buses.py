"""A session bus of a test's own, and on it a desktop that keeps screens on."""

import shutil
import subprocess
import threading
from contextlib import contextmanager

import pytest
from jeepney import HeaderFields, MessageType, new_error, new_method_return
from jeepney.bus_messages import MatchRule, message_bus
from jeepney.io.blocking import open_dbus_connection

DAEMON = shutil.which("dbus-daemon")
needs_bus = pytest.mark.skipif(DAEMON is None, reason="needs dbus-daemon (Debian: dbus-daemon)")
SCREENSAVER = "org.freedesktop.ScreenSaver"
PORTAL = "org.freedesktop.portal.Desktop"
LEAVES = MatchRule(
    type="signal",
    sender="org.freedesktop.DBus",
    interface="org.freedesktop.DBus",
    member="NameOwnerChanged",
)


BARE = """
<busconfig><type>session</type><listen>unix:tmpdir={folder}</listen>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>
"""


class Bus:
    """A bus in a process of its own; a bare one starts no service that somebody asks for."""

    def __init__(self, bare=None):
        """`bare` is a folder for a bare one's files."""
        which = "--session"
        if bare is not None:
            (bare / "bus.conf").write_text(BARE.format(folder=bare))
            which = f"--config-file={bare / 'bus.conf'}"
        self._process = subprocess.Popen(
            [DAEMON, which, "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
        )
        self.address = self._process.stdout.readline().strip()
        self.environ = {"DBUS_SESSION_BUS_ADDRESS": self.address}

    def stop(self):
        self._process.terminate()
        self._process.wait(5)
        self._process.stdout.close()


class Desktop:
    """A service that remembers whom it keeps the screen on for."""

    def __init__(self, bus, name=SCREENSAVER, *, answers=True, refuses=False):
        self.asked, self.holders = [], set()
        self._answers, self._refuses = answers, refuses
        self._connection = open_dbus_connection(bus.address)
        self._connection.send_and_get_reply(message_bus.AddMatch(LEAVES))
        self._connection.send_and_get_reply(message_bus.RequestName(name))
        self._going = True
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def stop(self):
        self._going = False
        self._thread.join(5)
        self._connection.close()

    def _run(self):
        while self._going:
            try:
                message = self._connection.receive(timeout=0.02)
            except TimeoutError:
                continue
            fields = message.header.fields
            if fields.get(HeaderFields.member) == "NameOwnerChanged":
                name, _before, after = message.body
                if not after:
                    self.holders.discard(name)
            elif message.header.message_type is MessageType.method_call:
                self._answer(message, fields)

    def _answer(self, message, fields):
        self.asked.append((fields[HeaderFields.interface], message.body))
        if self._refuses:
            error = new_error(message, "org.freedesktop.DBus.Error.AccessDenied", "s", ("No.",))
            self._connection.send(error)
        elif self._answers:
            self.holders.add(fields[HeaderFields.sender])
            portal = "portal" in fields[HeaderFields.interface]
            value = ("o", ("/request/1",)) if portal else ("u", (7,))
            self._connection.send(new_method_return(message, *value))


@contextmanager
def desktop(bus, name=SCREENSAVER, **options):
    one = Desktop(bus, name, **options)
    try:
        yield one
    finally:
        one.stop()
