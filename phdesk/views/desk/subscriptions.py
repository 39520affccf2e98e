"""PostHog's subscriptions from a window: of the dashboard, of a tile's insight, of the project."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from phdesk.core.listing import title_of
from phdesk.core.names import insight_title
from phdesk.core.question import read_question
from phdesk.core.refused import doubted, is_unsure
from phdesk.core.subscription_words import (
    next_words,
    recipients,
    refusal_words,
    rhythm_of,
    standing,
)
from phdesk.models.failure import Cause, Failure
from phdesk.models.subscription import Subscription
from phdesk.services import subscribing
from phdesk.services.subscribing import Work
from phdesk.store.state import Changes
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import subscriptions_dialog
from phdesk.views.desk.subscription_forms import Charts, Subject, SubscriptionForms
from phdesk.views.dialogs.subscriptions import Row
from phdesk.views.dialogs.subscriptions import Subscriptions as SubscriptionsDialog

SUBSCRIPTIONS = "Subscriptions"
ON_TILE = "subscriptions"
NOT_SIGNED_IN = "Sign in to see subscriptions."
LOOKING = "PostHog is being asked…"
NOTHING_OPEN = "Open a dashboard first, or choose Subscriptions in the menu of a tile."
PROJECT = "project"
NONE = {
    "dashboard": "Nobody is subscribed to this dashboard or one of its insights yet.",
    "insight": "Nobody is subscribed to this insight yet.",
    PROJECT: "Nobody is subscribed to anything in this project yet.",
}


class Subscriptions(QObject):
    """Made after the first paint; the dialog when it is first asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._dialog: SubscriptionsDialog | None = None
        self._forms = SubscriptionForms(desk, self._on_saved, self._on_lost)
        self._subject: Subject | None = None
        self._scope = PROJECT
        self._all: tuple[Subscription, ...] | None = None
        self._not_done = ""  # why the last thing that a person wanted was not done
        desk.window.add_action(SUBSCRIPTIONS, "", self.open)
        desk.window.screen_page.tile_edit_requested.connect(self._on_tile)
        desk.store.changed.connect(self._on_changed)

    @Slot()
    def open(self) -> None:
        """Show the subscriptions to the dashboard on screen, or of the project."""
        board = self._desk.state.dashboards.get(self._desk.dashboard_id or 0)
        subject = None
        if board is not None:
            row = board.dashboard.row
            charts = self._charts(row.id)
            subject = Subject(title=title_of(row), dashboard=row.id, charts=tuple(charts))
        self._open(subject)

    @Slot(int, str, object)
    def _on_tile(self, tile_id: int, what: str, _value: object) -> None:
        """Show the subscriptions to a tile's insight."""
        held = self._desk.window.screen_page.held(tile_id)
        view = self._desk.window.screen_page.views.get(tile_id)
        if what == ON_TILE and held is not None and held.insight is not None and view is not None:
            self._open(Subject(title=view.title, insight=held.insight.id))

    def _open(self, subject: Subject | None) -> None:
        online = self._desk.online
        if online is None or not online.calls.ready:
            self._desk.window.notice.set_message(NOT_SIGNED_IN)
            return
        self._subject = subject
        scopes = [(PROJECT, "Of the whole project")]
        if subject is not None:
            kind = "dashboard" if subject.dashboard is not None else "insight"
            scopes.insert(0, (kind, f"Of {subject.title}"))
        self._scope, self._not_done = scopes[0][0], ""
        if self._dialog is None:
            made = self._dialog = subscriptions_dialog()(self._desk.theme, self._desk.window)
            self._connect(made)
        self._dialog.set_scopes(scopes, self._scope)
        self._offer_new()
        self._fill()
        self._dialog.open()
        self._look()

    def _connect(self, made: SubscriptionsDialog) -> None:
        made.new_requested.connect(self._on_new)
        made.look_requested.connect(self._look)
        made.edit_requested.connect(self._on_edit)
        made.switch_requested.connect(self._on_switch)
        made.test_requested.connect(self._on_test)
        made.delete_requested.connect(self._on_delete)
        made.scope_chosen.connect(self._on_scope)
        made.finished.connect(self._on_gone)

    @Slot()
    def _look(self) -> None:
        online = self._desk.online
        if online is not None:
            tag = f"subscriptions of {self._desk.viewer}"
            online.calls.ask(subscribing.list_all, done=self._came, failed=self._refused, tag=tag)

    def _came(self, found: tuple[Subscription, ...]) -> None:
        self._all = found
        if self._dialog is not None:
            self._offer_new()
            self._dialog.set_trouble(self._not_done)
            self._fill()

    def _refused(self, failure: Failure) -> None:
        if self._dialog is not None:
            why = refusal_words(failure)
            self._dialog.set_trouble(why)
            if failure.cause is Cause.PLAN:
                self._dialog.set_new(why)
            self._fill(refused=True)

    def _offer_new(self) -> None:
        if self._dialog is not None:
            can = self._subject is not None
            self._dialog.set_new("" if can else NOTHING_OPEN)

    def _fill(self, *, refused: bool = False) -> None:
        if self._dialog is None:
            return
        listed = [one for one in self._all or () if self._is_listed(one)]
        note = "" if listed or refused else LOOKING if self._all is None else NONE[self._scope]
        self._dialog.set_rows([self._row(one) for one in listed], note)

    def _is_listed(self, one: Subscription) -> bool:
        subject = self._subject
        if self._scope == PROJECT or subject is None:
            return True
        if subject.dashboard is not None:
            insights = {number for number, _ in subject.charts}
            return one.dashboard == subject.dashboard or one.insight in insights
        return one.insight == subject.insight

    def _row(self, one: Subscription) -> Row:
        texts = (
            one.title or "Without a title",
            self._what(one),
            recipients(one),
            rhythm_of(one),
            next_words(one, self._desk.now()),
        )
        return Row(one, standing(one), texts)

    def _what(self, one: Subscription) -> str:
        """Name what is sent: as the server says, or as it is known here."""
        if one.resource:
            return one.resource
        if one.prompted:
            return "What PostHog writes after a prompt"
        rows = {row.id: title_of(row) for row in self._desk.state.rows.items}
        if one.dashboard is not None:
            return rows.get(one.dashboard, f"Dashboard {one.dashboard}")
        known = {
            number: name
            for board in self._desk.state.dashboards
            for number, name in self._charts(board)
        }
        return known.get(one.insight or 0, f"Insight {one.insight}")

    def _charts(self, dashboard_id: int | None) -> Charts:
        """Give what is drawn on a dashboard, as far as it was opened."""
        board = self._desk.state.dashboards.get(dashboard_id or 0)
        held = [one.tile.insight for one in board.tiles.values()] if board is not None else []
        return [
            (one.id, insight_title(one, read_question(one)))
            for one in held
            if one is not None and one.id is not None
        ]

    def _one(self, number: int) -> Subscription | None:
        return next((one for one in self._all or () if one.id == number), None)

    @Slot(str)
    def _on_scope(self, scope: str) -> None:
        self._scope = scope
        self._fill()

    @Slot()
    def _on_new(self) -> None:
        if self._subject is not None and self._dialog is not None:
            self._dialog.line.clear()
            self._forms.ask_new(self._subject, self._all or (), self._dialog)

    @Slot(int)
    def _on_edit(self, number: int) -> None:
        one = self._one(number)
        if one is None or self._dialog is None:
            return
        self._dialog.line.clear()
        if one.prompted:
            self._dialog.set_trouble("PostHog writes this one after a prompt: change it there.")
            return
        charts = self._charts(one.dashboard)
        self._forms.ask_change(one, self._what(one), charts, self._all or (), self._dialog)

    @Slot(int, bool)
    def _on_switch(self, number: int, on: bool) -> None:  # noqa: FBT001  a signal's value
        said = "goes on" if on else "is paused"
        self._change(subscribing.switch(number, on=on), f"“{{}}” {said}, for everyone.")

    @Slot(int)
    def _on_test(self, number: int) -> None:
        """Ask first: what is sent cannot be taken back."""
        one = self._one(number)
        if one is not None and self._dialog is not None:
            self._dialog.line.ask(
                f"Send “{one.title}” once now, to {recipients(one)}?",
                "Send now",
                partial(self._send, one),
            )

    def _send(self, one: Subscription) -> None:
        if self._desk.online is not None:
            self._forget_refusal()
            self._desk.online.calls.ask(
                subscribing.send_test(one.id),
                done=partial(self._sent, one),
                failed=self._refused_change,
            )

    def _sent(self, one: Subscription, _nothing: None) -> None:
        if self._dialog is not None:
            self._dialog.line.tell(f"PostHog has begun to send “{one.title}”.")

    @Slot(int)
    def _on_delete(self, number: int) -> None:
        back = partial(self._change, subscribing.restore(number), "“{}” is back.")
        self._change(subscribing.delete(number), "“{}” is deleted, for everyone.", back)

    def _change(self, work: Work, said: str, back: "partial[None] | None" = None) -> None:
        if self._desk.online is not None and self._dialog is not None:
            self._dialog.line.clear()
            self._forget_refusal()
            self._desk.online.calls.ask(
                work, done=partial(self._changed, said, back), failed=self._refused_change
            )

    def _changed(self, said: str, back: "partial[None] | None", one: Subscription) -> None:
        if self._dialog is not None:
            self._dialog.line.tell(said.format(one.title), back)
        self._look()

    def _refused_change(self, failure: Failure) -> None:
        if self._dialog is not None:
            self._not_done = f"Not done: {doubted(refusal_words(failure), failure)}"
            self._dialog.set_trouble(self._not_done)
            if failure.cause is Cause.NOT_FOUND or is_unsure(failure):
                self._look()  # somebody deleted it, or it may have been done all the same

    def _forget_refusal(self) -> None:
        self._not_done = ""
        if self._dialog is not None:
            self._dialog.set_trouble("")

    def _on_lost(self, why: str) -> None:
        """Tell what became of a form that was left before the answer came, and look again."""
        if self._dialog is not None:
            self._look()
            self._dialog.line.tell(why)
        else:
            self._desk.window.notice.set_message(why)

    def _on_saved(self, said: str, one: Subscription) -> None:
        """Show at once what the server answered; its list may come later."""
        self._all = (*(each for each in self._all or () if each.id != one.id), one)
        if self._dialog is not None:
            self._forget_refusal()
            self._fill()
            self._dialog.choose(one.id)
            self._dialog.line.tell(said)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.session:
            self._all = None
            self._forms.close()
            if self._dialog is not None:
                self._dialog.close()

    @Slot()
    def _on_gone(self) -> None:
        self._dialog = None
