"""The demo server in a process of its own, which ends with this one."""

import sys

import msgspec
from msgspec import Struct
from PySide6.QtCore import QObject, QProcess, Signal, Slot

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

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.server: DemoServer | None = None
        self._line = b""
        self._stopping = False
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.errorOccurred.connect(self._on_error)
        self._process.finished.connect(self._on_finished)

    @property
    def started(self) -> bool:
        """Tell whether the server was asked to start."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self) -> None:
        """Start the server."""
        self.server, self._line, self._stopping = None, b"", False
        self._process.start(sys.executable, ["-P", "-m", "phdesk.demo"])

    def stop(self) -> None:
        """Close the server's input, at which it ends; insist when it does not."""
        self._stopping = True
        if not self.started:
            return
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(WAIT):
            self._process.kill()
            self._process.waitForFinished(WAIT)

    @Slot()
    def _on_output(self) -> None:
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

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # all else ends in `finished` too
            self._tell_end(self._process.errorString())

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        crashed = status is QProcess.ExitStatus.CrashExit
        self._tell_end("Process crashed" if crashed else f"exit code {code}")

    def _tell_end(self, why: str) -> None:
        self.server = None
        if not self._stopping:
            self.failed.emit(f"The demo server ended: {why}.")
