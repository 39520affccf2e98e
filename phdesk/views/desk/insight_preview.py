"""Brings the answer to what is built onto the page, and says how it stands to what is asked."""

from functools import partial

from msgspec import structs
from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.ages import tile_age
from phdesk.core.building.differing import differing
from phdesk.core.building.draft import Draft, at, body
from phdesk.core.building.fault import Fault, blocks
from phdesk.core.building.faults import faults
from phdesk.core.building.refusals import refusals
from phdesk.core.charts.context import Context
from phdesk.core.charts.spec import TileView
from phdesk.core.charts.view import insight_view
from phdesk.core.jsonvalue import as_list, as_str, parse
from phdesk.core.question import same_asked
from phdesk.models.failure import Cause, Failure
from phdesk.models.insight import Insight
from phdesk.services.background import Ticket
from phdesk.services.calls import NOBODY
from phdesk.services.insight_saving import check_sql
from phdesk.services.online import Online
from phdesk.services.preview import Preview
from phdesk.services.session import Session
from phdesk.store.contexts import project_context
from phdesk.store.state import Changes
from phdesk.views.building.preview import PreviewPane
from phdesk.views.dashboard.drawing import LARGE
from phdesk.views.desk.desk import Desk
from phdesk.views.widgets.spoken import speak

SQL = "HogQLQuery"
BLOCKED = "Not calculated: first put right what is marked."
STILL = "Before your changes"
BEFORE = "Chart from before these changes"
RUNNING = "Calculating…"
SQL_WAITS = "Ctrl+Enter runs the query."


