"""A list that a person changes here: done at once, and written in the worker in the same order."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from phdesk.services.edited_file import EditedFile

if TYPE_CHECKING:
    from phdesk.services.background import Background  # imports asyncio: not before the first paint

T = TypeVar("T")
P = ParamSpec("P")


class EditedList(QObject, Generic[T]):
    """Holds the list; without a file, as in the demo, for this run only."""

    changed = Signal()
    trouble = Signal(str)  # one sentence
    tag = "list"  # names the work in the worker

    def __init__(self, file: EditedFile[T] | None, empty: T, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._background: Background | None = None
        self._held, self.problem = file.load() if file is not None else (empty, None)
        self._sent: tuple[Callable[[T], T], ...] = ()  # being written
        self._unsent: tuple[Callable[[T], T], ...] = ()

    def change(
        self, edit: Callable[Concatenate[T, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Change the list: `change(named, board_id, name)`."""
        bound = partial(_applied, edit, args, kwargs)
        after: T = bound(self._held)
        if after == self._held:
            return
        self._held = after
        self._unsent = (*self._unsent, bound)
        self.changed.emit()
        self._send()

    def use(self, background: "Background") -> None:
        """Write in this worker from now on."""
        self._background = background
        self._send()

    @property
    def is_written(self) -> bool:
        """Say whether the file has all that was changed here."""
        return not (self._sent or self._unsent)

    def finish(self) -> str | None:
        """Write what is not written yet, here and now: the worker is gone.

        Says in a sentence why that could not be done; then it may be tried again.
        """
        self._background = None
        self._was_not_written()
        if not self._unsent or self._file is None:
            return None
        held, problem = self._file.change(self._unsent)
        if held is None:
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
            tag=self.tag,
        )

    def _was_written(self, outcome: tuple[T | None, str | None]) -> None:
        """Take what is in the file now, another program's too, with what was changed since.

        What could not be written waits for the next change, or the end.
        """
        held, problem = outcome
        if problem:
            self.trouble.emit(problem)
        if held is None:
            self._was_not_written()
            return
        self._sent = ()
        for edit in self._unsent:
            held = edit(held)
        self._take(held)
        self._send()

    def _take(self, held: T) -> None:
        if held != self._held:
            self._held = held
            self.changed.emit()

    def _was_not_written(self, _failure: object = None) -> None:
        self._unsent, self._sent = (*self._sent, *self._unsent), ()


def _applied(
    edit: Callable[..., T], args: tuple[object, ...], more: dict[str, object], held: T
) -> T:
    return edit(held, *args, **more)


async def _write(
    file: EditedFile[T], edits: tuple[Callable[[T], T], ...]
) -> tuple[T | None, str | None]:
    return file.change(edits)
