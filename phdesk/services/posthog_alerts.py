"""PostHog's own alerts: look at them by the clock, carry out what a person wants.

They are looked at while windows are hidden too, as that is when one wants to be told; not on
battery or a metered connection, where a person does not want refreshes either. What turned since
the last look of any phdesk is found by who keeps that (`alert_looks`).
"""

import random
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter
from typing import Any, Concatenate, ParamSpec, TypeVar

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.api.alert_writing import draft_body
from phdesk.api.client import Client
from phdesk.api.resources import alerts, users
from phdesk.core.alert_drafts import is_made_of
from phdesk.core.budget import Moment
from phdesk.core.pacing import Wishes
from phdesk.core.refused import is_unsure
from phdesk.models.account import User
from phdesk.models.alert import Alert, AlertDraft
from phdesk.models.failure import Cause, Failure
from phdesk.services.around import REFUSALS
from phdesk.services.asking import Asking
from phdesk.services.autorefresh import AutoRefresh
from phdesk.services.background import Ticket, Work
from phdesk.services.dashboards import Dashboards
from phdesk.services.failures import loses_session
from phdesk.services.governor import clocks
from phdesk.services.making_once import Hopes, Made, Once, Wish
from phdesk.services.parts import Parts
from phdesk.services.session import Session
from phdesk.store.alerts import (
    with_alert,
    with_alerts,
    with_alerts_failure,
    with_alerts_loading,
    without_alert,
)
from phdesk.store.kept_alerts import load_alerts
from phdesk.store.state import Changes

P = ParamSpec("P")
T = TypeVar("T")
EVERY = 6  # minutes: with a tenth of jitter never more often than every five
FIRST = 3_000  # ms after a session began, in which dashboards go first
MADE, FOUND, OTHER = "made", "found", "another that turned up"
CHECKS = 100  # of the history, which PostHog keeps for two weeks


