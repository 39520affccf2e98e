"""The process that watches over a wall's window: it starts it, listens, and starts it again.

Imports neither Qt nor the network, so that nothing of what may fail in a window can fail here. What
to do is decided in `core.wall.vigil`; this does it. One thread decides; others wait for pipes.
"""

import os
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from queue import Empty, SimpleQueue
from types import FrameType
from typing import TYPE_CHECKING

import msgspec
import psutil
from msgspec import Struct

from phdesk import __version__
from phdesk.core.wall import vigil as watch
from phdesk.core.wall.health import summary
from phdesk.core.wall.vigil import Act
from phdesk.models.beat import Resume, Wish
from phdesk.models.status import Status
from phdesk.models.wall import Limits
from phdesk.services.only_one import HeldError, held
from phdesk.services.report import Report, window_facts
from phdesk.services.status_file import (
    MonitorFiles,
    began,
    find_status,
    read_places,
    tell_status,
    write_places,
)
from phdesk.services.systemd import Notice, without_notice
from phdesk.services.wall_log import close_log, open_log
from phdesk.services.window_process import SOFTWARE, Asked, Ended, Event, WindowProcess, end_words

if TYPE_CHECKING:
    from phdesk.services.health_port import HealthPort

LOOK = 0.5  # seconds between looks; `core.wall.vigil.LOOK` is the longest
STATUS_EVERY = 2.0  # seconds
PLACE_EVERY = 60.0  # seconds; the disk may be a memory card
SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)


class Plan(Struct, frozen=True, kw_only=True):
    """What to watch over, and how."""

    command: tuple[str, ...]  # of the window; `--resume JSON` is added
    files: MonitorFiles
    limits: Limits = Limits()
    screen: str = ""  # its name, for people
    port: int | None = None  # of /healthz and /metrics; None: none is opened
    hopeless: tuple[int, ...] = ()  # exit codes of a first window after which there is no second
    environ: Mapping[str, str] = {}


class AlreadyRunsError(Exception):
    """Another monitor runs over the same folder of data."""


