"""Monitor mode from a window: the dashboard on screen fills a screen, until Esc."""

from collections.abc import Mapping
from functools import partial
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

from phdesk.core.budget import MINUTE
from phdesk.models.wall import Item, Look, Wall
from phdesk.services.workspace import Workspace
from phdesk.views.desk.desk import Desk

if TYPE_CHECKING:
    from phdesk.services.awake import Awake
    from phdesk.services.wall_rooms import WallRooms  # not before a wall is asked for
    from phdesk.views.monitor.care import PointerRest
    from phdesk.views.monitor.window import WallWindow

MONITOR_MODE = "Monitor mode"
VIEWER = 1_000_000  # beyond the numbers of windows, each of which may have a wall
CADENCE = 30  # minutes after which a number is due where nothing is refreshed by itself


class Walls(QObject):
    """Made after the first paint; one wall a window."""

    def __init__(self, desk: Desk, workspace: Workspace) -> None:
        super().__init__(desk)
        self._desk, self._workspace = desk, workspace
        self._wall: WallWindow | None = None
        self._rooms: WallRooms | None = None
        self._pointer: PointerRest | None = None
        self._awake: Awake | None = None
        self._where = workspace.where
        self._had: Mapping[str, str] = {}  # alerts that had the screen on an earlier wall
        desk.window.add_action(MONITOR_MODE, "F", self.show)
        desk.window.monitor_requested.connect(self.show)
        desk.window.closed.connect(self.leave)
        workspace.store.changed.connect(self._on_changed)

    @property
    def window(self) -> "WallWindow | None":
        """Give the wall, while there is one."""
        return self._wall

    @Slot()
    def show(self) -> None:
        """Fill the screen on which the window stands with what it shows."""
        desk, open_id = self._desk, self._desk.open_id
        if self._wall is not None or desk.cache is None or open_id is None:
            return
        if open_id not in desk.state.dashboards:
            return
        rooms = import_module("phdesk.services.wall_rooms").WallRooms(
            self._workspace, desk.cache, desk.now, viewer=VIEWER + desk.viewer, parent=self
        )
        self._rooms, self._where = cast("WallRooms", rooms), self._workspace.where
        clocks = import_module("phdesk.views.monitor.clocks").Clocks(desk.now, monotonic)
        alarms = import_module("phdesk.services.wall_alarms").WallAlarms(rooms, rooms)
        if desk.watches is not None:
            alarms.use(desk.watches)
        conductor = import_module("phdesk.views.monitor.conductor").Conductor(
            "", rooms, clocks, alarms, rooms
        )
        conductor.takeover.set_had(self._had)
        made = import_module("phdesk.views.monitor.window").WallWindow(conductor)
        wall = self._wall = cast("WallWindow", made)
        wall.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wall.set_still(on=desk.preferences.settings.reduced_motion)
        wall.leave_requested.connect(self.leave)
        wall.installEventFilter(self)
        wall.setScreen(desk.window.screen())
        wall.setGeometry(desk.window.screen().geometry())
        wall.set_wall(self._described(open_id))
        wall.showFullScreen()
        resting = import_module("phdesk.views.monitor.care").PointerRest(rooms)
        self._pointer = cast("PointerRest", resting)
        self._pointer.watch(wall)
        self._keep_awake()

    @Slot()
    def leave(self) -> None:
        """Go back to the window."""
        if self._wall is not None:
            self._wall.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the wall was closed, however that was done."""
        if watched is self._wall and event.type() is QEvent.Type.Close:
            self._forget()
        return False

    def _keep_awake(self) -> None:
        """Keep the screen on while it is read from afar; before there is a network, it is not."""
        online = self._desk.online
        if online is None:
            return
        awake = import_module("phdesk.services.awake")
        ways = partial(awake.ways_here, QGuiApplication.platformName())
        self._awake = cast("Awake", awake.Awake(online.worker, ways, parent=self))
        self._awake.set_wanted(wanted=True)

    def _let_rest(self) -> None:
        if self._awake is not None:
            self._awake.set_wanted(wanted=False)
            self._awake.deleteLater()
            self._awake = None

    def _described(self, open_id: int) -> Wall:
        """Look as the window does, and call old what is old for it."""
        theme, settings = self._desk.theme, self._desk.preferences.settings
        minutes = settings.auto_refresh_minutes or CADENCE
        look = Look(palette="dark" if theme.is_dark else "light", colorblind=theme.colorblind)
        return Wall(
            items=(Item(dashboard=open_id),),
            refresh=minutes * MINUTE,
            alerts=settings.wall_alerts,
            look=look,
        )

    def _forget(self) -> None:
        if self._wall is not None:
            self._had = self._wall.conductor.takeover.alarms.had
        rooms, self._rooms, self._wall = self._rooms, None, None
        if self._pointer is not None:
            self._pointer.stop()
            self._pointer = None
        self._let_rest()
        if rooms is not None:
            rooms.close()
            rooms.deleteLater()
            self._desk.window.activateWindow()

    @Slot(object)
    def _on_changed(self, _changes: object) -> None:
        """Show nothing of one account in the place of another."""
        if self._wall is not None and self._workspace.where != self._where:
            self.leave()