class InsightPreview(QObject):
    """One draft at a time; what is shown is always the newest good answer."""

    judged = Signal()  # the server refused something, or found it well
    answered = Signal()

    def __init__(self, desk: Desk, pane: PreviewPane) -> None:
        super().__init__(pane)
        self._desk, self._pane = desk, pane
        self._online: Online | None = None
        self._service: Preview | None = None
        self._draft: Draft | None = None  # as it stands on the page
        self._asked: Draft | None = None  # of the question under way, or the last one
        self._shown: Draft | None = None  # whose answer is on the page
        self._answer: Insight | None = None
        self._view: TileView | None = None  # with the name that PostHog would give
        self._name = ""
        self._fresh = False
        self._drawing: Ticket | None = None
        self._failure: Failure | None = None
        self.refused: tuple[Fault, ...] = ()
        desk.store.changed.connect(self._on_changed)

    @property
    def columns(self) -> tuple[str, ...]:
        """Give the columns of the last answer to SQL."""
        names = as_list(parse(self._answer.columns)) if self._answer is not None else []
        return tuple(as_str(one) for one in names)

    @property
    def running(self) -> bool:
        """Tell whether an answer is awaited."""
        return self._service is not None and self._service.running

    def begin(self) -> None:
        """Forget the insight before."""
        self.stop()
        if self._service is not None:
            self._service.forget()
        self._draft = self._asked = self._shown = None
        self._answer = self._view = self._failure = None
        self.refused = ()
        self._pane.forget()

    def take(self, draft: Draft, *, fresh: bool = False) -> bool:
        """Take the draft as it stands now; tell whether it must be calculated.

        One that only looks otherwise is shown at once. What is under way for another is given up.
        SQL that is `fresh` was not written by hand, and runs by itself.
        """
        self._draft, self.refused, self._failure = draft, (), None
        self._fresh = fresh
        service = self._ready()
        if service is None or draft.closed:
            return not draft.closed
        wanted = Insight(query=body(draft))
        if self._answer is not None and same_asked(wanted, self._answer):
            self._asked = draft
            service.show(draft)
            return False
        if not self._is_awaited(wanted):
            self.stop()
        self._say()
        return True

    def show_closed(self, insight: Insight) -> None:
        """Show the answer that PostHog has kept of an insight that cannot be edited."""
        self._answer = insight
        self._drew(self._draft, insight_view(insight, self._context))

    def run(self, *, anew: bool = False) -> None:
        """Calculate the draft now; `anew` whatever PostHog has kept."""
        draft, service = self._draft, self._ready()
        if draft is None or draft.closed:
            return
        if service is None:
            self._failed(NOBODY)
            return
        self._asked = draft
        service.show(draft, anew=anew)
        self._say()

    def rest(self) -> None:
        """Calculate the draft after a pause; SQL that was rewritten is only checked."""
        if self._draft is None:
            return
        if self._is_rewritten:
            self._check()
        else:
            self.run()

    def rename(self, name: str) -> None:
        """Show another name above the chart."""
        self._name = name
        self._show()

    def stop(self) -> None:
        """Give up what is under way."""
        if self._service is not None:
            self._service.stop()
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None
        self._pane.set_busy(busy=False)

    def set_now(self) -> None:
        """Say how old the answer is by now."""
        if self._answer is not None:
            self._pane.set_age(self._age)

    @property
    def _age(self) -> str:
        when = self._answer.last_refresh if self._answer is not None else None
        return tile_age(when, self._desk.now())

    @property
    def _is_rewritten(self) -> bool:
        """Tell whether SQL was written that was not asked yet: it runs when a person says so."""
        draft, asked = self._draft, self._asked
        if draft is None or draft.kind != SQL or self._fresh:
            return False
        return asked is None or asked.kind != SQL or at(draft, "query") != at(asked, "query")

    def _is_awaited(self, wanted: Insight) -> bool:
        asked = self._asked
        return self.running and asked is not None and same_asked(wanted, Insight(query=body(asked)))

    def _ready(self) -> Preview | None:
        """Give what asks, through the network of the moment."""
        online = self._desk.online
        if online is not None and online is not self._online:
            self._online = online
            service = self._service = Preview(online.calls, self)
            service.began.connect(self._began)
            service.came.connect(self._came)
            service.failed.connect(self._failed)
        return self._service

    def _began(self) -> None:
        self._failure = None
        self._pane.set_busy(busy=True)
        self._say()

    def _came(self, answer: Insight) -> None:
        """Draw the answer; that of a large one is made in the worker."""
        self._answer, self._failure = answer, None
        drawn = self._asked
        worker = self._desk.worker
        if self._drawing is not None:
            self._drawing.cancel()
        if worker is not None and len(memoryview(answer.result)) >= LARGE:
            self._drawing = worker.submit(
                partial(_drawn, answer, self._context),
                done=partial(self._drew, drawn),
                failed=self._failed,
                tag="insight preview",
            )
        else:
            self._drew(drawn, insight_view(answer, self._context))

    def _drew(self, draft: Draft | None, view: TileView) -> None:
        self._drawing, self._view, self._shown = None, view, draft
        self._pane.set_busy(busy=False)
        self._show()
        self._say()
        if self._pane.isVisible():
            speak(self._pane, view.summary)
        self.answered.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """Calculate what could not be, as soon as PostHog is within reach again."""
        failure, back = self._failure, changes.offline and self._desk.state.offline is None
        if back and failure is not None and failure.cause is Cause.NETWORK:
            self.run()

    def _failed(self, failure: Failure) -> None:
        self._failure = failure
        if self._asked is not None:
            self.refused = refusals(failure, self._asked)
        self._pane.set_busy(busy=False)
        self._say()
        self.judged.emit()

    def _check(self) -> None:
        """Let the server say what is wrong with SQL, without running it."""
        draft, online = self._draft, self._desk.online
        if draft is None or online is None or blocks(faults(draft)):
            return
        online.calls.ask(
            partial(_checked, draft),
            done=partial(self._was_checked, draft),
            failed=_pass,  # running it tells
            tag=f"SQL to check, {self._desk.viewer}",
        )

    def _was_checked(self, draft: Draft, found: tuple[Fault, ...]) -> None:
        if draft is self._draft:
            self.refused = found
            self.judged.emit()

    @property
    def _context(self) -> Context:
        state = self._desk.state
        return project_context(state.project, self._desk.now(), state.around)

    def _show(self) -> None:
        if self._view is not None:
            named = _named(self._view, self._name) if self._name else self._view
            self._pane.set_view(named, self._age)

    def _say(self) -> None:
        """Say how what is shown stands to what is asked."""
        draft, shown = self._draft, self._shown
        if draft is None:
            return
        if draft.closed:
            self._pane.say(draft.closed)
            return
        changes = differing(shown, draft) if shown is not None else ()
        before = f"{BEFORE}: {', '.join(changes)}." if changes else ""
        sign = "history" if changes else ""
        if self._failure is not None and not self.refused:
            said, sign = f"Not calculated: {self._failure.message}", "circle-alert"
        elif self._failure is not None or blocks(faults(draft)):
            said, sign = BLOCKED, "circle-alert"
        elif self.running:
            said = RUNNING
        elif self._is_rewritten:
            said = SQL_WAITS
        else:
            said = ""
        words = " ".join(one for one in (said, before) if one)
        self._pane.say(words, sign, STILL if changes else "")


def _named(view: TileView, name: str) -> TileView:
    """Call a chart by the name that its insight is to have, in its sentence, too."""
    said = view.summary.removeprefix(f"{view.title}: ")
    return structs.replace(view, title=name, summary=f"{name}: {said}")


async def _drawn(answer: Insight, context: Context) -> TileView:
    return insight_view(answer, context)


async def _checked(draft: Draft, session: Session) -> tuple[Fault, ...]:
    return await check_sql(session, draft)


def _pass(_failure: Failure) -> None:
    """Say nothing: the check is a help, not an answer."""
