"""What can be found and done by name: gathers it for the palette, and carries it out."""

from PySide6.QtCore import QObject, Qt, Signal, Slot

from phdesk.core.finding import Entry, index
from phdesk.core.listing import title_of
from phdesk.core.outline import outline
from phdesk.views.dashboard.title_line import bare
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.pages import Pages
from phdesk.views.dialogs.command_palette import Asks, CommandPalette

MOST_RECENT = 30
PAGES = ("dashboard", "board")


class Commands(QObject):
    """Opens the palette; remembers what was used in this run, beside the dashboards opened."""

    link_requested = Signal(str)  # an address of PostHog

    def __init__(self, desk: Desk, pages: Pages) -> None:
        super().__init__(desk)
        self._desk, self._window, self._pages = desk, desk.window, pages
        self._recent: list[str] = []

    @Slot()
    def open_palette(self) -> None:
        """Show the palette over the window, for those who are signed in or read a snapshot."""
        if self._desk.state.account is None and not self._desk.state.dashboards:
            return
        entries = index([*self._dashboards(), *self._tiles(), *self._views(), *self._actions()])
        made = CommandPalette(self._desk.theme, entries, self._names(), self._window)
        made.chosen.connect(self._carry_out)
        made.open()

    @Slot()
    def open_outline(self) -> None:
        """List the headings and tiles of the open dashboard, to jump to one."""
        tiles = self._window.screen_page.grid.tiles
        views = self._window.screen_page.views
        if self._desk.open_id not in self._desk.state.dashboards or not views:
            return
        lines = outline((tile_id, views[tile_id]) for tile_id in tiles if tile_id in views)
        entries = index(
            Entry("line", f"{line.tile}:{place}", line.text, line.kind, line.depth)
            for place, line in enumerate(lines)
        )
        asks = Asks("Outline", "Go to a section or tile", len(lines))
        made = CommandPalette(self._desk.theme, entries, (), self._window, asks)
        made.chosen.connect(self._go_to)
        made.open()

    def _dashboards(self) -> list[Entry]:
        boards = [Entry("board", str(one.page), one.name) for one in self._desk.boards]
        return boards + [
            Entry("dashboard", str(row.id), title_of(row), " ".join((row.folder or "", *row.tags)))
            for row in self._desk.state.rows.items
        ]

    def _tiles(self) -> list[Entry]:
        views = self._window.screen_page.views
        return [
            Entry("tile", str(tile_id), view.title, view.kind_label)
            for tile_id, view in views.items()
            if not bare(view) and self._desk.open_id is not None
        ]

    def _views(self) -> list[Entry]:
        """Offer saved views where there is a dashboard to lay them over."""
        account = self._desk.state.account
        known = self._desk.preferences.settings.filter_views.get(account.id if account else "", ())
        return [
            Entry("view", view.name, f"Filters: {view.name}")
            for view in known
            if self._desk.dashboard_id is not None and self._window.screen_page.reading is None
        ]

    def _actions(self) -> list[Entry]:
        return [
            Entry("action", action.text(), action.text(), action.shortcut().toString())
            for action in self._window.shortcut_actions
            if action.isEnabled()
        ]

    def _names(self) -> list[str]:
        """Give what was used, newest first: in this run, then the dashboards of earlier ones."""
        account = self._desk.state.account
        opened = self._desk.preferences.settings.recent.get(account.id, ()) if account else ()
        earlier = [_page_entry(one.dashboard).name for one in opened]
        return [*self._recent, *(name for name in earlier if name not in self._recent)]

    @Slot(object)
    def _go_to(self, entry: Entry) -> None:
        """Show a tile; the key of an entry begins with its id."""
        self._window.show_dashboard_page()
        self._window.screen_page.grid.focus_tile(int(entry.key.partition(":")[0]))

    @Slot(object)
    def _carry_out(self, entry: Entry) -> None:
        if entry.kind == "link":
            self.link_requested.emit(entry.key)
            return
        used = [entry.name, *(name for name in self._recent if name != entry.name)]
        self._recent = used[:MOST_RECENT]
        if entry.kind in PAGES:
            self._pages.open_dashboard(int(entry.key))
            self._window.screen_page.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        elif entry.kind == "tile":
            self._go_to(entry)
        elif entry.kind == "view":
            self._window.filters_requested.emit("view", entry.key)
        else:
            for action in self._window.shortcut_actions:
                if action.text() == entry.key:
                    action.trigger()
                    return


def _page_entry(page: int) -> Entry:
    return Entry("dashboard" if page > 0 else "board", str(page), "")