class PosthogAlerts(Asking):
    """Looks, tells, changes; a look that was overtaken by a change counts for nothing."""

    # tuple[Alert, ...] as they are now, and None if these are all there are, else ids of those
    # that are gone: what others made since the list was read is not in it.
    looked = Signal(object, object)
    done = Signal(str, object)  # what was done, and the Alert as it is (deleted: as it was)
    refused = Signal(str, object)  # what was not, and the Failure
    history_came = Signal(object)  # Alert with its checks
    user_came = Signal(object)  # User: whose key it is
    answer_was_lost = Signal()  # to a new alert: it is looked for

    def __init__(
        self,
        parts: Parts,
        dashboards: Dashboards,
        *,
        now: Callable[[], datetime],
        clock: Callable[[], Moment] = clocks,
        chance: Callable[[], float] = random.random,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parts.store, parts.background, dashboards, parent)
        self._cache, self._preferences, self._now = parts.cache, parts.preferences, now
        self._refusals: dict[str, Failure] = {}  # by account: not asked again until it signs in
        self._looking: Ticket | None = None
        self._running: list[Ticket] = []
        self._once = Once[Alert]()
        self._changed = 0  # how often a person changed something
        self._offline = False
        self._clock = AutoRefresh(parts.store, clock=clock, chance=chance, parent=self)
        if parts.system is not None:
            self._clock.set_system(parts.system)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(FIRST)
        self._first.timeout.connect(self._look_by_itself)
        self._clock.due.connect(self._look_by_itself)
        parts.store.changed.connect(self._on_changed)
        parts.preferences.changed.connect(self._take_settings)
        self._take_settings()

    @property
    def paused(self) -> str:
        """Say in words why nobody looks by the clock now, or nothing."""
        return self._clock.paused

    @property
    def of_2024(self) -> bool:
        """Say whether the server is known to take the shape of 2024 alone."""
        return any(alert.of_2024 for alert in self._store.state.alerts.items)

    def set_resting(self, *, on: bool) -> None:
        """Look at nothing by the clock while nobody is to be told; catch up afterwards."""
        self._clock.set_hidden(hidden=on)

    def use(self, session: Session | None) -> None:
        """Look through this session from now on; what the last one was asked is given up."""
        for ticket in (self._looking, *self._running):
            if ticket is not None:
                ticket.cancel()
        self._looking = None
        self._running.clear()
        self._session = session
        self._clock.stop()
        self._first.stop()
        if session is None:
            return
        self._store.apply(load_alerts, self._cache)
        refusal = self._refusals.get(session.account)
        if refusal is not None:
            self._store.apply(with_alerts_failure, refusal)
        else:
            self._first.start()

    def forgive(self) -> None:
        """Ask again of whom refused before, because a person signed in."""
        self._refusals.clear()

    def look(self, *, background: bool = False) -> None:
        """Read the list now; a person may ask at any time."""
        session = self._session
        if session is None or self._looking is not None:
            return
        self._first.stop()
        self._clock.restart()
        self._store.apply(with_alerts_loading)
        self._looking = self._background.submit(
            partial(session.read_alerts, background=background),
            done=partial(self._came, self._changed),
            failed=self._failed,
            tag="alerts",
        )

    def read_history(self, alert_id: str) -> None:
        """Read an alert with its checks; ends in `history_came` or `refused`."""
        work = self._call(alerts.get, alert_id, checks=CHECKS)
        self._ask("history", work, self._history_came)

    def read_user(self) -> None:
        """Find out whose key it is, who can be told by mail; ends in `user_came` or nothing."""
        session = self._session
        if session is not None:
            self._ask("user", lambda: users.me(session.client()), self._user_came)

    def begin(self) -> None:
        """Begin with another new alert: it stands in the place of none that may be made."""
        self._once.begin()

    def create(self, draft: AlertDraft) -> None:
        """Make an alert; one whose answer was lost is looked for, and ends as `FOUND`.

        Where the one turns up that was asked for in its place before, that ends as `OTHER`.
        """
        session = self._session
        if session is not None:
            hopes = Hopes(
                self._was_made, partial(self._was_refused, MADE), self.answer_was_lost.emit
            )
            wish = alert_wish(session, draft, of_2024=self.of_2024)
            self._once.make(partial(self._ask_of, session), wish, hopes)

    def _ask_of(
        self,
        session: Session,
        work: Callable[[Session], Coroutine[Any, Any, T]],
        *,
        done: Callable[[T], None],
        failed: Callable[[Failure], None],
    ) -> None:
        self._submit(MADE, partial(work, session), done, failed)

    def _was_made(self, made: Made[Alert]) -> None:
        self._was_changed(OTHER if made.other else FOUND if made.lost else MADE, made.one)

    def change(self, alert: Alert, before: AlertDraft, after: AlertDraft) -> None:
        """Change what two drafts differ in, and nothing else."""
        work = self._call(alerts.update, alert.id, before, after, of_2024=alert.of_2024)
        self._ask("changed", work, partial(self._was_changed, "changed"))

    def switch(self, alert: Alert, *, on: bool) -> None:
        """Switch an alert on or off for everyone."""
        what = "switched on" if on else "switched off"
        work = self._call(alerts.switch, alert.id, on=on)
        self._ask(what, work, partial(self._was_changed, what))

    def snooze(self, alert: Alert, span: timedelta | None) -> None:
        """Let an alert be quiet for everyone for a while; None wakes it."""
        what = "woken" if span is None else "snoozed"
        work = self._call(alerts.snooze, alert.id, span)
        self._ask(what, work, partial(self._was_changed, what))

    def delete(self, alert: Alert) -> None:
        """Delete an alert for good."""
        work = self._call(alerts.delete, alert.id)
        self._ask("deleted", work, partial(self._was_deleted, alert))

    def _call(
        self,
        call: Callable[Concatenate[Client, int, P], Coroutine[Any, Any, T]],
        *args: P.args,
        **more: P.kwargs,
    ) -> Work[T] | None:
        session = self._session
        if session is None:
            return None
        # The client is made in the worker, where it is used.
        return lambda: call(session.client(), session.project.id, *args, **more)

    def _ask(self, what: str, work: Work[T] | None, done: Callable[[T], None]) -> None:
        """Submit work, if there is anybody to ask."""
        if work is not None:
            self._submit(what, work, done, partial(self._was_refused, what))

    def _submit(
        self, what: str, work: Work[T], done: Callable[[T], None], failed: Callable[[Failure], None]
    ) -> None:
        """Submit work; all of it is given up with the session."""
        self._running = [one for one in self._running if one.active]
        self._running.append(
            self._background.submit(work, done=done, failed=failed, tag=f"alert {what}")
        )

    def _came(self, asked: int, found: tuple[Alert, ...]) -> None:
        self._looking = None
        self._dashboards.reach.answers()
        if asked != self._changed:  # it may tell how things were before the change
            self.look()
            return
        self._refusals.clear()
        self._store.apply(with_alerts, found, now=self._now())
        self._tell_all(None)

    def _failed(self, failure: Failure) -> None:
        self._looking = None
        self._store.apply(with_alerts_failure, failure)
        if failure.cause in REFUSALS or loses_session(failure):
            self._clock.stop()
            if self._session is not None:
                self._refusals[self._session.account] = failure
        else:
            self._dashboards.reach.stumbles(failure)

    def _was_changed(self, what: str, alert: Alert) -> None:
        self._changed += 1
        known = next((one for one in self._store.state.alerts.items if one.id == alert.id), None)
        if alert.insight_id is None and known is not None:
            alert = replace(alert, insight_id=known.insight_id, insight_name=known.insight_name)
        self._store.apply(with_alert, alert)
        self._tell_all()
        self.done.emit(what, alert)

    def _was_deleted(self, alert: Alert, _nothing: None) -> None:
        self._changed += 1
        self._store.apply(without_alert, alert.id)
        self._tell_all(frozenset({alert.id}))
        self.done.emit("deleted", alert)

    def _tell_all(self, gone: frozenset[str] | None = frozenset()) -> None:
        """Say how all stand; what a person did is known then, too, and is no news later."""
        held = self._store.state.alerts
        if held.fetched_at is not None and not held.from_cache:
            self.looked.emit(held.items, gone)

    def _was_refused(self, what: str, failure: Failure) -> None:
        if what != "user":
            self.refused.emit(what, failure)
        gone = failure.cause is Cause.NOT_FOUND and what not in ("user", MADE)
        if gone or is_unsure(failure):
            self.look()  # somebody deleted it, or it may have been done all the same

    def _history_came(self, alert: Alert) -> None:
        self._store.apply(with_alert, alert)
        self._tell_all()
        self.history_came.emit(alert)

    def _user_came(self, user: User) -> None:
        self.user_came.emit(user)

    @Slot()
    def _look_by_itself(self) -> None:
        self.look(background=True)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """Look at once when the server is within reach again."""
        if not changes.offline:
            return
        was, self._offline = self._offline, self._store.state.offline is not None
        waits = self._session is not None and self._session.account not in self._refusals
        if was and not self._offline and waits:
            self.look(background=True)

    @Slot()
    def _take_settings(self) -> None:
        chosen = self._preferences.settings
        self._clock.set_wishes(
            Wishes(
                minutes=EVERY,
                on_battery=chosen.refresh_on_battery,
                on_metered=chosen.refresh_on_metered,
            )
        )


def alert_wish(session: Session, draft: AlertDraft, *, of_2024: bool) -> Wish[Alert]:
    """Wish for an alert in the project of a session."""

    async def make(session: Session) -> Alert:
        return await alerts.create(session.client(), session.project.id, draft, of_2024=of_2024)

    async def there(session: Session) -> tuple[Alert, ...]:
        return await alerts.list_all(session.client(), session.project.id, draft.insight_id)

    return Wish(
        key=(session.account, session.project.id, draft_body(draft)),
        there=there,
        make=make,
        is_it=partial(is_made_of, draft),
        number=attrgetter("id"),
    )
