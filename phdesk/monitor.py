"""The composition root of walls: what `phdesk.app` is for windows, with less in it."""

import gc
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from phdesk.core.budget_words import Report
from phdesk.models.account import Account
from phdesk.models.beat import Place
from phdesk.models.wall import Wall
from phdesk.services.accounts import AccountsFile
from phdesk.services.board_room import BoardRoom
from phdesk.services.demo_process import DemoProcess
from phdesk.services.garbage import Garbage
from phdesk.services.library import last_account, load_project
from phdesk.services.loader import Loader
from phdesk.services.places import Places
from phdesk.services.preferences import Preferences
from phdesk.services.wall_alarms import WallAlarms, WallSources
from phdesk.services.wall_rooms import WallRooms
from phdesk.services.wall_settings import WallAccounts, WallSettings, with_cadence
from phdesk.services.workspace import Workspace
from phdesk.store.cache import Cache
from phdesk.store.cache_check import look_over
from phdesk.store.state import EMPTY, State
from phdesk.store.store import Store
from phdesk.views.monitor.clocks import Clocks
from phdesk.views.monitor.conductor import Conductor
from phdesk.views.monitor.window import WallWindow

if TYPE_CHECKING:
    from phdesk.services.background import Background
    from phdesk.services.beside import Beside
    from phdesk.services.environment import Given
    from phdesk.services.governor import Governor
    from phdesk.services.network import Network
    from phdesk.services.online import Online
    from phdesk.services.wall_session import OtherKey, WallSession
    from phdesk.services.watch_room import WatchRoom

ONLINE = (
    "phdesk.services.network",
    "phdesk.services.background",
    "phdesk.services.credentials",
    "phdesk.services.environment",
    "phdesk.services.governor",
    "phdesk.services.circumstances",
    "phdesk.services.wall_session",
    "phdesk.services.watch_room",
)


class Options(Struct, frozen=True, kw_only=True):
    """How walls are started."""

    places: Places
    given: "Callable[[], Given | None]"  # reads host, key and project anew each time
    account: str | None = None  # id of a kept account; None is the one used last
    project: int | None = None
    demo: bool = False
    safe: bool = False  # after many crashes: nothing moves, the cache is looked over first
    skip: tuple[str, ...] = ()  # keys of stops that may be what crashed


BEGINNING = Place()


