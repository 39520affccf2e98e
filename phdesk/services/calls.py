"""Single calls to the server that a window makes for a person, through its present session."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from phdesk.models.failure import Cause, Failure
from phdesk.models.insight import Insight
from phdesk.services.background import Ticket
from phdesk.services.errands import Worker
from phdesk.services.session import Session

T = TypeVar("T")
NOBODY = Failure(cause=Cause.NO_KEY, message="Sign in to ask PostHog for this.")


class Calls(QObject):
    """Asks through one session at a time; answers to one that is gone never come."""

    changed = Signal()  # there is another session, or none

    def __init__(self, background: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._session: Session | None = None
        self._tickets: list[Ticket] = []

    @property
    def ready(self) -> bool:
        """Say whether there is somebody to ask."""
        return self._session is not None

    def use(self, session: Session | None) -> None:
        """Ask through this session from now on; what was asked of the last one is given up."""
        for ticket in self._tickets:
            ticket.cancel()
        self._tickets.clear()
        self._session = session
        self.changed.emit()

    def ask(
        self,
        work: Callable[[Session], Awaitable[T]],
        *,
        done: Callable[[T], None],
        failed: Callable[[Failure], None],
        tag: str = "",
    ) -> Ticket | None:
        """Carry out `work` in the worker; `done` or `failed` is called later, in this thread.

        With a tag only the newest call counts: those before it are cancelled, so it is for what is
        read, not for what is written, and names the window, too, where others may ask. Gives None,
        after `failed`, when nobody is signed in.
        """
        if self._session is None:
            failed(NOBODY)
            return None
        self._tickets = [one for one in self._tickets if one.active]
        for ticket in self._tickets:
            if tag and ticket.tag == tag:
                ticket.cancel()
        made = self._background.submit(
            partial(_carried_out, work, self._session), done=done, failed=failed, tag=tag
        )
        self._tickets.append(made)
        return made

    def read_insight(
        self,
        name: int | str,
        *,
        done: Callable[[Insight], None],
        failed: Callable[[Failure], None],
        tag: str,
    ) -> None:
        """Read an insight by id or short id, whether or not it is on a dashboard."""
        self.ask(partial(_insight, name), done=done, failed=failed, tag=tag)


def _carried_out(
    work: Callable[[Session], Awaitable[T]], session: Session
) -> Coroutine[Any, Any, T]:
    async def carried_out() -> T:
        return await work(session)

    return carried_out()


async def _insight(name: int | str, session: Session) -> Insight:
    return await session.read_insight(name)
