"""Open the choices of the filter bar, and lay what is chosen over the dashboard."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, QPoint, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from phdesk.core.dates import zone
from phdesk.core.filter_entry import Dates
from phdesk.core.filter_ranges import first_weekday, interval_after, intervals_for
from phdesk.core.filters import Filter, Override, Property, Variable
from phdesk.models.account import Project
from phdesk.models.definition import PropertyDefinition
from phdesk.services.online import Online
from phdesk.store.overrides import effective_of, is_modern, saved_of, with_override
from phdesk.store.state import DashboardState
from phdesk.views.dashboard.bar_words import variables_of
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.filter_menus import interval_menu, more_menu, temporary_menu
from phdesk.views.desk.filter_saving import FilterSaving
from phdesk.views.desk.filter_views import SavedViews
from phdesk.views.dialogs.filter_breakdown import BreakdownPopover
from phdesk.views.dialogs.filter_dates import DatesPopover
from phdesk.views.dialogs.filter_property import PropertyPopover
from phdesk.views.dialogs.filter_variable import VariablePopover


class FilterChoices(QObject):
    """Answers wishes about filters; each ends in one complete set, laid over the dashboard."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._variable: Variable | None = None  # the one whose choices are being asked for
        self._hears = False  # what the server says about variables
        self._wish = ""  # from a menu
        self._place = -1  # of the condition that is being changed
        self._saving = FilterSaving(desk)
        self._views = SavedViews(desk)
        self._views.chosen.connect(self.lay)

    @property
    def board(self) -> DashboardState | None:
        """Give the dashboard on screen."""
        return self._desk.state.dashboards.get(self._desk.dashboard_id or 0)

    @property
    def asked(self) -> Filter:
        """Give the filters that hold."""
        return effective_of(self.board) if self.board is not None else Filter()

    def answer(self, what: str, which: str) -> None:
        """Carry out a wish of the bar, a key or the palette."""
        if self.board is None:
            return
        if what == "reset":
            self._override(None)
        elif what == "drop":
            self._drop(which)
        elif what == "place":
            self._views.take_place(int(which))
        elif what == "view":
            self._views.take(which)
        else:
            self._choose(which)

    @Slot(object)
    def lay(self, filters: Filter) -> None:
        """Lay a complete set of filters over the dashboard; the saved one is no override."""
        board = self.board
        if board is None:
            return
        variables = board.override.variables if board.override is not None else ()
        self._lay(filters, variables)

    def _lay(self, filters: Filter, variables: tuple[Variable, ...]) -> None:
        board = self.board
        if board is not None:
            plain = filters == saved_of(board) and not variables
            self._override(None if plain else Override(filters=filters, variables=variables))

    def _override(self, override: Override | None) -> None:
        open_id = self._desk.dashboard_id
        if open_id is None:
            return
        if self._desk.online is not None:
            self._desk.online.filters.override(open_id, override)
        else:
            self._desk.store.apply(with_override, open_id, override)

    def _drop(self, which: str) -> None:
        """Take something away."""
        kind, _, place = which.partition(" ")
        asked = self.asked
        if kind == "condition":
            kept = [one for at, one in enumerate(asked.properties) if str(at) != place]
            self.lay(replace(asked, properties=tuple(kept)))
        elif kind == "nested":
            self.lay(replace(asked, group=None))
        elif kind == "breakdown":
            self.lay(replace(asked, breakdown=None))
        elif kind == "tests":
            self.lay(replace(asked, test_accounts=None))

    def _choose(self, which: str) -> None:
        kind, _, rest = which.partition(" ")
        openers: dict[str, Any] = {
            "dates": self._open_dates,
            "interval": self._open_interval,
            "new": self._open_new,
            "breakdown": self._open_breakdown,
            "more": self._open_more,
            "chips": self._open_more,
            "tests": self._open_more,
            "temporary": self._open_temporary,
            "views": self._views.open,
            "save": self._saving.open,
        }
        if kind == "condition":
            self._open_condition(int(rest))
        elif kind == "variable":
            self._open_variable(rest)
        elif kind in openers:
            openers[kind]()

    def _open_dates(self) -> None:
        asked = self.asked
        ends = (asked.date_from, asked.date_to)
        made = DatesPopover(self._desk.theme, self._now, self._week_start, ends, self._window)
        made.chosen.connect(self._on_dates)
        made.open_below(self._anchor("dates"))

    @Slot(object)
    def _on_dates(self, dates: Dates) -> None:
        asked, ends = self.asked, (dates.date_from, dates.date_to)
        interval = interval_after(asked.interval, ends, self._now(), self._week_start)
        self.lay(
            replace(
                asked,
                date_from=dates.date_from,
                date_to=dates.date_to,
                explicit_date=dates.explicit,
                interval=interval,
            )
        )

    def _open_interval(self) -> None:
        asked = self.asked
        allowed = intervals_for(asked.date_from, asked.date_to, self._now(), self._week_start)
        menu = interval_menu(self._window, asked, allowed, old=self._is_old())
        menu.triggered.connect(self._on_interval)
        self._pop(menu, "interval")

    @Slot(QAction)
    def _on_interval(self, action: QAction) -> None:
        self.lay(replace(self.asked, interval=str(action.data()) or None))

    def _open_new(self) -> None:
        self._open_condition(-1)

    def _open_condition(self, place: int) -> None:
        conditions = self.asked.properties
        known = conditions[place] if 0 <= place < len(conditions) else None
        self._place = place if known is not None else -1
        made = PropertyPopover(self._desk.theme, known, self._window)
        online = self._desk.online
        if online is not None:
            _join(made, online)
            made.values_wanted.connect(online.filters.find_values)
            online.filters.values_came.connect(made.take_values)
        made.chosen.connect(self._on_condition)
        made.start()
        made.open_below(self._anchor(f"condition {place}" if known else "new"))

    @Slot(object)
    def _on_condition(self, condition: Property) -> None:
        conditions = list(self.asked.properties)
        if 0 <= self._place < len(conditions):
            conditions[self._place] = condition
        else:
            conditions.append(condition)
        self.lay(replace(self.asked, properties=tuple(conditions)))

    def _open_breakdown(self) -> None:
        made = BreakdownPopover(self._desk.theme, self._window)
        if self._desk.online is not None:
            _join(made, self._desk.online)
        made.chosen.connect(self._on_breakdown)
        made.start()
        made.open_below(self._anchor("breakdown"))

    @Slot(object)
    def _on_breakdown(self, one: PropertyDefinition) -> None:
        breakdown = {"breakdown": one.name, "breakdown_type": one.kind}
        self.lay(replace(self.asked, breakdown=breakdown))

    def _open_variable(self, number: str) -> None:
        board = self.board
        found = [one for one in variables_of(board) if one.id == number] if board else []
        if not found:
            return
        self._variable = found[0]
        online = self._desk.online
        if online is None or self._desk.state.offline is not None:
            self._show_variable(())
            return
        if not self._hears:
            self._hears = True
            online.filters.variables_came.connect(self._show_variable)
            online.filters.refused.connect(self._on_refused)
        online.filters.find_variables()

    @Slot(object)
    def _show_variable(self, definitions: Any) -> None:
        """Open the choices of a variable, with what the server says about it."""
        wanted, self._variable = self._variable, None
        if wanted is None:
            return
        known = next((one for one in definitions if one.id == wanted.id), None)
        made = VariablePopover(self._desk.theme, wanted, known, self._window)
        made.chosen.connect(self._on_variable)
        made.open_below(self._anchor(f"variable {wanted.id}"))
        online = self._desk.online
        if made.wants_choices and online is not None:
            online.filters.choices_came.connect(made.take_choices)
            online.filters.refused.connect(made.take_refusal)
            online.filters.find_choices(wanted.id)

    @Slot(str, object)
    def _on_refused(self, what: str, _why: object) -> None:
        if what == "variables":  # most keys may not read them: then by their code names
            self._show_variable(())

    @Slot(object)
    def _on_variable(self, variable: Variable) -> None:
        board = self.board
        if board is None:
            return
        before = board.override.variables if board.override is not None else ()
        kept = [one for one in before if one.id != variable.id]
        saved = variables_of(replace(board, override=None))
        changed = () if variable in saved else (variable,)
        self._lay(self.asked, (*kept, *changed))

    def _open_more(self) -> None:
        words = self._desk.window.screen_page.filters.words
        names = self._views.names
        menu = more_menu(self._window, self.asked, words, names, old=self._is_old())
        menu.triggered.connect(self._on_action)
        self._pop(menu, "more")

    def _open_temporary(self) -> None:
        menu = temporary_menu(self._window)
        menu.triggered.connect(self._on_action)
        self._pop(menu, "temporary")

    @Slot(QAction)
    def _on_action(self, action: QAction) -> None:
        """Note what was chosen; what opens now would be closed together with the menu."""
        self._wish = str(action.data())
        QTimer.singleShot(0, self._carry_out)

    @Slot()
    def _carry_out(self) -> None:
        what, _, which = self._wish.partition(" ")
        if what == "tests":
            chosen = {"True": True, "False": False}.get(which)
            self.lay(replace(self.asked, test_accounts=chosen))
        else:
            self.answer(what, which)

    def _pop(self, menu: QMenu, anchor: str) -> None:
        below = self._anchor(anchor)
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 4)))

    @property
    def _window(self) -> QWidget:
        return self._desk.window

    def _anchor(self, name: str) -> QWidget:
        bar = self._desk.window.screen_page.filters
        found = bar.anchor(name)
        return found if found.isVisible() else bar.anchor("more")

    def _is_old(self) -> bool:
        return self.board is not None and not is_modern(self.board)

    @property
    def _project(self) -> Project:
        return self._desk.state.project or Project(id=0)

    @property
    def _week_start(self) -> int:
        return first_weekday(self._project.week_start_day)

    def _now(self) -> datetime:
        return self._desk.now().astimezone(zone(self._project.timezone))


def _join(made: PropertyPopover | BreakdownPopover, online: Online) -> None:
    """Let a popover ask for properties and hear the answers."""
    made.properties_wanted.connect(online.filters.find_properties)
    online.filters.properties_came.connect(made.take_properties)
    online.filters.refused.connect(made.take_failure)
