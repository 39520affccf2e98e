"""The composition root: makes the long-lived parts, connects them, closes them in reverse.

Before the first paint only Qt, msgspec and sqlite3 are imported. Everything that needs the network
or numpy is imported by name in a plain thread afterwards, which keeps the window moving.
"""

import gc
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from phdesk.services.accounts import AccountsFile
from phdesk.services.demo_process import DemoProcess
from phdesk.services.garbage import Garbage
from phdesk.services.library import load_start
from phdesk.services.loader import Loader
from phdesk.services.places import Places
from phdesk.services.preferences import Preferences
from phdesk.services.settings import Settings, SettingsFile
from phdesk.store.cache import Cache
from phdesk.store.state import EMPTY, State
from phdesk.store.store import Store
from phdesk.views import theme as look
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.filters import Filters
from phdesk.views.desk.late import (
    commands,
    edits,
    history,
    layouts,
    links,
    open_tabs,
    shortcuts_dialog,
)
from phdesk.views.desk.pages import Pages
from phdesk.views.desk.sessions import Sessions
from phdesk.views.desk.tiles import Tiles
from phdesk.views.main_window import PAINTS, MainWindow
from phdesk.views.placing import place, remembered

if TYPE_CHECKING:
    from phdesk.services.background import Background
    from phdesk.services.door import Door
    from phdesk.views.desk.commands import Commands
    from phdesk.views.desk.links import Links
    from phdesk.views.desk.open_tabs import OpenTabs

ONLINE = (
    "phdesk.services.online",
    "phdesk.services.background",
    "phdesk.services.credentials",
    "phdesk.services.door",
    "phdesk.services.environment",
)
EXPLORE = ("phdesk.views.explore.explore",)


class Options(Struct, frozen=True, kw_only=True):
    """How the app is started."""

    places: Places
    dashboard: int | None = None
    link: str = ""  # an address of PostHog, to be opened when somebody is signed in
    theme: Literal["light", "dark"] | None = None  # instead of the settings' choice
    colorblind: bool = False  # whatever the settings say
    demo: bool = False
    size: tuple[int, int] | None = None
    environ: Mapping[str, str] = {}
    lock: Path | None = None  # held by us: second starts come to this one


