"""Which insights that are not saved are open in a window: no two windows go on with the same."""

from PySide6.QtCore import QObject, Signal

Where = tuple[str, int]  # account and project


class OpenDrafts(QObject):
    """Common to all windows; knows names alone, and what is left by a window that closes."""

    left = Signal(object, str)  # Where, and the title of what waits there now

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: set[tuple[Where, str]] = set()

    def hold(self, where: Where, name: str) -> None:
        """Note that a window goes on with one."""
        self._open.add((where, name))

    def release(self, where: Where, name: str) -> None:
        """Let any window go on with one."""
        self._open.discard((where, name))

    def holds(self, where: Where, name: str) -> bool:
        """Say whether a window goes on with one."""
        return (where, name) in self._open
