"""The composition root: makes the long-lived parts, connects them, closes them in reverse.

Before the first paint only Qt, msgspec and sqlite3 are imported. Everything that needs the network
or numpy is imported by name in a plain thread afterwards, which keeps the window moving.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Literal, cast

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from phdesk import plain_import  # noqa: F401  before the others: makes their import cheaper
from phdesk.opening import Opening, sealed
from phdesk.own_rooms import OwnRooms
from phdesk.services.accounts import AccountsFile
from phdesk.services.demo_process import DemoProcess
from phdesk.services.garbage import Garbage, settle_memory
from phdesk.services.library import load_start
from phdesk.services.loader import QT, Loader
from phdesk.services.places import Places
from phdesk.services.preferences import Preferences
from phdesk.services.settings import SettingsFile
from phdesk.services.workspace import Workspace
from phdesk.store.cache import Cache
from phdesk.store.state import EMPTY, State
from phdesk.views.appearance import Appearance
from phdesk.views.desk.late import install_faces, snapshot_files
from phdesk.views.desk.open_window import OpenWindow
from phdesk.views.placing import place
from phdesk.windows import Windows

if TYPE_CHECKING:
    from phdesk.alerting import Alerting
    from phdesk.services.background import Background
    from phdesk.services.door import Door
    from phdesk.services.errands import Errands
    from phdesk.store.snapshot import Snapshot
    from phdesk.store.store import Store
    from phdesk.views.desk.desk import Desk
    from phdesk.views.main_window import MainWindow

ONLINE = (
    "phdesk.services.network",
    "phdesk.services.background",
    "phdesk.services.credentials",
    "phdesk.services.door",
    "phdesk.services.environment",
    "phdesk.services.governor",
    "phdesk.services.circumstances",
)
AHEAD = (  # what pointer and painting would wait for at the first tile of its kind
    "phdesk.views.charts.xy",
    "phdesk.core.charts.trends",
    "phdesk.views.charts.bars",
    "phdesk.views.charts.number",
    "phdesk.views.charts.pie",
    "phdesk.views.charts.funnel",
    "phdesk.views.charts.retention",
    "phdesk.views.charts.notice",
    "phdesk.views.dashboard.drawing",
    "phdesk.views.dashboard.probe",
)
ALERTS = ("phdesk.alerting",)
EXPLORE = ("phdesk.views.explore.explore",)
TURN = 0.0001  # s that the worker may keep the window from Python; 0.005 is Python's own


class Options(Struct, frozen=True, kw_only=True):
    """How the app is started."""

    places: Places
    dashboard: int | None = None
    file: Path | None = None  # a snapshot, to be opened in the place of an account
    link: str = ""  # an address of PostHog, to be opened when somebody is signed in
    theme: Literal["light", "dark"] | None = None  # instead of the settings' choice
    colorblind: bool = False  # whatever the settings say
    demo: bool = False
    size: tuple[int, int] | None = None
    environ: Mapping[str, str] = {}
    lock: Path | None = None  # held by us: second starts come to this one
    hidden: bool = False  # if it keeps running for alerts anyhow


class App(QObject):
    """The running app: what all windows share."""

    painted = Signal()  # the first page is on screen
    ready = Signal()  # the network is loaded
    troubled = Signal(str)  # a sentence, from whatever thread

    def __init__(self, qt: QApplication, options: Options) -> None:
        super().__init__()
        self._options = options
        self._background: Background | None = None
        self._door: Door | None = None
        self._explore: ModuleType | None = None
        self._painted = False
        self._unsaid: list[str] | None = []  # until a window is there to say it
        self._demo_for: OpenWindow | None = None
        files = options.places
        self.preferences = Preferences(
            SettingsFile(files.settings), AccountsFile(files.accounts), self
        )
        self.troubled.connect(self._tell)  # reading the first page may already tell of trouble
        self.cache = Cache(files.cache, self.troubled.emit)
        self._snapshot: Snapshot | None = None  # that the first window shows
        self._refused = ""  # why it does not
        self._first = self._first_workspace()
        self.appearance = Appearance(
            qt, self.preferences, options.theme, colorblind=options.colorblind, parent=self
        )
        self.windows = Windows(self.preferences, self.cache, self.appearance, utc_now, self)
        self.windows.set_places(remembered=options.size is None)
        self.windows.add(self._first)
        self._own = OwnRooms(files, self.cache, self.preferences, self.windows, utc_now)
        self.opening = Opening(self.windows, self.preferences, self.cache)
        self.demo = DemoProcess(self)
        self._garbage = Garbage(self)
        self._online_loader = Loader(*ONLINE, parent=self)
        self._explore_loader = Loader(*EXPLORE, named_first=QT, parent=self)
        self._ahead_loader = Loader(*AHEAD, parent=self)
        self._alerts_loader = Loader(*ALERTS, parent=self)
        self.alerting: Alerting | None = None  # once it is loaded
        self._connect()

    @property
    def front(self) -> OpenWindow:
        """Give the window that was used last, with its parts."""
        return self.windows.front

    @property
    def window(self) -> "MainWindow":
        """Give that window alone."""
        return self.front.window

    @property
    def desk(self) -> "Desk":
        """Give what its parts share."""
        return self.front.desk

    @property
    def store(self) -> "Store":
        """Give what it shows."""
        return self.front.workspace.store

    def start(self) -> None:
        """Show the window; what is on disk is there with the first paint."""
        if self._options.size is not None:
            self.window.resize(*self._options.size)
        else:
            place(self.window, self.preferences.settings.window)
        if self._snapshot is not None:
            self.front.start_snapshot(self._snapshot)
            self.window.show()
            return
        account = self.store.state.account
        last = self.preferences.settings.dashboards.get(account.id) if account else None
        self._own.ready_first(last or 0)
        self.front.start(self._options.dashboard or last)
        if self._options.link:
            self.opening.open_at_start(self._options.link)
        has_key = self._options.demo or bool(self._options.environ.get("PHDESK_API_KEY"))
        if account is None and not has_key:
            self.front.sessions.show_sign_in()
        told, self._unsaid = self._unsaid or (), None
        refused = (self._refused,) if self._refused else ()
        if problems := (*self.preferences.problems, *told, *refused):
            self.window.notice.set_message("\n".join(problems))
        if self._is_hidden:
            self._on_painted(self.front)  # nothing is, and nothing waits for it
        else:
            self.window.show()

    def stop(self) -> None:
        """Close everything in reverse; safe to call twice."""
        self._online_loader.wait()
        self._ahead_loader.wait()
        self._alerts_loader.wait()
        self._explore_loader.wait()
        if self.alerting is not None:
            self.alerting.stop()
        if self._background is not None:
            self._background.stop()
            self._background = None
        self._own.close()
        if self._door is not None:
            self._door.close()
        self._garbage.stop()
        self.demo.stop()
        self.windows.end()
        self.preferences.save()
        self.cache.close()

    @property
    def _is_hidden(self) -> bool:
        known, settings = self._first.store.state.account, self.preferences.settings
        return self._options.hidden and settings.keep_running and known is not None

    def _connect(self) -> None:
        self._own.trouble.connect(self._tell)
        self.windows.painted.connect(self._on_painted)
        self.windows.explore_needed.connect(self._on_explore_needed)
        self.windows.demo_requested.connect(self.start_demo)
        self.windows.let_go.connect(self._garbage.sweep_soon)
        self.demo.ready.connect(self._sign_in_to_demo)
        self.demo.failed.connect(self._tell)
        self._online_loader.loaded.connect(self._on_online_loaded)
        self._online_loader.failed.connect(self._tell)
        self._ahead_loader.loaded.connect(self._on_ahead_loaded)
        self._ahead_loader.failed.connect(self._tell)
        self._explore_loader.loaded.connect(self._on_explore_loaded)
        self._explore_loader.failed.connect(self._tell)
        self._alerts_loader.loaded.connect(self._on_alerts_loaded)
        self._alerts_loader.failed.connect(self._tell)

    def _first_workspace(self) -> Workspace:
        if self._options.file is not None:
            found: Snapshot | str = snapshot_files().read(self._options.file)
            if not isinstance(found, str):
                self._snapshot = found
                return sealed(found)
            self._refused = found
        return Workspace(self._first_state())

    def _first_state(self) -> State:
        if self._options.demo:
            return EMPTY
        known = self.preferences.accounts
        return load_start(self.cache, self.preferences.settings, known, self._options.dashboard)

    @Slot(object)
    def _on_painted(self, window: OpenWindow) -> None:
        if self._painted:
            QTimer.singleShot(0, window, window.make_late)
        else:
            self._painted = True
            QTimer.singleShot(0, self._after_first_paint)

    @Slot()
    def _after_first_paint(self) -> None:
        self.painted.emit()
        settle_memory()
        sys.setswitchinterval(TURN)
        self._garbage.start()  # before any other thread: cycles may hold widgets
        install_faces()
        self._own.ready_boards()
        self.front.make_late()
        self._own.ready_watches()
        self._online_loader.start()
        if self._options.demo:
            self.start_demo(self.front)
        elif not self._first.is_sealed:
            self.windows.restore(at_once=not self._is_hidden)

    @Slot(list)
    def _on_online_loaded(self, modules: list[ModuleType]) -> None:
        network, background, credentials, door, environment, governor, circumstances = modules
        if self._options.lock is not None:
            self._open_door(door.Door(self._options.lock, self))
        worker: Background = background.Background(self)
        worker.delivered.connect(self._garbage.look_soon)
        worker.start()
        self._background = worker
        errands: Callable[[], Errands] = partial(network.Errands, worker)
        self.windows.set_worker(errands)
        self.opening.set_worker(errands)
        net = network.Network(
            self.cache,
            worker,
            credentials.Credentials(),
            self.preferences,
            governor.beside(self.cache.path),
            circumstances.Circumstances(self),
        )
        self.windows.known.set_network(net.give)
        self._own.use(worker, net)
        settle_memory()
        self._ahead_loader.start()
        self._alerts_loader.start()
        self.ready.emit()
        first = self._first
        self.windows.known.resume(but=first)
        if self._options.demo or self.demo.started:
            self._sign_in_to_demo()
            return
        given = environment.from_environment(self._options.environ)
        if first.online is not None and (given or first.store.state.account):
            first.online.resume(given)

    @Slot(list)
    def _on_alerts_loaded(self, modules: list[ModuleType]) -> None:
        if self._background is None:
            return
        shared = self._background, self.preferences, self.cache.path
        found, environ = self._options.lock is not None, self._options.environ
        made = modules[0].Alerting(self.windows, *shared, environ, found=found)
        made.trouble.connect(self.troubled)
        made.start()
        self.alerting = cast("Alerting", made)
        if self._own.watches is not None:
            self.alerting.set_watches(self._own.watches)

    def _open_door(self, door: "Door") -> None:
        door.asked.connect(self.opening.open)
        door.open()
        self._door = door

    @Slot(object)
    def start_demo(self, window: OpenWindow) -> None:
        """Start the demo server and sign in to it."""
        self._demo_for = window
        if self.demo.started:
            self._sign_in_to_demo()
            return
        window.window.show_empty_page()
        window.window.empty_page.set_message("Preparing the demo data…")
        self.demo.start()

    @Slot()
    def _sign_in_to_demo(self) -> None:
        server, window = self.demo.server, self._demo_for
        if server is None or window is None or window.desk.online is None:
            return
        window.sessions.turning.sign_in(
            server.url, server.key, server.project, remember=False, keep=False
        )

    @Slot(str)
    def _tell(self, words: str) -> None:
        if self._unsaid is not None:
            self._unsaid.append(words)
            return
        self.window.notice.set_message(words)

    @Slot(object)
    def _on_explore_needed(self, window: OpenWindow) -> None:
        if self._explore is None:
            self._explore_loader.start()
        else:
            window.show_explore(self._explore)

    @Slot(list)
    def _on_ahead_loaded(self, _modules: list[ModuleType]) -> None:
        settle_memory()

    @Slot(list)
    def _on_explore_loaded(self, modules: list[ModuleType]) -> None:
        settle_memory()
        self._explore = modules[0]
        for window in self.windows.all:
            if window.waits_for_explore:
                window.show_explore(modules[0])


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)
