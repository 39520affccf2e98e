"""Choose a date range: by name, by words that are read as they are typed, or by two dates."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.filter_entry import Dates, read_range
from phdesk.core.filter_ranges import (
    BY_ENDS,
    HIDDEN,
    NO_RANGE,
    PRESETS,
    range_words,
    reading,
    span_of,
)
from phdesk.views.dialogs import words
from phdesk.views.dialogs.popover import Popover, apply_button
from phdesk.views.theme import Theme
from phdesk.views.widgets.quiet import Day
from phdesk.views.widgets.walking import WALKING

LIST_WIDTH, SIDE_WIDTH = 172, 224  # px
NONE_HERE = "An insight has dates of its own. Try last 30 days."
PLACEHOLDER = "last 13h, -8w, 1-15 Nov"


class DatesPopover(Popover):
    """One field holds the wish; list and dates only write into it, Enter takes what it reads."""

    chosen = Signal(object)  # Dates
    may_be_none = True  # each tile may keep its own dates

    def __init__(
        self,
        theme: Theme,
        now: Callable[[], datetime],
        week_start: int,
        ends: tuple[str | None, str | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Date range", parent)
        self._theme, self._now, self._week_start = theme, now, week_start
        self._found: Dates | str = ""
        self._field = QLineEdit()
        self._said = QLabel()
        self._list = QListWidget(self)
        self._first, self._last = Day(), Day()
        self._take = apply_button()
        self._arrange()
        self._fill(ends)
        self._connect()
        self._read("")
        self._field.setFocus()

    @property
    def said(self) -> str:
        """Give how the typed words are read, or what is wrong with them."""
        return self._said.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows in the field walk along the named ranges."""
        walks = isinstance(event, QKeyEvent) and event.key() in WALKING
        if watched is self._field and event.type() == QEvent.Type.KeyPress and walks:
            self._list.event(event)
            self._on_named(self._list.currentItem())
            return True
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        self._field.setPlaceholderText(PLACEHOLDER)
        self._field.setAccessibleName("Date range in words")
        self._field.setClearButtonEnabled(True)
        self._said.setFont(self._theme.font(12))
        self._said.setWordWrap(True)
        self._said.setMinimumHeight(34)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._list.setAccessibleName("Named ranges")
        self._list.setProperty("ring", True)
        self._list.setFixedWidth(LIST_WIDTH)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 12, 12, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.addWidget(self._list, 0, 0)
        grid.addLayout(self._side(), 0, 1)

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(6)
        self._field.setFixedWidth(SIDE_WIDTH)
        side.addWidget(words.caption("In words", self._field, self._theme))
        side.addWidget(self._field)
        side.addWidget(self._said)
        for name, edit in (("First day", self._first), ("Last day", self._last)):
            edit.setDisplayFormat("d MMM yyyy")
            edit.setAccessibleName(name)
            side.addWidget(words.caption(name, edit, self._theme))
            side.addWidget(edit)
        side.addStretch(1)
        side.addWidget(self._take)
        return side

    def _fill(self, ends: tuple[str | None, str | None]) -> None:
        """Offer the named ranges, with the one that holds marked; other ranges lead to none."""
        offered = [one.label for one in PRESETS if one.label not in HIDDEN]
        preset = BY_ENDS.get((ends[0] or "", ends[1]))
        holds = NO_RANGE if ends == (None, None) else preset.label if preset else ""
        for name in (*offered, *((NO_RANGE,) if self.may_be_none else ())):
            item = QListWidgetItem(name)
            self._list.addItem(item)
            if name == holds:
                self._list.setCurrentItem(item)
        self._list.setFixedHeight(self._list.sizeHintForRow(0) * self._list.count() + 6)
        span = span_of(*ends, self._now(), self._week_start)
        today = self._now().date()
        first = span.start.date() if span.start is not None else today
        self._first.setDate(QDate(first.year, first.month, first.day))
        last = min(span.end.date(), today)
        self._last.setDate(QDate(last.year, last.month, last.day))
        self._before = range_words(*ends, self._now())

    def _connect(self) -> None:
        self._field.textChanged.connect(self._read)
        self._field.returnPressed.connect(self._choose)
        self._field.installEventFilter(self)
        self._list.itemClicked.connect(self._on_clicked)
        self._list.itemActivated.connect(self._on_clicked)
        self._first.dateChanged.connect(self._on_dates)
        self._last.dateChanged.connect(self._on_dates)
        self._take.clicked.connect(self._choose)

    @Slot(str)
    def _read(self, text: str) -> None:
        """Say how the words are read."""
        if not text.strip():
            self._found = ""
            self._say(f"Now: {self._before}", "muted")
            return
        self._found = read_range(text, self._now(), self._week_start)
        if isinstance(self._found, Dates) and not (self._found.date_from or self.may_be_none):
            self._found = NONE_HERE
        if isinstance(self._found, str):
            self._say(self._found, "bad")
        elif self._found.date_from is None:
            self._say("→ each tile keeps its own dates", "muted")
        else:
            ends = (self._found.date_from, self._found.date_to)
            self._say(f"→ {reading(span_of(*ends, self._now(), self._week_start))}", "muted")

    def _say(self, said: str, tone: str) -> None:
        self._said.setText(said)
        self._said.setForegroundRole(words.BAD if tone == "bad" else words.MUTED)
        self._field.setAccessibleDescription(said)
        self._take.setEnabled(isinstance(self._found, Dates))

    def _on_named(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._field.setText(item.text())

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._on_named(item)
        self._choose()

    @Slot(QDate)
    def _on_dates(self, _date: QDate) -> None:
        iso = Qt.DateFormat.ISODate
        ends = [edit.date().toString(iso) for edit in (self._first, self._last)]
        self._field.setText("..".join(ends))

    @Slot()
    def _choose(self) -> None:
        if isinstance(self._found, Dates):
            found = self._found
            self.accept()
            self.chosen.emit(found)


class InsightDatesPopover(DatesPopover):
    """The dates of one insight, which has no others to fall back on."""

    may_be_none = False
