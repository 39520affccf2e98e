"""The two pipes between a wall's window and the process that watches over it, seen by the window.

Each pipe has a thread of its own, so that neither a full pipe nor a silent watch ever holds up the
window. The threads own no Qt object; they meet the window at a box and a queue.
"""

import ctypes
import faulthandler
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import BinaryIO, Literal, TypeAlias

import msgspec

from phdesk.core.wall.roll import following
from phdesk.models.beat import WATCH, Beat, Wish

Word: TypeAlias = Literal["trim", "stop", "gone"]
LONGEST = 4096  # bytes of a wish
GRACE = 3.0  # seconds to leave in, once the watch is gone
PR_SET_PDEATHSIG = 1


class Outbox:
    """Sends beats; of each monitor the newest alone waits for a pipe that is full."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._ready = threading.Condition()
        self._waiting: dict[str, Beat] = {}
        self.broken = False  # nobody reads any more
        self.sent = 0
        self._thread = threading.Thread(target=self._run, name="phdesk-beats", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def put(self, beat: Beat) -> None:
        """Leave a beat to be sent; never waits for the pipe."""
        with self._ready:
            self._waiting[beat.monitor] = following(beat, self._waiting.get(beat.monitor))
            self._ready.notify()

    def _run(self) -> None:
        while not self.broken:
            with self._ready:
                while not self._waiting:
                    self._ready.wait()
                beats, self._waiting = self._waiting, {}
            for beat in beats.values():
                try:
                    self._pipe.write(msgspec.json.encode(beat) + b"\n")
                    self._pipe.flush()
                except (OSError, ValueError):
                    self.broken = True
                    return
                self.sent += 1


class Inbox:
    """Reads what the watch says; when it is gone, the window has `GRACE` seconds to leave."""

    def __init__(self, pipe: int, leave: Callable[[int], object] = os._exit) -> None:
        self._pipe = pipe  # a file descriptor
        self._leave = leave
        self._words: SimpleQueue[Word] = SimpleQueue()
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._run, name="phdesk-wishes", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def taken(self) -> list[Word]:
        """Take what was said since the last time."""
        words: list[Word] = []
        with suppress(Empty):
            while True:
                words.append(self._words.get_nowait())
        return words

    def close(self) -> None:
        """Note that the window leaves by itself: nobody has to end it."""
        self._left.set()

    def _run(self) -> None:
        # Not through a buffered file: a thread inside its lock at exit would abort the interpreter.
        rest = b""
        with suppress(OSError):
            while heard := os.read(self._pipe, LONGEST):
                *lines, rest = (rest + heard).split(b"\n")
                rest = rest[:LONGEST]
                for line in lines:
                    self._take(line)
        self._words.put("gone")
        if not self._left.wait(GRACE):
            self._leave(1)  # a frozen window would stay for ever, with nobody to see it

    def _take(self, line: bytes) -> None:
        with suppress(msgspec.MsgspecError):
            self._words.put(msgspec.json.decode(line, type=Wish).act)


def own_pipe() -> BinaryIO:
    """Take stdout for beats alone; what anything else prints goes to stderr from now on."""
    sys.stdout.flush()
    pipe = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return pipe


def write_stacks_when_asked() -> None:
    """Let SIGUSR1 and fatal signals write all stacks to stderr, also while Python is stuck in C."""
    faulthandler.enable(all_threads=True)
    if hasattr(faulthandler, "register"):
        faulthandler.register(signal.SIGUSR1, all_threads=True)


def write_stacks_after(seconds: float) -> None:
    """Write all stacks unless asked again in time: where no signal can ask for them (Windows)."""
    faulthandler.dump_traceback_later(seconds, repeat=False)


def end_with_the_watch(environ: Mapping[str, str]) -> None:
    """Have Linux kill this process when the watch dies, even while it is frozen."""
    watch = int(environ.get(WATCH, "0"))
    if sys.platform != "linux" or not watch:
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != watch:  # it died before
        os.kill(os.getpid(), signal.SIGKILL)
