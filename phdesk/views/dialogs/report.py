"""Asks what a report tells: tiles of dashboards, a period, in which form, and when by itself."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.reporting.schedule import schedule_words
from phdesk.models.report import Report, ReportFormat, Section, Show
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.report_schedule import WEEKDAYS, ScheduleFields
from phdesk.views.widgets.pressing import Dialog
from phdesk.views.widgets.quiet import Choice

PERIODS = (
    *("last week", "last month", "last quarter", "last year", "last 7 days", "last 30 days"),
    *("yesterday", "today", "this week", "this month"),
)
FORMS: tuple[tuple[str, ReportFormat], ...] = (
    ("PDF, in sheets", "pdf"),
    ("Web page (HTML)", "html"),
    ("Markdown", "md"),
)
SHOWN: tuple[tuple[str, Show], ...] = (
    ("&Sentences", "sentences"),
    ("&Charts", "chart"),
    ("T&ables", "table"),
)
NAME = Qt.ItemDataRole.UserRole
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
NO_TILE = "Choose at least one tile."
NO_SHOW = "Choose what is shown of the tiles."
NO_FOLDER = "Name a folder."
ROW = QSize(0, 24)  # px, to be hit
ALL_TILES = "all its tiles"


class Offer(Struct, frozen=True, gc=False, kw_only=True):
    """What a report can tell: tiles of the open dashboard, and other dashboards whole."""

    dashboard: int | str  # its number, or "board:NAME" for one of a person's own
    title: str
    tiles: Sequence[tuple[str, str]] = ()  # how it is named in a report, and its title
    others: Sequence[tuple[int | str, str]] = ()
    host: str = ""
    project: int | None = None
    folder: str = "~/Reports"
    no_schedule: str = ""  # why it cannot be made by itself


class ReportDialog(Dialog):
    """Nothing happens here: what is put together goes up."""

    make_requested = Signal(object, str)  # Report, format
    keep_requested = Signal(object)  # Report, with a schedule

    def __init__(self, theme: look.Theme, offer: Offer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer = offer
        self.setWindowTitle("Report")
        self._name = QLineEdit(f"{offer.title} report")
        self._name.setMaxLength(200)
        self._period, self._form = _choice("Period"), _choice("Form")
        for period in PERIODS:
            self._period.addItem(period.capitalize(), period)
        for text, form in FORMS:
            self._form.addItem(text, form)
        self._compare = QCheckBox("Compare with the &period before")
        self._compare.setChecked(True)
        self._tree = _tree(offer)
        self._shown = {show: QCheckBox(text) for text, show in SHOWN}
        for show in ("sentences", "chart"):
            self._shown[show].setChecked(True)
        self._schedule = ScheduleFields(offer.folder)
        self._schedule.setEnabled(not offer.no_schedule)
        self._said = words.note(theme)
        self._keep, self._make = QPushButton("&Keep"), QPushButton("&Make now…")
        self._make.setProperty("primary", True)
        self._make.setDefault(True)
        self._lay_out(theme)
        self._connect()
        self._update()
        self.resize(520, 680)

    @property
    def report(self) -> Report:
        """Give what is put together."""
        shown = tuple(show for show, box in self._shown.items() if box.isChecked())
        return Report(
            title=self._name.text().strip() or self._offer.title,
            period=self._period.currentData(),
            compare=self._compare.isChecked(),
            host=self._offer.host,
            project=self._offer.project,
            sections=tuple(self._sections(shown)),
            schedule=self._schedule.schedule(self._form.currentData()),
        )

    def _sections(self, shown: tuple[Show, ...]) -> list[Section]:
        found = []
        for row in range(self._tree.topLevelItemCount()):
            top = self._tree.topLevelItem(row)
            if top is None:
                continue
            inner = [one for place in range(top.childCount()) if (one := top.child(place))]
            chosen = [one for one in inner if one.checkState(0) == CHECKED]
            if not chosen and (inner or top.checkState(0) == UNCHECKED):
                continue
            names = tuple(one.data(0, NAME) for one in chosen) if len(chosen) < len(inner) else ()
            dashboard = str(top.data(0, NAME))
            found.append(Section(title=top.text(0), dashboard=dashboard, tiles=names, show=shown))
        return found

    def _lay_out(self, theme: look.Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        column.addWidget(words.heading("Report", theme))
        for text, field in (("&Name", self._name), ("Perio&d", self._period)):
            column.addWidget(words.caption(text, field, theme))
            column.addWidget(field)
        column.addWidget(self._compare)
        column.addWidget(words.caption("&Tiles", self._tree, theme))
        column.addWidget(self._tree, 1)
        shown = QHBoxLayout()
        for box in self._shown.values():
            shown.addWidget(box)
        shown.addStretch(1)
        column.addLayout(shown)
        column.addWidget(words.caption("&Form", self._form, theme))
        column.addWidget(self._form)
        column.addWidget(self._schedule)
        column.addWidget(self._said)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self._keep)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._make)
        return row

    def _connect(self) -> None:
        self._tree.itemChanged.connect(self._update)
        self._schedule.changed.connect(self._update)
        for box in self._shown.values():
            box.toggled.connect(self._update)
        self._keep.clicked.connect(self._on_keep)
        self._make.clicked.connect(self._on_make)

    @Slot()
    def _update(self) -> None:
        """Say what would come of it, or what is missing."""
        report = self.report
        missing = "" if report.sections else NO_TILE
        if not any(box.isChecked() for box in self._shown.values()):
            missing = missing or NO_SHOW
        unkept = missing or ("" if self._schedule.good else NO_FOLDER)
        self._make.setEnabled(not missing)
        self._keep.setEnabled(self._schedule.on and not unkept)
        when = ""
        if report.schedule is not None:
            when = f"Made {schedule_words(report.schedule, WEEKDAYS)}, while phdesk is open."
        self._said.setText(unkept or when or self._offer.no_schedule)
        self._said.setVisible(bool(self._said.text()))

    @Slot()
    def _on_make(self) -> None:
        self.accept()
        self.make_requested.emit(self.report, self._form.currentData())

    @Slot()
    def _on_keep(self) -> None:
        self.accept()
        self.keep_requested.emit(self.report)


def _choice(name: str) -> QComboBox:
    field = Choice()
    field.setAccessibleName(name)
    return field


def _tree(offer: Offer) -> QTreeWidget:
    """List the open dashboard with its tiles, all chosen, and the others whole, none chosen."""
    tree = QTreeWidget()
    tree.setHeaderHidden(True)
    tree.setAccessibleName("Tiles")
    tree.setProperty("ring", True)
    first = _line(offer.title, offer.dashboard, CHECKED)
    first.setFlags(first.flags() | Qt.ItemFlag.ItemIsAutoTristate)
    tree.addTopLevelItem(first)
    for name, title in offer.tiles:
        first.addChild(_line(title, name, CHECKED))
    first.setExpanded(True)
    for number, title in offer.others:
        line = _line(title, number, UNCHECKED)
        line.setToolTip(0, ALL_TILES)
        tree.addTopLevelItem(line)
    return tree


def _line(text: str, name: object, state: Qt.CheckState) -> QTreeWidgetItem:
    made = QTreeWidgetItem([text])
    made.setFlags(made.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    made.setCheckState(0, state)
    made.setData(0, NAME, name)
    made.setSizeHint(0, ROW)
    return made
