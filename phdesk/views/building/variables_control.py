"""The project's SQL variables: their names and defaults, each a press away from the text."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from phdesk.core.building.variables import placeholder, value_words
from phdesk.core.filters import Variable
from phdesk.models.definition import VariableDefinition
from phdesk.views.building.control import Control
from phdesk.views.building.rows import line
from phdesk.views.building.sources import Sources
from phdesk.views.dialogs import words
from phdesk.views.theme import Theme

NONE = "This project has none; they are made in PostHog."


class VariablesControl(Control):
    """Values are set above the chart, where those that the text names stand."""

    write_requested = Signal(str)  # a variable as it stands in SQL
    wide = True

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self._shown: tuple[VariableDefinition, ...] | None = None
        self._rows: list[QWidget] = []
        self._buttons: list[QPushButton] = []
        self._note = words.note(theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._note)

    def show_value(self) -> None:
        """Show the variables of the project, or why there are none."""
        known = self.around.variables
        none = self.around.no_variables if known is None else NONE
        self._note.setText("" if known else none)
        self._note.setVisible(bool(self._note.text()))
        if known != self._shown:
            self._shown = known
            self._fill(known or ())

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self._buttons[0] if self._buttons else self

    def _fill(self, known: tuple[VariableDefinition, ...]) -> None:
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        self._rows = [self._row(one) for one in known]
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, one: VariableDefinition) -> QWidget:
        unset = Variable(id=one.id, code_name=placeholder(one.code_name))
        label = QLabel(value_words(unset, one))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setToolTip(f"{one.name or one.code_name}, {one.type.lower()}")
        label.setWordWrap(True)
        button = QPushButton("Insert")
        button.setAutoDefault(False)
        button.setAccessibleName(f"Insert {placeholder(one.code_name)}")
        button.clicked.connect(partial(self.write_requested.emit, placeholder(one.code_name)))
        self._buttons.append(button)
        row = QWidget(self)
        row.setLayout(line(label, button))
        return row
