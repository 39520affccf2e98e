"""The app on a real screen, with hands that only press and move; looks tell where to."""

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from tests.walk.screen import hands, photograph

PATIENCE = 60_000  # ms
STEPS = 12  # of a drag
SETTLED = 350  # ms that a picture waits, so that nothing glides in it


class Walker:
    """Does things with real events and photographs what came of them."""

    def __init__(self, app, folder):
        self.app, self.folder = app, folder
        self.captions = []

    @property
    def screen(self):
        return self.app.window.screen_page

    @property
    def grid(self):
        return self.screen.grid

    def tile(self, title):
        return next(one for one in self.grid.tiles.values() if one.view.title == title)

    def box(self, title):
        return self.grid.boxes[self.tile(title).tile_id]

    def wait(self, until):
        """Let the app go on until something is true."""
        loop, watch, limit = QEventLoop(), QTimer(), QTimer()
        watch.timeout.connect(lambda: loop.quit() if until() else None)
        limit.setSingleShot(True)
        limit.timeout.connect(loop.quit)
        watch.start(10)
        limit.start(PATIENCE)
        loop.exec()
        if not until():
            raise AssertionError("this did not come about")

    def rest(self):
        loop = QEventLoop()
        QTimer.singleShot(SETTLED, loop.quit)
        loop.exec()

    def press(self, *keys):
        for key in keys:
            hands("key", key)
            self.rest_a_turn()

    def write(self, text):
        hands("type", "--delay", "15", text)
        self.rest()

    def rest_a_turn(self):
        loop = QEventLoop()
        QTimer.singleShot(40, loop.quit)
        loop.exec()

    def point(self, widget, spot):
        place = widget.mapToGlobal(spot)
        hands("mousemove", place.x(), place.y())
        self.rest_a_turn()

    def click(self, widget):
        self.point(widget, widget.rect().center())
        hands("click", 1)
        self.rest_a_turn()

    def button(self, text, within=None):
        found = (within or self.app.window).findChildren(QPushButton)
        return next(one for one in found if one.isVisible() and one.text().strip() == text)

    def take(self, widget, spot):
        """Press on a spot, and hold."""
        self.point(widget, spot)
        hands("mousedown", 1)
        self.rest_a_turn()
        return widget.mapToGlobal(spot)

    def pull(self, start, way):
        """Move the pointer with the button down."""
        for step in range(1, STEPS + 1):
            spot = start + QPoint(way.x() * step // STEPS, way.y() * step // STEPS)
            hands("mousemove", spot.x(), spot.y())
            self.rest_a_turn()

    def let_go(self):
        hands("mouseup", 1)
        self.rest()

    def look(self, name, caption):
        """Photograph the screen."""
        self.rest()
        file = f"{len(self.captions) + 1:02}-{name}.png"
        photograph(self.folder / file)
        self.captions.append((file, caption))


def focused():
    """Give the name of the control that has the keyboard."""
    here = QApplication.focusWidget()
    return here.accessibleName() if here is not None else ""
