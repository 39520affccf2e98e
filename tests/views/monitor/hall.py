"""A wall with what the store knows, and clocks set by hand; no network."""

from datetime import timedelta

from phdesk.models.account import Account, Project
from phdesk.models.dashboard import DashboardRow
from phdesk.models.wall import Item, Look, Wall
from phdesk.services.wall_alarms import WallAlarms
from phdesk.services.wall_rooms import WallRooms
from phdesk.services.workspace import Workspace
from phdesk.store import changes
from phdesk.store.cache import Cache
from phdesk.store.state import EMPTY
from phdesk.views.monitor.clocks import Clocks
from phdesk.views.monitor.conductor import Conductor
from phdesk.views.monitor.window import WallWindow
from tests.store.builders import NOON, board, tile
from tests.views.dashboard.showing import trend

ADA = Account(id="a", host="https://us.posthog.com", name="Ada", project_id=7)
ROWS = tuple(
    DashboardRow(id=number, name=name, tags=tags, pinned=number == 2)
    for number, name, tags in ((1, "Weekly", ("wall",)), (2, "Growth", ()), (3, "Ops", ("#Wall",)))
)


class Hall:
    """The room in which the wall hangs."""

    def __init__(self, folder, qtbot):
        self.time, self.seconds = NOON, 1000.0
        self.qtbot = qtbot
        self.cache = Cache(folder / "cache.sqlite3")
        self.workspace = Workspace(EMPTY)
        self.store = self.workspace.store
        self.rooms = WallRooms(self.workspace, self.cache, self.now)
        self.alarms = WallAlarms(self.rooms)
        clocks = Clocks(self.now, self.steady)
        self.conductor = Conductor("", self.rooms, clocks, self.alarms)
        self.window = WallWindow(self.conductor)
        qtbot.addWidget(self.window)
        self.window._tick.stop()  # the tests look at the clock
        self.asked = 0

    def now(self):
        return self.time

    def steady(self):
        return self.seconds

    def pass_(self, seconds):
        """Let both clocks run on, and have the wall look at them."""
        self.time += timedelta(seconds=seconds)
        self.seconds += seconds
        self.look()

    def look(self):
        self.window._on_tick()
        self.settle()

    def settle(self):
        """Wait until there is nothing to make or draw."""
        self.store.announce()
        self.qtbot.waitUntil(lambda: self.conductor.renderer.is_idle)

    def sign_in(self, rows=ROWS):
        self.store.apply(changes.with_account, ADA, Project(id=7))
        self.store.apply(changes.with_rows, rows, now=self.time)
        self.store.announce()

    def know(self, *numbers, tiles=None):
        """Have the server answer for dashboards."""
        names = {row.id: row.name for row in self.store.state.rows.items}
        for number in numbers:
            self.asked += 1
            held = tiles or [tile(1, trend(-5, name=f"Tile of {number}"))]
            made = board(*held, name=names.get(number, "New"), dashboard_id=number)
            self.store.apply(changes.with_dashboard, made, now=self.time, asked=self.asked)
        self.settle()

    def fail(self, number, failure):
        self.asked += 1
        self.store.apply(
            changes.with_dashboard_failure, number, failure, now=self.time, asked=self.asked
        )
        self.settle()

    def show(self, *items, size=(1280, 720), **more):
        look = more.pop("look", Look(motion=False))
        dwell = more.pop("dwell", 10.0)
        wall = Wall(items=tuple(items), dwell=dwell, look=look, **more)
        self.window.resize(*size)
        self.window.show()
        self.window.set_wall(wall)
        self.settle()
        return wall

    @property
    def title(self):
        return self.window.heading.title

    def close(self):
        self.rooms.close()
        self.window.close()
        self.cache.close()


def items(*numbers, **more):
    return [Item(dashboard=number, **more) for number in numbers]
