"""The form of an alert of PostHog: filled, read, told at its fields what is wrong."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from phdesk.core.alert_drafts import draft_of
from phdesk.core.alert_entry import Watchable, entry_of, read_entry, watchable
from phdesk.core.alert_words import TRENDS, refused_fields
from phdesk.core.jsonvalue import as_dict, parse, written
from phdesk.core.refused import FOUND as LOST_BUT_THERE
from phdesk.core.refused import LOOKING, MAYBE_MADE, TURNED_UP, doubted, is_unsure
from phdesk.models.account import User
from phdesk.models.alert import Alert, AlertDraft
from phdesk.models.failure import Failure
from phdesk.services.posthog_alerts import FOUND, MADE, OTHER, PosthogAlerts
from phdesk.store.contexts import project_context
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import alert_form
from phdesk.views.dialogs.alerts_form import AlertForm

SENT = (MADE, FOUND, "changed")


class AlertForms(QObject):
    """One form at a time."""

    def __init__(self, desk: Desk, service: PosthogAlerts) -> None:
        super().__init__(desk)
        self._desk, self._service = desk, service
        self._form: AlertForm | None = None
        self._alert: Alert | None = None
        self._base = AlertDraft(name="", insight_id=0, users=())
        self._user: tuple[int, str] | None = None
        service.done.connect(self._on_done)
        service.refused.connect(self._on_refused)
        service.answer_was_lost.connect(self._on_answer_lost)
        service.user_came.connect(self._on_user)

    @property
    def choices(self) -> list[Watchable]:
        """Give what can be watched of all dashboards that were opened, by title."""
        desk = self._desk
        groups = project_context(desk.state.project, desk.now(), desk.state.around).groups
        found = {
            one.insight_id: one
            for board in desk.state.dashboards.values()
            for held in board.tiles.values()
            if held.origin is None and (one := watchable(held.insight, groups)) is not None
        }
        return sorted(found.values(), key=lambda one: one.title.casefold())

    def ask_new(self, insight_id: int | None, parent: QWidget) -> None:
        """Ask for a new alert, over an insight or one that is to be chosen."""
        choices = self.choices
        users = (self._user[0],) if self._user is not None else ()
        insight = insight_id or (choices[0].insight_id if choices else 0)
        title = next((one.title for one in choices if one.insight_id == insight), "")
        self._alert = None
        self._service.begin()
        self._base = AlertDraft(name=title, insight_id=insight, users=users)
        form = self._open("New alert", "Make the alert", parent)
        form.set_choices(choices)
        form.set_entry(entry_of(self._base))
        form.set_people(self._people)

    def ask_change(self, alert: Alert, parent: QWidget) -> None:
        """Ask what is to be different of an alert."""
        choices = [one for one in self.choices if one.insight_id == alert.insight_id]
        self._alert, self._base = alert, draft_of(alert, alert.insight_id or 0)
        form = self._open("Change the alert", "Save for everyone", parent)
        form.set_choices(choices, fixed=alert.insight_name or f"Insight {alert.insight_id}")
        form.set_entry(entry_of(self._base))
        form.set_people(self._people)
        watched = as_dict(parse(alert.config)).get("type", TRENDS) != TRENDS
        form.set_kept(_kept(alert, watched=watched), rule=alert.anomaly, watched=watched)

    def _open(self, title: str, act: str, parent: QWidget) -> AlertForm:
        if self._form is not None:
            self._form.close()
        form = self._form = alert_form()(self._desk.theme, title, act, parent)
        if self._service.of_2024:
            form.set_old()
        form.save_requested.connect(self._on_save)
        form.finished.connect(self._on_gone)
        form.open()
        if self._user is None:
            self._service.read_user()
        return form

    @property
    def _people(self) -> Mapping[int, str]:
        """Name those who can be told: whose key it is, and whom other alerts tell."""
        alerts = self._desk.state.alerts.items
        known = {
            number: alert.names[place] if place < len(alert.names) else ""
            for alert in alerts
            for place, number in enumerate(alert.users)
        }
        mine = dict([self._user]) if self._user is not None else {}
        return {**mine, **{number: name for number, name in known.items() if number not in mine}}

    @Slot()
    def _on_save(self) -> None:
        form = self._form
        if form is None:
            return
        read = read_entry(form.entry, self._base)
        if not isinstance(read, AlertDraft):
            form.set_wrong(read)
            return
        form.set_wrong({})
        if self._alert is not None and read == self._base:
            form.accept()
            return
        form.set_sending(on=True)
        if self._alert is None:
            self._service.create(read)
        else:
            self._service.change(self._alert, self._base, read)

    @Slot(str, object)
    def _on_done(self, what: str, alert: Alert) -> None:
        form = self._form
        if form is not None and what == OTHER:
            form.set_sending(on=False)
            form.set_wrong({"": TURNED_UP.format(alert.name)})
        elif form is not None and what in SENT:
            form.accept()
            done, note = (MADE, f" {LOST_BUT_THERE}") if what == FOUND else (what, "")
            said = f"The alert “{alert.name}” is {done}, for everyone.{note}"
            self._desk.window.notice.set_done(said)

    @Slot()
    def _on_answer_lost(self) -> None:
        if self._form is not None and self._alert is None:
            self._form.set_wrong({"": LOOKING})

    @Slot(str, object)
    def _on_refused(self, what: str, failure: Failure) -> None:
        if self._form is not None and what in SENT:
            self._form.set_sending(on=False)
            wrong = refused_fields(failure)
            if is_unsure(failure):
                changed = "It may be changed all the same: look at the list before you go on."
                doubt = MAYBE_MADE if what == MADE else changed
                wrong = {"": doubted(wrong[""], failure, doubt)}
            self._form.set_wrong(wrong)

    @Slot(object)
    def _on_user(self, user: User) -> None:
        if user.id is None:
            return
        self._user = user.id, user.first_name or user.email
        if self._form is not None:
            is_new = self._alert is None and not self._base.users
            self._form.set_people(self._people, also=(user.id,) if is_new else ())

    @Slot()
    def _on_gone(self) -> None:
        self._form = None


def _kept(alert: Alert, *, watched: bool) -> str:
    """Show as it is what phdesk does not change."""
    parts = []
    if alert.anomaly:
        parts.append(f"A detector decides: {written(parse(alert.detector_config))}")
    if watched:
        parts.append(f"What is watched: {written(parse(alert.config))}")
    return "\n".join([*parts, "It stays as it is; PostHog can change it."]) if parts else ""
