"""Draws tiles just below or above the window before they are seen, and lets those far away go."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Slot

from phdesk.views.dashboard.surface import TileSurface


class Ahead(QObject):
    """Draws one tile in a turn of the loop, when there is nothing else to do."""

    def __init__(
        self, tiles: Callable[[], Iterable[tuple[TileSurface, bool]]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tiles = tiles  # with each, whether it is near the window
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._draw_one)

    @property
    def busy(self) -> bool:
        """Tell whether there may be something left to draw."""
        return self._idle.isActive()

    def start(self) -> None:
        """Look what is to be drawn by now."""
        self._idle.start()

    @Slot()
    def _draw_one(self) -> None:
        for tile, near in self._tiles():
            if near:
                if tile.view is None or not tile.needs_picture:
                    continue
                tile.render_soon()
                if not tile.needs_picture:
                    self._idle.start()
                    return
            else:
                tile.drop_picture()  # keeps memory to what is near the window
