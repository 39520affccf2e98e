"""A dashboard whose layout is edited, and hands that move tiles on it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from phdesk.models.account import Project
from phdesk.models.dashboard import Box
from phdesk.views import theme as look
from phdesk.views.dashboard.editing.ghost import Ghost, Hint
from phdesk.views.dashboard.editing.marks import Handle, Outline
from phdesk.views.dashboard.layout_note import LayoutLine
from phdesk.views.dashboard.screen import DashboardScreen
from tests.store.builders import NOON
from tests.views.dashboard.showing import exposed, grid_of, shown_board

LEFT = Qt.MouseButton.LeftButton
TITLE = QPoint(60, 24)  # within a tile
CHART = QPoint(200, 200)
QUIET = QPoint(300, 426)  # in the chart, too, but without a tooltip


class Hands:
    """Three tiles, 1 and 2 side by side, 3 below 1, all 6 x 5; tells what was changed."""

    def __init__(self, qtbot, *held, width=1240, height=700):
        self.qtbot = qtbot
        self.screen = exposed(qtbot, DashboardScreen(look.light()), width, height)
        self.state = shown_board(*(held or grid_of(3))).dashboards[9]
        self.screen.show_dashboard(self.state, Project(id=7), None, NOON)
        self.told = []
        self.screen.layout_changed.connect(self.told.append)

    @property
    def grid(self):
        return self.screen.grid

    @property
    def boxes(self):
        return dict(self.grid.boxes)

    @property
    def arranging(self):
        return self.screen._arranging

    @property
    def line(self):
        return self.screen.findChild(LayoutLine)

    @property
    def said(self):
        """The words on the line."""
        return next(one.text() for one in self.line.findChildren(QLabel) if one.text())

    @property
    def ghost(self):
        return self.grid.findChild(Ghost)

    @property
    def hint(self):
        return self.grid.findChild(Hint)

    @property
    def outlined(self):
        outline = self.grid.findChild(Outline)
        return outline.tile.tile_id if outline.isVisible() else None

    def tile(self, tile_id):
        return self.grid.tiles[tile_id]

    def handle(self, tile_id, word):
        found = self.tile(tile_id).findChildren(Handle)
        return next(one for one in found if one.accessibleName().startswith(word))

    def edit(self):
        self.screen.toggle_editing()
        self.at_rest()
        return self

    def at_rest(self):
        """Wait until every tile is where it belongs."""
        belongs = {one: self.grid.rect_of(box) for one, box in self.boxes.items()}
        self.qtbot.waitUntil(
            lambda: {one: t.geometry() for one, t in self.grid.tiles.items()} == belongs
        )

    def cell(self, columns, rows):
        """The way of that many cells, in pixels."""
        here, there = (self.grid.rect_of(Box(x, y, 1, 1)) for x, y in ((0, 0), (1, 1)))
        return QPoint(round((there.x() - here.x()) * columns), round((there.y() - here.y()) * rows))

    def press(self, widget, spot=TITLE):
        self._watched, self._at = widget, widget.mapToGlobal(spot)
        self.qtbot.mousePress(widget, LEFT, pos=spot)

    def drag(self, way, steps=4):
        """Move the pressed pointer in several steps."""
        start = self._at
        for step in range(1, steps + 1):
            self._to(start + way * step / steps)

    def release(self):
        spot = self._watched.mapFromGlobal(self._at)
        self.qtbot.mouseRelease(self._watched, LEFT, pos=spot)

    def move(self, tile_id, way, spot=TITLE):
        self.press(self.tile(tile_id), spot)
        self.drag(way)
        self.release()
        self.at_rest()

    def hover(self, widget, spot):
        self.qtbot.mouseMove(widget, spot + QPoint(1, 1))  # where it is already is no move
        self.qtbot.mouseMove(widget, spot)

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.screen.window().focusWidget(), key, modifier)

    def _to(self, there):
        self._at = there
        self.qtbot.mouseMove(self._watched, self._watched.mapFromGlobal(there))


def hands_on(qtbot, screen):
    """Give hands for a dashboard that is on screen already."""
    hands = Hands.__new__(Hands)
    hands.qtbot, hands.screen, hands.told = qtbot, screen, []
    screen.layout_changed.connect(hands.told.append)
    return hands
