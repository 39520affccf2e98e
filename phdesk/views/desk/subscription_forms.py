"""The form of a subscription: filled, read, told at its fields what is wrong."""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from phdesk.core.refused import FOUND, LOOKING, MAYBE_MADE, TURNED_UP, doubted, is_unsure
from phdesk.core.subscription_entry import (
    MOST_CHARTS,
    Entry,
    draft_of,
    entry_of,
    first_draft,
    read_entry,
)
from phdesk.core.subscription_words import CHARTS, refusal_words, refused_fields
from phdesk.models.account import REGIONS
from phdesk.models.failure import Failure
from phdesk.models.subscription import EMAIL, SLACK, TEAMS, Subscription, SubscriptionDraft
from phdesk.services import subscribing
from phdesk.services.making_once import Hopes, Made, Once
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import subscription_form
from phdesk.views.dialogs.subscriptions_form import SubscriptionForm

Charts = Sequence[tuple[int, str]]
MADE, CHANGED = "made", "changed"


class Subject(Struct, frozen=True, gc=False, kw_only=True):
    """What a new subscription would send, with what can be drawn of a dashboard."""

    title: str
    dashboard: int | None = None
    insight: int | None = None
    charts: tuple[tuple[int, str], ...] = ()


class SubscriptionForms(QObject):
    """One form at a time."""

    def __init__(
        self,
        desk: Desk,
        saved: Callable[[str, Subscription], None],
        lost: Callable[[str], None],
    ) -> None:
        super().__init__(desk)
        self._desk, self._saved, self._lost = desk, saved, lost
        self._form: SubscriptionForm | None = None
        self._one: Subscription | None = None
        self._base = SubscriptionDraft()
        self._once = Once[Subscription]()

    def ask_new(self, subject: Subject, others: Sequence[Subscription], parent: QWidget) -> None:
        """Ask for a new subscription; the others tell what the server is like."""
        self._one = None
        base = replace(
            first_draft(subject.title, self._desk.now()),
            dashboard=subject.dashboard,
            insight=subject.insight,
        )
        picks = self._picks(others)
        if picks and subject.dashboard is not None:
            base = replace(base, charts=tuple(one for one, _ in subject.charts[:MOST_CHARTS]))
        self._base = base
        form = self._open("New subscription", "Subscribe them", parent)
        form.set_targets(_targets(others, newer=picks))
        form.set_connections(
            {one.target: one.integration for one in others if one.integration is not None}
        )
        form.set_charts(subject.charts, wanted=base.charts is not None)
        form.set_what(f"Sends {subject.title}.")
        form.set_entry(entry_of(base))

    def ask_change(
        self, one: Subscription, what: str, charts: Charts, others: Sequence[Subscription],
        parent: QWidget
    ) -> None:  # fmt: skip
        """Ask what is to be different of a subscription."""
        self._one, self._base = one, draft_of(one)
        known = {number for number, _ in charts}
        more = [(number, f"Insight {number}") for number in one.charts if number not in known]
        form = self._open("Change the subscription", "Save for everyone", parent)
        form.set_targets(_targets(others, newer=one.picks_charts))
        form.set_charts((*charts, *more), wanted=self._base.charts is not None)
        form.set_what(f"Sends {what}.")
        form.set_entry(entry_of(self._base))

    def close(self) -> None:
        """Leave the form, if one is open."""
        if self._form is not None:
            self._form.close()

    def _picks(self, others: Sequence[Subscription]) -> bool:
        """Tell whether the server wants to know what to draw: others say so, or it is the cloud."""
        if others:
            return any(one.picks_charts for one in others)
        return self._desk.host in REGIONS

    def _open(self, title: str, act: str, parent: QWidget) -> SubscriptionForm:
        self.close()
        self._once.begin()
        form = self._form = subscription_form()(self._desk.theme, title, act, parent)
        form.save_requested.connect(self._on_save)
        form.finished.connect(self._on_gone)
        form.open()
        return form

    @Slot(object)
    def _on_save(self, entry: Entry) -> None:
        form, online = self._form, self._desk.online
        if form is None or online is None:
            return
        read = read_entry(entry, self._base)
        if not isinstance(read, SubscriptionDraft):
            form.set_wrong(read)
            return
        form.set_wrong({})
        if self._one is not None and read == self._base:
            form.accept()
            return
        form.set_sending(on=True)
        if self._one is None:
            hopes = Hopes(
                partial(self._on_made, form),
                partial(self._on_refused, form, MADE),
                partial(self._on_answer_lost, form),
            )
            self._once.make(online.calls.ask, subscribing.wish(self._desk.where, read), hopes)
        else:
            online.calls.ask(
                subscribing.change(self._one.id, self._base, read),
                done=partial(self._on_done, form, CHANGED),
                failed=partial(self._on_refused, form, CHANGED),
            )

    def _on_made(self, form: SubscriptionForm, made: Made[Subscription]) -> None:
        if made.other and form is self._form:
            form.set_sending(on=False)
            form.set_wrong({"": TURNED_UP.format(made.one.title)})
            self._saved(f"The subscription “{made.one.title}” is there.", made.one)
            return
        self._on_done(form, MADE, made.one, FOUND if made.lost else "")

    def _on_done(
        self, form: SubscriptionForm, what: str, one: Subscription, note: str = ""
    ) -> None:
        if form is self._form:  # else it was left, and what is written in another one stays
            form.accept()
        self._saved(f"The subscription “{one.title}” is {what}, for everyone. {note}".rstrip(), one)

    def _on_answer_lost(self, form: SubscriptionForm) -> None:
        if form is self._form:
            form.set_wrong({"": LOOKING})

    def _on_refused(self, form: SubscriptionForm, what: str, failure: Failure) -> None:
        if form is not self._form:
            self._lost(f"The subscription was not {what}: {_doubted(failure, what)}")
            return
        wrong = dict(refused_fields(failure))
        if is_unsure(failure):
            wrong[""] = _doubted(failure, what)
        if CHARTS in wrong and self._base.charts is None:
            self._base = replace(self._base, charts=())  # a newer server than it was known to be
        form.set_sending(on=False)
        form.set_wrong(wrong)

    @Slot()
    def _on_gone(self) -> None:
        self._form = None


def _doubted(failure: Failure, what: str) -> str:
    """Say why; and where nobody knows whether it arrived, so: each one sends mail to the new."""
    changed = "It may have been changed all the same: look at the list before you go on."
    return doubted(refusal_words(failure), failure, MAYBE_MADE if what == MADE else changed)


def _targets(others: Sequence[Subscription], *, newer: bool) -> list[str]:
    """Give the ways by which the server sends, as far as one can know: others' are among them."""
    usual = [EMAIL, SLACK, *([TEAMS] if newer else [])]
    return list(dict.fromkeys([*usual, *(one.target for one in others if one.target)]))
