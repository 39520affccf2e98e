"""Marks on each tile of the open page what changed since a person last looked at it.

A visit is compared with the moment until which the visit before lasted, all the while that it
lasts itself; the next one is compared with this one. All reading and comparing is done in the
worker, tile by tile.
"""

from collections.abc import Generator, Mapping
from datetime import datetime
from functools import partial
from types import coroutine
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Slot

from phdesk.core.ages import day_time
from phdesk.core.finding import Entry, index
from phdesk.core.question import same_asked
from phdesk.core.since import Change, changes_since
from phdesk.models.account import Project
from phdesk.models.failure import Failure
from phdesk.services.overlays import Key, key_of
from phdesk.store.cache import Cache
from phdesk.store.cache_history import last_look
from phdesk.store.contexts import context_of
from phdesk.store.past import Spots, kept_at, key_of_board, past_tiles, spots_of
from phdesk.store.state import Around, Changes, DashboardState, TileState
from phdesk.views.dashboard.presenting import view_of
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.pages import Pages
from phdesk.views.dialogs.command_palette import Asks, CommandPalette

if TYPE_CHECKING:
    from phdesk.services.background import Ticket

LIST = "What changed since you last looked"
FIRST = "This is the first time that you look at this {what}."
FILTERED = "Changes are told for the dashboard's own filters only: Shift+D brings those back."
NOTHING = "No high, no drop of {drop}% or more and no other series since you last looked, {when}."
REST = 400  # ms without new answers, before they are compared
ICONS = {"high": "trending-up", "drop": "trending-down", "appeared": "plus", "vanished": "minus"}


class News(Struct, frozen=True, gc=False):
    """What changed, and since when; without a look before there is no news."""

    since: datetime | None = None
    tiles: Mapping[int, tuple[Change, ...]] = {}


class Asked(Struct, frozen=True, gc=False):
    """What is compared: frozen, for it goes to the worker."""

    key: Key  # under which looks are noted
    spots: Spots  # where results are kept
    board: DashboardState
    project: Project | None
    around: Around
    now: datetime
    drop: float  # the share by which a figure must fall to be told


@coroutine
def breath() -> Generator[None]:
    """Let others use the worker: what `asyncio.sleep(0)` does, without its import here."""
    yield


async def compare(cache: Cache, asked: Asked, since: datetime | None) -> News:
    """Compare all tiles with what they showed when the last visit ended; in the worker.

    `since` is that moment where the visit knows it already.
    """
    if since is None:
        look = last_look(cache, *asked.key)
        since = look.before if look is not None else None
    if since is None:
        return News()
    context = context_of(asked.board, asked.project, asked.now, asked.around)
    found = {}
    for tile_id, was in past_tiles(asked.board, kept_at(cache, asked.spots, since)).items():
        held = asked.board.tiles[tile_id]
        if _same_question(was, held) and was.computed_at != held.computed_at:
            changes = changes_since(view_of(was, context), view_of(held, context), asked.drop)
            if changes:
                found[tile_id] = changes
        await breath()
    return News(since, found)


