"""How fresh the numbers are kept: fills the popover below the age, and takes what is chosen."""

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from phdesk.core.ages import absolute, oldest_age, rounded_up
from phdesk.core.listing import title_of
from phdesk.core.pacing import OFF, Wishes
from phdesk.services.autorefresh import wishes_of
from phdesk.services.settings import Settings
from phdesk.store.freshness import oldest
from phdesk.views.desk.desk import Desk
from phdesk.views.dialogs.freshness import Freshness, FreshnessPopover

BEAT = 2000  # ms, while it is open


class Status(QObject):
    """Made when first asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._shown: FreshnessPopover | None = None
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT)
        self._beat.timeout.connect(self._fill)

    def open(self) -> None:
        """Show it below the age line, or below the window's upper edge where there is none."""
        made = FreshnessPopover(self._desk.theme, self._desk.window)
        made.wishes_changed.connect(self._on_wishes)
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
        board = desk.state.dashboards.get(desk.open_id or 0)
        shown.set_freshness(
            Freshness(
                age=oldest_age(oldest(board) if board is not None else None, desk.now()),
                next=self._next(),
                wishes=wishes_of(desk.preferences.settings),
            )
        )
        names = {row.id: title_of(row) for row in desk.state.rows.items}
        report = desk.online.dashboards.budget() if desk.online is not None else None
        shown.set_budget(report, names)

    def _next(self) -> str:
        online = self._desk.online
        if online is None:
            return "Connecting to PostHog…"
        auto = online.dashboards.auto
        if auto.paused == OFF:
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


def _with_wishes(settings: Settings, wishes: Wishes) -> Settings:
    return replace(
        settings,
        auto_refresh_minutes=wishes.minutes,
        refresh_on_battery=wishes.on_battery,
        refresh_on_metered=wishes.on_metered,
    )
