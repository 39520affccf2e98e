"""Settings that are lists of lines: each has fields of its own and a cross that takes it away."""

from abc import abstractmethod
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from phdesk.views.building.control import Control
from phdesk.views.building.rows import add_button, line, sign_button
from phdesk.views.building.sources import Sources
from phdesk.views.theme import Theme, icon


class LinesControl(Control):
    """Keeps its lines while their number does not change, so that the keyboard stays.

    A line is a widget with `fill(value)`; what it says is asked with `value`.
    """

    wide = True
    added = "Add a line"
    one = "line"

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self._lines: list[Any] = []
        self._wraps: list[QWidget] = []
        self._add = add_button(self.added, theme, self)
        self._add.setAccessibleName(self.added)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(line(self._add, stretch=None))
        self._add.clicked.connect(self.add)

    def show_value(self) -> None:
        """Show the lines."""
        values = self.read()
        while len(self._lines) > len(values):
            self._forget()
        while len(self._lines) < len(values):
            self._make()
        for place, (made, value) in enumerate(zip(self._lines, values, strict=True)):
            made.fill(value, place)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        super().set_theme(theme)
        self._add.setIcon(icon("plus", theme.muted))

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self._add

    @property
    def values(self) -> list[Any]:
        """Give what the lines say now."""
        return [made.value for made in self._lines]

    @abstractmethod
    def read(self) -> Sequence[Any]:
        """Read the values of the draft."""

    @abstractmethod
    def write(self, values: Sequence[Any], tag: str = "") -> None:
        """Tell of other values."""

    @abstractmethod
    def made_line(self) -> QWidget:
        """Make a line."""

    @abstractmethod
    def add(self) -> None:
        """Add a line, or ask what it is to be."""

    def on_line(self) -> None:
        """Tell of what is written into a line; what follows soon is of the same step."""
        self.write(self.values, self.field.name)

    def start_last(self) -> None:
        """Put the keyboard into the line that was added."""
        if self._lines:
            self._lines[-1].setFocus()

    def _make(self) -> None:
        made = self.made_line()
        gone = sign_button(f"Remove this {self.one}", "x", self.theme, self)
        gone.clicked.connect(partial(self._drop, made))
        wrap = QWidget(self)
        wrap.setLayout(line(made, gone))
        self._column.insertWidget(len(self._wraps), wrap)
        self._lines.append(made)
        self._wraps.append(wrap)

    def _forget(self) -> None:
        self._lines.pop()
        wrap = self._wraps.pop()
        self._column.removeWidget(wrap)
        wrap.hide()
        wrap.deleteLater()

    def _drop(self, made: Any) -> None:
        place = self._lines.index(made)
        self._add.setFocus()
        self.write([one for at, one in enumerate(self.values) if at != place])
