"""A person's boards in this run: changed at once, and written in the worker in the same order."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from PySide6.QtCore import QObject, Signal

from phdesk.core.boards import Boards, Edit, found, without_account
from phdesk.models.board import Board
from phdesk.services.boards_file import BoardsFile

if TYPE_CHECKING:
    from phdesk.services.background import Background  # imports asyncio: not before the first paint

P = ParamSpec("P")
Outcome = tuple[Boards | None, str | None]


class Shelf(QObject):
    """Holds the boards; without a file, as in the demo, for this run only."""

    changed = Signal()
    trouble = Signal(str)  # one sentence
    account_left = Signal()

    def __init__(self, file: BoardsFile | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._background: Background | None = None
        self.boards, self.problem = file.load() if file is not None else ((), None)
        self._sent: tuple[Edit, ...] = ()  # being written
        self._unsent: tuple[Edit, ...] = ()

    def board(self, page: int) -> Board | None:
        """Find a board by the number of its page."""
        return found(self.boards, -page)

    def change(
        self, edit: Callable[Concatenate[Boards, P], Boards], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Change the boards: `change(named, board_id, name)`."""
        bound = partial(_applied, edit, args, kwargs)
        after = bound(self.boards)
        if after == self.boards:
            return
        self.boards = after
        self._unsent = (*self._unsent, bound)
        self.changed.emit()
        self._send()

    def tiles_by_account(self) -> dict[str, int]:
        """Count the tiles of each account."""
        return dict(Counter(pick.account for one in self.boards for pick in one.picks))

    def forget(self, account: str) -> None:
        """Take all tiles of an account off; the boards stay, even empty."""
        self.change(without_account, account)
        self.account_left.emit()

    def use(self, background: "Background") -> None:
        """Write in this worker from now on."""
        self._background = background
        self._send()

    def finish(self) -> str | None:
        """Write what is not written yet, here and now: the worker is gone.

        Says in a sentence why that could not be done; then it may be tried again.
        """
        self._background = None
        self._was_not_written()
        if not self._unsent or self._file is None:
            return None
        boards, problem = self._file.change(self._unsent)
        if boards is None:
            return problem
        self._unsent = ()
        return None

    def _send(self) -> None:
        if self._file is None or self._background is None or self._sent or not self._unsent:
            return
        self._sent, self._unsent = self._unsent, ()
        self._background.submit(
            partial(_write, self._file, self._sent),
            done=self._was_written,
            failed=self._was_not_written,
            tag="boards",
        )

    def _was_written(self, outcome: Outcome) -> None:
        """Take what is in the file now, another program's boards too, with what was changed since.

        What could not be written waits for the next change, or the end.
        """
        boards, problem = outcome
        if problem:
            self.trouble.emit(problem)
        if boards is None:
            self._was_not_written()
            return
        self._sent = ()
        for edit in self._unsent:
            boards = edit(boards)
        if boards != self.boards:
            self.boards = boards
            self.changed.emit()
        self._send()

    def _was_not_written(self, _failure: object = None) -> None:
        self._unsent, self._sent = (*self._sent, *self._unsent), ()


def _applied(
    edit: Callable[..., Boards], args: tuple[object, ...], more: dict[str, object], boards: Boards
) -> Boards:
    return edit(boards, *args, **more)


async def _write(file: BoardsFile, edits: tuple[Edit, ...]) -> Outcome:
    return file.change(edits)
