"""The values of the SQL variables that a query names, above what it shows."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from phdesk.core.building.draft import Draft
from phdesk.core.building.variables import attached, value_words, with_value
from phdesk.core.filters import Variable
from phdesk.models.definition import VariableDefinition
from phdesk.views.building.control import Around
from phdesk.views.building.sources import Sources
from phdesk.views.dialogs.filter_variable import VariablePopover
from phdesk.views.theme import Theme
from phdesk.views.widgets.drop_button import DropButton
from phdesk.views.widgets.flow import FlowLayout

GAP = 6  # px


class VariablesRow(QWidget):
    """A button for each; where a query has none there is no row."""

    edited = Signal(object, str)  # Draft, tag
    run_requested = Signal()  # now: whoever chooses a value wants to see it

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._sources = theme, sources
        self._draft: Draft | None = None
        self._known: dict[str, VariableDefinition] = {}
        self._buttons: dict[str, DropButton] = {}
        self._row = FlowLayout(GAP, self)
        self.setAccessibleName("Values of SQL variables")
        self.hide()

    def set_draft(self, draft: Draft, around: Around) -> None:
        """Show the variables of a draft, and the values that hold."""
        self._draft = draft
        self._known = {one.id: one for one in around.variables or ()}
        held = attached(draft) if draft.kind == "HogQLQuery" and not draft.closed else ()
        for gone in self._buttons.keys() - {one.id for one in held}:
            button = self._buttons.pop(gone)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        for one in held:
            button = self._buttons.get(one.id) or self._made(one.id)
            said = value_words(one, self._known.get(one.id))
            button.set_words(said.replace("&", "&&"), f"SQL variable {said}")
            button.setToolTip(said)
        self.setVisible(bool(held))

    @property
    def stops(self) -> Sequence[QWidget]:
        """Give the controls at which Tab stops."""
        return tuple(self._buttons.values())

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        for button in self._buttons.values():
            button.set_theme(theme)

    def _made(self, number: str) -> DropButton:
        button = self._buttons[number] = DropButton(self._theme, "filter", self)
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._open, number))
        self._row.addWidget(button)
        button.show()
        return button

    def _open(self, number: str) -> None:
        held = attached(self._draft) if self._draft is not None else ()
        one = next((one for one in held if one.id == number), None)
        if one is None:
            return
        definition = self._known.get(number)
        shown = one
        if one.value is None and not one.is_null and definition is not None:
            shown = Variable(id=number, code_name=one.code_name, value=definition.default)
        made = VariablePopover(self._theme, shown, definition, self.window(), may_default=True)
        made.chosen.connect(self._on_chosen)
        made.open_below(self._buttons[number])
        if made.wants_choices:
            self._sources.choices_came.connect(made.take_choices)
            self._sources.refused.connect(made.take_refusal)
            self._sources.choices_wanted.emit(number)

    def _on_chosen(self, one: Variable) -> None:
        if self._draft is not None:
            after = with_value(self._draft, one)
            if after != self._draft:
                self.edited.emit(after, "")
                self.run_requested.emit()
