"""Settings of SQL: its text, and the columns that are drawn."""

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from phdesk.core.building.parts import Column, columns, with_columns
from phdesk.core.building.variables import with_text
from phdesk.core.hogql.offering import Offer
from phdesk.core.jsonvalue import as_str
from phdesk.models.definition import VariableDefinition
from phdesk.views.building.control import Control
from phdesk.views.building.expression import ExpressionPopover
from phdesk.views.building.lines_control import LinesControl
from phdesk.views.building.rows import add_action, line, pop_menu
from phdesk.views.building.sources import Sources
from phdesk.views.building.sql_editor import SqlEditor
from phdesk.views.dialogs import words
from phdesk.views.theme import Theme
from phdesk.views.widgets.quiet import QuietChoice

HEIGHT = 260  # px of the editor at least
STYLES = (("none", "as it is"), ("number", "number"), ("short", "short"), ("percent", "percent"))
HELP = "Ctrl+Enter runs it, Ctrl+Space completes."


class SqlControl(Control):
    """The text of the query."""

    run_requested = Signal()
    wide = True

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self.editor = SqlEditor(theme, self)
        self.editor.setMinimumHeight(HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.editor)
        column.addWidget(words.note(theme, HELP))
        self.editor.changed.connect(self._on_changed)
        self.editor.run_requested.connect(self.run_requested)

    def show_value(self) -> None:
        """Show the text."""
        self.editor.set_schema(self.around.schema)
        self.editor.set_placeholders(_placeholders(self.around.variables))
        self.editor.set_text(as_str(self.field.value))

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        super().set_theme(theme)
        self.editor.set_theme(theme)

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self.editor

    @Slot(str)
    def _on_changed(self, text: str) -> None:
        self.give(with_text(self.draft, text, self.around.variables or ()), self.field.name)


def _placeholders(variables: Sequence[VariableDefinition] | None) -> tuple[Offer, ...]:
    """Offer variables, and the place of a dashboard's filters."""
    named = (
        Offer(f"variables.{one.code_name}", "placeholder", one.name) for one in variables or ()
    )
    return (*named, Offer("filters", "placeholder", "dates and filters"))


class ColumnLine(QWidget):
    """A column that is drawn: its name for people, its signs, its axis."""

    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held = Column(name="")
        self._name = QLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)  # a column may be called "<b>"
        self._name.setFont(theme.font(13, 600))
        self._label, self._prefix, self._suffix = (QLineEdit(self) for _ in range(3))
        self._style, self._side = QuietChoice(self), QuietChoice(self)
        self._label.setPlaceholderText("name on the chart")
        self._prefix.setPlaceholderText("before")
        self._suffix.setPlaceholderText("after")
        self._style.addItems([text for _, text in STYLES])
        self._side.addItems(["left axis", "right axis"])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._name)
        column.addLayout(line(self._label, self._side))
        column.addLayout(line(self._style, self._prefix, self._suffix))
        self.setFocusProxy(self._label)
        for field in (self._label, self._prefix, self._suffix):
            field.textEdited.connect(self.edited)
        for choice in (self._style, self._side):
            choice.activated.connect(self.edited)

    def fill(self, value: Column, place: int) -> None:
        """Show a column."""
        self._held = value
        self._name.setText(value.name)
        for part, text, what in (
            (self._label, value.label, "Name on the chart"),
            (self._prefix, value.prefix, "Before the number"),
            (self._suffix, value.suffix, "After the number"),
        ):
            part.setAccessibleName(f"{what}, {value.name}")
            if part.text() != text:
                part.setText(text)
        styles = [style for style, _ in STYLES]
        self._style.setAccessibleName(f"Format, {value.name}")
        self._style.setCurrentIndex(styles.index(value.style) if value.style in styles else -1)
        self._side.setAccessibleName(f"Axis, {value.name}")
        self._side.setCurrentIndex(1 if value.right else 0)

    @property
    def value(self) -> Column:
        """Give what is written."""
        place = self._style.currentIndex()
        return replace(
            self._held,
            label=self._label.text(),
            prefix=self._prefix.text(),
            suffix=self._suffix.text(),
            style=STYLES[place][0] if place >= 0 else self._held.style,
            right=self._side.currentIndex() == 1,
        )


class ColumnsControl(LinesControl):
    """The columns that a chart of SQL draws; without any PostHog takes all with numbers."""

    added, one = "Add a column", "column"

    def read(self) -> Sequence[Column]:
        """Read the columns."""
        return columns(self.draft)

    def write(self, values: Sequence[Column], tag: str = "") -> None:
        """Tell of other columns."""
        self.give(with_columns(self.draft, values), tag)

    def made_line(self) -> ColumnLine:
        """Make a line."""
        made = ColumnLine(self.theme, self)
        made.edited.connect(self.on_line)
        return made

    @Slot()
    def add(self) -> None:
        """Offer the columns that came and are not drawn yet; else ask for a name."""
        drawn = [one.name for one in self.read()]
        offered = [name for name in self.around.columns if name not in drawn]
        if not offered:
            asked = ExpressionPopover(self.theme, "Name of the column", "", self.window())
            asked.chosen.connect(self._on_column)
            asked.open_below(self._add)
            return
        menu = QMenu(self)
        menu.setAccessibleName("Columns")
        for name in offered:
            add_action(menu, name, partial(self._on_column, name))
        pop_menu(menu, self._add)

    @Slot(str)
    def _on_column(self, name: str) -> None:
        self.write([*self.values, Column(name=name)])
