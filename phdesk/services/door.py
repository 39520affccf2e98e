"""How a second start reaches the first: a local socket beside the lock.

Imports QtNetwork, which takes as long as a third of the start: only after the first paint.
"""

import hashlib
import sys
from pathlib import Path

import msgspec
from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

LONGEST = 4096  # bytes of a wish
LONGEST_PATH = 100  # characters; sockets of Unix have room for about as many
PATIENCE = 3000  # ms; the first may be busy painting
TAKEN = b"taken\n"


class Wish(Struct, frozen=True, gc=False):
    """What a second start was told: an address or number to open, or nothing."""

    open: str = ""


class Door(QObject):
    """Listens for second starts of the same person."""

    asked = Signal(str)  # what to open; empty when only the window is wanted

    def __init__(self, lock: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = _name(lock)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knock)

    def open(self) -> bool:
        """Begin to listen; only who holds the lock may, for what a crash left is removed."""
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    @Slot()
    def _on_knock(self) -> None:
        visitor = self._server.nextPendingConnection()
        if visitor is not None:
            visitor.setParent(self)
            visitor.disconnected.connect(visitor.deleteLater)
            visitor.readyRead.connect(self._on_words)

    @Slot()
    def _on_words(self) -> None:
        visitor = self.sender()
        if not isinstance(visitor, QLocalSocket):
            return
        if not visitor.canReadLine():
            if visitor.bytesAvailable() > LONGEST:
                visitor.abort()
            return
        try:
            wish = msgspec.json.decode(bytes(visitor.readLine(LONGEST).data()), type=Wish)
        except msgspec.DecodeError:
            visitor.abort()
            return
        visitor.write(TAKEN)
        visitor.disconnectFromServer()
        self.asked.emit(wish.open)


def knock(lock: Path, wish: Wish) -> bool:
    """Hand a wish to the first; False when nobody answers."""
    socket = QLocalSocket()
    socket.connectToServer(_name(lock))
    if not socket.waitForConnected(PATIENCE):
        return False
    socket.write(msgspec.json.encode(wish) + b"\n")
    answer = b""
    while not answer.endswith(b"\n") and socket.waitForReadyRead(PATIENCE):
        answer += bytes(socket.readAll().data())
    return answer == TAKEN


def _name(lock: Path) -> str:
    """Name the socket: a file beside the lock, or where that has no room a name of its own."""
    path = str(lock.with_suffix(".socket"))
    if sys.platform != "win32" and len(path) <= LONGEST_PATH:
        return path
    return f"phdesk-{hashlib.sha256(path.encode()).hexdigest()[:24]}"
