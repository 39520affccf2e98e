"""PostHog's alerts from a window: the list with what can be done, from a tile or by name."""

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Slot

from phdesk.core.ages import absolute, day_clock
from phdesk.core.alert_words import (
    checks_view,
    last_value,
    next_check,
    refusal_words,
    refused_words,
    rule_words,
    standing,
)
from phdesk.core.charts.series import axis_format
from phdesk.core.formatting import Format
from phdesk.core.question import read_question
from phdesk.core.refused import doubted
from phdesk.models.alert import Alert
from phdesk.models.failure import Failure
from phdesk.services.posthog_alerts import FOUND, MADE, OTHER, PosthogAlerts
from phdesk.store.contexts import project_context
from phdesk.store.state import Changes
from phdesk.views.desk.alert_forms import AlertForms
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import alerts_dialog
from phdesk.views.dialogs.alerts import Alerts as AlertsDialog
from phdesk.views.dialogs.alerts import Row

ALERTS = "Alerts"
NOT_SIGNED_IN = "Sign in to see PostHog's alerts."
NO_TRENDS = "Alerts for funnels, SQL and others are made in PostHog. Open a dashboard with trends."
LOOKED = "PostHog may have done it all the same: the list is read again."
LOOKING = "PostHog is being asked…"


class Alerts(QObject):
    """Made after the first paint; the dialog when it is first asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._dialog: AlertsDialog | None = None
        self._forms: AlertForms | None = None
        self._service: PosthogAlerts | None = None
        self._insight: int | None = None  # for which a new one would be
        self._refused = ""  # why the last thing that a person wanted was not done
        desk.window.add_action(ALERTS, "A", self.open)
        desk.window.alerts_requested.connect(self.open)
        desk.window.screen_page.grid.wishes.alerts_requested.connect(self._on_tile)
        desk.store.changed.connect(self._on_changed)

    @Slot()
    def open(self) -> None:
        """Show the alerts of the project."""
        self._open("", None)

    @Slot(int)
    def _on_tile(self, tile_id: int) -> None:
        """Show the alerts of a tile's insight; a new one would be for it."""
        held = self._desk.window.screen_page.held(tile_id)
        view = self._desk.window.screen_page.views.get(tile_id)
        if held is not None and held.insight is not None and view is not None:
            self._open(view.title, held.insight.id)

    def _open(self, text: str, insight_id: int | None) -> None:
        if not self._ready():
            self._desk.window.notice.set_message(NOT_SIGNED_IN)
            return
        self._insight, self._refused = insight_id, ""
        if self._dialog is None:
            made = self._dialog = alerts_dialog()(self._desk.theme, self._desk.window)
            self._connect(made)
        self._dialog.set_filter(text)
        self._fill()
        self._dialog.open()
        if self._service is not None:
            self._service.look()

    def _ready(self) -> bool:
        """Take the network's service, which comes after the window."""
        online = self._desk.online
        if online is None or not online.alerts.ready:
            return False
        if self._service is not online.alerts:
            self._service = online.alerts
            self._forms = AlertForms(self._desk, online.alerts)
            online.alerts.done.connect(self._on_done)
            online.alerts.refused.connect(self._on_refused)
            online.alerts.history_came.connect(self._on_history)
        return True

    def _connect(self, made: AlertsDialog) -> None:
        made.new_requested.connect(self._on_new)
        made.look_requested.connect(self._on_look)
        made.edit_requested.connect(self._on_edit)
        made.switch_requested.connect(self._on_switch)
        made.snooze_requested.connect(self._on_snooze)
        made.delete_requested.connect(self._on_delete)
        made.until_wanted.connect(self._on_until)
        made.selected.connect(self._on_selected)
        made.finished.connect(self._on_gone)

    def _fill(self) -> None:
        dialog, held = self._dialog, self._desk.state.alerts
        if dialog is None or self._forms is None:
            return
        firing_first = sorted(held.items, key=lambda one: not one.firing)
        dialog.set_rows([self._row(alert) for alert in firing_first])
        failure = held.failure
        dialog.set_trouble(refusal_words(failure) if failure is not None else self._refused)
        known = {one.insight_id for one in self._forms.choices}
        can = bool(known) and (self._insight is None or self._insight in known)
        dialog.set_new("" if can else NO_TRENDS)
        at = held.fetched_at  # as a time: "just now" would stay while the dialog is open
        age = f"Read at {absolute(at, self._desk.now(), None)}" if at is not None else ""
        dialog.set_age(LOOKING if held.loading else age)

    def _row(self, alert: Alert) -> Row:
        now, how = self._desk.now(), self._format(alert)
        texts = (
            alert.name,
            alert.insight_name or (f"Insight {alert.insight_id}" if alert.insight_id else ""),
            rule_words(alert, how),
            last_value(alert, how),
            next_check(alert, now),
        )
        return Row(alert, standing(alert, now), texts)

    def _format(self, alert: Alert) -> Format:
        """Write values as the insight does, where it is on a dashboard that was opened."""
        state = self._desk.state
        for board in state.dashboards.values():
            for held in board.tiles.values():
                if held.insight is not None and held.insight.id == alert.insight_id is not None:
                    context = project_context(state.project, self._desk.now(), state.around)
                    return axis_format(read_question(held.insight).filter, context)
        return Format()

    def _alert(self, alert_id: str) -> Alert | None:
        return next((one for one in self._desk.state.alerts.items if one.id == alert_id), None)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._dialog is None:
            return
        if changes.session:
            self._dialog.close()
        elif changes.alerts:
            self._fill()

    @Slot()
    def _on_new(self) -> None:
        if self._forms is not None and self._dialog is not None:
            self._forms.ask_new(self._insight, self._dialog)

    @Slot()
    def _on_look(self) -> None:
        if self._service is not None:
            self._service.look()
            self._on_selected(self._dialog.current if self._dialog is not None else "")

    @Slot(str)
    def _on_edit(self, alert_id: str) -> None:
        alert = self._alert(alert_id)
        if alert is not None and self._forms is not None and self._dialog is not None:
            self._forms.ask_change(alert, self._dialog)

    @Slot(str, bool)
    def _on_switch(self, alert_id: str, on: bool) -> None:  # noqa: FBT001  a signal's value
        alert = self._alert(alert_id)
        if alert is not None and self._service is not None:
            self._service.switch(alert, on=on)

    @Slot(str, object)
    def _on_snooze(self, alert_id: str, span: timedelta | datetime | None) -> None:
        alert = self._alert(alert_id)
        if isinstance(span, datetime):
            span = span - self._desk.now()
        if alert is not None and self._service is not None:
            self._service.snooze(alert, span)

    @Slot()
    def _on_until(self) -> None:
        if self._dialog is not None:
            self._dialog.ask_until(self._desk.now())

    @Slot(str)
    def _on_delete(self, alert_id: str) -> None:
        alert = self._alert(alert_id)
        if alert is not None and self._service is not None:
            self._service.delete(alert)

    @Slot(str)
    def _on_selected(self, alert_id: str) -> None:
        """Read the checks of the alert that is chosen."""
        if self._dialog is None or self._service is None:
            return
        self._dialog.history.set_note(LOOKING if alert_id else "")
        if alert_id:
            self._service.read_history(alert_id)

    @Slot(object)
    def _on_history(self, alert: Alert) -> None:
        if self._dialog is None or self._dialog.current != alert.id:
            return
        how = self._format(alert)
        rows = [
            (
                day_clock(check.at.astimezone()),
                last_value(_found(alert, check.value), how),
                standing(Alert(state=check.state), self._desk.now()).word,
                "Sent" if check.notified else "",
            )
            for check in alert.checks
        ]
        self._dialog.history.set_checks(checks_view(alert, how), rows)

    @Slot(str, object)
    def _on_done(self, what: str, alert: Alert) -> None:
        self._refused = ""
        if self._dialog is not None:
            self._dialog.set_trouble("")
            if what in (MADE, FOUND, OTHER):
                self._dialog.set_filter("")
                self._fill()
                self._dialog.choose(alert.id)
        if what in ("snoozed", "woken", "deleted"):
            said = f"The alert “{alert.name}” is {what}, for everyone."
            self._desk.window.notice.set_done(said)

    @Slot(str, object)
    def _on_refused(self, what: str, failure: Failure) -> None:
        if self._dialog is None:
            return
        if what == "history":
            self._dialog.history.set_note(refused_words(failure))
        else:
            self._refused = doubted(refused_words(failure), failure, LOOKED)
            self._dialog.set_trouble(self._refused)

    @Slot()
    def _on_gone(self) -> None:
        self._dialog = None


def _found(alert: Alert, value: float | None) -> Alert:
    return Alert(value=value, percentage=alert.percentage, last_checked_at=alert.last_checked_at)