class Monitor(QObject):
    """The running walls of one computer, by the names of their monitors."""

    ready = Signal()  # the network is loaded
    told = Signal(str)  # a sentence, from whatever thread
    window_made = Signal(object)  # WallWindow

    def __init__(self, qt: QApplication, options: Options) -> None:
        super().__init__(qt)
        self._options = options
        self._waits = False  # for the first painting
        self._background: Background | None = None
        self._session: WallSession | None = None
        self._governor: Governor | None = None
        files = options.places
        self._settings = WallSettings(files.settings)
        self.preferences = Preferences(self._settings, AccountsFile(files.accounts), self)
        self._remembered = WallAccounts(
            AccountsFile(files.accounts.with_name("wall-accounts.toml"))
        )
        self.cache = Cache(files.cache, self.told.emit)
        if options.safe:
            look_over(self.cache)
        self.workspace = Workspace(self._first_state())
        self.rooms = WallRooms(self.workspace, self.cache, utc_now, parent=self)
        self.rooms.set_accounts(self.preferences.accounts)
        self.windows: dict[str, WallWindow] = {}
        self.demo = DemoProcess(self)
        self._boards = BoardRoom(files.boards, self.cache, self.preferences, self)
        self.rooms.set_boards(self._boards)
        self.alarms = WallAlarms(self.rooms, self)
        self._watches: WatchRoom | None = None
        self._garbage = Garbage(self, restless=True)
        self._loader = Loader(*ONLINE, parent=self)
        self._listing = QTimer(self)
        self._hidden = self._unlisted = False
        self._connect()

    def add(self, name: str, wall: Wall, start: Place = BEGINNING) -> WallWindow:
        """Make the window of a wall; whoever asks places and shows it."""
        clocks = Clocks(utc_now, monotonic)
        conductor = Conductor(name, self.rooms, clocks, self.alarms, self)
        conductor.studio.use(self._background)
        conductor.start_at(start.item, start.page, paused=start.paused)
        window = WallWindow(conductor)
        window.monitor = name
        conductor.bar(self._options.skip)
        conductor.takeover.set_had(start.alerts)
        conductor.takeover.barred = self._options.safe
        window.set_still(on=self._options.safe)
        self.windows[name] = window
        window.set_wall(wall)
        self._keep_pace()
        if self._waits:  # no monitor was there at the start
            window.painted.connect(self._on_painted)
        self.window_made.emit(window)
        return window

    def change(self, name: str, wall: Wall) -> None:
        """Show another wall in a window, which stays as it is meanwhile."""
        self.windows[name].set_wall(wall)
        self._keep_pace()

    def remove(self, name: str) -> None:
        """Close the window of a wall that is gone."""
        window = self.windows.pop(name)
        self.rooms.leave(name)
        window.conductor.deleteLater()
        window.close()
        window.deleteLater()
        self._keep_pace()

    def set_hidden(self, *, hidden: bool) -> None:
        """Ask for nothing while no wall is to be seen; catch up afterwards."""
        self._hidden = hidden
        self.rooms.set_hidden(hidden=hidden)
        if self.workspace.online is not None:
            self.workspace.online.alerts.set_resting(on=hidden)
        if self._unlisted and not hidden:
            self._on_listing()

    def start(self) -> None:
        """Load what needs the network, after the first painting."""
        if self._options.demo:
            self.demo.start()
        self._waits = True
        for window in self.windows.values():
            window.painted.connect(self._on_painted)

    def stop(self) -> None:
        """Close everything in reverse."""
        self._loader.wait()
        if self._background is not None:
            for window in self.windows.values():
                window.conductor.studio.use(None)
            self._background.stop()
            self._background = None
        self._boards.close()
        if self._watches is not None:
            self._watches.close()
        self._garbage.stop()
        self.demo.stop()
        self.cache.close()

    @property
    def background(self) -> "Background | None":
        """Give the worker, once it is there."""
        return self._background

    @property
    def budget(self) -> Report | None:
        """Give what was spent of the team's limits; None while nobody is signed in."""
        account, project = self.workspace.store.state.account, self.workspace.where[1]
        if self._governor is None or account is None or not project:
            return None
        return self._governor.report(account.host, project)

    def trim(self) -> None:
        """Give back memory that can be filled again."""
        for window in self.windows.values():
            window.conductor.trim()
        gc.collect()

    def _connect(self) -> None:
        self._listing.timeout.connect(self._on_listing)
        self._loader.loaded.connect(self._on_loaded)
        self._loader.failed.connect(self.told)
        self.demo.ready.connect(self._on_demo)
        self.demo.failed.connect(self.told)

    def _first_state(self) -> State:
        """Find what is kept for whoever will be signed in: it is shown before anybody answers."""
        options, files = self._options, self.preferences
        if options.demo:
            return EMPTY
        given = options.given()
        account: Account | None
        if given is not None:
            account = self._remembered.find(given.host, given.project or options.project)
        elif options.account is not None:
            account = next((one for one in files.accounts if one.id == options.account), None)
        else:
            account = last_account(files.settings, files.accounts)
        if account is None:
            return EMPTY
        chosen = files.settings.projects.get(account.id, account.project_id)
        own = account.project_id if given is not None else chosen
        return load_project(self.cache, account, options.project or own)

    def _keep_pace(self) -> None:
        """Refresh as often as the wall that asks for it most; each calls old what is old for it."""
        shortest = min((one.conductor.wall.refresh for one in self.windows.values()), default=1800)
        self._settings.refresh = shortest
        self.preferences.change(with_cadence, shortest)
        self._listing.start(round(shortest * 1000))

    @Slot()
    def _on_painted(self) -> None:
        self._waits = False
        for window in self.windows.values():
            window.painted.disconnect(self._on_painted)
        gc.collect()
        gc.freeze()
        self._garbage.start()  # before any other thread: cycles may hold widgets
        self._loader.start()

    @Slot(list)
    def _on_loaded(self, modules: list[ModuleType]) -> None:
        network, background, credentials, environment, governor, *more = modules
        circumstances, session, watches = more
        worker: Background = background.Background(self)
        worker.start()
        self._background = worker
        for window in self.windows.values():
            window.conductor.studio.use(worker)
        self._governor = governor.beside(self.cache.path)
        keys = credentials.Credentials()
        net = network.Network(
            self.cache,
            worker,
            keys,
            self.preferences,
            self._governor,
            circumstances.Circumstances(self),
        )
        net.give(self.workspace)
        cast("Online", self.workspace.online).dashboards.set_calm()
        self.set_hidden(hidden=self._hidden)
        beside = partial(_calm, net, session.OtherKey)
        self._boards.use(worker, beside)
        self.rooms.use(beside)
        self._look_at_watches(watches, worker)
        options, demo = self._options, self._options.demo
        self._session = session.WallSession(
            self.workspace,
            self._of_demo(environment) if demo else options.given,
            None if demo else self._remembered,
            account=options.account,
            project=options.project,
            parent=self,
        )
        self._session.troubled.connect(self.rooms.set_trouble)
        gc.collect()
        gc.freeze()
        self.ready.emit()
        if not demo or self.demo.server is not None:
            self._session.use(cast("Online", self.workspace.online), keys)

    def _look_at_watches(self, module: ModuleType, worker: "Background") -> None:
        """Judge a person's watches on what the walls read, and on nothing else."""
        sources = WallSources(self.rooms, self._boards.sources, self.cache, self)
        files = self._options.places
        room = module.WatchRoom(files.watches, self.cache, sources, utc_now, self, keeps="never")
        self._watches = cast("WatchRoom", room)
        self._watches.list.trouble.connect(self.told)
        self._watches.use(worker)
        self.alarms.use(self._watches)

    def _of_demo(self, environment: ModuleType) -> "Callable[[], Given | None]":
        demo = self.demo

        def given() -> "Given | None":
            server = demo.server
            if server is None:
                return None
            return cast("Given", environment.Given(server.key, server.url, server.project))

        return given

    @Slot()
    def _on_demo(self) -> None:
        if self._session is not None:
            self._session.use(cast("Online", self.workspace.online))

    @Slot()
    def _on_listing(self) -> None:
        """Look for dashboards that are new; a server that is away or refuses the key is spared."""
        self._unlisted = self._hidden
        if self._hidden:
            return
        if self.workspace.online is not None and self.workspace.store.state.offline is None:
            self.workspace.online.list_dashboards()


def _calm(network: "Network", keep_key: "Callable[[Beside], OtherKey]", store: Store) -> "Beside":
    """Read for a wall, before which nobody waits, nor stands to sign in again."""
    made = network.beside(store)
    made.dashboards.set_calm()
    keep_key(made)
    return made


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)