class NewsMarks(QObject):
    """Made after the first paint; asks when a dashboard is opened and when its answers change."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        self._news = News()
        self._of: Key | None = None  # whose visit lasts
        self._drop = desk.preferences.settings.drop_percent
        self._comparing: Ticket | None = None  # an older one would come with an older moment
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._ask)
        pages.opened.connect(self._on_opened)
        desk.store.changed.connect(self._on_changed)
        desk.online_arrived.connect(self._on_online)
        desk.preferences.changed.connect(self._on_preferences)
        desk.window.add_action(LIST, "", self.list_changes)
        desk.boards_changed.connect(self._on_boards)
        self._hears_boards = False
        self._on_boards()
        self._on_online()

    @property
    def news(self) -> News:
        """Give what is known of the open dashboard."""
        return self._news

    @Slot()
    def list_changes(self) -> None:
        """List what changed on the open dashboard, to go to a tile; or say that nothing did."""
        board = self._board
        if board is None:
            return
        if board.override is not None:
            self._window.notice.set_done(FILTERED, of_page=True)
        elif self._news.since is None:
            what = "dashboard" if board.dashboard.row.id > 0 else "board"
            self._window.notice.set_done(FIRST.format(what=what), of_page=True)
        elif not self._news.tiles:
            said = NOTHING.format(drop=self._drop, when=self._when)
            self._window.notice.set_done(said, of_page=True)
        else:
            self._open_list()

    def _open_list(self) -> None:
        views = self._window.screen_page.views
        lines = [
            (tile_id, views[tile_id].title, change.text)
            for tile_id in self._window.screen_page.grid.tiles
            if tile_id in views
            for change in self._news.tiles.get(tile_id, ())
        ]
        entries = index(
            Entry("line", f"{tile}:{place}", f"{title} – {text}")
            for place, (tile, title, text) in enumerate(lines)
        )
        asks = Asks(f"Since you last looked, {self._when}", "Go to a tile", len(lines))
        made = CommandPalette(self._desk.theme, entries, (), self._window, asks)
        made.chosen.connect(self._go_to)
        made.open()

    @property
    def _when(self) -> str:
        since = self._news.since
        return day_time(since, self._desk.now(), None) if since is not None else ""

    @property
    def _board(self) -> DashboardState | None:
        return self._desk.state.dashboards.get(self._desk.open_id or 0)

    @property
    def _key(self) -> Key | None:
        page = self._desk.open_id or 0
        return key_of_board(page) if page < 0 else key_of(self._desk.state, page)

    @property
    def _has_visit(self) -> bool:
        """Tell whether the visit began, which says what to compare with."""
        desk, page = self._desk, self._desk.open_id or 0
        if page < 0:
            return desk.feed is not None and desk.feed.is_watched
        return desk.online is not None and desk.online.dashboards.is_watched(page)

    @Slot()
    def _on_boards(self) -> None:
        """Hear of visits to boards, once there is what shows them."""
        if self._desk.feed is not None and not self._hears_boards:
            self._hears_boards = True
            self._desk.feed.opened.connect(self._on_visit)

    @Slot()
    def _on_online(self) -> None:
        if self._desk.online is not None:
            self._desk.online.dashboards.opened.connect(self._on_visit)
            self._rest.start()

    @Slot(int)
    def _on_visit(self, dashboard_id: int) -> None:
        """Begin a visit: what was news in the one before is none any more."""
        if self._of is not None and self._of[-1] == dashboard_id:
            self._forget()
        self._rest.start()

    @Slot(int)
    def _on_opened(self, _dashboard_id: int) -> None:
        self._rest.start()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.account:
            self._forget()
        open_id = self._desk.open_id
        if open_id is not None and (
            changes.account
            or changes.around
            or open_id in changes.dashboards
            or changes.tiles_of(open_id)
        ):
            self._rest.start()

    @Slot()
    def _on_preferences(self) -> None:
        """Mark other drops as soon as another limit is set for them."""
        drop = self._desk.preferences.settings.drop_percent
        if drop != self._drop:
            self._drop = drop
            self._ask()

    def _give_up(self) -> None:
        if self._comparing is not None:
            self._comparing.cancel()
            self._comparing = None

    def _forget(self) -> None:
        self._give_up()
        self._of, self._news = None, News()
        self._show()

    @Slot()
    def _ask(self) -> None:
        board, worker, cache = self._board, self._desk.worker, self._desk.cache
        key = self._key
        if key != self._of:
            self._forget()
        if board is None or worker is None or cache is None or key is None:
            return
        if board.override is not None:
            self._show()
            return
        if not self._has_visit:
            return
        state = self._desk.state
        asked = Asked(
            key=key,
            spots=spots_of(board, key),
            board=board,
            project=state.project,
            around=state.around,
            now=self._desk.now(),
            drop=self._drop / 100,
        )
        self._give_up()
        self._comparing = worker.submit(
            partial(compare, cache, asked, self._news.since),
            done=partial(self._came, key),
            failed=_failed,
            tag="news",
        )

    def _came(self, key: Key, news: News) -> None:
        if key == self._key:
            self._of, self._news = key, news
            self._show()

    def _show(self) -> None:
        board = self._board
        shown = self._news.tiles if board is not None and board.override is None else {}
        for tile_id, tile in self._window.screen_page.grid.tiles.items():
            changes = shown.get(tile_id, ())
            words = "; ".join(change.text for change in changes)
            tile.set_news(words, ICONS[changes[0].kind] if changes else "")

    @Slot(object)
    def _go_to(self, entry: Entry) -> None:
        self._window.show_dashboard_page()
        self._window.screen_page.grid.focus_tile(int(entry.key.partition(":")[0]))


def _same_question(then: TileState, now: TileState) -> bool:
    """Say whether two results answer the same: filters that were changed are no news."""
    was, is_ = then.insight, now.insight
    if was is None or is_ is None or now.is_other or not (then.has_result and now.has_result):
        return False
    return same_asked(was, is_)


def _failed(_failure: Failure) -> None:
    """Leave the marks away: a person who reads numbers is not to be told of this."""
