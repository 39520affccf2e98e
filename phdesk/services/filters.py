"""What filters need from the server: choices to pick from, and saving them for everyone."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from phdesk.core.filters import Filter, Override, saved_body
from phdesk.models.definition import Choice, PropertyDefinition, VariableDefinition
from phdesk.models.failure import Cause, Failure
from phdesk.services.asking import Asking
from phdesk.services.background import Ticket, Work
from phdesk.services.changing import save_filters
from phdesk.services.dashboards import Dashboards
from phdesk.services.errands import Worker
from phdesk.services.newest import Newest
from phdesk.services.session import DashboardAnswer, Session
from phdesk.store.overrides import is_modern, saved_of
from phdesk.store.store import Store

T = TypeVar("T")
OVERTAKEN = Failure(
    cause=Cause.INVALID,
    message="Somebody else saved other filters meanwhile. Save again to put yours in their place.",
)


CHOICES = "choices"  # as what is refused, of those of a variable


class Filters(Asking):
    """Asks for what a person may choose; answers come as signals, remembered for the session."""

    properties_came = Signal(str, str, object)  # kind, search, tuple[PropertyDefinition, ...]
    values_came = Signal(str, str, object)  # key, search, tuple[str, ...]
    variables_came = Signal(object)  # tuple[VariableDefinition, ...]
    choices_came = Signal(str, object)  # variable id, tuple[Choice, ...]
    refused = Signal(str, object)  # what was asked for, Failure
    was_saved = Signal(int)  # dashboard id
    not_saved = Signal(int, object)  # dashboard id, Failure

    def __init__(
        self,
        store: Store,
        background: Worker,
        dashboards: Dashboards,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(store, background, dashboards, parent)
        self._reading = Newest(background)
        self._saving: list[Ticket] = []
        self._properties: dict[tuple[str, str], tuple[PropertyDefinition, ...]] = {}
        self._values: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self._variables: tuple[VariableDefinition, ...] | None = None
        self._choices: dict[str, tuple[Choice, ...]] = {}
        self._newest: dict[int, Filter] = {}  # what others saved, where a person was told

    def use(self, session: Session | None) -> None:
        """Ask through this session from now on, about everything anew."""
        self._reading.cancel_all()
        for ticket in self._saving:
            ticket.cancel()
        self._saving.clear()
        self._session = session
        self._properties.clear()
        self._values.clear()
        self._variables = None
        self._choices.clear()
        self._newest.clear()

    def override(self, dashboard_id: int, override: Override | None) -> None:
        """Show a dashboard under temporary filters, or without one under its own."""
        self._dashboards.set_override(dashboard_id, override)

    def save(self, dashboard_id: int) -> None:
        """Save the temporary filters of a dashboard for everyone; ends in one of two signals."""
        board = self._store.state.dashboards.get(dashboard_id)
        if self._session is None or board is None or board.override is None:
            return
        override = board.override
        body = saved_body(override, saved_of(board), modern=is_modern(board))
        seen = self._newest.get(dashboard_id, saved_of(board))
        made = self._background.submit(
            partial(save_filters, self._session, dashboard_id, body, override.key, seen),
            done=partial(self._saved, dashboard_id, override.key),
            failed=partial(self._was_not_saved, dashboard_id),
            tag="saving",
        )
        self._saving = [*(one for one in self._saving if one.active), made]

    def find_properties(self, kind: str, search: str = "") -> None:
        """Ask for properties; only the newest question of a kind is answered."""
        known = self._properties.get((kind, search))
        if known is not None:
            self.properties_came.emit(kind, search, known)
        elif self._session is not None:
            self._ask(
                f"{kind} properties",
                partial(self._session.read_properties, kind, search),
                partial(self._take_properties, kind, search),
            )

    def find_values(self, kind: str, key: str, search: str = "") -> None:
        """Ask for values that a property has had; only the newest question is answered."""
        known = self._values.get((kind, key, search))
        if known is not None:
            self.values_came.emit(key, search, known)
        elif self._session is not None:
            self._ask(
                "values",
                partial(self._session.read_values, kind, key, search),
                partial(self._take_values, kind, key, search),
            )

    def find_variables(self) -> None:
        """Ask for the names and choices of SQL variables."""
        if self._variables is not None:
            self.variables_came.emit(self._variables)
        elif self._session is not None:
            self._ask("variables", self._session.read_variables, self._take_variables)
        else:
            self.variables_came.emit(())

    def find_choices(self, number: str) -> None:
        """Ask for the choices that a query gives a variable of those that came."""
        known = self._choices.get(number)
        one = next((one for one in self._variables or () if one.id == number), None)
        if known is not None:
            self.choices_came.emit(number, known)
        elif self._session is not None and one is not None:
            self._ask(
                CHOICES,
                partial(self._session.read_choices, one),
                partial(self._take_choices, number),
            )

    def _take_choices(self, number: str, found: tuple[Choice, ...]) -> None:
        self._choices[number] = found
        self.choices_came.emit(number, found)

    def _take_properties(
        self, kind: str, search: str, found: tuple[PropertyDefinition, ...]
    ) -> None:
        self._properties[kind, search] = found
        self.properties_came.emit(kind, search, found)

    def _take_values(self, kind: str, key: str, search: str, found: tuple[str, ...]) -> None:
        self._values[kind, key, search] = found
        self.values_came.emit(key, search, found)

    def _take_variables(self, found: tuple[VariableDefinition, ...]) -> None:
        self._variables = found
        self.variables_came.emit(found)

    def _saved(self, dashboard_id: int, key: str, answer: DashboardAnswer | Filter) -> None:
        if isinstance(answer, Filter):
            self._newest[dashboard_id] = answer  # told now: who saves again means it
            self._dashboards.refresh(dashboard_id)
            self.not_saved.emit(dashboard_id, OVERTAKEN)
            return
        self._newest.pop(dashboard_id, None)
        self._dashboards.take_saved(dashboard_id, key, answer)
        self.was_saved.emit(dashboard_id)

    def _was_not_saved(self, dashboard_id: int, failure: Failure) -> None:
        self.not_saved.emit(dashboard_id, failure)

    def _was_refused(self, what: str, failure: Failure) -> None:
        self.refused.emit(what, failure)

    def _ask(self, what: str, work: Work[T], done: Callable[[T], None]) -> None:
        self._reading.submit(work, done=done, failed=partial(self._was_refused, what), tag=what)
