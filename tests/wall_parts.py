"""Walls with their files in a folder of the test, hung on whatever screens Qt has there."""

import gc
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from phdesk.hanging import Hanging
from phdesk.models.wall import Item, Screen, Wall
from phdesk.monitor import Monitor, Options
from tests.app_parts import places_in


class Hung:
    """Running walls, and the first of them."""

    def __init__(self, monitor, hanging):
        self.monitor, self.hanging = monitor, hanging
        self.left = 0
        hanging.left.connect(self._on_left)

    def _on_left(self):
        self.left += 1

    @property
    def window(self):
        return next(iter(self.monitor.windows.values()))

    @property
    def heading(self):
        return self.window.heading

    @property
    def showing(self):
        return self.window.conductor.showing

    @property
    def banners(self):
        return [one.words for one in self.heading.banners]

    @property
    def online(self):
        return self.monitor.workspace.online

    def refresh(self):
        """Ask for all that is open, as the clock does."""
        self.online.dashboards.read_all()

    def is_whole(self):
        """Say whether every tile on show has its number."""
        showing = self.showing
        if showing is None or showing.known.page is None:
            return False
        tiles = [showing.known.page.tiles[one] for one in showing.tile_ids]
        return all(one.insight is None or one.has_result for one in tiles)


@contextmanager
def hung(folder, given, screen=None, *, resume=None, **options):
    """Hang walls, and take them down at the end."""
    thresholds = gc.get_threshold()
    qt = QApplication.instance()
    walls = Monitor(qt, Options(places=places_in(folder), given=given, **options))
    over = Hanging(qt, walls, resume)
    over.set_screen(screen or Screen(name="", walls={"": Wall(items=(Item(dashboard=1),))}))
    walls.start()
    made = Hung(walls, over)
    try:
        yield made
    finally:
        over.leave()
        over.stop()
        walls.stop()
        gc.disable()
        for window in walls.windows.values():
            window.close()
            window.deleteLater()
        walls.deleteLater()
        gc.set_threshold(*thresholds)
        gc.unfreeze()
        qt.setQuitOnLastWindowClosed(True)
