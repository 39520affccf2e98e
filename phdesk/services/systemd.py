"""Tell systemd how a service is, by datagrams: https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html."""

import os
import socket
from collections.abc import Mapping
from contextlib import suppress

SOCKET = "NOTIFY_SOCKET"
WATCHDOG_USEC = "WATCHDOG_USEC"
WATCHDOG_PID = "WATCHDOG_PID"


class Notice:
    """Speaks to whoever started this process as a service; to nobody where none did."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._address = _address(environ.get(SOCKET, ""))
        self.every = _watchdog(environ)  # seconds between signs of life; None: none are wanted
        self._said = ""

    def ready(self) -> None:
        """Say that the service has started."""
        self._send("READY=1")

    def alive(self) -> None:
        """Give a sign of life."""
        self._send("WATCHDOG=1")

    def status(self, words: str) -> None:
        """Say how it is, when that is new."""
        line = " ".join(words.split())
        if line != self._said:
            self._said = line
            self._send(f"STATUS={line}")

    def stopping(self) -> None:
        """Say that it is about to end."""
        self._send("STOPPING=1")

    def _send(self, words: str) -> None:
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.setblocking(False)
            sender.connect(self._address)
            sender.send(words.encode())


def without_notice(environ: Mapping[str, str]) -> dict[str, str]:
    """Give an environment for children, who are not to speak for the service."""
    ours = {SOCKET, WATCHDOG_USEC, WATCHDOG_PID}
    return {name: value for name, value in environ.items() if name not in ours}


def _address(text: str) -> str:
    """Read the socket's address: a path, or a name in Linux's abstract namespace after an @."""
    if not hasattr(socket, "AF_UNIX") or len(text) < 2 or text[0] not in "/@":
        return ""
    return f"\0{text[1:]}" if text[0] == "@" else text


def _watchdog(environ: Mapping[str, str]) -> float | None:
    """Give half the time after which systemd loses patience, as its manual advises."""
    if environ.get(WATCHDOG_PID, str(os.getpid())) != str(os.getpid()):
        return None
    try:
        patience = int(environ.get(WATCHDOG_USEC, ""))
    except ValueError:
        return None
    return patience / 2_000_000 if patience > 0 else None
