"""Settings of one value: a choice, a switch, a number, a text, several texts, a column."""

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.building.field import Option
from phdesk.core.jsonvalue import as_int, as_list, as_number, as_str
from phdesk.views.building.control import Control
from phdesk.views.building.sources import Sources
from phdesk.views.theme import Theme
from phdesk.views.widgets.quiet import LARGEST, QuietChoice, QuietNumber

LINES = 3  # of a list of texts that are seen at once


class ChoiceControl(Control):
    """One of several options."""

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self._choice = QuietChoice(self)
        self._options: tuple[Option, ...] = ()
        _fill(self, self._choice)
        self._choice.activated.connect(self._on_chosen)

    def show_value(self) -> None:
        """Offer the options, and mark the one that holds."""
        self._offer(self.field.options)

    def _offer(self, options: tuple[Option, ...]) -> None:
        field = self.field
        self._choice.setAccessibleName(field.label)
        if options != self._options:
            self._options = options
            self._choice.clear()
            self._choice.addItems([one.label for one in options])
        places = [place for place, one in enumerate(self._options) if one.value == field.value]
        self._choice.setCurrentIndex(places[0] if places else -1)

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self._choice

    @Slot(int)
    def _on_chosen(self, place: int) -> None:
        if 0 <= place < len(self._options):
            self.tell(self._options[place].value)


class CountedControl(ChoiceControl):
    """People, or one of the types of groups that the project has."""

    def show_value(self) -> None:
        """Offer the types of groups, and one that holds though nobody knows it."""
        held, groups = as_int(self.field.value), self.around.groups
        known = {index: several or one or f"groups {index}" for index, one, several in groups}
        if held is not None:
            known.setdefault(held, f"groups {held}")
        named = (Option(index, f"Unique {several}") for index, several in known.items())
        self._offer((Option(None, "Unique users"), *named))

    @property
    def is_of_use(self) -> bool:
        """Tell whether there are groups at all."""
        return len(self._options) > 1


class SeveralControl(Control):
    """Some of a few options, each with a box."""

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self._options: tuple[Option, ...] = ()
        self._boxes: list[QCheckBox] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_value(self) -> None:
        """Offer the options, and tick those that hold."""
        field = self.field
        self.setAccessibleName(field.label)
        if field.options != self._options:
            self._options = field.options
            for old in self._boxes:
                old.hide()
                old.deleteLater()
            self._boxes = [QCheckBox(one.label, self) for one in field.options]
            for box in self._boxes:
                self._column.addWidget(box)
                box.clicked.connect(self._on_clicked)
        held = as_list(field.value)
        for box, one in zip(self._boxes, self._options, strict=True):
            box.setChecked(one.value in held)

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self._boxes[0] if self._boxes else self

    @Slot()
    def _on_clicked(self) -> None:
        """Give what is ticked, and what no box stands for as it was."""
        known = [one.value for one in self._options]
        kept = [one for one in as_list(self.field.value) if one not in known]
        pairs = zip(self._boxes, self._options, strict=True)
        self.tell([*(one.value for box, one in pairs if box.isChecked()), *kept])


class FlagControl(Control):
    """A switch, which has its name beside it."""

    names_itself = True

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self._box = QCheckBox(self)
        _fill(self, self._box)
        self._box.clicked.connect(self._on_clicked)

    def show_value(self) -> None:
        """Show whether it is on."""
        field = self.field
        self._box.setText(field.label)
        self._box.setChecked(field.value is True)

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self._box

    @Slot(bool)
    def _on_clicked(self, on: bool) -> None:  # noqa: FBT001  a signal's argument
        self.tell(on)


class TextControl(Control):
    """A text in one line."""

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self._line = QLineEdit(self)
        _fill(self, self._line)
        self._line.textEdited.connect(self._on_edited)

    def show_value(self) -> None:
        """Show the text; the same one leaves the cursor alone."""
        field = self.field
        self._line.setAccessibleName(field.label)
        self._line.setPlaceholderText(field.hint)
        text = as_str(field.value)
        if text != self._line.text():
            self._line.setText(text)

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self._line

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.tell(text or None, self.field.name)


class DecimalControl(TextControl):
    """Any number; half of one, as while it is typed, is none yet."""

    def show_value(self) -> None:
        """Show the number; the same one leaves the cursor alone."""
        value = as_number(self.field.value)
        if value is None or as_number(self._line.text()) != value:
            super().show_value()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        value = as_number(text)
        if value is not None or not text.strip():
            self.tell(value, self.field.name)


class NumberControl(Control):
    """A whole number; one without a default may be left open, and says what happens then."""

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self._number = QuietNumber(self)
        _fill(self, self._number)
        self._number.valueChanged.connect(self._on_changed)

    def show_value(self) -> None:
        """Show the number, also one outside its range, which is told at its place."""
        field = self.field
        value = as_int(field.value)
        least, most = field.least or 0, field.most if field.most is not None else LARGEST
        opened = field.default is None
        self._number.setAccessibleName(field.label)
        self._number.setSpecialValueText((field.hint or "not set") if opened else "")
        lowest = min(least, value if value is not None else least) - opened
        self._number.show_number(lowest if value is None else value, lowest, most)

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self._number

    @Slot(int)
    def _on_changed(self, value: int) -> None:
        opened = self.field.default is None
        empty = opened and value == self._number.minimum()
        self.tell(None if empty else value, self.field.name)


class ColumnControl(Control):
    """One of the columns that came, or one by its name; none leaves it to PostHog."""

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self._choice = QuietChoice(self)
        self._names: list[str] = []
        _fill(self, self._choice)
        self._choice.activated.connect(self._on_chosen)

    def show_value(self) -> None:
        """Offer the columns of the last answer, and what is chosen whether it came or not."""
        held = as_str(self.field.value)
        names = ["", *dict.fromkeys([*self.around.columns, *([held] if held else [])])]
        self._choice.setAccessibleName(self.field.label)
        if names != self._names:
            self._names = names
            self._choice.clear()
            self._choice.addItems(["as it fits", *names[1:]])
        self._choice.setCurrentIndex(names.index(held))

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self._choice

    @Slot(int)
    def _on_chosen(self, place: int) -> None:
        self.tell(self._names[place] or None)


class TextsControl(Control):
    """Several texts, one a line."""

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self._lines = QPlainTextEdit(self)
        self._lines.setTabChangesFocus(True)
        height = self._lines.fontMetrics().lineSpacing() * LINES
        self._lines.setFixedHeight(height + 18)
        self._lines.document().setDocumentMargin(7)
        _fill(self, self._lines)
        self._lines.textChanged.connect(self._on_changed)

    def show_value(self) -> None:
        """Show the texts; the same ones leave cursor and empty lines alone."""
        field = self.field
        self._lines.setAccessibleName(f"{field.label}, one a line")
        self._lines.setPlaceholderText(f"{field.hint}\none a line" if field.hint else "one a line")
        texts = [as_str(one) for one in as_list(field.value)]
        if texts != self._texts:
            with QSignalBlocker(self._lines):
                self._lines.setPlainText("\n".join(texts))

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self._lines

    @property
    def _texts(self) -> list[str]:
        lines = (line.strip() for line in self._lines.toPlainText().splitlines())
        return [line for line in lines if line]

    @Slot()
    def _on_changed(self) -> None:
        self.tell(self._texts or None, self.field.name)


def _fill(control: Control, widget: QWidget) -> None:
    row = QHBoxLayout(control)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
