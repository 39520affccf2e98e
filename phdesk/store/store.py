"""The one place that holds the state and says when it changed; lives in the GUI thread."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.store.state import EMPTY, NOTHING, Changes, State

P = ParamSpec("P")
Step = tuple[State, Changes]


class Store(QObject):
    """Holds the state; `changed` brings the Changes of one turn of the event loop together."""

    changed = Signal(object)  # Changes

    def __init__(self, state: State = EMPTY, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._pending = NOTHING
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.announce)

    @property
    def state(self) -> State:
        """Give what is known now."""
        return self._state

    def apply(
        self,
        change: Callable[Concatenate[State, P], Step],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Changes:
        """Make one change: `store.apply(with_rows, rows, now=now)`."""
        self._state, changes = change(self._state, *args, **kwargs)
        if changes:
            self._pending |= changes
            self._timer.start()
        return changes

    @Slot()
    def announce(self) -> None:
        """Tell at once what changed since the last time."""
        self._timer.stop()
        pending, self._pending = self._pending, NOTHING
        if pending:
            self.changed.emit(pending)
