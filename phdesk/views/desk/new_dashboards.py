"""Makes dashboards from a window: asks what for, carries the plan out, opens what came of it."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.new_dashboards import PLACES
from phdesk.core.plan_steps import Build, Plan
from phdesk.core.refused import at_fields
from phdesk.core.templates import starts
from phdesk.core.templates.starts import Start, listed_starts, our_starts
from phdesk.models.dashboard import DashboardDraft
from phdesk.models.definition import EventDefinition, PropertyDefinition
from phdesk.models.failure import Cause, Failure
from phdesk.models.template import DashboardTemplate
from phdesk.services.building import Builder
from phdesk.services.calls import Calls
from phdesk.services.definitions import find_events, find_properties
from phdesk.services.failures import advice
from phdesk.services.making import read_templates
from phdesk.store.state import Changes
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import new_dashboard
from phdesk.views.dialogs.new_dashboard import NewDashboard

READING = "Reading PostHog's templates…"
NO_TEMPLATES = "PostHog has no templates for this project."
MAYBE = "It may have been made all the same; that is looked up before it is made again."
MAYBE_STEP = "The next one may be done all the same; Go on looks first."
UNTAGGED = "PostHog did not take the tags; the plan may not include them."
LEFT_OUT = "Tiles that only PostHog itself can make are left out: {0}."
UNREAD = 400  # the status of a body that the server does not take
UNDOING = "Undoing what was made…"
HALF = "“{0}” may be half made: phdesk connected anew meanwhile. What there is of it stays."


class NewDashboards(QObject):
    """One dialog at a time; what is half made when an account is left stays as it is."""

    made = Signal(int, str, bool, str)  # dashboard id, name, with insights of its own, what else

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._dialog: NewDashboard | None = None
        self._builder: Builder | None = None
        self._calls: Calls | None = None
        self._listed: tuple[DashboardTemplate, ...] = ()
        self._asked: tuple[Start, DashboardDraft, Mapping[str, str]] | None = None
        desk.store.changed.connect(self._on_changed)
        desk.window.closed.connect(self._close)  # others may share its network

    def open(self, calls: Calls) -> None:
        """Ask for a new dashboard."""
        if self._dialog is not None:
            self._dialog.activateWindow()
            return
        self._calls = calls
        dialog = self._dialog = new_dashboard()(self._desk.theme, self._desk.window)
        dialog.make_requested.connect(self._on_make)
        dialog.names_wanted.connect(self._on_names)
        dialog.usual_wanted.connect(self._on_usual)
        dialog.making.go_on_requested.connect(self._on_go_on)
        dialog.making.keep_requested.connect(self._on_keep)
        dialog.making.undo_requested.connect(self._on_undo)
        dialog.making.stop_requested.connect(self._on_stop)
        dialog.finished.connect(self._on_gone)
        dialog.fields.set_rows(self._desk.state.rows.items)
        dialog.set_starts((*our_starts(), *listed_starts(self._listed)))
        dialog.set_listing("" if self._listed else READING)
        calls.ask(read_templates, done=self._on_templates, failed=self._on_no_templates)
        dialog.open()

    def _on_templates(self, found: tuple[DashboardTemplate, ...]) -> None:
        self._listed = found
        if self._dialog is not None:
            self._dialog.set_starts((*our_starts(), *listed_starts(found)))
            self._dialog.set_listing("" if found else NO_TEMPLATES)

    def _on_no_templates(self, failure: Failure) -> None:
        if self._dialog is not None:
            self._dialog.set_listing(f"No templates of PostHog's: {_words(failure)}")

    @Slot(str, str)
    def _on_names(self, kind: str, search: str) -> None:
        self._find(kind, search, partial(self._on_unnamed, kind), f"names of {kind} {id(self)}")

    @Slot(str, str)
    def _on_usual(self, kind: str, search: str) -> None:
        self._find(kind, search, _accept, "")

    def _find(self, kind: str, search: str, failed: Callable[[Failure], None], tag: str) -> None:
        if self._calls is None:
            return
        work = (
            partial(find_events, search=search)
            if kind == "event"
            else partial(find_properties, kind="event", search=search)
        )
        self._calls.ask(work, done=partial(self._on_named, kind), failed=failed, tag=tag)

    def _on_named(self, kind: str, found: tuple[EventDefinition | PropertyDefinition, ...]) -> None:
        if self._dialog is not None:
            self._dialog.set_names(kind, found)

    def _on_unnamed(self, kind: str, failure: Failure) -> None:
        if self._dialog is not None:
            self._dialog.slots_.set_failure(kind, failure.message)

    @Slot(object, object, object)
    def _on_make(self, start: Start, draft: DashboardDraft, chosen: Mapping[str, str]) -> None:
        if self._dialog is not None and not self._dialog.making.busy:
            self._asked = start, draft, chosen
            self._carry_out(starts.plan(start, draft, chosen))

    def _carry_out(self, plan: Plan) -> None:
        if self._calls is None:
            return
        if self._builder is None:
            builder = self._builder = Builder(self._calls, self)
            builder.progressed.connect(self._on_progress)
            builder.built.connect(self._on_built)
            builder.stopped.connect(self._on_stopped)
            builder.undone.connect(self._on_undone)
        self._builder.start(plan, frozenset(row.id for row in self._desk.state.rows.items))

    @Slot(int, int, str)
    def _on_progress(self, done: int, total: int, coming: str) -> None:
        if self._dialog is not None:
            text = f"Making {coming} ({done + 1} of {total})…"
            self._dialog.making.set_progress(text, done / total, can_stop=total > 1)
            self._dialog.set_working(on=True)

    @Slot(object)
    def _on_built(self, build: Build) -> None:
        start, draft, _ = self._asked or (None, None, None)
        self._close()
        if start is not None and draft is not None:
            notes = [UNTAGGED] if build.untagged else []
            lost = starts.left_out(start.listed) if start.listed is not None else 0
            if lost and "use_template" not in build.plan.body:
                notes.append(LEFT_OUT.format(lost))
            with_insights = bool(start.template or start.listed)
            self.made.emit(build.dashboard, draft.name, with_insights, " ".join(notes))

    @Slot(object, object)
    def _on_stopped(self, failure: Failure | None, build: Build) -> None:
        if self._dialog is None:
            return
        self._dialog.set_working(on=False)
        if build.dashboard:
            text = f"{build.steps} of {build.total} steps are done."
            if failure is not None:
                doubt = f" {MAYBE_STEP}" if build.unsure else ""
                text = f"{text} Then it stopped: {_words(failure)}{doubt}"
            self._dialog.making.set_stopped(text, bad=failure is not None)
            self._dialog.set_working(on=True)  # the buttons that are left say what can be done
        elif failure is not None and not self._piecewise(failure, build):
            text = f"{_words(failure)} {MAYBE}" if build.unsure else _words(failure)
            self._dialog.set_working(on=False)
            self._dialog.set_wrong(at_fields(failure, PLACES, f"Not made: {text}"))
        elif failure is None:
            self._dialog.set_working(on=False)
            self._dialog.set_wrong({})

    def _piecewise(self, failure: Failure, build: Build) -> bool:
        """Make a template tile by tile where the server does not know it by its name."""
        start, draft, chosen = self._asked or (None, None, {})
        unknown = failure.cause is Cause.INVALID and "use_template" in build.plan.body
        unknown = unknown and failure.status == UNREAD and failure.field in ("", "use_template")
        if not unknown or start is None or start.listed is None or draft is None:
            return False
        self._carry_out(starts.piecewise(start.listed, draft, chosen))
        return True

    @Slot()
    def _on_go_on(self) -> None:
        self._with_builder(Builder.go_on)

    @Slot()
    def _on_stop(self) -> None:
        self._with_builder(Builder.halt)

    @Slot()
    def _on_undo(self) -> None:
        if self._dialog is not None:
            self._dialog.making.set_progress(UNDOING, 0.0, can_stop=False)
        self._with_builder(Builder.undo)

    def _with_builder(self, act: Callable[[Builder], None]) -> None:
        if self._builder is not None:
            act(self._builder)

    @Slot(object)
    def _on_undone(self, failure: Failure | None) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        if failure is not None:
            text = f"It could not be undone: {_words(failure)}"
            dialog.making.set_stopped(text, bad=True)
            return
        dialog.making.set_idle()
        dialog.set_working(on=False)

    @Slot()
    def _on_keep(self) -> None:
        """Open what there is."""
        build = self._builder.build if self._builder is not None else None
        if build is not None and build.dashboard:
            self._on_built(build)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.session:
            self._listed = ()
            making = self._dialog.making if self._dialog is not None else None
            if making is not None and (making.busy or making.asks) and self._asked is not None:
                self._desk.window.notice.set_message(HALF.format(self._asked[1].name))
            self._close()

    @Slot()
    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.making.set_idle()
            self._dialog.close()

    @Slot()
    def _on_gone(self) -> None:
        self._dialog = None
        if self._builder is not None:
            self._builder.leave()
            self._builder.deleteLater()
            self._builder = None


def _accept(_failure: Failure) -> None:
    """Do without: it can be typed."""


def _words(failure: Failure) -> str:
    said = advice(failure)
    remedy = f" {said.remedy}" if failure.scope else ""
    return f"{said.what}{remedy}"
