"""How fresh the numbers are kept: fills the popover below the age, and takes what is chosen."""

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from phdesk.core.ages import absolute, oldest_age, rounded_up
from phdesk.core.listing import title_of
from phdesk.core.pacing import OFF, Wishes
from phdesk.models.failure import Failure
from phdesk.services.archive import clear, evict
from phdesk.services.autorefresh import wishes_of
from phdesk.services.errands import LASTING
from phdesk.services.settings import Settings
from phdesk.store.cache_check import size_of
from phdesk.views.dashboard.presenting import age_words
from phdesk.views.desk.desk import Desk
from phdesk.views.dialogs.freshness import Freshness, FreshnessPopover

BEAT = 2000  # ms, while it is open


class Status(QObject):
    """Made when first asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._shown: FreshnessPopover | None = None
        self._clearing = False
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT)
        self._beat.timeout.connect(self._fill)

    def open(self) -> None:
        """Show it below the age line, or below the window's upper edge where there is none."""
        made = FreshnessPopover(self._desk.theme, self._desk.window)
        made.wishes_changed.connect(self._on_wishes)
        made.share_changed.connect(self._on_share)
        made.drop_changed.connect(self._on_drop)
        made.store.limit_changed.connect(self._on_limit)
        made.store.clearing_requested.connect(self._on_clear)
        made.destroyed.connect(self._on_gone)
        self._shown = made
        self._fill()
        made.open_below(self._anchor())
        self._beat.start()

    def _anchor(self) -> QWidget:
        window = self._desk.window
        is_dashboard = window.page is window.screen_page
        return window.screen_page.age if is_dashboard else window.notice

    @Slot()
    def _fill(self) -> None:
        shown, desk = self._shown, self._desk
        if shown is None:
            return
        board, now = desk.state.dashboards.get(desk.open_id or 0), desk.now()
        shown.set_freshness(
            Freshness(
                age=oldest_age(None, now) if board is None else age_words(board, now),
                next=self._next(),
                wishes=wishes_of(desk.preferences.settings),
            )
        )
        names = {row.id: title_of(row) for row in desk.state.rows.items}
        report = desk.online.dashboards.budget() if desk.online is not None else None
        shown.set_budget(report, names)
        shown.set_share(desk.preferences.settings.background_share)
        shown.set_drop(desk.preferences.settings.drop_percent)
        self._fill_store(shown)

    def _fill_store(self, shown: FreshnessPopover) -> None:
        cache, worker = self._desk.cache, self._desk.worker
        shown.store.setVisible(cache is not None and worker is not None)
        if cache is not None:
            used = size_of(cache.path) if cache.place == "disk" else None
            shown.store.set_store(used, self._desk.preferences.settings.store_megabytes)
        if self._clearing:
            shown.store.set_clearing(clearing=True)

    def _next(self) -> str:
        online = self._desk.online
        if online is None:
            return "Connecting to PostHog…"
        auto = online.dashboards.auto
        if auto.paused == OFF or self._desk.preferences.settings.background_share <= 0:
            return "Refreshed when you ask for it"
        if auto.paused:
            return f"No refresh by itself now: {auto.paused}"
        if auto.next_at is None:
            return "Nothing is open"
        return f"Next refresh at {absolute(rounded_up(auto.next_at), self._desk.now(), None)}"

    @Slot()
    def _on_gone(self) -> None:
        self._shown = None
        self._beat.stop()

    @Slot(object)
    def _on_wishes(self, wishes: Wishes) -> None:
        self._desk.preferences.change(_with_wishes, wishes)
        self._fill()

    @Slot(int)
    def _on_share(self, percent: int) -> None:
        self._desk.preferences.change(_with_share, percent)
        self._fill()

    @Slot(int)
    def _on_drop(self, percent: int) -> None:
        self._desk.preferences.change(_with_drop, percent)

    @Slot(int)
    def _on_limit(self, megabytes: int) -> None:
        """Keep to another limit; what is too much goes at once."""
        desk = self._desk
        desk.preferences.change(_with_limit, megabytes)
        if desk.worker is not None and desk.cache is not None:
            work = partial(evict, desk.cache, desk.preferences.settings)
            desk.worker.submit(work, done=self._evicted, failed=self._evicted, tag="evict")
        self._fill()

    def _evicted(self, _outcome: Failure | None) -> None:
        self._fill()

    @Slot()
    def _on_clear(self) -> None:
        desk = self._desk
        if desk.worker is None or desk.cache is None or self._clearing:
            return
        self._clearing = True
        work = partial(clear, desk.cache)
        desk.worker.submit(work, done=self._cleared, failed=self._cleared, tag=LASTING)
        self._fill()

    def _cleared(self, _outcome: Failure | None) -> None:
        """Read again what is on screen, so that it can be opened offline, too."""
        self._clearing = False
        if self._shown is not None:
            self._shown.store.set_clearing(clearing=False)
        online = self._desk.online
        if online is not None:
            online.list_dashboards()
            online.dashboards.read_all()
        self._fill()


def _with_share(settings: Settings, percent: int) -> Settings:
    return replace(settings, background_share=percent)


def _with_drop(settings: Settings, percent: int) -> Settings:
    return replace(settings, drop_percent=percent)


def _with_limit(settings: Settings, megabytes: int) -> Settings:
    return replace(settings, store_megabytes=megabytes)


def _with_wishes(settings: Settings, wishes: Wishes) -> Settings:
    return replace(
        settings,
        auto_refresh_minutes=wishes.minutes,
        refresh_on_battery=wishes.on_battery,
        refresh_on_metered=wishes.on_metered,
    )
