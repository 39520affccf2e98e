"""Make a dashboard: choose what it starts with, say what it is for, fill in one's own events."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.templates import starts
from phdesk.core.templates.starts import BLANK, Start
from phdesk.models.dashboard import DashboardDraft
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.dashboard_fields import DashboardFields
from phdesk.views.dialogs.form import Form
from phdesk.views.dialogs.making_line import MakingLine
from phdesk.views.dialogs.slot_fields import Definition, SlotFields
from phdesk.views.dialogs.trouble import Keyboard
from phdesk.views.widgets.tooltips import plain_tip
from phdesk.views.widgets.walking import WalkingField

WIDTH, HEIGHT, LIST = 860, 640, 264  # px
ROW = 30  # px
START = Qt.ItemDataRole.UserRole
FOR_ALL = "Everyone in the project sees the dashboard."
NOT_ALL = "{0} of its tiles can only be made by PostHog itself and are left out."
NOTHING = "Nothing found"


class StartField(WalkingField):
    """Finds what to start with; Enter goes on to the name, and makes nothing yet."""

    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, else walk or type."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class NewDashboard(Form):
    """Nothing is made here: wishes go up, and how far it is comes back."""

    make_requested = Signal(object, object, object)  # Start, DashboardDraft, names by slot
    names_wanted = Signal(str, str)  # event or property, search
    usual_wanted = Signal(str, str)  # the same, beside what a person looks for

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("New dashboard")
        self._theme = theme
        self._starts: tuple[Start, ...] = ()
        self._start = BLANK
        self._named = ""  # the name that a start gave, not a person
        self._said = ""
        self._filling = False
        self._keyboard = Keyboard(self)
        self._list = QListWidget(self)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._find = StartField(self._list)
        self._title, self._about = words.heading("", theme), words.note(theme)
        self.fields, self.slots_ = DashboardFields(theme), SlotFields(theme)
        self._tiles = words.note(theme)
        self._listing = words.note(theme)
        self.making = MakingLine(theme)
        self._make = QPushButton("Make the dashboard")
        self._cancel = QPushButton("Cancel")
        self._form, self._area = QWidget(), QScrollArea()
        self._arrange()
        self._connect()
        self.resize(WIDTH, HEIGHT)

    def set_starts(self, found: Sequence[Start]) -> None:
        """Offer what a dashboard can start with."""
        self._starts = tuple(found)
        self._fill()

    def set_listing(self, text: str) -> None:
        """Say below the list how it is with PostHog's own templates."""
        self._listing.setText(text)
        self._listing.setVisible(bool(text))

    def set_names(self, kind: str, found: Iterable[Definition]) -> None:
        """Offer events or properties that PostHog knows."""
        self.slots_.set_names(kind, found)

    def choose(self, key: str) -> None:
        """Choose what to start with."""
        for row in range(self._list.count()):
            start = self._list.item(row).data(START)
            if start is not None and start.key == key:
                self._list.setCurrentRow(row)

    def set_working(self, *, on: bool) -> None:
        """Show that something is on its way; nothing is sent twice, nothing changes meanwhile."""
        if on:
            self._keyboard.hold()
        elif self.making.busy:
            self.making.set_idle()
        for part in (self._form, self._find, self._list):
            part.setEnabled(not on)
        self._cancel.setVisible(not on)
        self._make.setVisible(not on)
        self._update()
        if not on:
            self._keyboard.give_back()

    def set_wrong(self, wrong: Mapping[str, str]) -> None:
        """Say at the fields why nothing was made, or what is wrong with the whole."""
        self.fields.set_wrong(wrong, self._say)
        focused = self._form.focusWidget()
        if focused is not None:
            self._area.ensureWidgetVisible(focused)

    def _say(self, why: str) -> None:
        if why:
            self.making.set_trouble(why)
        else:
            self.making.set_idle()

    @property
    def start(self) -> Start:
        """Give what is chosen."""
        return self._start

    @property
    def tiles(self) -> str:
        """Give what is said of the tiles that would come."""
        return self._tiles.text()

    @property
    def written_in(self) -> QWidget:
        """Give the fields; beside them a person looks for what to start with."""
        return self._form

    @property
    def is_written(self) -> bool:
        """Tell whether words would be lost; while it is made, and half made, leaving loses none."""
        return super().is_written and not self.making.busy and not self.making.asks

    def reject(self) -> None:
        """Close; what is on its way is stopped first, and what is half made is kept."""
        if self.making.busy:
            self.making.stop()
        elif self.making.asks:
            self.making.keep_requested.emit()
        else:
            super().reject()

    def _arrange(self) -> None:
        self._find.setPlaceholderText("Find a template")
        self._find.setAccessibleName("Find what to start with")
        self._find.setClearButtonEnabled(True)
        self._list.setAccessibleName("What to start with")
        self._list.setFixedWidth(LIST)
        self._list.setWordWrap(True)
        self._listing.hide()
        self._make.setProperty("primary", True)
        self._make.setDefault(True)
        self._cancel.setAutoDefault(False)
        left = QVBoxLayout()
        left.setSpacing(8)
        for part in (self._find, self._list, self._listing):
            left.addWidget(part)
        sides = QHBoxLayout()
        sides.setSpacing(20)
        sides.addLayout(left)
        sides.addWidget(self._scrolled(), 1)
        row = QHBoxLayout()
        row.addWidget(words.note(self._theme, FOR_ALL), 1)
        row.addWidget(self._cancel)
        row.addWidget(self._make)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(words.heading("New dashboard", self._theme))
        column.addLayout(sides, 1)
        column.addWidget(self.making)
        column.addLayout(row)

    def _scrolled(self) -> QScrollArea:
        self._title.setFont(self._theme.font(15, 650))
        inner = QVBoxLayout(self._form)
        inner.setContentsMargins(0, 0, 12, 0)
        inner.setSpacing(12)
        parts = (self._title, self._about, self._tiles, self.fields, self.slots_)
        for part in parts:
            inner.addWidget(part)
        inner.addStretch(1)
        area = self._area
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._form)
        return area

    def _connect(self) -> None:
        self._find.textChanged.connect(self._fill)
        self._find.taken.connect(self.fields.start)
        self._list.currentItemChanged.connect(self._on_current)
        self.fields.changed.connect(self._update)
        self.slots_.changed.connect(self._update)
        self.slots_.wanted.connect(self.names_wanted)
        self.slots_.usual_wanted.connect(self.usual_wanted)
        self._make.clicked.connect(self._on_make)
        self._cancel.clicked.connect(self.reject)

    @Slot()
    def _fill(self) -> None:
        """List what fits the search, under headings; what was chosen stays so where it is there."""
        key, group = self._start.key, ""
        self._filling = True
        self._list.clear()
        for start in starts.found(self._starts, self._find.text()):
            if start.group != group:
                group = start.group
                self._list.addItem(self._heading(group))
            item = QListWidgetItem(start.title)
            item.setData(START, start)
            item.setToolTip(plain_tip(start.about))
            item.setSizeHint(QSize(0, ROW))
            self._list.addItem(item)
        if not self._list.count():
            self._list.addItem(self._heading(NOTHING))
        self._filling = False
        self.choose(key)
        sought, row = self._find.text(), self._list.currentRow()
        if row < 0 or not starts.is_named(self._list.item(row).data(START), sought):
            self._list.setCurrentRow(self._first(sought))
        self._on_current()

    def _heading(self, text: str) -> QListWidgetItem:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(self._theme.font(11.5))
        item.setForeground(self._theme.muted)
        item.setSizeHint(QSize(0, ROW))
        return item

    def _first(self, sought: str) -> int:
        """Give the first row that is called so, else the first of which it is said."""
        found = [self._list.item(row).data(START) for row in range(self._list.count())]
        rows = [row for row, start in enumerate(found) if start is not None]
        return next((row for row in rows if starts.is_named(found[row], sought)), (rows or [-1])[0])

    @Slot()
    def _on_current(self) -> None:
        if self._filling:
            return
        row = self._list.currentRow()
        start = self._list.item(row).data(START) if row >= 0 else None
        if start is None or (start == self._start and self._title.text()):
            return
        self._start = start
        self._title.setText(start.title)
        self._about.setText(start.about)
        self._about.setVisible(start is BLANK)  # else it stands in its field
        self._take_over(start)
        self.slots_.set_slots(start.slots)
        self.slots_.let_follow(self.fields.last, self._cancel)
        self._update()

    def _take_over(self, start: Start) -> None:
        """Fill in what a start brings, wherever a person has not written something else."""
        draft = self.fields.draft
        mine = draft.name not in ("", self._named)
        told = draft.description not in ("", self._said)
        self._named = draft.name if mine else start.name
        self._said = start.about if start is not BLANK else ""
        self.fields.set_draft(
            DashboardDraft(
                name=draft.name if mine else start.name,
                description=draft.description if told else self._said,
                tags=start.tags or draft.tags if not mine else draft.tags,
                pinned=draft.pinned,
                folder=draft.folder,
            )
        )

    @Slot()
    def _update(self) -> None:
        names = starts.tile_names(self._start, self.slots_.chosen)
        many = "1 tile" if len(names) == 1 else f"{len(names)} tiles"
        text = f"{many}: {', '.join(names)}." if names else ""
        lost = starts.left_out(self._start.listed) if self._start.listed is not None else 0
        if lost and self._start.slots:
            text = f"{text} {NOT_ALL.format(lost)}"
        self._tiles.setText(text)
        self._tiles.setVisible(bool(text))
        missing = starts.missing(self._start, self.slots_.chosen)
        ready = bool(self.fields.draft.name) and not missing and not self.making.busy
        self._make.setEnabled(ready)
        why = _why_not(self.fields.draft, [slot.label for slot in missing])
        self._make.setToolTip(plain_tip(why))

    @Slot()
    def _on_make(self) -> None:
        chosen: Mapping[str, str] = self.slots_.chosen
        self.make_requested.emit(self._start, self.fields.draft, chosen)


def _why_not(draft: DashboardDraft, missing: Sequence[str]) -> str:
    if not draft.name:
        return "Give it a name first."
    return f"Say first which of your events this is: {missing[0]}." if missing else ""
