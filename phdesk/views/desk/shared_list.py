"""Shows what of the project is shared with everybody, and ends that with one press.

The list of dashboards says which are shared; since when, each is asked for. Of insights no list
says it, so each is asked, in the background class and some at a time, when a person wants that.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from phdesk.core.listing import title_of
from phdesk.core.names import insight_title
from phdesk.core.question import read_question
from phdesk.core.refused import doubted, is_unsure
from phdesk.core.shared_links import shared_address
from phdesk.core.sharing_words import link_words, refusal_words, since
from phdesk.models.dashboard import DashboardRow
from phdesk.models.failure import Failure
from phdesk.models.insight import Insight
from phdesk.models.sharing import Sharing as Held
from phdesk.services import sharing
from phdesk.services.background import Ticket
from phdesk.services.sharing import FEW, Found, Shareable, ends_all
from phdesk.store.state import Changes
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import shared_list_dialog
from phdesk.views.desk.sharing import STANDS, Sharing
from phdesk.views.dialogs.shared_list import Line
from phdesk.views.dialogs.shared_list import SharedList as Dialog

SHARED = "Shared with everybody: all links of the project"
NOT_SIGNED_IN = "Sign in to see what is shared."
LOOKING = "PostHog is being asked…"
OLD = timedelta(days=31)
NO_INSIGHTS = "PostHog does not list single insights that are shared."


class SharedList(QObject):
    """Made after the first paint; the dialog when it is first asked for."""

    def __init__(self, desk: Desk, one: Sharing) -> None:
        super().__init__(desk)
        self._desk, self._one = desk, one
        self._dialog: Dialog | None = None
        self._titles: dict[Shareable, str] = {}
        self._held: dict[Shareable, Held | None] = {}  # what is shared; None: not known how
        self._reading: dict[Shareable, Ticket | None] = {}  # how one stands after a lost answer
        self._dashboards: list[Shareable] = []  # to be asked for
        self._waiting: list[Shareable] = []  # insights to be asked for
        self._wanted = 0  # insights to be asked for, all in all
        self._checked = False  # all insights were asked
        self._loading = False
        desk.window.add_action(SHARED, "", self.open)
        desk.store.changed.connect(self._on_changed)

    @Slot()
    def open(self) -> None:
        """Show what is shared of the project."""
        online = self._desk.online
        if online is None or not online.calls.ready:
            self._desk.window.notice.set_message(NOT_SIGNED_IN)
            return
        if self._dialog is None:
            made = self._dialog = shared_list_dialog()(self._desk.theme, self._desk.window)
            made.look_requested.connect(self._look)
            made.insights_requested.connect(self._ask_insights)
            made.stop_requested.connect(self._on_stop)
            made.settings_requested.connect(self._on_settings)
            made.copy_requested.connect(self._on_copy)
            made.finished.connect(self._on_gone)
        self._dialog.open()
        self._look()

    @property
    def _tag(self) -> str:
        return f"shared list of {self._desk.viewer}"

    @Slot()
    def _look(self) -> None:
        """Read anew what is shared; what was found of insights before counts no more."""
        self._held.clear()
        self._stop_checking()
        self._checked, self._loading = False, True
        self._fill()
        if self._desk.online is not None and self._dialog is not None:
            self._dialog.line.clear()
            self._dialog.set_trouble("")
            self._desk.online.calls.ask(
                sharing.read_rows, done=self._rows_came, failed=self._refused, tag=self._tag
            )

    def _rows_came(self, rows: tuple[DashboardRow, ...]) -> None:
        shared = [one for one in rows if one.is_shared]
        wanted = [Shareable("dashboards", one.id) for one in shared]
        self._titles |= {Shareable("dashboards", one.id): title_of(one) for one in shared}
        self._held |= dict.fromkeys(wanted)
        self._dashboards = wanted
        self._ask_details(background=len(wanted) > FEW)

    def _ask_details(self, *, background: bool) -> None:
        """Ask for some at a time: they are seen as they come."""
        part, self._dashboards = self._dashboards[:FEW], self._dashboards[FEW:]
        self._loading = bool(part)
        self._fill()
        if self._desk.online is not None and part:
            self._desk.online.calls.ask(
                sharing.read_several(part, background=background),
                done=partial(self._details_came, background),
                failed=self._refused,
                tag=self._tag,
            )

    def _details_came(self, background: bool, found: Sequence[Found]) -> None:  # noqa: FBT001
        self._take(found)
        if found and found[-1].failure is not None and ends_all(found[-1].failure):
            self._dashboards = []
        self._ask_details(background=background)

    def _take(self, found: Sequence[Found]) -> None:
        for one in found:
            if one.sharing is not None and one.sharing.enabled:
                self._held[one.what] = one.sharing
            elif one.sharing is not None:
                self._held.pop(one.what, None)
            elif one.failure is not None and self._dialog is not None:
                self._dialog.set_trouble(refusal_words(one.failure))

    def _fill(self) -> None:
        if self._dialog is None:
            return
        first = {what: held.created_at for what, held in self._held.items() if held is not None}
        now = self._desk.now()
        order = sorted(self._held, key=lambda what: first.get(what) or now)
        lines = [
            _line(what, self._titles.get(what, ""), self._held[what], self._desk.host, now)
            for what in order
        ]
        self._dialog.set_lines(lines, self._note())

    def _note(self) -> str:
        if self._loading:
            return LOOKING
        kinds = (("dashboard", "dashboards"), ("insight", "insights"))
        counts = [sum(what.noun == plural for what in self._held) for _, plural in kinds]
        told = [
            f"{count} {one if count == 1 else several}"
            for (one, several), count in zip(kinds, counts, strict=True)
        ]
        if self._checked:
            return f"{told[0]} and {told[1]} shared. All insights were checked."
        return f"{' and '.join(told if counts[1] else told[:1])} shared. {NO_INSIGHTS}"

    @Slot()
    def _ask_insights(self) -> None:
        """List the insights first: then it is known how many calls it takes."""
        if self._desk.online is not None and self._dialog is not None:
            self._dialog.set_checking(on=True)
            self._desk.online.calls.ask(
                sharing.read_insights, done=self._insights_came, failed=self._refused, tag=self._tag
            )

    def _insights_came(self, insights: Sequence[Insight]) -> None:
        known = [one for one in insights if one.id is not None]
        self._titles |= {
            Shareable("insights", one.id or 0): insight_title(one, read_question(one))
            for one in known
        }
        wanted = [Shareable("insights", one.id or 0) for one in known]
        if self._dialog is not None:
            self._dialog.set_checking(on=False)
            self._dialog.line.ask(
                f"Ask for each of {len(wanted)} insights? These are {len(wanted)} calls, made in "
                "the background within the project's limits, which takes some minutes.",
                "Check them",
                partial(self._check, wanted),
            )

    def _check(self, wanted: list[Shareable]) -> None:
        self._waiting, self._wanted = wanted, len(wanted)
        if self._dialog is not None:
            self._dialog.set_checking(on=True)
        self._check_next()

    def _check_next(self) -> None:
        dialog, online = self._dialog, self._desk.online
        if dialog is None or online is None:
            return
        if not self._waiting:
            self._checked = bool(self._wanted)
            self._stop_checking()
            dialog.line.tell("All insights were checked.")
            self._fill()
            return
        part, self._waiting = self._waiting[:FEW], self._waiting[FEW:]
        done = self._wanted - len(self._waiting) - len(part)
        dialog.line.tell(
            f"{done} of {self._wanted} insights are checked…", self._stop_checking, "Stop"
        )
        online.calls.ask(
            sharing.read_several(part, background=True),
            done=self._part_came,
            failed=self._refused,
            tag=self._tag,
        )

    def _part_came(self, found: Sequence[Found]) -> None:
        self._take(found)
        self._fill()
        last = found[-1].failure if found else None
        if last is not None and ends_all(last):
            self._stop_checking()
            if self._dialog is not None:
                self._dialog.line.clear()
        elif self._wanted:
            self._check_next()

    def _stop_checking(self) -> None:
        self._waiting, self._wanted = [], 0
        if self._dialog is not None:
            self._dialog.set_checking(on=False)

    def _refused(self, failure: Failure) -> None:
        self._loading = False
        self._stop_checking()
        if self._dialog is not None:
            self._dialog.set_trouble(refusal_words(failure))
            self._fill()

    @Slot(object)
    def _on_stop(self, what: Shareable) -> None:
        self._switch(what, on=False)

    def _switch(self, what: Shareable, token: str = "", *, on: bool) -> None:
        if self._desk.online is not None and self._dialog is not None:
            if (reading := self._reading.pop(what, None)) is not None:
                reading.cancel()  # its answer may be from before this change
            self._dialog.set_trouble("")
            self._desk.online.calls.ask(
                sharing.switch(what, on=on),
                done=partial(self._switched, what, token),
                failed=partial(self._not_done, what),
            )

    def _switched(self, what: Shareable, token: str, held: Held) -> None:
        self._take([Found(what, held)])
        if self._desk.online is not None and what.noun == "dashboards":
            self._desk.online.list_dashboards()
        if self._dialog is None:
            return
        self._fill()
        title = self._titles.get(what, "It")
        if held.enabled:
            self._dialog.line.tell(f"“{title}” is shared again, with {link_words(held, token)}.")
        else:
            back = partial(self._switch, what, held.token, on=True)
            self._dialog.line.tell(f"The link to “{title}” leads nowhere now.", back)

    def _not_done(self, what: Shareable, failure: Failure) -> None:
        """Say why; how it stands after an answer that was lost is read again."""
        if self._dialog is None:
            return
        self._dialog.line.clear()
        words, lost = refusal_words(failure), is_unsure(failure)
        said = f"Not done: {doubted(words, failure)}"
        self._dialog.set_trouble(said)
        if (lost or self._held.get(what) is None) and self._desk.online is not None:
            self._held[what] = None  # not known how
            self._fill()
            said = STANDS.format(words) if lost else said
            self._reading[what] = self._desk.online.calls.ask(
                sharing.read(what), done=partial(self._stands, what, said), failed=_accept
            )

    def _stands(self, what: Shareable, said: str, held: Held) -> None:
        """Show how it stands after an answer that was lost."""
        self._take([Found(what, held)])
        self._fill()
        if self._dialog is not None:
            self._dialog.set_trouble(said)
        if self._desk.online is not None and what.noun == "dashboards" and not held.enabled:
            self._desk.online.list_dashboards()

    @Slot(object)
    def _on_settings(self, what: Shareable) -> None:
        if self._dialog is not None:
            self._dialog.close()  # what is changed there would not be seen here
        if what.noun == "dashboards":
            self._one.open_dashboard(what.number)
        else:
            self._one.open_insight(what.number, self._titles.get(what, f"Insight {what.number}"))

    @Slot(str)
    def _on_copy(self, link: str) -> None:
        QGuiApplication.clipboard().setText(link)
        if self._dialog is not None:
            self._dialog.line.tell("The link is copied.")

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.session:
            self._titles.clear()
            self._held.clear()
            if self._dialog is not None:
                self._dialog.close()

    @Slot()
    def _on_gone(self) -> None:
        self._dialog = None
        self._stop_checking()


def _accept(_failure: Failure) -> None:
    """Leave it unknown: why is said already."""


def _line(what: Shareable, title: str, held: Held | None, host: str, now: datetime) -> Line:
    kind = "Dashboard" if what.noun == "dashboards" else "Insight"
    name = title or f"{kind} {what.number}"
    if held is None:
        return Line(what, (name, kind, "", ""))
    old = held.created_at is not None and now - held.created_at > OLD
    guard = "Password" if held.password_required else "None"
    link = shared_address(host, held.token) if held.is_live else ""
    return Line(what, (name, kind, since(held.created_at, now), guard), old, link)
