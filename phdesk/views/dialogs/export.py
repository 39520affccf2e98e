"""Asks as what a dashboard or a tile is exported, and says beforehand what comes of it."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.export.wish import COPIED, DRAWN, FORMATS, SCALES, Subject, Wish
from phdesk.views.widgets.elided import ElidedLabel
from phdesk.views.widgets.pressing import Dialog
from phdesk.views.widgets.quiet import Choice

WIDTH, EDGE = 460, 20  # px


class ExportDialog(Dialog):
    """Fields for what a format can be told; nothing happens here, the wish goes up."""

    save_requested = Signal(object)  # Wish
    copy_requested = Signal(object)  # Wish

    def __init__(
        self,
        theme: look.Theme,
        subject: Subject,
        wish: Wish,
        foretold: Callable[[Wish], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._subject, self._foretold = subject, foretold
        title = "Export the tile" if subject.alone else "Export the dashboard"
        self.setWindowTitle(f"{title} {subject.title}")
        self._format = _choice(
            "Format", [(t, f) for f, t in FORMATS if subject.alone or f != "csv"]
        )
        self._paper = _choice("Paper", [("A4", "A4"), ("Letter", "Letter")])
        self._turn = _choice("Sheets", [("Upright", False), ("Landscape", True)])
        self._scale = _choice("Fineness", list(SCALES))
        self._light = QCheckBox("Light &theme, for paper")
        self._all = QCheckBox("&All rows, hidden ones too")
        self._said = words.note(theme)
        self._copy, self._save = QPushButton("&Copy"), QPushButton("&Save…")
        self._save.setProperty("primary", True)
        self._save.setDefault(True)
        self._parts: dict[QWidget, Callable[[Wish], bool]] = {
            self._paper: _is_pdf,
            self._turn: _is_pdf,
            self._scale: _is_png,
            self._light: self._may_be_light,
            self._all: self._may_be_whole,
        }
        self._captions = {
            field: words.caption(name, field, theme) for name, field in self._fields()
        }
        self._lay_out(words.heading(title, theme), _named(subject.title, theme))
        self._set_wish(wish)
        self._connect()
        self.setMinimumWidth(WIDTH)  # it gets no narrower with the fields that go
        self.resize(WIDTH, 0)

    @property
    def wish(self) -> Wish:
        """Give what is chosen."""
        return Wish(
            format=self._format.currentData(),
            paper=self._paper.currentData(),
            landscape=self._turn.currentData(),
            light=self._light.isChecked(),
            scale=self._scale.currentData(),
            all_rows=self._all.isChecked(),
        )

    def _fields(self) -> tuple[tuple[str, QComboBox], ...]:
        return (
            ("&Format", self._format),
            ("&Paper", self._paper),
            ("Shee&ts", self._turn),
            ("F&ineness", self._scale),
        )

    def _set_wish(self, wish: Wish) -> None:
        for field, value in (
            (self._format, wish.format),
            (self._paper, wish.paper),
            (self._turn, wish.landscape),
            (self._scale, wish.scale),
        ):
            field.setCurrentIndex(max(field.findData(value), 0))
        self._light.setChecked(wish.light)
        self._all.setChecked(wish.all_rows)
        self._update()

    def _lay_out(self, heading: QWidget, subject: QWidget) -> None:
        row = QHBoxLayout()
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.reject)
        row.addWidget(self._copy)
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, 16)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(subject)
        for field, caption in self._captions.items():
            column.addWidget(caption)
            column.addWidget(field)
        for part in (self._light, self._all, self._said):
            column.addWidget(part)
        column.addSpacing(4)
        column.addLayout(row)

    def _connect(self) -> None:
        for field in self._captions:
            field.currentIndexChanged.connect(self._update)
        self._light.toggled.connect(self._update)
        self._all.toggled.connect(self._update)
        self._copy.clicked.connect(self._on_copy)
        self._save.clicked.connect(self._on_save)

    @Slot()
    def _update(self) -> None:
        """Show what the format can be told, and what comes of it."""
        wish = self.wish
        for part, applies in self._parts.items():
            part.setVisible(applies(wish))
            if isinstance(part, QComboBox):
                self._captions[part].setVisible(applies(wish))
        self._copy.setEnabled(wish.format in COPIED)
        self._said.setText(self._foretold(wish))
        room = (self.width() if self.isVisible() else WIDTH) - 2 * EDGE
        self._said.setFixedHeight(self._said.heightForWidth(room))  # Qt counts two lines alone
        self.adjustSize()

    def _may_be_light(self, wish: Wish) -> bool:
        return wish.format in DRAWN and self._subject.dark

    def _may_be_whole(self, wish: Wish) -> bool:
        return wish.format not in DRAWN and self._subject.differs

    @Slot()
    def _on_copy(self) -> None:
        self.accept()
        self.copy_requested.emit(self.wish)

    @Slot()
    def _on_save(self) -> None:
        self.accept()
        self.save_requested.emit(self.wish)


def _named(title: str, theme: look.Theme) -> ElidedLabel:
    """Name what is exported, in one line: wrapped, a long name would be cut in the middle."""
    label = ElidedLabel()
    label.setText(title)
    label.setFont(theme.font(12))
    label.setForegroundRole(words.MUTED)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return label


def _is_pdf(wish: Wish) -> bool:
    return wish.format == "pdf"


def _is_png(wish: Wish) -> bool:
    return wish.format == "png"


def _choice(name: str, values: list[tuple[str, object]]) -> QComboBox:
    field = Choice()
    field.setAccessibleName(name)
    for text, value in values:
        field.addItem(text, value)
    return field
