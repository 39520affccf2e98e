"""Chips of the filter bar: conditions, breakdown, variables, and that all is temporary."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from phdesk.views.dashboard.bar_words import BarWords
from phdesk.views.dashboard.filter_bar import COUNTED, ICONS, SHORT, FilterBar
from phdesk.views.theme import Theme, icon, pixmap
from phdesk.views.widgets.drop_button import DropButton
from phdesk.views.widgets.elided import ElidedLabel
from phdesk.views.widgets.tooltips import plain_tip

WIDEST = 230  # px of a chip's words
TEMPORARY = "Temporary, not saved"


class Chip(QFrame):
    """Something that holds, as words that open its choices, and a cross that takes it away."""

    requested = Signal(str, str)  # "choose" or "drop", and what it stands for

    def __init__(self, theme: Theme, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("chip", True)
        self._what = what
        self._words = QPushButton()
        self._cross = QToolButton()
        self._cross.setFixedSize(24, 24)
        self._cross.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 2, 1)
        row.setSpacing(0)
        row.addWidget(self._words)
        row.addWidget(self._cross)
        self._words.clicked.connect(self._on_pressed)
        self._cross.clicked.connect(self._on_dropped)
        self.set_theme(theme)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Give the controls at which Tab stops."""
        return self._words, self._cross

    def set_words(self, words: str) -> None:
        """Show words, cut where they are long."""
        measure = QFontMetrics(self._words.font())
        self._words.setText(measure.elidedText(words, Qt.TextElideMode.ElideMiddle, WIDEST))
        self._words.setToolTip(plain_tip(words))
        self._words.setAccessibleName(f"Filter: {words}")
        self._cross.setAccessibleName(f"Remove the filter: {words}")
        self._cross.setToolTip("Remove")

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._cross.setIcon(icon("x", theme.muted))
        self._cross.setIconSize(QSize(12, 12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take it away with Delete."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.requested.emit("drop", self._what)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_pressed(self) -> None:
        self.requested.emit("choose", self._what)

    @Slot()
    def _on_dropped(self) -> None:
        self.requested.emit("drop", self._what)


class Temporary(QFrame):
    """Says that what is seen is nobody else's, and leads back."""

    requested = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("temporary", True)
        self._words = ElidedLabel()
        self._sign = QLabel()
        self._reset = QPushButton("Reset")
        self._reset.setAccessibleName("Reset to the dashboard's own filters")
        self._reset.setToolTip("Back to the dashboard's own filters (Shift+D)")
        self._menu = QToolButton()
        self._menu.setAccessibleName("Temporary filters: name them, or save them for everyone")
        self._menu.setToolTip("Name these filters, save them for everyone")
        self._menu.setFixedSize(26, 28)
        self._menu.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 1, 0)
        row.setSpacing(2)
        for part in (self._sign, self._words, self._reset, self._menu):
            row.addWidget(part)
        row.insertSpacing(1, 4)
        self._reset.clicked.connect(self._on_reset)
        self._menu.clicked.connect(self._on_menu)
        self.setAccessibleName(TEMPORARY)
        self.set_level(0)
        self.set_theme(theme)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Give the controls at which Tab stops."""
        return self._reset, self._menu

    def set_level(self, level: int) -> None:
        """Say it shorter where there is no room."""
        self._words.setText("Temporary" if level >= SHORT else TEMPORARY)
        self._words.setVisible(level < ICONS)
        self._row.invalidate()  # at once: the bar asks for the new width next
        self.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._menu.setIcon(icon("chevron-down", theme.warn))
        self._reset.setFont(theme.font(13, 650))
        self._sign.setPixmap(pixmap("history", theme.warn, 14))
        self._sign.setFixedSize(14, 14)

    @Slot()
    def _on_reset(self) -> None:
        self.requested.emit("reset", "")

    @Slot()
    def _on_menu(self) -> None:
        self.requested.emit("choose", "temporary")


class Choice(DropButton):
    """A button that opens choices: of an SQL variable, or of all chips where there is no room."""

    requested = Signal(str, str)

    def __init__(self, theme: Theme, sign: str, what: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, sign, parent)
        self._what = what
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.requested.emit("choose", self._what)


class Variable(Choice):
    """An SQL variable with its value."""


class Count(Choice):
    """Stands for all chips where there is no room for them."""


def fill(bar: FilterBar, theme: Theme, words: BarWords, parts: dict[str, QWidget]) -> None:
    """Make, rename and take away parts until they say these words."""
    wanted = dict(_wanted(words))
    for gone in [name for name in parts if name not in wanted]:
        part = parts.pop(gone)
        focused: QWidget | None = bar.focusWidget()
        if focused is not None and (part is focused or part.isAncestorOf(focused)):
            bar.anchor("dates").setFocus(Qt.FocusReason.OtherFocusReason)  # Qt would leave the bar
        bar.row.removeWidget(part)
        part.hide()
        part.deleteLater()
    for name, said in wanted.items():
        if name not in parts:
            parts[name] = _made(bar, theme, name)
        part = parts[name]
        if isinstance(part, Chip):
            part.set_words(said)
        elif isinstance(part, DropButton):
            part.set_words(said, f"SQL variable {said}" if isinstance(part, Variable) else said)
    _place(bar, parts, wanted)


def stops_of(part: QWidget) -> tuple[QWidget, ...]:
    """Give the controls of a part at which Tab stops, in their order."""
    return part.stops if isinstance(part, Chip | Temporary) else (part,)


def show_level(parts: Mapping[str, QWidget], level: int) -> None:
    """Show chips, or their number, and the temporary chip at the length that fits."""
    for part in parts.values():
        if isinstance(part, Temporary):
            part.set_level(level)
            part.show()  # the layout would do it a turn later
        elif isinstance(part, Count):
            part.setVisible(level >= COUNTED)
            part.set_brief(brief=level >= ICONS)
        else:
            part.setVisible(level < COUNTED)


def _wanted(words: BarWords) -> Iterator[tuple[str, str]]:
    """List the parts in their order: a name and what it says."""
    chips = [(f"condition {place}", said) for place, said in enumerate(words.conditions)]
    named = (("nested", words.nested), ("breakdown", words.breakdown), ("tests", words.tests))
    chips += [(name, said) for name, said in named if said]
    chips += [(f"variable {number}", said) for number, said in words.variables]
    yield from chips
    if chips:
        yield "count", f"{len(chips)} filter{'' if len(chips) == 1 else 's'}"
    if words.temporary:
        yield "temporary", TEMPORARY


def _place(bar: FilterBar, parts: Mapping[str, QWidget], names: Mapping[str, str]) -> None:
    """Put the parts in their order: chips before the button that adds one, the rest at the end."""
    for name in names:
        bar.row.removeWidget(parts[name])
    at = 2
    for name in names:
        part = parts[name]
        if isinstance(part, Temporary):
            bar.row.addWidget(part)
        else:
            bar.row.insertWidget(at, part)
            at += 1
    before: QWidget = bar.anchor("interval")
    chips = [name for name in names if name != "temporary"]
    for name in (*chips, "new", "more", *(["temporary"] if "temporary" in names else [])):
        for stop in stops_of(bar.anchor(name)):
            QWidget.setTabOrder(before, stop)
            before = stop


def _made(bar: FilterBar, theme: Theme, name: str) -> QWidget:
    made: Chip | Temporary | Choice
    if name == "temporary":
        made = Temporary(theme, bar)
    elif name == "count":
        made = Count(theme, "filter", "chips", bar)
    elif name.startswith("variable "):
        made = Variable(theme, "settings", name, bar)
    else:
        made = Chip(theme, name, bar)
    made.requested.connect(bar.requested)
    return made
