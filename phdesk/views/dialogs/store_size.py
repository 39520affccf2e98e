"""How much of what was shown is kept on this computer, how much it may be, and a way to free it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from phdesk.views.dialogs import words
from phdesk.views.theme import Theme
from phdesk.views.widgets.meter import Meter
from phdesk.views.widgets.quiet import QuietNumber

MEGABYTE = 1024 * 1024
LEAST, MOST, STEP = 50, 100_000, 50  # MB
USED = "accent"
FULL = "More than the limit: open, pinned and favourite dashboards always stay."
NOWHERE = "Nothing is kept on this computer now, because its files cannot be written."
SURE = (
    "Removes what was kept of all accounts, with its history. Layouts that are not saved to "
    "PostHog stay, and what this window shows is read again."
)


class StoreSize(QWidget):
    """Says and sets; asks once more before anything is removed."""

    limit_changed = Signal(int)  # MB
    clearing_requested = Signal()
    grew = Signal()  # it needs more room, or less

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._megabytes = 0
        self._used, self._full = words.plain(""), words.note(theme, FULL)
        self._used.setFont(theme.font(13, 600))
        self._meter = Meter(theme)
        self._limit = QuietNumber()
        self._limit.setRange(LEAST, MOST)
        self._limit.setSingleStep(STEP)
        self._limit.setSuffix(" MB")
        self._limit.setKeyboardTracking(False)  # a number that is half typed is none
        self._limit.setAccessibleName("Most megabytes to keep on this computer")
        self._clear, self._remove, self._keep = map(_button, ("Clea&r…", "&Remove", "&Keep"))
        self._remove.setProperty("danger", True)
        self._question = QWidget()
        self._lay_out(theme)
        self._question.hide()
        self._limit.valueChanged.connect(self._on_limit)
        self._clear.clicked.connect(self._on_clear)
        self._keep.clicked.connect(self._on_keep)
        self._remove.clicked.connect(self._on_remove)

    def set_store(self, used: int | None, megabytes: int) -> None:
        """Say how many bytes are kept, None where none can be, and what the limit is."""
        self._megabytes = megabytes
        self._limit.setMinimum(min(LEAST, megabytes))  # the file may say less, or more
        self._limit.setMaximum(max(MOST, megabytes))
        if not self._limit.hasFocus():
            self._limit.setValue(megabytes)
        share = 0.0 if used is None else used / MEGABYTE / max(1, megabytes)
        said = NOWHERE if used is None else _said(used, megabytes)
        self._used.setText(said)
        self._meter.set_parts(((min(1.0, share), USED),), said)
        self._show(self._full, share > 1)
        self._clear.setEnabled(bool(used))

    def set_clearing(self, *, clearing: bool) -> None:
        """Say that everything is being removed, or that it is done."""
        self._clear.setText("Removing…" if clearing else "Clea&r…")
        self._clear.setDisabled(clearing)

    def _show(self, label: QWidget, visible: bool) -> None:  # noqa: FBT001  as Qt has it
        if label.isHidden() == visible:
            label.setVisible(visible)
            self.grew.emit()

    def _lay_out(self, theme: Theme) -> None:
        row = QHBoxLayout()
        row.addWidget(words.caption("Keep at &most", self._limit, theme))
        row.addStretch(1)
        row.addWidget(self._limit)
        row.addWidget(self._clear)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._keep)
        buttons.addWidget(self._remove)
        asked = QVBoxLayout(self._question)
        asked.setContentsMargins(0, 0, 0, 0)
        sure = QLabel(SURE)
        sure.setWordWrap(True)
        sure.setFont(theme.font(12))
        asked.addWidget(sure)
        asked.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._used)
        column.addWidget(self._meter)
        column.addWidget(self._full)
        column.addLayout(row)
        column.addWidget(self._question)
        self._keep.setAccessibleDescription(SURE)
        self._remove.setAccessibleDescription(SURE)

    @Slot(int)
    def _on_limit(self, megabytes: int) -> None:
        if megabytes != self._megabytes:
            self._megabytes = megabytes
            self.limit_changed.emit(megabytes)

    @Slot()
    def _on_clear(self) -> None:
        self._ask(visible=True)
        self._keep.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_keep(self) -> None:
        self._ask(visible=False)
        self._clear.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_remove(self) -> None:
        self._ask(visible=False)
        self._limit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clearing_requested.emit()

    def _ask(self, *, visible: bool) -> None:
        self._clear.setHidden(visible)
        self._show(self._question, visible)


def _button(text: str) -> QPushButton:
    """Make a button that Enter in a field does not press."""
    button = QPushButton(text)
    button.setAutoDefault(False)
    return button


def _said(used: int, limit: int) -> str:
    megabytes = used / MEGABYTE
    size = f"{megabytes:.1f}" if megabytes < 10 else f"{megabytes:,.0f}"
    return f"{size} of {limit:,} MB kept on this computer"
