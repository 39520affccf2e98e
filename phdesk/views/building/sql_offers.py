"""The list below the cursor of what can be completed."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from phdesk.core.hogql.offering import Offer, Offers

ROWS, ROW, WIDTH = 8, 26, 300  # rows shown at most, px
OFFER = Qt.ItemDataRole.UserRole


class SqlOffers(QListWidget):
    """Lies over the editor, which keeps the keyboard; never a window of its own."""

    taken = Signal(object)  # Offer

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.offers = Offers(0, "")
        self.setObjectName("sql_offers")
        self.setAccessibleName("Completions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("offers", True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._on_clicked)
        self.hide()

    def show_at(self, cursor: QRect, offers: Offers, room: QRect) -> None:
        """Show the offers below the line of the cursor, or above it where there is no room."""
        self.offers = offers
        self.clear()
        for offer in offers.offers:
            self.addItem(_item(offer))
        if not offers.offers:
            self.hide()
            return
        self.setCurrentRow(0)
        height = min(len(offers.offers), ROWS) * self.sizeHintForRow(0) + 4
        self.resize(min(WIDTH, room.width()), height)
        top = cursor.bottom() + 2
        if top + height > room.bottom() and cursor.top() - height > room.top():
            top = cursor.top() - height - 2
        left = max(room.left(), min(cursor.left(), room.right() - self.width()))
        self.move(QPoint(left, top))
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Walk to another offer, round and round."""
        self.setCurrentRow((self.currentRow() + by) % max(self.count(), 1))

    @property
    def current(self) -> Offer | None:
        """Give the offer that is marked."""
        chosen = self.selectedItems()
        return chosen[0].data(OFFER) if chosen and self.isVisible() else None

    @property
    def texts(self) -> Sequence[str]:
        """Give what is offered."""
        return [offer.text for offer in self.offers.offers]

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.taken.emit(item.data(OFFER))


def _item(offer: Offer) -> QListWidgetItem:
    made = QListWidgetItem(f"{offer.text}   {offer.hint}" if offer.hint else offer.text)
    made.setData(OFFER, offer)
    return made
