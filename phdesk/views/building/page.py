"""The page on which an insight is built: its settings at the left, what they show at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from phdesk.core.building.draft import Draft
from phdesk.core.building.fault import Fault
from phdesk.views.building.control import Around
from phdesk.views.building.fields_pane import FieldsPane
from phdesk.views.building.heading import Heading
from phdesk.views.building.kind_bar import KindBar
from phdesk.views.building.preview import PreviewPane
from phdesk.views.building.sources import Sources
from phdesk.views.building.variables_row import VariablesRow
from phdesk.views.dialogs import words
from phdesk.views.theme import Theme
from phdesk.views.widgets.passing import Passing
from phdesk.views.widgets.spoken import speak

PAUSE = 600  # ms after the last edit, before it is calculated
SETTINGS, SQL_SETTINGS, LEAST_HEIGHT = 420, 560, 90  # px
LOW = 700  # px of the page: the chart stands alone
KEYPAD = Qt.KeyboardModifier.KeypadModifier
NARROW = 760  # px of the page: the chart stands below the settings
KEYS = (  # name, key
    ("close", "Esc"),
    ("undo", "Ctrl+Z"),
    ("redo", "Ctrl+Shift+Z"),
    ("redo", "Ctrl+Y"),
    ("save", "Ctrl+S"),
    ("run", "Ctrl+Return"),
    ("run", "Ctrl+Enter"),
)


class BuilderPage(Passing):
    """Shows a draft and gives the one that a person makes of it; holds none itself."""

    edited = Signal(object, str)  # Draft, tag
    kind_chosen = Signal(str)
    worded = Signal(str, str, str)  # name, description, tags with commas between
    run_requested = Signal()  # now
    rested = Signal()  # nothing was edited for a moment
    close_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    save_requested = Signal()
    save_as_requested = Signal()
    add_requested = Signal()

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Insight editor")
        self._theme = theme
        self.heading = Heading(theme, self)
        self.kinds = KindBar(self)
        self.fields = FieldsPane(theme, sources, self)
        self.variables = VariablesRow(theme, sources, self)
        self.preview = PreviewPane(theme, self)
        self._rest_words = words.plain("")  # what is wrong, but with no setting
        self._parts = QSplitter(Qt.Orientation.Horizontal, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._keys = {QKeySequence(key): name for name, key in KEYS}
        self._is_sql = False
        self._lay_out()
        self._connect()
        self.fields.set_neighbours(self.kinds.last, self._after_fields)
        self.set_taker(self)

    def set_draft(self, draft: Draft, around: Around) -> None:
        """Show a draft."""
        self.kinds.set_draft(draft)
        self.fields.set_draft(draft, around)
        self.variables.set_draft(draft, around)
        is_sql = draft.kind == "HogQLQuery"
        if is_sql != self._is_sql:
            self._is_sql = is_sql
            self._share()

    def set_faults(self, faults: Sequence[Fault]) -> None:
        """Say what is wrong at its place; what has none is said above the chart."""
        rest = self.heading.set_faults(self.fields.set_faults(faults))
        said = " ".join(dict.fromkeys(one.message for one in rest))
        self._rest_words.setText(said)
        self._rest_words.setVisible(bool(said))

    def go_to(self, faults: Sequence[Fault]) -> None:
        """Give the keyboard to the first setting of which something is said to be wrong."""
        for one in faults:
            if one.name and (self.heading.go_to(one.name) or self.fields.go_to(one.name)):
                speak(self, one.message)
                return

    def wait(self) -> None:
        """Wait for a pause before the draft is calculated."""
        self._pause.start()

    def hurry(self) -> None:
        """Wait no more."""
        self._pause.stop()

    @property
    def waits(self) -> bool:
        """Tell whether an edit is waiting for a pause."""
        return self._pause.isActive()

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        for part in (self.heading, self.fields, self.variables, self.preview):
            part.set_theme(theme)

    def start(self) -> None:
        """Show the settings from the first one, whatever was looked at of the insight before."""
        self.fields.go_up()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the kinds."""
        self.kinds.taker.setFocus(reason)

    def event(self, event: QEvent) -> bool:
        """Take our keys before shortcuts of the window, which undoes other things.

        Letters find an entry of the choice that has the keyboard; here they are no shortcuts.
        """
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and (self._meant(event) or _types(event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key means."""
        meant = self._meant(event)
        wishes = {
            "close": self.close_requested,
            "undo": self.undo_requested,
            "redo": self.redo_requested,
            "save": self.save_requested,
            "run": self.run_requested,
        }
        if meant:
            wishes[meant].emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put settings and chart side by side, or where it is narrow one below the other."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.preview.set_small(small=narrow or self.height() < LOW)
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if wanted != self._parts.orientation():
            self._parts.setOrientation(wanted)
            self._share()

    def showEvent(self, event: QShowEvent) -> None:
        """Share the room out when it is known."""
        super().showEvent(event)
        self._share()

    def _after_fields(self) -> Sequence[QWidget]:
        return (*self.variables.stops, self.preview.first)

    def _meant(self, event: QKeyEvent) -> str:
        return self._keys.get(QKeySequence(event.keyCombination()), "")

    def _share(self) -> None:
        """Give the settings what they need, and the chart the rest."""
        upright = self._parts.orientation() is Qt.Orientation.Vertical
        self._parts.setStretchFactor(0, 1 if upright else 0)  # who widens it widens the chart
        if upright:
            half = max(self.height() // 2, 1)
            self._parts.setSizes([half, half])
            return
        wanted = min(SQL_SETTINGS if self._is_sql else SETTINGS, self.width() // 2)
        self._parts.setSizes([wanted, max(self.width() - wanted, 1)])

    def _lay_out(self) -> None:
        self._rest_words.setForegroundRole(words.BAD)
        self._rest_words.hide()
        self.fields.setMinimumHeight(LEAST_HEIGHT)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._rest_words)
        column.addWidget(self.variables)
        column.addWidget(self.preview, 1)
        self._parts.addWidget(self.fields)
        self._parts.addWidget(right)
        self._parts.setChildrenCollapsible(False)
        self._parts.setHandleWidth(12)
        self._parts.setProperty("quiet", True)
        self._parts.setStretchFactor(1, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 14)
        page.setSpacing(12)
        page.addWidget(self.heading)
        page.addWidget(self.kinds)
        page.addWidget(self._parts, 1)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.rested)
        self.kinds.chosen.connect(self.kind_chosen)
        self.fields.edited.connect(self.edited)
        self.variables.edited.connect(self.edited)
        self.variables.run_requested.connect(self.run_requested)
        self.fields.run_requested.connect(self.run_requested)
        self.preview.run_requested.connect(self.run_requested)
        heading = self.heading
        heading.worded.connect(self.worded)
        heading.close_requested.connect(self.close_requested)
        heading.undo_requested.connect(self.undo_requested)
        heading.redo_requested.connect(self.redo_requested)
        heading.save_requested.connect(self.save_requested)
        heading.save_as_requested.connect(self.save_as_requested)
        heading.add_requested.connect(self.add_requested)


def _types(event: QKeyEvent) -> bool:
    """Tell a key that writes a letter or figure."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | KEYPAD)
    return event.text().isalnum() and not held