class Supervisor:
    """Watches over one window until it is told to leave."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._vigil = watch.begun(time.monotonic())
        self._window: WindowProcess | None = None
        self._report = Report(read_places(plan.files.place))
        self._kept = dict(self._report.places)
        self._notice = Notice(plan.environ)
        self._log = open_log(plan.files.log)
        self._health: HealthPort | None = None
        self._port_problem = ""
        self._due = {"status": 0.0, "place": time.monotonic() + PLACE_EVERY, "alive": 0.0}
        self._memory: int | None = None
        self._began = began()
        self._unwritten: dict[str, str] = {}  # why, by what
        self._code = 0
        self._news: tuple[object, ...] = ()  # what the last status said that nobody should wait for

    def run(self) -> int:
        """Watch until a person or the system ends it; gives the exit code."""
        lock = _refuse_a_second(self._plan.files)
        before = {one: signal.signal(one, self._on_signal) for one in SIGNALS}
        try:
            self._open_port()
            self._notice.ready()
            self._say(f"watching, process {os.getpid()}")
            while self._vigil.phase != "over":
                self._turn()
        finally:
            self._close()
            for one, handler in before.items():
                signal.signal(one, handler)
            if lock is not None:
                os.close(lock)
        return self._code

    def status(self) -> Status:
        """Say how it all is."""
        now = time.monotonic()
        pid = self._window.pid if self._window is not None else None
        return Status(
            version=__version__,
            since=self._report.since,
            at=datetime.now(UTC),
            monitors=tuple(self._report.beats),
            troubles=self._report.troubles,
            pid=os.getpid(),
            began=self._began,
            screen=self._plan.screen,
            window=window_facts(self._vigil, now, self._plan.limits, pid, self._memory),
            file_problem=" ".join(filter(None, self._unwritten.values())),
            port_problem=self._port_problem,
            memory=psutil.Process().memory_info().rss,
        )

    def _turn(self) -> None:
        with suppress(Empty):
            self._take(self._events.get(timeout=self._wait()))
            while True:
                self._take(self._events.get_nowait())
        window, now = self._window, time.monotonic()
        self._memory = window.memory() if window is not None else None
        stopped = window is not None and self._is_silent(now) and window.is_stopped()
        self._vigil, acts = watch.looked(
            self._vigil, now, self._plan.limits, memory=self._memory, stopped=stopped
        )
        for act in acts:
            self._do(act)
        self._publish(time.monotonic())

    def _wait(self) -> float:
        if self._vigil.phase == "resting":
            return min(LOOK, max(0.0, self._vigil.due - time.monotonic()))
        return LOOK

    def _is_silent(self, now: float) -> bool:
        return now - self._vigil.heard > LOOK * 2 or self._vigil.phase != "running"

    def _take(self, event: Event) -> None:
        now = time.monotonic()
        if isinstance(event, Asked):
            self._say(f"asked to leave ({signal.Signals(event.signal).name})")
            self._notice.stopping()
            self._vigil, acts = watch.asked_to_leave(self._vigil, now)
            for act in acts:
                self._do(act)
        elif self._window is None or event.window != self._window.number:
            return  # of an earlier life
        elif isinstance(event, Ended):
            self._on_ended(event.code)
        else:
            self._report.hear(self._window.taken(), now)
            self._vigil = watch.heard(
                self._vigil, now, self._report.rotations, self._report.showing
            )

    def _do(self, act: Act) -> None:
        window = self._window
        if act == "start":
            self._start()
        elif window is None:
            return
        elif act == "dump":
            self._say("the window is silent; its stacks follow")
            window.dump()
        elif act == "trim":
            self._say(f"the window takes {self._megabytes()}; asked to drop what it can")
            window.ask(Wish(act="trim"))
        elif act == "leave":
            self._say("the window is asked to leave")
            window.ask(Wish(act="stop"))
        else:
            self._trouble(f"The window did not answer: {act}.")
            (window.terminate if act == "terminate" else window.kill)()

    def _start(self) -> None:
        safe = self._vigil.safe is not None
        resume = Resume(places=self._report.places, safe=safe, skip=self._vigil.suspects)
        command = (*self._plan.command, "--resume", msgspec.json.encode(resume).decode())
        environ = without_notice(self._plan.environ) | (SOFTWARE if safe else {})
        try:
            window = WindowProcess(self._vigil.starts, command, environ, self._log)
        except OSError as why:
            self._trouble(f"The window could not be started ({why.strerror}).")
            self._vigil = watch.ended(self._vigil, time.monotonic(), by_person=False)
            return
        self._window = window
        window.listen(self._events)
        self._say(f"window started, process {window.pid}{', in safe mode' if safe else ''}")

    def _on_ended(self, code: int) -> None:
        window, planned = self._window, self._vigil.planned
        hopeless = self._is_hopeless(code)
        if window is not None and hopeless:
            self._code = code
            self._vigil, _ = watch.asked_to_leave(self._vigil, time.monotonic())
            print(window.last_words, file=sys.stderr, flush=True)  # noqa: T201  to who typed it
        if window is not None:
            if window.babbled:
                self._say(f"the window wrote {window.babbled} lines that were no beats")
            window.close()
        self._window, was_safe = None, self._vigil.safe is not None
        self._vigil = watch.ended(self._vigil, time.monotonic(), by_person=code == 0)
        if code == 0 or planned or hopeless:
            self._say(f"the window left ({end_words(code)})")
        else:
            self._trouble(f"The window ended ({end_words(code)}).")
        if self._vigil.safe is not None and not was_safe:
            skipped = ", ".join(self._vigil.suspects) or "nothing"
            self._trouble(f"Safe mode, after {watch.CRASHES} crashes; skipped: {skipped}.")

    def _is_hopeless(self, code: int) -> bool:
        """Tell whether the window could not even begin, by a fault of what was typed."""
        return code in self._plan.hopeless and self._vigil.starts == 1 and not self._vigil.beats

    def _publish(self, now: float) -> None:
        every = self._notice.every
        if every is not None and now >= self._due["alive"]:
            self._due["alive"] = now + every
            self._notice.alive()
        vigil, blank = self._vigil, [bool(beat.empty) for beat in self._report.beats]
        news = (vigil.phase, vigil.starts, vigil.beats > 0, blank)
        if now >= self._due["status"] or news != self._news:
            self._due["status"], self._news = now + STATUS_EVERY, news
            self._began = began()  # told anew, as it moves with the clock on the wall
            status = self.status()
            if self._health is not None:
                self._health.tell(status)
            self._notice.status(summary(status))
            self._complain_once("status", tell_status(self._plan.files, status))
        if now >= self._due["place"]:
            self._keep_place(now)

    def _keep_place(self, now: float) -> None:
        self._due["place"] = now + PLACE_EVERY
        if self._report.places != self._kept:
            self._kept = dict(self._report.places)
            self._complain_once("place", write_places(self._plan.files.place, self._kept))

    def _complain_once(self, what: str, problem: str | None) -> None:
        if problem and problem != self._unwritten.get(what):
            self._trouble(problem)
        self._unwritten[what] = problem or ""

    def _open_port(self) -> None:
        if self._plan.port is None:
            return
        module = import_module("phdesk.services.health_port")  # most monitors have none
        try:
            self._health = module.HealthPort(self._plan.port)
        except OSError as why:
            self._port_problem = (
                f"Health cannot be told on port {self._plan.port} ({why.strerror or why})."
            )
            self._trouble(self._port_problem)

    def _close(self) -> None:
        self._notice.stopping()
        if self._window is not None:  # only after an error of our own: leave nothing behind
            self._window.kill()
        if self._health is not None:
            self._health.close()
        self._keep_place(time.monotonic())
        for path in (self._plan.files.status, self._plan.files.spare):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        self._say("left")
        close_log(self._log)

    def _trouble(self, words: str) -> None:
        self._report.note(words)
        self._say(words)
        print(f"phdesk: {words}", file=sys.stderr, flush=True)  # noqa: T201  into the journal

    def _say(self, words: str) -> None:
        self._log.info("watch: %s", words)

    def _megabytes(self) -> str:
        return f"{(self._memory or 0) // 1_000_000} MB"

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self._events.put(Asked(number))  # safe inside a signal, unlike most of what locks


def _refuse_a_second(files: MonitorFiles) -> int | None:
    """Be the only monitor here, also of two that start at once; gives what keeps the place."""
    other = find_status(files, datetime.now(UTC))
    if isinstance(other, Status) and other.pid != os.getpid():
        raise AlreadyRunsError(f"a monitor runs here already (process {other.pid})")
    try:
        own = held(files.status.with_suffix(".lock"))
        return own if own is not None else held(files.spare.with_suffix(".lock"))
    except HeldError:
        raise AlreadyRunsError("a monitor runs here already") from None
