"""The process of a wall's window, as its watch sees it: started, listened to, ended whole.

Threads read its pipes and wait for its end; what they find comes to the watch over one queue, which
signals of the system can use as well.
"""

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from queue import SimpleQueue
from typing import TypeAlias

import msgspec
import psutil
from msgspec import Struct

from phdesk.core.wall.roll import following
from phdesk.models.beat import WATCH, Beat, Wish

LONGEST = 1024 * 1024  # bytes of a beat; 3,000 tiles have room
MOST_MONITORS = 32
MOST_LINES = 1000  # of stderr a minute that are written to disk; many stacks have room
WHOLE_LINE = 4096  # bytes of stderr that make a line of the log
SOFTWARE = {  # draws without the graphics card, whose driver may be what crashes
    "QT_OPENGL": "software",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "QT_XCB_GL_INTEGRATION": "none",
    "QT_QUICK_BACKEND": "software",
}
# glibc takes blocks as large as the largest that was ever freed from its heap, so that pictures of
# pages (8 MB) leave holes there, which stay; and each thread may begin a heap of its own.
HEAP = {
    "MALLOC_MMAP_THRESHOLD_": "262144",  # bytes, from which a block has pages of its own
    "MALLOC_TRIM_THRESHOLD_": "262144",
    "MALLOC_ARENA_MAX": "2",
}
POSIX = os.name == "posix"


class Said(Struct, frozen=True, gc=False):
    """A window sent beats, to be taken."""

    window: int  # number of the start


class Ended(Struct, frozen=True, gc=False):
    """A window's process is gone."""

    window: int
    code: int  # negative: the signal that killed it


class Asked(Struct, frozen=True, gc=False):
    """The system or a person wants the watch to leave."""

    signal: int


Event: TypeAlias = Said | Ended | Asked


class WindowProcess:
    """One life of a window."""

    def __init__(
        self, number: int, command: Sequence[str], environ: Mapping[str, str], log: logging.Logger
    ) -> None:
        """Start it; raises OSError when the system cannot."""
        self.number = number
        self.last_words = ""  # on stderr
        self.babbled = 0  # lines on stdout that were no beats
        self._beats: dict[str, Beat] = {}
        self._box = threading.Lock()
        self._log = log
        self._process = subprocess.Popen(  # noqa: S603  our own program
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**HEAP, **environ, WATCH: str(os.getpid())},
            process_group=0 if POSIX else None,
            creationflags=0 if POSIX else getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self.pid = self._process.pid
        self._facts: psutil.Process | None = None
        with suppress(psutil.Error):
            self._facts = psutil.Process(self.pid)

    def listen(self, events: "SimpleQueue[Event]") -> None:
        """Bring what it says, and its end, to a queue."""
        read = (_thread(self._read_beats, events), _thread(self._read_stderr))
        for thread in (*read, _thread(self._wait, events, read)):
            thread.start()

    def taken(self) -> list[Beat]:
        """Take the newest beat of each monitor since the last time."""
        with self._box:
            beats, self._beats = self._beats, {}
        return list(beats.values())

    def ask(self, wish: Wish) -> None:
        """Ask it for something; in vain when it is gone."""
        if self._process.stdin is not None:
            with suppress(OSError, ValueError):
                self._process.stdin.write(msgspec.json.encode(wish) + b"\n")
                self._process.stdin.flush()

    def dump(self) -> None:
        """Let it write its stacks to the log; on Windows it does so by itself."""
        if POSIX:
            self._process.send_signal(signal.SIGUSR1)

    def terminate(self) -> None:
        """Tell it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it and all that it started, without asking."""
        if POSIX:
            # By group, also when the process itself is gone: what it started may be left.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            return
        for process in self._family():
            with suppress(psutil.Error):
                process.kill()

    def memory(self) -> int | None:
        """Weigh it, in resident bytes; None when that cannot be told."""
        try:
            return self._facts.memory_info().rss if self._facts is not None else None
        except psutil.Error:
            return None

    def is_stopped(self) -> bool:
        """Tell whether the system holds it still, so that it cannot obey."""
        try:
            return self._facts is not None and self._facts.status() == psutil.STATUS_STOPPED
        except psutil.Error:
            return False

    def close(self) -> None:
        """Let go of it after its end."""
        if self._process.stdin is not None:
            with suppress(OSError, ValueError):
                self._process.stdin.close()

    def _family(self) -> list[psutil.Process]:
        if self._facts is None:
            return []
        with suppress(psutil.Error):
            return [*self._facts.children(recursive=True), self._facts]
        return [self._facts]

    def _read_beats(self, events: "SimpleQueue[Event]") -> None:
        pipe, whole = self._process.stdout, True  # not whole: the rest of a line that was too long
        while pipe is not None and (line := pipe.readline(LONGEST)):
            began, whole = whole, line.endswith(b"\n")
            beat = _beat(line) if began and whole else None
            if beat is None:
                self.babbled += 1
            elif self._put(beat):
                events.put(Said(self.number))
        if pipe is not None:
            pipe.close()

    def _put(self, beat: Beat) -> bool:
        """Keep a beat until it is taken; tells whether it is the first: one event serves all."""
        with self._box:
            first = not self._beats
            if len(self._beats) < MOST_MONITORS or beat.monitor in self._beats:
                self._beats[beat.monitor] = following(beat, self._beats.get(beat.monitor))
            return first

    def _read_stderr(self) -> None:
        pipe, minute, lines = self._process.stderr, 0, 0
        while pipe is not None and (line := pipe.readline(WHOLE_LINE)):
            now = int(time.monotonic() // 60)
            minute, lines = now, lines + 1 if now == minute else 1
            words = line.decode("utf-8", "backslashreplace").rstrip()
            self.last_words = words or self.last_words
            if lines < MOST_LINES:
                self._log.info("%s", words)
            elif lines == MOST_LINES:
                self._log.info("(more than %d lines a minute: left out)", MOST_LINES)
        if pipe is not None:
            pipe.close()

    def _wait(self, events: "SimpleQueue[Event]", readers: Sequence[threading.Thread]) -> None:
        code = self._process.wait()
        self.kill()  # what it started and left holds the pipes open
        for thread in readers:
            thread.join(2)
        events.put(Ended(self.number, code))


def _thread(work: Callable[..., None], *args: object) -> threading.Thread:
    return threading.Thread(target=work, args=args, name="phdesk-window", daemon=True)


def _beat(line: bytes) -> Beat | None:
    try:
        return msgspec.json.decode(line, type=Beat)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def end_words(code: int) -> str:
    """Say how a process ended."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"
