"""Opens what an address of PostHog names, in whichever account and project it is."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from phdesk.core.charts.view import insight_view
from phdesk.core.shared_links import read_shared_link
from phdesk.core.sources import Noun, Source, SourceError, parse_source
from phdesk.models.account import Account
from phdesk.models.failure import Failure
from phdesk.models.insight import Insight
from phdesk.services.links import tile_with, way_to
from phdesk.store.contexts import project_context
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.pages import Pages
from phdesk.views.desk.tiles import Tiles

LONGEST = 2_000  # characters of an address


class Links(QObject):
    """Follows one address at a time; where the way leads through another account, it waits."""

    def __init__(self, desk: Desk, pages: Pages, tiles: Tiles) -> None:
        super().__init__(desk)
        self._desk, self._pages, self._tiles = desk, pages, tiles
        self._waiting: Source | None = None  # until the account and project are there
        self._text = ""  # of the one that waits
        desk.online_arrived.connect(self._on_online)
        desk.window.link_pasted.connect(self.paste)
        self._on_online()

    @Slot()
    def paste(self) -> None:
        """Open the address in the clipboard."""
        self.open(QGuiApplication.clipboard().text())

    def open(self, text: str) -> None:
        """Open an address, or say why not."""
        if read_shared_link(text) is not None:
            self._desk.link_requested.emit(text)  # it needs no account, and a window of its own
            return
        try:
            source = parse_source(text[:LONGEST])
        except SourceError as error:
            self._tell(str(error))
            return
        self._follow(source, text)

    def open_once_signed_in(self, text: str) -> None:
        """Open an address as soon as there is an account to open it with."""
        try:
            self._waiting = parse_source(text[:LONGEST])
            self._text = text
        except SourceError as error:
            self._tell(str(error))

    def _follow(self, source: Source, text: str) -> None:
        online = self._desk.online
        way = way_to(source, self._desk.state, self._desk.preferences.accounts)
        if way.stranger:
            self._tell(f"Nobody is signed in to {way.stranger}. Ctrl+Shift+A adds an account.")
        elif way.account is None and way.project is None:
            self._go(source)
        elif not self._desk.is_alone:  # a window that shows it, or a new one: none is turned away
            self._desk.link_requested.emit(text)
        elif online is not None:
            self._waiting = source
            # What is open now belongs to another project: after the change the wanted one opens.
            self._desk.open_id = source.id if source.noun is Noun.DASHBOARD else None
            if way.account is not None:
                online.switch(way.account)
            elif way.project is not None:
                online.choose_project(way.project)

    def _go(self, source: Source) -> None:
        desk = self._desk
        known = tile_with(source, desk.state, desk.open_id)
        if source.noun is Noun.DASHBOARD and source.id is not None:
            if desk.open_id != source.id or desk.window.page is not desk.window.screen_page:
                self._pages.open_dashboard(source.id)
        elif known is not None:
            board, tile_id = known
            if desk.open_id != board:
                self._pages.open_dashboard(board)
            self._tiles.explore_requested.emit(tile_id)
        elif desk.online is not None:
            desk.online.calls.read_insight(
                source.short_id or source.id or 0,
                done=self._on_insight,
                failed=self._on_unread,
                tag=f"insight for {desk.viewer}",
            )

    @Slot()
    def _on_online(self) -> None:
        online = self._desk.online
        if online is not None:
            online.signed_in.connect(self._on_signed_in)
            online.sign_in_failed.connect(self._on_refused)

    @Slot(object)
    def _on_signed_in(self, _account: Account) -> None:
        source, self._waiting = self._waiting, None
        if source is not None:
            self._follow(source, self._text)

    @Slot(object)
    def _on_refused(self, _failure: Failure) -> None:
        self._waiting = None

    def _on_insight(self, insight: Insight) -> None:
        state = self._desk.state
        context = project_context(state.project, self._desk.now(), state.around)
        self._tiles.show_alone(insight_view(insight, context))

    def _on_unread(self, failure: Failure) -> None:
        self._tell(failure.message)

    def _tell(self, words: str) -> None:
        self._desk.window.notice.set_message(words)
