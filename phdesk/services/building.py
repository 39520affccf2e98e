"""Carry out a plan of a dashboard, one call after another; what fails can go on or be undone."""

from functools import partial
from operator import attrgetter

from PySide6.QtCore import QObject, Signal

from phdesk.api.resources import dashboards, insights
from phdesk.core import plan_steps
from phdesk.core.new_dashboards import deleted_body
from phdesk.core.plan_steps import Build, Plan
from phdesk.models.dashboard import DashboardRow
from phdesk.models.failure import Failure
from phdesk.services.background import Ticket
from phdesk.services.calls import Calls
from phdesk.services.session import Session


class Builder(QObject):
    """One plan at a time; made by who asks, works in the session of the moment."""

    progressed = Signal(int, int, str)  # steps done, of how many, what comes next
    built = Signal(object)  # Build
    stopped = Signal(object, object)  # Failure or None where a person stopped it, Build
    undone = Signal(object)  # Failure or None

    def __init__(self, calls: Calls, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._build: Build | None = None
        self._ticket: Ticket | None = None
        self._halted = False
        calls.changed.connect(self._on_session)

    @property
    def build(self) -> Build | None:
        """Give what is being built, or what stopped half-way."""
        return self._build

    @property
    def running(self) -> bool:
        """Tell whether something is on its way."""
        return self._ticket is not None

    def start(self, plan: Plan, known: frozenset[int] = frozenset()) -> None:
        """Begin a plan; `known` are the dashboards that there are already.

        Where the last one may have made its dashboard, though the answer was lost, that one is
        looked for first.
        """
        last = self._build
        if last is not None and last.unsure and not last.dashboard:
            self._build = Build(plan=plan, known=last.known, looked=True, unsure=True)
        else:
            self._build = Build(plan=plan, known=known)
        self.go_on()

    def go_on(self) -> None:
        """Take the next step, of a new build or of one that stopped."""
        self._halted = False
        self._next()

    def halt(self) -> None:
        """Stop before the next step: what is under way cannot be called back."""
        self._halted = True

    def leave(self) -> None:
        """Wait for no answer any more: nobody is there to hear of it."""
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._build = None

    def undo(self) -> None:
        """Delete what was made: the dashboard, with the insights that are on no other."""
        build = self._build
        if build is None or not build.dashboard or self.running:
            self.undone.emit(None)
            return
        self._ticket = self._calls.ask(
            partial(_deleted, dashboard=build.dashboard),
            done=self._was_undone,
            failed=self._was_not_undone,
        )

    def _next(self) -> None:
        build = self._build
        if build is None:
            return
        if build.done:
            self._build = None
            self.built.emit(build)
            return
        if self._halted:
            self.stopped.emit(None, build)
            return
        self.progressed.emit(build.steps, build.total, _coming(build))
        self._ticket = self._calls.ask(
            partial(take_step, build=build), done=self._was_taken, failed=self._has_failed
        )

    def _was_taken(self, build: Build) -> None:
        self._ticket, self._build = None, build
        self._next()

    def _has_failed(self, failure: Failure) -> None:
        self._ticket = None
        if self._build is not None:
            self._build = plan_steps.stopped(self._build, failure)
            self.stopped.emit(failure, self._build)

    def _was_undone(self, _answer: object) -> None:
        self._ticket = self._build = None
        self.undone.emit(None)

    def _was_not_undone(self, failure: Failure) -> None:
        self._ticket = None
        self.undone.emit(failure)

    def _on_session(self) -> None:
        """Give up what belongs to an account or project that was left."""
        self._ticket = self._build = None


async def take_step(session: Session, build: Build) -> Build:
    """Take one step of a build; after one whose answer was lost, look first."""
    client, project = session.client(), session.project.id
    if not build.dashboard and not build.looked:
        rows = await dashboards.rows(client, project)
        return plan_steps.looked(build, (row.id for row in rows))
    if not build.dashboard:
        found = await _lost_dashboard(session, build) if build.unsure else None
        made = found or (await dashboards.create(client, project, build.plan.body)).row
        return plan_steps.with_dashboard(build, made)
    if build.unsure:
        found_again = plan_steps.adopted(build, await session.read_frame(build.dashboard))
        if found_again.made != build.made:
            return found_again  # told at once, for what follows may fail
    place = plan_steps.next_insight(build)
    if place is None:
        there = await session.read_frame(build.dashboard)
        body = plan_steps.layout_body(build, there)
        if body["tiles"]:
            await dashboards.save(client, project, build.dashboard, body)
        return plan_steps.finished(build)
    body = plan_steps.insight_body(build.plan.tiles[place], build.dashboard)
    return plan_steps.with_insight(build, place, await insights.create(client, project, body))


async def _lost_dashboard(session: Session, build: Build) -> DashboardRow | None:
    """Find a dashboard that was made, though the answer was lost: new, and of that name."""
    rows = await dashboards.rows(session.client(), session.project.id)
    name = build.plan.body.get("name")
    fitting = (row for row in rows if row.id not in build.known and row.name == name)
    return max(fitting, key=attrgetter("id"), default=None)


async def _deleted(session: Session, dashboard: int) -> None:
    await session.change_dashboard(dashboard, deleted_body(with_insights=True))


def _coming(build: Build) -> str:
    place = plan_steps.next_insight(build)
    if not build.dashboard:
        return "the dashboard"
    return "texts and places" if place is None else f"“{build.plan.tiles[place].name}”"
