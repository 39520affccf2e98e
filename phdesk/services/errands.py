"""The work of one workspace in the common worker, so that all of it can be given up at once."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from phdesk.models.failure import Failure
from phdesk.services.background import Background, Ticket, Work

T = TypeVar("T")
LASTING = "forget"  # the tag of work that ends, whoever goes meanwhile
MANY = 100  # tickets, before those that are done are forgotten


class Errands:
    """Submits like the worker itself, and remembers what is still to be answered."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._tickets: list[Ticket] = []
        self._closers: list[Work[object]] = []

    def submit(
        self,
        work: Work[T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Failure], None],
        tag: str = "",
    ) -> Ticket:
        """Run a coroutine in the worker; one of the callbacks is called later in this thread."""
        if len(self._tickets) >= MANY:
            self._tickets = [one for one in self._tickets if one.active]
        ticket = self._background.submit(work, done=done, failed=failed, tag=tag)
        self._tickets.append(ticket)
        return ticket

    def at_stop(self, work: Work[object]) -> None:
        """Note something to do in the worker when these errands end, or the worker does."""
        self._closers.append(work)
        self._background.at_stop(work)

    def not_at_stop(self, work: Work[object]) -> None:
        """Forget what was noted: it is done."""
        if work in self._closers:
            self._closers.remove(work)
        self._background.not_at_stop(work)

    def close(self) -> None:
        """Give up what is still to be answered, then do what was noted for the end."""
        for ticket in self._tickets:
            if ticket.tag != LASTING:
                ticket.cancel()
        self._tickets.clear()
        for work in self._closers:
            ended = partial(_ended, self._background, work)
            self._background.submit(work, done=ended, failed=ended, tag="closing")
        self._closers.clear()


Worker = Background | Errands


def close_soon(worker: Worker, close: Work[object]) -> None:
    """Have something closed, also if these errands or the worker end before its turn."""
    worker.at_stop(close)
    ended = partial(_ended, worker, close)
    worker.submit(close, done=ended, failed=ended, tag="closing")


def _ended(worker: Worker, work: Work[object], _outcome: object) -> None:
    worker.not_at_stop(work)
