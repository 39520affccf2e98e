"""The series of an insight, or the steps of a funnel."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from phdesk.core.building.draft import Draft, at, inserted, moved, removed
from phdesk.core.building.fault import Fault
from phdesk.core.building.series import series
from phdesk.core.jsonvalue import as_list
from phdesk.views.building.control import Control
from phdesk.views.building.event_picker import EventPopover, Picked
from phdesk.views.building.rows import add_button, line
from phdesk.views.building.series_row import SeriesRow, node_of
from phdesk.views.building.sources import Sources
from phdesk.views.theme import Theme, icon

WHERE = "series"


class SeriesControl(Control):
    """Keeps its rows while their number does not change, so that the keyboard stays."""

    wide = True

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self._rows: list[SeriesRow] = []
        self._add = add_button("Add", theme, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(line(self._add, stretch=None))
        self._add.clicked.connect(self._open)

    def show_value(self) -> None:
        """Show the series."""
        found = series(self.draft)
        self._keep_rows(len(found))
        numbered = self._is_funnel
        for place, (row, one) in enumerate(zip(self._rows, found, strict=True)):
            places = (place, len(found))
            row.set_series(one, self.draft, self.around, numbered=numbered, places=places)
        said = "Add a step" if numbered else "Add a series"
        self._add.setText(said)
        self._add.setAccessibleName(said)
        most = self.field.most
        self._add.setVisible(most is None or len(found) < most)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        super().set_theme(theme)
        self._add.setIcon(icon("plus", theme.muted))
        for row in self._rows:
            row.set_theme(theme)

    @property
    def rows(self) -> Sequence[SeriesRow]:
        """Give the rows as they are shown."""
        return self._rows

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self._rows[0].event_button if self._rows else self._add

    def place(self, faults: Sequence[Fault]) -> Sequence[Fault]:
        """Say at each series what is wrong with it."""
        rest = list(faults)
        for place, row in enumerate(self._rows):
            name = f"{WHERE}.{place}"
            mine = [one for one in rest if f"{one.name}.".startswith(f"{name}.")]
            row.set_fault("\n".join(dict.fromkeys(one.message for one in mine)))
            rest = [one for one in rest if one not in mine]
        return rest

    @property
    def _is_funnel(self) -> bool:
        return self.draft.kind == "FunnelsQuery"

    def _keep_rows(self, count: int) -> None:
        while len(self._rows) > count:
            gone = self._rows.pop()
            here: QWidget | None = gone.focusWidget()
            if here is not None and here.hasFocus():
                self._add.setFocus()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._rows) < count:
            row = SeriesRow(self.theme, self.sources, self)
            row.edited.connect(self._on_edited)
            row.wish.connect(self._on_wish)
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)

    @Slot(object)
    def _on_edited(self, draft: Draft) -> None:
        self.give(draft)

    @Slot(int, str)
    def _on_wish(self, place: int, what: str) -> None:
        draft = self.draft
        if what == "remove":
            self.give(removed(draft, WHERE, place))
        elif what == "duplicate":
            held = as_list(at(draft, WHERE))
            self.give(inserted(draft, WHERE, place + 1, held[place]))
        else:
            self.give(moved(draft, WHERE, place, place + (-1 if what == "up" else 1)))

    @Slot()
    def _open(self) -> None:
        made = EventPopover(self.theme, self.sources, self.window())
        made.chosen.connect(self._on_chosen)
        made.start()
        made.open_below(self._add)

    @Slot(object)
    def _on_chosen(self, picked: Picked) -> None:
        node = node_of(picked)
        if self.draft.kind == "TrendsQuery":
            node["math"] = "total"
        count = len(as_list(at(self.draft, WHERE)))
        self.give(inserted(self.draft, WHERE, count, node))
