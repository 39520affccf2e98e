"""A person's boards in this run."""

from collections import Counter

from PySide6.QtCore import QObject, Signal

from phdesk.core.boards import Boards, found, without_account
from phdesk.models.board import Board
from phdesk.services.boards_file import BoardsFile
from phdesk.services.edited_list import EditedList


class Shelf(EditedList[Boards]):
    """Holds the boards; without a file, as in the demo, for this run only."""

    account_left = Signal()
    tag = "boards"

    def __init__(self, file: BoardsFile | None = None, parent: QObject | None = None) -> None:
        super().__init__(file, (), parent)

    @property
    def boards(self) -> Boards:
        """Give the boards."""
        return self._held

    def board(self, page: int) -> Board | None:
        """Find a board by the number of its page."""
        return found(self.boards, -page)

    def tiles_by_account(self) -> dict[str, int]:
        """Count the tiles of each account."""
        return dict(Counter(pick.account for one in self.boards for pick in one.picks))

    def forget(self, account: str) -> None:
        """Take all tiles of an account off; the boards stay, even empty."""
        self.change(without_account, account)
        self.account_left.emit()
