"""Connects the running walls of a process to the watch that started it."""

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.budget_words import Report, budget_lines
from phdesk.models.beat import Beat, Spending
from phdesk.monitor import Monitor, utc_now
from phdesk.services.heartbeat import heartbeat
from phdesk.views.monitor.window import WallWindow


class Beating(QObject):
    """Beats for all windows of a monitor, and has it do what the watch asks for."""

    stop_requested = Signal()

    def __init__(self, monitor: Monitor, trouble: Callable[[], tuple[str, ...]] = tuple) -> None:
        super().__init__(monitor)
        self._monitor = monitor
        self._trouble = trouble  # of the whole computer, in sentences
        self._heart = heartbeat(self._beats, self._repaint, self)
        self._heart.trim_requested.connect(self._trim)
        self._heart.stop_requested.connect(self.stop_requested)
        monitor.window_made.connect(self._watch)
        for window in monitor.windows.values():
            self._watch(window)

    def start(self) -> None:
        """Begin to beat."""
        self._heart.start()

    def stop(self) -> None:
        """Say nothing more; the windows leave."""
        self._heart.stop()

    @Slot(object)
    def _watch(self, window: WallWindow) -> None:
        window.painted.connect(self._heart.note_painting)

    @Slot()
    def _trim(self) -> None:
        self._monitor.trim()

    def _beats(self) -> list[Beat]:
        """Tell of each wall; while none has a monitor, that somebody is at work all the same."""
        trouble = self._trouble()
        beats = [window.beat() for window in self._monitor.windows.values()]
        beats = beats or [Beat(monitor="", at=utc_now(), frame=0, windows=0)]
        report, count = self._monitor.budget, len(self._monitor.windows)
        budget = budget_lines(report)[0] if report is not None else ""
        spending = _spending(report) if report is not None else ()
        return [
            replace(
                one,
                problems=(*one.problems, *trouble),
                budget=budget,
                spending=spending,
                windows=count,
            )
            for one in beats
        ]

    def _repaint(self) -> bool:
        """Ask all windows to paint; tells whether any is where it can."""
        shown = False
        for window in self._monitor.windows.values():
            window.update()
            shown = shown or (window.isVisible() and window.windowHandle().isExposed())
        return shown


def _spending(report: Report) -> tuple[Spending, ...]:
    return tuple(
        Spending(
            calls=one.name,
            people=one.interactive,
            clock=one.background,
            limit=one.limit,
            clock_limit=one.background_limit,
        )
        for one in report.classes
    )
