"""Saves what was built: as a new insight, over an old one, on dashboards; nothing by itself."""

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.building.draft import Draft, opened_insight
from phdesk.core.building.fault import Fault
from phdesk.core.building.refusals import refusals
from phdesk.core.building.saving import Details, Overtaken, details_of
from phdesk.core.building.sent import Sent, sent_of
from phdesk.core.building.work import Work, over_saved
from phdesk.core.refused import is_unsure
from phdesk.models.failure import Cause, Failure
from phdesk.models.insight import SavedInsight
from phdesk.services.calls import Calls
from phdesk.services.insight_looking import Looked, look, look_after_change, look_after_new
from phdesk.services.insight_saving import save_new, save_over
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.insight_questions import ask_whose
from phdesk.views.desk.insight_said import (
    GIVEN_UP,
    LOOKING,
    MAYBE,
    NOT_SENT,
    NOT_SIGNED_IN,
    NOT_THERE,
    STILL,
    InsightSaid,
)


class InsightSaving(QObject):
    """One saving at a time; says how it went. One whose answer is lost is looked for.

    A new insight is never sent a second time before that: `doubt` is the one on the page that may
    be saved already.
    """

    began = Signal()
    sending = Signal()  # from now on `doubt` may be saved
    saved = Signal(object, object)  # SavedInsight, and the Sent that was on the page or None
    refused = Signal(object)  # tuple[Fault, ...]: where the server says why
    late = Signal(object, object)  # SavedInsight or None, Sent: of an insight that was left
    theirs_wanted = Signal(object)  # SavedInsight: what somebody else made of it meanwhile
    forgotten = Signal()  # nobody is to be asked about it any more

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._said = InsightSaid(desk)
        self.busy = False
        self.doubt: Sent | None = None
        self.doubted = ""  # of the last saving: why nobody knows what came of it
        self.unsure = False  # nobody knows whether the last change is done
        self.faults: tuple[Fault, ...] = ()  # where the server says why the last one was refused
        self._sent: Sent | None = None  # what is on its way
        self._is_late = False  # that is of an insight which was left
        self._is_out = False  # it may have reached the server
        self._settled: Sent | None = None  # the doubt that was looked after last
        self._calls: Calls | None = None

    def begin(self, doubt: Sent | None = None) -> None:
        """Turn to another insight; `doubt` is how it was sent, if nobody knows what came of it."""
        self._is_late = self.busy
        self.doubt, self.doubted, self.faults = doubt, "", ()
        self._said.take_back()

    def save_new(self, work: Work, details: Details | None = None) -> bool:
        """Save a new insight, a copy with details of its own; say whether that began.

        First it is looked which insight is the newest, and whether the one in doubt is there.
        """
        draft, asked = work.draft, self.doubt
        sent = sent_of(draft, details or work.details, work.details)
        calls = self._begun(sent)
        if calls is not None:
            calls.ask(
                partial(look, sent=asked),
                done=partial(self._was_looked_before, draft, sent, asked),
                failed=partial(self._was_refused, draft),
            )
        return calls is not None

    def save_over(self, before: SavedInsight, work: Work, base: Work) -> bool:
        """Save changes of an insight, unless somebody else changed the same meanwhile."""
        draft = over_saved(work, base)
        sent = sent_of(draft, work.details, work.details)
        return self._save_over(before, draft, work.details, sent)

    def put_on(self, before: SavedInsight, dashboards: tuple[int, ...]) -> bool:
        """Show a saved insight on other dashboards, as it is saved."""
        details = replace(details_of(before), dashboards=dashboards)
        return self._save_over(before, opened_insight(before.insight), details, None)

    def settle(self) -> None:
        """Look once what came of the insight on the page, where nobody knows."""
        doubt = self.doubt
        if doubt is None or doubt is self._settled or self.busy or not self._calls_now:
            return
        self._settled = doubt
        calls = self._begun(doubt)
        if calls is not None:
            calls.ask(
                partial(look, sent=doubt),
                done=partial(self._was_settled, doubt),
                failed=partial(self._was_not_settled, doubt),
            )

    def _save_over(
        self, before: SavedInsight, draft: Draft, details: Details, sent: Sent | None
    ) -> bool:
        calls = self._begun(sent)
        if calls is not None:
            self._is_out = True
            calls.ask(
                partial(save_over, before=before, draft=draft, details=details),
                done=partial(self._was_saved, draft),
                failed=partial(self._change_failed, before, draft, details),
            )
        return calls is not None

    @property
    def _calls_now(self) -> Calls | None:
        """Give what asks, where somebody is signed in."""
        online = self._desk.online
        return online.calls if online is not None and online.calls.ready else None

    def _begun(self, sent: Sent | None) -> Calls | None:
        """Give what asks, once nothing else is on its way; None after a word about why not."""
        calls = self._calls_now
        if calls is None or self.busy:
            self._said.say(STILL if calls is not None else NOT_SIGNED_IN)
            return None
        if calls is not self._calls:
            self._calls = calls
            calls.changed.connect(self._on_session)
        self.busy, self._is_late, self._is_out = True, False, False
        self._sent, self.doubted, self.faults = sent, "", ()
        self.began.emit()
        return calls

    def _was_looked_before(
        self, draft: Draft, sent: Sent, asked: Sent | None, looked: Looked
    ) -> None:
        """Send a new insight, now that it is known which one was the newest before."""
        if asked is not None and looked.found is not None:
            self._was_found(asked, looked.found)
            return
        sent = self._sent = replace(sent, after=looked.newest)
        self._is_out = True
        if not self._is_late:
            self.doubt = sent
            self.sending.emit()
        if self._calls is not None:
            self._calls.ask(
                partial(save_new, draft=draft, details=sent.details),
                done=partial(self._was_saved, None),
                failed=partial(self._new_failed, draft, sent),
            )

    def _new_failed(self, draft: Draft, sent: Sent, failure: Failure) -> None:
        if is_unsure(failure) and self._calls is not None:
            self._said.say(LOOKING)
            self._calls.ask(
                partial(look_after_new, sent=sent),
                done=partial(self._was_looked_after, draft, failure, sent),
                failed=partial(self._was_doubted, draft, failure),
            )
            return
        if not self._is_late:
            self.doubt = None
        self._was_refused(draft, failure)

    def _change_failed(
        self, before: SavedInsight, draft: Draft, details: Details, failure: Failure
    ) -> None:
        if is_unsure(failure) and self._calls is not None:
            self._said.say(LOOKING)
            self._calls.ask(
                partial(look_after_change, before=before, draft=draft, details=details),
                done=partial(self._was_looked_after, draft, failure, self._sent),
                failed=partial(self._was_doubted, draft, failure),
            )
        else:
            self._was_refused(draft, failure)

    def _was_looked_after(
        self, draft: Draft, failure: Failure, sent: Sent | None, found: SavedInsight | None
    ) -> None:
        if found is not None:
            self._was_found(sent, found)
        else:
            self._was_refused(draft, failure, NOT_THERE)

    def _was_doubted(self, draft: Draft, failure: Failure, _again: Failure) -> None:
        self._was_refused(draft, failure, MAYBE)

    def _was_settled(self, doubt: Sent, looked: Looked) -> None:
        if looked.found is not None:
            self._was_found(doubt, looked.found)
            return
        self._said.gone(doubt)
        self._answer(None)

    def _was_not_settled(self, doubt: Sent, failure: Failure) -> None:
        self._settled = None
        self._said.unsettled(doubt, failure)
        self._answer(None)

    def _was_found(self, sent: Sent | None, found: SavedInsight) -> None:
        self._sent = sent
        self._said.found(found)
        self._refresh(found)
        self._answer(found)

    def _was_saved(self, mine: Draft | None, outcome: SavedInsight | Overtaken) -> None:
        if isinstance(outcome, Overtaken):
            if self._is_late:  # neither of the two is on the page
                self._said.overtaken(outcome)
            else:
                self._ask_whose(outcome, mine)
            self._answer(None)
            return
        self._said.saved(outcome, is_new=mine is None)
        self._refresh(outcome)
        self._answer(outcome)

    def _was_refused(self, draft: Draft, failure: Failure, doubt: str = "") -> None:
        self.unsure = doubt == MAYBE
        self._said.refused(failure, doubt)
        said_why = failure.cause is Cause.INVALID  # a server that fails at saving ran no query
        self._answer(None, refusals(failure, draft) if said_why else ())

    def _answer(self, saved: SavedInsight | None, found: tuple[Fault, ...] = ()) -> None:
        """Tell the page how it went, or that it went so with one that was left."""
        sent, self._sent, self.busy = self._sent, None, False
        if self._is_late:
            self.late.emit(saved, sent)
        elif saved is not None:
            self.doubt = None
            self.saved.emit(saved, sent)
        else:
            self.faults = found
            self.refused.emit(found)

    @Slot()
    def _on_session(self) -> None:
        """Wait no more for an answer that never comes: who asked has left."""
        if self.busy:
            self.doubted = f"{GIVEN_UP} {MAYBE if self._is_out else NOT_SENT}"
            self._said.say(self.doubted)
            self._answer(None)

    def _refresh(self, saved: SavedInsight) -> None:
        """Have the dashboards that are known read again: a tile is new, or asks something else."""
        online = self._desk.online
        known = self._desk.state.dashboards
        for dashboard in saved.dashboards:
            if online is not None and dashboard in known:
                online.refresh(dashboard)

    def _ask_whose(self, found: Overtaken, mine: Draft | None) -> None:
        """Let a person choose between two changes of the same insight."""
        over = None
        if mine is not None:
            sent = self._sent
            over = partial(self._save_over, found.now, mine, found.details, sent)
        theirs = partial(self.theirs_wanted.emit, found.now)
        box = ask_whose(self._desk.window, found, over, theirs)
        self.forgotten.connect(box.close)