class App(QObject):
    """The running app."""

    painted = Signal()  # the first page is on screen
    ready = Signal()  # the network is loaded
    troubled = Signal(str)  # a sentence, from whatever thread

    def __init__(self, qt: QApplication, options: Options) -> None:
        super().__init__()
        self._qt, self._options = qt, options
        self._seen = False
        self._wanted_tile = 0
        self._background: Background | None = None
        self._door: Door | None = None
        self._commands: Commands | None = None  # made when first asked for
        self._links: Links | None = None  # made after the first paint
        self._tabs: OpenTabs | None = None  # after it too, unless several are open
        files = options.places
        self.preferences = Preferences(
            SettingsFile(files.settings), AccountsFile(files.accounts), self
        )
        self.cache = Cache(files.cache, self.troubled.emit)
        self.store = Store(self._first_state(), self)
        theme = self._chosen_theme()
        look.apply(qt, theme)
        self.window = MainWindow(theme)
        self.window.set_docked(docked=self.preferences.settings.sidebar)
        self.window.screen_page.set_still(on=self.preferences.settings.reduced_motion)
        self.desk = Desk(self.window, self.store, self.preferences, theme, utc_now)
        self.pages = Pages(self.desk)
        self.sessions = Sessions(self.desk, self.pages)
        self.tiles = Tiles(self.desk)
        self.filters = Filters(self.desk)
        self.demo = DemoProcess(self)
        self._garbage = Garbage(self)
        self._online_loader = Loader(*ONLINE, parent=self)
        self._explore_loader = Loader(*EXPLORE, parent=self)
        self._connect()

    def start(self) -> None:
        """Show the window; what is on disk is there with the first paint."""
        if self._options.size is not None:
            self.window.resize(*self._options.size)
        else:
            place(self.window, self.preferences.settings.window)
        account = self.store.state.account
        last = self.preferences.settings.dashboards.get(account.id) if account else None
        self.pages.start(self._options.dashboard or last)
        if account is not None and self.preferences.settings.tabs.get(account.id):
            self._ready_tabs()  # now: after the first paint they would push the page down
        has_key = self._options.demo or bool(self._options.environ.get("PHDESK_API_KEY"))
        if account is None and not has_key:
            self.sessions.show_sign_in()
        for problem in self.preferences.problems:
            self.window.notice.set_message(problem)
        self.window.show()

    def stop(self) -> None:
        """Close everything in reverse; safe to call twice."""
        self._online_loader.wait()
        self._explore_loader.wait()
        if self._background is not None:
            self._background.stop()
            self._background = None
        if self._door is not None:
            self._door.close()
        self._garbage.stop()
        self.demo.stop()
        self.preferences.save()
        self.cache.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Notice the first paint, and when nobody looks."""
        if watched is self.window:
            kind = event.type()
            if kind in PAINTS and not self._seen:
                self._seen = True
                QTimer.singleShot(0, self._after_first_paint)
            elif kind in (QEvent.Type.Hide, QEvent.Type.Show, QEvent.Type.WindowStateChange):
                self._tell_hidden()
        return False

    def _connect(self) -> None:
        self.window.installEventFilter(self)
        self.window.closed.connect(self._on_closed)
        self.window.theme_toggled.connect(self._on_theme_toggled)
        self.window.colorblind_toggled.connect(self._on_colorblind_toggled)
        self.window.sidebar_docked.connect(self._on_sidebar)
        self.window.shortcuts_requested.connect(self._on_shortcuts)
        self.window.palette_requested.connect(self._on_palette)
        self.window.outline_requested.connect(self._on_outline)
        self.sessions.demo_requested.connect(self.start_demo)
        self.tiles.explore_requested.connect(self._on_explore)
        self.demo.ready.connect(self._sign_in_to_demo)
        self.demo.failed.connect(self._on_demo_failed)
        self.troubled.connect(self.window.notice.set_message)
        self._online_loader.loaded.connect(self._on_online_loaded)
        self._online_loader.failed.connect(self.window.notice.set_message)
        self._explore_loader.loaded.connect(self._on_explore_loaded)
        self._explore_loader.failed.connect(self.window.notice.set_message)
        self._qt.styleHints().colorSchemeChanged.connect(self._on_system_theme)

    def _first_state(self) -> State:
        if self._options.demo:
            return EMPTY
        known = self.preferences.accounts
        return load_start(self.cache, self.preferences.settings, known, self._options.dashboard)

    @Slot()
    def _after_first_paint(self) -> None:
        self.painted.emit()
        settle_memory()
        gc.set_threshold(50_000, 20, 50)
        self._ready_tabs()
        history()(self.desk, self.pages, self.tiles)
        self._links = links()(self.desk, self.pages, self.tiles)
        if self._options.link:
            self._links.open_once_signed_in(self._options.link)
        self._garbage.start()  # before any other thread: cycles may hold widgets
        layouts()(self.desk, self.pages)
        edits()(self.desk)
        self._online_loader.start()
        if self._options.demo:
            self.start_demo()

    @Slot(list)
    def _on_online_loaded(self, modules: list[ModuleType]) -> None:
        online, background, credentials, door, environment = modules
        if self._options.lock is not None:
            self._open_door(door.Door(self._options.lock, self))
        worker: Background = background.Background(self)
        worker.start()
        self._background = worker
        parts = online.Parts(
            self.store, self.cache, worker, credentials.Credentials(), self.preferences
        )
        self.desk.set_online(online.Online(parts, parent=self))
        settle_memory()
        self.ready.emit()
        if self._options.demo or self.demo.started:
            self._sign_in_to_demo()
            return
        given = environment.from_environment(self._options.environ)
        if self.desk.online is not None and (given or self.store.state.account):
            self.desk.online.resume(given)

    def _open_door(self, door: "Door") -> None:
        door.asked.connect(self._on_asked)
        door.open()
        self._door = door

    @Slot(str)
    def _on_asked(self, source: str) -> None:
        """Come to the front, as a second start wishes, and open what it names."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        if source:
            self._on_link(source)

    @Slot()
    def start_demo(self) -> None:
        """Start the demo server and sign in to it."""
        if self.demo.started:
            self._sign_in_to_demo()
            return
        self.window.show_empty_page()
        self.window.empty_page.set_message("Preparing the demo data…")
        self.demo.start()

    @Slot()
    def _sign_in_to_demo(self) -> None:
        server, online = self.demo.server, self.desk.online
        if server is not None and online is not None:
            online.sign_in(server.url, server.key, server.project, remember=False, keep=False)

    @Slot(str)
    def _on_demo_failed(self, why: str) -> None:
        self.window.notice.set_message(why)

    @Slot(int)
    def _on_explore(self, tile_id: int) -> None:
        self._wanted_tile = tile_id
        if self.tiles.explore is not None:
            self.tiles.show(self.tiles.explore, tile_id)
        else:
            self._explore_loader.start()

    @Slot(list)
    def _on_explore_loaded(self, modules: list[ModuleType]) -> None:
        settle_memory()
        self.tiles.show(modules[0].Explore(self.desk.theme, self.window), self._wanted_tile)

    def _chosen_theme(self) -> look.Theme:
        settings = self.preferences.settings
        name = self._options.theme or settings.theme
        safe = self._options.colorblind or settings.colorblind
        if name == "system":
            return look.system_theme(self._qt, colorblind=safe)
        return _theme_of(dark=name == "dark", colorblind=safe)

    @Slot()
    def _on_theme_toggled(self) -> None:
        now = self.desk.theme
        theme = _theme_of(dark=not now.is_dark, colorblind=now.colorblind)
        self.preferences.change(_with_theme, dark=theme.is_dark)
        self.desk.set_theme(theme)

    @Slot()
    def _on_colorblind_toggled(self) -> None:
        now = self.desk.theme
        self.preferences.change(replace, colorblind=not now.colorblind)
        self.desk.set_theme(_theme_of(dark=now.is_dark, colorblind=not now.colorblind))

    @Slot()
    def _on_system_theme(self) -> None:
        if self._options.theme is None and self.preferences.settings.theme == "system":
            safe = self.desk.theme.colorblind
            self.desk.set_theme(look.system_theme(self._qt, colorblind=safe))

    @Slot(bool)
    def _on_sidebar(self, docked: bool) -> None:  # noqa: FBT001  a signal's argument
        self.preferences.change(replace, sidebar=docked)

    @Slot()
    def _on_shortcuts(self) -> None:
        shortcuts, explore = shortcuts_dialog(), self.tiles.explore
        actions = list(self.window.shortcut_actions)
        if explore is not None and self.window.page is explore:
            actions += explore.shortcut_actions()
        shortcuts(self.desk.theme, actions, self.window).open()

    @Slot()
    def _on_palette(self) -> None:
        self._ready_commands().open_palette()

    @Slot()
    def _on_outline(self) -> None:
        self._ready_commands().open_outline()

    def _ready_tabs(self) -> None:
        if self._tabs is None:
            self._tabs = open_tabs()(self.desk, self.pages)

    def _ready_commands(self) -> "Commands":
        if self._commands is None:
            self._commands = commands()(self.desk, self.pages)
            self._commands.link_requested.connect(self._on_link)
        return self._commands

    @Slot(str)
    def _on_link(self, address: str) -> None:
        if self._links is not None:
            self._links.open(address)

    def _tell_hidden(self) -> None:
        if self.desk.online is not None:
            hidden = self.window.isMinimized() or not self.window.isVisible()
            self.desk.online.dashboards.set_hidden(hidden=hidden)

    @Slot()
    def _on_closed(self) -> None:
        if self._options.size is None:
            self.preferences.change(remembered, self.window)


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


def settle_memory() -> None:
    """Collect, then leave what is alive now out of later collections: it lives as long as we."""
    gc.collect()
    gc.freeze()


def _theme_of(*, dark: bool, colorblind: bool) -> look.Theme:
    return look.dark(colorblind=colorblind) if dark else look.light(colorblind=colorblind)


def _with_theme(settings: Settings, *, dark: bool) -> Settings:
    return replace(settings, theme="dark" if dark else "light")
