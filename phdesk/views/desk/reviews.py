"""Keeps the review calendar of a project, and reminds gently when something is due."""

from datetime import datetime
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot

from phdesk.core.reviews import (
    REVIEWS,
    Kept,
    begun,
    day_words,
    done,
    due_at,
    is_due,
    off_until,
    put_off,
    to_tell,
    told,
)
from phdesk.services.settings import reviewed
from phdesk.store.state import Changes
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.health_all import CHECK_ALL
from phdesk.views.desk.late import reviews_dialog
from phdesk.views.dialogs.reviews import Reviews as Dialog

REVIEW = "Reviews of the project…"
NOT_SIGNED_IN = "Sign in to see the reviews of a project."
DUE = "is due"  # beside its date
NOT_YET = "Not yet"


class Reviews(QObject):
    """Made after the first paint; reminds once in a run, where nothing else is said."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        self._dialog: Dialog | None = None
        self._looked: set[tuple[str, int]] = set()  # accounts and projects, in this run
        desk.window.add_action(REVIEW, "", self.open)  # found by name
        desk.window.closed.connect(self._close)
        desk.store.changed.connect(self._on_changed)
        self._look()

    @Slot()
    def open(self) -> None:
        """Show the calendar of the project."""
        if not self._desk.where[0]:
            self._window.notice.set_message(NOT_SIGNED_IN)
            return
        self._close()
        self._keep(begun(self._kept, self._desk.now()))
        dialog = self._dialog = reviews_dialog()(self._desk.theme, self._window)
        dialog.done_requested.connect(self._on_done)
        dialog.later_requested.connect(self._on_later)
        dialog.check_requested.connect(self._on_check)
        dialog.remind_requested.connect(self._on_remind)
        dialog.finished.connect(self._on_gone)
        self._fill()
        dialog.open()

    @property
    def _kept(self) -> Kept:
        account, project = self._desk.where
        held = self._desk.preferences.settings.reviews.get(account, {})
        return {key.partition("/")[2]: one for key, one in held.items()
                if key.partition("/")[0] == str(project)}  # fmt: skip

    def _now(self) -> datetime:
        """Give the time by this computer's calendar, of which a person thinks."""
        return self._desk.now().astimezone()

    def _keep(self, kept: Kept) -> None:
        account, project = self._desk.where
        if account and kept != self._kept:
            self._desk.preferences.change(reviewed, account, project, kept)

    def _fill(self) -> None:
        if self._dialog is None:
            return
        kept, now = self._kept, self._now()
        lines = []
        for one in REVIEWS:
            when, held = day_words(due_at(one, kept), now.tzinfo), kept.get(one.key)
            late = _late(off_until(kept, one.key, now), now) if is_due(one, kept, now) else ""
            ever = held is not None and held.ever
            done_at = day_words(held.done, now.tzinfo) if held is not None and ever else NOT_YET
            lines.append((one.name, one.question, done_at, f"{when}{late}"))
        reminds = self._desk.preferences.settings.review_reminders
        due = [is_due(one, kept, now) for one in REVIEWS]
        self._dialog.set_lines(lines, due, reminds=reminds)

    @Slot(int)
    def _on_done(self, place: int) -> None:
        """Note a review as done now; it can be taken back."""
        review, before = REVIEWS[place], self._kept
        self._keep(done(before, review.key, self._desk.now()))
        self._fill()
        when = day_words(due_at(review, self._kept), self._now().tzinfo)
        if self._dialog is not None:
            back = partial(self._take_back, before)
            self._dialog.line.tell(f"“{review.name}” is done; the next is on {when}.", back)

    @Slot(int)
    def _on_later(self, place: int) -> None:
        """Put a review off; it can be taken back."""
        review, before = REVIEWS[place], self._kept
        self._keep(put_off(before, review.key, self._desk.now()))
        self._fill()
        until = day_words(off_until(self._kept, review.key, self._now()), self._now().tzinfo)
        if self._dialog is not None:
            back = partial(self._take_back, before)
            self._dialog.line.tell(f"Nobody is reminded of “{review.name}” before {until}.", back)

    def _take_back(self, before: Kept) -> None:
        self._keep(before)
        self._fill()

    @Slot()
    def _on_check(self) -> None:
        self._close()
        for action in self._window.shortcut_actions:
            if action.text() == CHECK_ALL:
                action.trigger()

    @Slot(bool)
    def _on_remind(self, on: bool) -> None:  # noqa: FBT001  a signal's argument
        self._desk.preferences.change(replace, review_reminders=on)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.session:
            self._close()
        if changes.account or changes.rows:
            self._look()

    def _look(self) -> None:
        """Remind of what is due, once in a run and only where no other words stand."""
        where, state = self._desk.where, self._desk.state
        real = state.account is not None and not state.account.is_demo and where[1]
        listed = state.rows.fetched_at is not None and not state.rows.from_cache
        wanted = self._desk.preferences.settings.review_reminders
        busy = not self._window.notice.isHidden()
        if not (real and listed and wanted) or where in self._looked or busy:
            return
        self._looked.add(where)
        now = self._desk.now()
        kept = begun(self._kept, now)
        found = to_tell(kept, self._now())
        self._keep(told(kept, found, now))
        if found:
            names = " and ".join(one.name.lower() for one in found)
            self._window.notice.set_done(
                f"A look through {names} is due. Ctrl+K, “{REVIEW.rstrip('…')}” has the calendar."
            )

    @Slot()
    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()

    @Slot()
    def _on_gone(self) -> None:
        self._dialog = None


def _late(until: datetime | None, now: datetime) -> str:
    """Say that a review is due, or until when it was put off."""
    return f", put off to {day_words(until, now.tzinfo)}" if until else f" {DUE}"
