"""Work of which only the newest of its kind counts."""

from collections.abc import Callable
from typing import TypeVar

from phdesk.models.failure import Failure
from phdesk.services.background import Ticket, Work
from phdesk.services.errands import Worker

T = TypeVar("T")


class Newest:
    """Gives up what was asked before under the same tag; an answer to it never comes."""

    def __init__(self, background: Worker) -> None:
        self._background = background
        self._tickets: dict[str, Ticket] = {}

    def submit(
        self,
        work: Work[T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Failure], None],
        tag: str,
    ) -> None:
        """Have work done in the place of what was submitted last with this tag."""
        self.cancel(tag)
        self._tickets[tag] = self._background.submit(work, done=done, failed=failed, tag=tag)

    def cancel(self, tag: str) -> None:
        """Give up what was asked under a tag; a late answer changes nothing."""
        ticket = self._tickets.pop(tag, None)
        if ticket is not None:
            ticket.cancel()

    def cancel_all(self) -> None:
        """Give up everything."""
        for tag in list(self._tickets):
            self.cancel(tag)
