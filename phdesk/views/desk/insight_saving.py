"""Saves what was built: as a new insight, over an old one, on dashboards; nothing by itself."""

from collections.abc import Awaitable, Callable
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.building.draft import Draft, opened_insight
from phdesk.core.building.refusals import refusals
from phdesk.core.building.saving import Details, Overtaken, details_of
from phdesk.core.names import insight_title
from phdesk.core.question import read_question
from phdesk.core.refused import doubted
from phdesk.models.failure import Failure
from phdesk.models.insight import SavedInsight
from phdesk.services.calls import Calls
from phdesk.services.insight_saving import save_new, save_over
from phdesk.services.session import Session
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.insight_questions import ask_whose

NOT_SIGNED_IN = "Not saved: sign in first."
STILL = "PostHog has not answered yet. Save again when it has."
MAYBE = "PostHog may have saved it all the same: look for it before you save it again."
MAYBE_OVER = "PostHog may have saved it all the same; saving again looks first."
GIVEN_UP = "Nobody waits for the answer any more, as phdesk connected anew."


class InsightSaving(QObject):
    """One saving at a time; says how it went."""

    began = Signal()
    saved = Signal(object)  # SavedInsight
    refused = Signal(object)  # tuple[Fault, ...]: where the server says why
    theirs_wanted = Signal(object)  # SavedInsight: what somebody else made of it meanwhile
    forgotten = Signal()  # nobody is to be asked about it any more

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.busy = False
        self.doubt = ""  # of the last saving: why nobody knows what came of it
        self._new = False  # what is being saved is a new insight
        self._calls: Calls | None = None

    def save_new(self, draft: Draft, details: Details) -> bool:
        """Save a new insight; say whether that began."""
        return self._ask(partial(_saved_new, draft, details), draft, new=True)

    def save_over(self, before: SavedInsight, draft: Draft, details: Details) -> bool:
        """Save changes of an insight, unless somebody else changed the same meanwhile."""
        return self._ask(partial(_saved_over, before, draft, details), draft, draft)

    def put_on(self, before: SavedInsight, dashboards: tuple[int, ...]) -> bool:
        """Show a saved insight on other dashboards, as it is saved."""
        details = replace(details_of(before), dashboards=dashboards)
        return self.save_over(before, opened_insight(before.insight), details)

    def _ask(
        self,
        work: Callable[[Session], Awaitable[SavedInsight | Overtaken]],
        draft: Draft,
        mine: Draft | None = None,
        *,
        new: bool = False,
    ) -> bool:
        online = self._desk.online
        if online is None or not online.calls.ready:
            self._desk.window.notice.set_message(NOT_SIGNED_IN)
            return False
        if self.busy:
            self._desk.window.notice.set_message(STILL)
            return False
        if online.calls is not self._calls:
            self._calls = online.calls
            self._calls.changed.connect(self._on_session)
        self.busy, self._new, self.doubt = True, new, ""
        self.began.emit()
        online.calls.ask(
            work,
            done=partial(self._was_saved, mine),
            failed=partial(self._was_refused, draft),
        )
        return True

    def _was_saved(self, mine: Draft | None, outcome: SavedInsight | Overtaken) -> None:
        self.busy = False
        if isinstance(outcome, Overtaken):
            self._ask_whose(outcome, mine)
            self.refused.emit(())
            return
        self._desk.window.notice.set_done(f"Saved “{title_of(outcome)}”.")
        self._refresh(outcome)
        self.saved.emit(outcome)

    def _was_refused(self, draft: Draft, failure: Failure) -> None:
        self.busy = False
        remedy = " Add it to the key in PostHog's settings." if failure.scope else ""
        said = doubted(f"{failure.message}{remedy}", failure, MAYBE if self._new else MAYBE_OVER)
        self._desk.window.notice.set_message(f"Not saved: {said}")
        self.refused.emit(refusals(failure, draft))

    @Slot()
    def _on_session(self) -> None:
        """Wait no more for an answer that never comes: who asked has left."""
        if self.busy:
            self.busy = False
            self.doubt = f"{GIVEN_UP} {MAYBE if self._new else MAYBE_OVER}"
            self._desk.window.notice.set_message(self.doubt)
            self.refused.emit(())

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
            over = partial(self.save_over, found.now, mine, found.details)
        theirs = partial(self.theirs_wanted.emit, found.now)
        box = ask_whose(self._desk.window, found, over, theirs)
        self.forgotten.connect(box.close)


def title_of(saved: SavedInsight) -> str:
    """Name a saved insight."""
    insight = saved.insight
    return insight_title(insight, read_question(insight))


async def _saved_new(draft: Draft, details: Details, session: Session) -> SavedInsight:
    return await save_new(session, draft, details)


async def _saved_over(
    before: SavedInsight, draft: Draft, details: Details, session: Session
) -> SavedInsight | Overtaken:
    return await save_over(session, before, draft, details)
