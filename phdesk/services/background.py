"""The one place where threads meet: work goes to an asyncio loop, answers come back to the GUI.

The worker never holds a callback, only a ticket's number: callbacks may hold widgets, and a thread
that drops the last reference to a widget blocks the whole app.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from phdesk.api.errors import ApiError
from phdesk.models.failure import Cause, Failure

log = logging.getLogger(__name__)
T = TypeVar("T")
Work = Callable[[], Coroutine[Any, Any, T]]
NEVER_STARTED = Failure(
    cause=Cause.NETWORK, message="phdesk is closing, so this was not done.", detail="stopped"
)


class _Outcome(Struct, frozen=True, gc=False):
    """What came of a piece of work."""

    number: int
    value: Any = None
    failure: Failure | None = None


class _Wanted(Struct, frozen=True):
    """Who waits for a piece of work; known to the GUI thread only."""

    done: Callable[[Any], None]
    failed: Callable[[Failure], None]


class _Bus(QObject):
    """Carries outcomes from the worker to the GUI thread."""

    arrived = Signal(object)


class Ticket:
    """A piece of work that was submitted; lives in the GUI thread."""

    def __init__(self, background: "Background", number: int, tag: str) -> None:
        self._background = background
        self.number = number
        self.tag = tag

    @property
    def active(self) -> bool:
        """Say whether an answer is still to come."""
        return self._background.waits_for(self.number)

    def cancel(self) -> None:
        """Stop the work; its callbacks will not be called any more."""
        self._background.cancel(self.number)


class Background(QObject):
    """One asyncio loop in one thread."""

    delivered = Signal()  # something, to whoever waited for it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = _Bus()  # no parent: a worker that hangs at the end must still find it
        self._bus.arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._wanted: dict[int, _Wanted] = {}
        self._numbers = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._tasks: dict[int, asyncio.Task[None]] = {}  # touched by the worker only
        self._closers: list[Work[object]] = []

    def start(self) -> None:
        """Start the thread; work submitted earlier than this fails."""
        if self._thread is not None:
            return
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._run, args=(self._loop,), name="phdesk-worker", daemon=True
        )
        self._thread.start()

    def submit(
        self,
        work: Work[T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Failure], None],
        tag: str = "",
    ) -> Ticket:
        """Run a coroutine in the worker; one of the callbacks is called later in this thread.

        `work` is called in the worker, and must hold no widget.
        """
        self._numbers += 1
        ticket = Ticket(self, self._numbers, tag)
        self._wanted[ticket.number] = _Wanted(done, failed)
        loop = self._loop
        if loop is None or self._thread is None:
            self._bus.arrived.emit(_Outcome(ticket.number, failure=NEVER_STARTED))
        else:
            loop.call_soon_threadsafe(self._begin, ticket.number, work, tag)
        return ticket

    def at_stop(self, work: Work[object]) -> None:
        """Note something to do in the worker before its loop closes, as closing a client."""
        self._closers.append(work)

    def not_at_stop(self, work: Work[object]) -> None:
        """Forget what was noted: it is done."""
        if work in self._closers:
            self._closers.remove(work)

    def waits_for(self, number: int) -> bool:
        """Say whether an answer for a ticket is still to come."""
        return number in self._wanted

    def cancel(self, number: int) -> None:
        """Stop a piece of work and forget who waited for it."""
        if self._wanted.pop(number, None) is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(self._cancel_task, number)

    def stop(self, timeout: float = 3.0) -> bool:
        """Cancel everything, close the loop and join; says whether the thread ended in time."""
        self._wanted.clear()
        thread, loop = self._thread, self._loop
        if thread is None or loop is None:
            return True
        self._thread = self._loop = None
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout)
        if thread.is_alive():
            log.error("The worker did not stop within %s s.", timeout)
        return not thread.is_alive()

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        wanted = self._wanted.pop(outcome.number, None)
        if wanted is None:
            return
        if outcome.failure is not None:
            tell(wanted.failed, outcome.failure)
        else:
            tell(wanted.done, outcome.value)
        self.delivered.emit()

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
        finally:
            loop.run_until_complete(self._wind_down())
            loop.run_until_complete(loop.shutdown_asyncgens())
            asyncio.set_event_loop(None)
            loop.close()

    async def _wind_down(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*map(_closed, self._closers))  # one may wait for its server
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for left in rest:  # what those began, and did not wait for
            left.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    def _begin(self, number: int, work: Work[Any], tag: str) -> None:
        task = asyncio.get_running_loop().create_task(self._carry_out(number, work), name=tag)
        self._tasks[number] = task
        task.add_done_callback(partial(self._forget, number))  # one may end before it began

    def _forget(self, number: int, _task: asyncio.Task[None]) -> None:
        self._tasks.pop(number, None)

    def _cancel_task(self, number: int) -> None:
        task = self._tasks.get(number)
        if task is not None:
            task.cancel()

    async def _carry_out(self, number: int, work: Work[Any]) -> None:
        try:
            outcome = _Outcome(number, value=await work())
        except asyncio.CancelledError:
            outcome = _Outcome(number, failure=NEVER_STARTED)  # delivered only if nobody cancelled
        except ApiError as error:
            outcome = _Outcome(number, failure=error.failure)
        except Exception as error:
            log.exception("Unexpected, in the worker.")
            outcome = _Outcome(number, failure=unexpected(error))
        self._bus.arrived.emit(outcome)


def tell(callback: Callable[..., None], *outcome: object) -> None:
    """Tell who waits, unless Qt has destroyed them meanwhile, as with a window that was closed."""
    bare: object = callback
    while isinstance(bare, partial):
        bare = bare.func
    owner = getattr(bare, "__self__", None)
    if not isinstance(owner, QObject) or isValid(owner):
        callback(*outcome)


async def _closed(work: Work[object]) -> None:
    try:
        await work()
    except Exception:
        log.exception("Something could not be closed.")


def unexpected(error: Exception) -> Failure:
    """Describe an error that no one foresaw; its text may hold anything, so only its type."""
    return Failure(
        cause=Cause.UNREADABLE,
        message="Something went wrong inside phdesk.",
        detail=type(error).__name__,
    )
