"""Choose the dashboards on which an insight is shown."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.finding import folded
from phdesk.core.listing import title_of
from phdesk.models.dashboard import DashboardRow
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.trouble import Trouble
from phdesk.views.widgets.pressing import Dialog
from phdesk.views.widgets.spoken import speak
from phdesk.views.widgets.walking import WalkingField

ROW = Qt.ItemDataRole.UserRole
WIDTH, HEIGHT = 500, 300  # px
EXPLAINED = "It is shown there for everyone. What a dashboard filters is not written into it."


class DashboardChoice(Dialog):
    """A list with a box for each dashboard, and a field that finds some of them.

    From the field arrows walk along the list, and Enter ticks.
    """

    chosen = Signal(object)  # tuple of dashboard ids

    def __init__(
        self,
        theme: look.Theme,
        rows: Sequence[DashboardRow],
        on: Collection[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Add to dashboards")
        self._kept = [one for one in on if one not in {row.id for row in rows}]  # not listed here
        self._list = QListWidget(self)
        self._trouble = Trouble(self)
        self._field = WalkingField(self._list)
        self._done = QPushButton("Save for everyone")
        self._arrange(theme)
        for row in rows:
            item = QListWidgetItem(title_of(row))
            item.setData(ROW, row.id)
            item.setCheckState(Qt.CheckState.Checked if row.id in on else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._field.textChanged.connect(self._find)
        self._field.returnPressed.connect(self._on_enter)
        self._list.itemActivated.connect(self._toggle)
        self._done.clicked.connect(self._on_done)
        self._field.setFocus()

    def _arrange(self, theme: look.Theme) -> None:
        self._field.setPlaceholderText("Find a dashboard")
        self._field.setAccessibleName("Find a dashboard")
        self._list.setAccessibleName("Dashboards")
        self._list.setProperty("ring", True)
        self._list.setMinimumHeight(HEIGHT)
        self._done.setProperty("primary", True)
        self._done.setAutoDefault(False)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading("Add to dashboards", theme))
        column.addWidget(words.note(theme, EXPLAINED))
        column.addWidget(self._trouble)
        column.addWidget(self._field)
        column.addWidget(self._list)
        column.addLayout(buttons)
        self.resize(WIDTH, 0)

    def bring_back(self, ticked: Collection[int], why: str, *, sure: bool) -> None:
        """Show what a person ticked and PostHog did not take, with the reason.

        Each such dashboard says what is so with it, or where nobody is `sure`, what may be.
        """
        words = ("not added", "still on it") if sure else ("perhaps added", "perhaps taken off")
        for item in (self._list.item(row) for row in range(self._list.count())):
            was = item.checkState() is Qt.CheckState.Checked
            wanted = item.data(ROW) in ticked
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
            if wanted != was:
                item.setText(f"{item.text()} ({words[was]})")
        self._trouble.say(why)

    @Slot(str)
    def _find(self, text: str) -> None:
        sought = folded(text.strip())
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setHidden(sought not in folded(item.text()))
        items = [self._list.item(row) for row in range(self._list.count())]
        shown = [one for one in items if not one.isHidden()]
        if shown and self._list.currentItem() not in shown:
            self._list.setCurrentItem(shown[0])

    @Slot()
    def _on_enter(self) -> None:
        if self._list.currentRow() < 0:
            return
        item = self._list.currentItem()
        if not item.isHidden():
            self._toggle(item)
            ticked = item.checkState() is Qt.CheckState.Checked
            speak(self._field, f"{item.text()}: {'ticked' if ticked else 'not ticked'}")

    @Slot(QListWidgetItem)
    def _toggle(self, item: QListWidgetItem) -> None:
        """Tick with Enter as with Space."""
        ticked = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    @Slot()
    def _on_done(self) -> None:
        items = [self._list.item(row) for row in range(self._list.count())]
        ticked = [one.data(ROW) for one in items if one.checkState() is Qt.CheckState.Checked]
        self.accept()
        self.chosen.emit((*ticked, *self._kept))
