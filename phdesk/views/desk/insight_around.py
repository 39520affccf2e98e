"""What the settings of an insight need to know of its project: groups, zone, server, tables."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.building.draft import Draft, body
from phdesk.core.dates import zone
from phdesk.core.filter_ranges import first_weekday
from phdesk.core.names import Groups
from phdesk.models.account import Project
from phdesk.models.definition import CohortDefinition, VariableDefinition
from phdesk.models.failure import Cause, Failure
from phdesk.services.insight_saving import read_schema
from phdesk.store.contexts import project_context
from phdesk.store.overrides import is_modern
from phdesk.views.building.control import Around
from phdesk.views.building.sources import Sources
from phdesk.views.desk.desk import Desk

READING = "Reading the list of variables…"


class InsightAround(QObject):
    """Gathers it anew each time; the tables of SQL are asked for once, when SQL is written."""

    changed = Signal()

    def __init__(self, desk: Desk, sources: Sources, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._sources = desk, sources
        self._schema: Mapping[str, Mapping[str, str]] | None = None  # None: not asked for
        self._cohorts: dict[int, str] = {}
        self._variables: tuple[VariableDefinition, ...] | None = None
        self._no_variables = ""  # why they are not known
        self._unreached = False  # as PostHog was not within reach
        sources.events_came.connect(self._on_came)
        sources.variables_came.connect(self._on_variables)
        sources.refused.connect(self._on_refused)

    def gather(self, columns: tuple[str, ...] = ()) -> Around:
        """Give what is known now; `columns` are those of the last answer."""
        state = self._desk.state
        boards = state.dashboards.values()
        return Around(
            now=self._now,
            week_start=first_weekday(self._project.week_start_day),
            groups=self.groups,
            modern=not boards or any(is_modern(one) for one in boards),
            columns=columns,
            schema=self._schema or {},
            cohorts=dict(self._cohorts),
            variables=self._variables,
            no_variables=self._no_variables,
        )

    @property
    def groups(self) -> Groups:
        """Name the types of groups of the project."""
        state = self._desk.state
        return project_context(state.project, self._desk.now(), state.around).groups

    def forget(self) -> None:
        """Ask for tables, cohorts and variables anew: another project is shown."""
        self._schema = self._variables = None
        self._no_variables, self._unreached = "", False
        self._cohorts.clear()

    def want(self, draft: Draft) -> None:
        """Ask for what the settings of a draft need."""
        if draft.kind == "HogQLQuery":
            self._want_schema()
            self._want_variables()
        if b'"cohort"' in bytes(body(draft)):
            self._want_cohorts()

    def _want_schema(self) -> None:
        """Ask for tables and columns, if nobody has."""
        online = self._desk.online
        if self._schema is None and online is not None and online.calls.ready:
            self._schema = {}  # asked for
            tag = f"schema of SQL, {self._desk.viewer}"
            online.calls.ask(read_schema, done=self._came, failed=self._failed, tag=tag)

    def _want_variables(self) -> None:
        """Ask for the project's SQL variables, if nobody has, or nobody could be asked."""
        online = self._desk.online
        ready = online is not None and online.calls.ready and self._desk.state.offline is None
        if ready and self._variables is None and (self._unreached or not self._no_variables):
            self._no_variables, self._unreached = READING, False
            self._sources.variables_wanted.emit()

    def _want_cohorts(self) -> None:
        """Ask for the names of cohorts, if nobody has."""
        if not self._cohorts:
            self._sources.events_wanted.emit("cohort", "")

    @Slot(str, str, object)
    def _on_came(self, kind: str, _search: str, found: Sequence[CohortDefinition]) -> None:
        if kind == "cohort":
            self._cohorts.update({one.id: one.name or f"Cohort {one.id}" for one in found})
            self.changed.emit()

    @Slot(object)
    def _on_variables(self, found: tuple[VariableDefinition, ...]) -> None:
        self._variables, self._no_variables = found, ""
        self.changed.emit()

    @Slot(str, object)
    def _on_refused(self, what: str, failure: Failure) -> None:
        if what == "variables":
            self._no_variables = failure.message
            self._unreached = failure.cause is Cause.NETWORK
            self.changed.emit()

    def _came(self, found: Mapping[str, Mapping[str, str]]) -> None:
        self._schema = found
        self.changed.emit()

    @Slot(object)
    def _failed(self, _failure: Failure) -> None:
        """Complete words of the language alone; the next edit asks again."""
        self._schema = None

    @property
    def _project(self) -> Project:
        return self._desk.state.project or Project(id=0)

    def _now(self) -> datetime:
        return self._desk.now().astimezone(zone(self._project.timezone))
