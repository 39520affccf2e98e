"""The demo server in a process of its own, which ends with this one."""

from __future__ import annotations  # naming QProcess in an annotation would make it

import sys
from collections.abc import Sequence

import msgspec
from msgspec import Struct
from PySide6 import QtCore  # makes QProcess when it is first named: most starts never do
from PySide6.QtCore import QObject, Signal, Slot

SERVER = ("-P", "-m", "phdesk.demo")
WAIT = 3000  # ms for the server to end by itself


class DemoServer(Struct, frozen=True, gc=False):
    """Where the demo listens, with its key."""

    url: str
    key: str
    project: int


class DemoProcess(QObject):
    """Starts the server and reads the one line that it prints when it is ready."""

    ready = Signal(object)  # DemoServer
    failed = Signal(str)  # a sentence

    def __init__(self, parent: QObject | None = None, words: Sequence[str] = SERVER) -> None:
        super().__init__(parent)
        self._words = list(words)  # for Python
        self.server: DemoServer | None = None
        self._line = b""
        self._stopping = False
        self._process: QtCore.QProcess | None = None

    @property
    def started(self) -> bool:
        """Tell whether the server was asked to start."""
        return (
            self._process is not None
            and self._process.state() != QtCore.QProcess.ProcessState.NotRunning
        )

    def start(self) -> None:
        """Start the server."""
        self.server, self._line, self._stopping = None, b"", False
        if self._process is None:
            self._process = self._made()
        self._process.start(sys.executable, self._words)

    def stop(self) -> None:
        """Close the server's input, at which it ends; insist when it does not."""
        self._stopping = True
        if self._process is None or not self.started:
            return
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(WAIT):
            self._process.kill()
            self._process.waitForFinished(WAIT)

    def _made(self) -> QtCore.QProcess:
        process = QtCore.QProcess(self)
        process.setProcessChannelMode(QtCore.QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._on_output)
        process.errorOccurred.connect(self._on_error)
        process.finished.connect(self._on_finished)
        return process

    @Slot()
    def _on_output(self) -> None:
        if self._process is None:
            return
        self._line += bytes(self._process.readAllStandardOutput().data())
        if self.server is not None or self._stopping or b"\n" not in self._line:
            return
        try:
            self.server = msgspec.json.decode(self._line.split(b"\n")[0], type=DemoServer)
        except msgspec.MsgspecError:
            self._stopping = True
            self.failed.emit("The demo server did not say where it is.")
            self._process.closeWriteChannel()
            return
        self.ready.emit(self.server)

    @Slot("QProcess::ProcessError")
    def _on_error(self, error: QtCore.QProcess.ProcessError) -> None:
        failed = QtCore.QProcess.ProcessError.FailedToStart
        if self._process is not None and error is failed:  # all else ends in `finished` too
            self._tell_end(self._process.errorString())

    @Slot(int, "QProcess::ExitStatus")
    def _on_finished(self, code: int, status: QtCore.QProcess.ExitStatus) -> None:
        crashed = status is QtCore.QProcess.ExitStatus.CrashExit
        self._tell_end("Process crashed" if crashed else f"exit code {code}")

    def _tell_end(self, why: str) -> None:
        self.server = None
        if not self._stopping:
            self.failed.emit(f"The demo server ended: {why}.")
