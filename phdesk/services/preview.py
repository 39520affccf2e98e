"""The answer to what a draft asks, while it is edited: the newest draft counts, and no other."""

from functools import partial

from msgspec import structs
from PySide6.QtCore import QObject, Signal

from phdesk.api.refusal import failure_of
from phdesk.core.building.draft import Draft, asked, body
from phdesk.core.building.fault import blocks
from phdesk.core.building.faults import faults
from phdesk.core.question import same_asked
from phdesk.models.failure import Failure
from phdesk.models.insight import Insight
from phdesk.services.background import Ticket
from phdesk.services.calls import Calls
from phdesk.services.session import Session


class Preview(QObject):
    """Asks what a draft asks, one question at a time; who edits waits a little between changes.

    A draft that only looks otherwise takes the answer that is there. What is given up is stopped at
    the server, too.
    """

    began = Signal()
    came = Signal(object)  # Insight: the answer, to be shown as the draft says
    failed = Signal(object)  # Failure

    def __init__(self, calls: Calls, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._ticket: Ticket | None = None
        self._asking: Insight | None = None  # the newest draft that waits for the running question
        self._answer: Insight | None = None
        calls.changed.connect(self.forget)

    @property
    def running(self) -> bool:
        """Say whether an answer is awaited."""
        return self._asking is not None

    def show(self, draft: Draft, *, anew: bool = False) -> None:
        """Show what a draft asks; ends in `came` or `failed`, at once where nothing is to be asked.

        With `anew` it is calculated whatever the server has kept. What is known to be refused is
        not sent.
        """
        wanted = Insight(query=body(draft))
        if blocks(faults(draft)):
            self.stop()
            return
        if not anew and self._answer is not None and same_asked(wanted, self._answer):
            self.stop()
            self._tell(wanted, self._answer)
            return
        if not anew and self._asking is not None and same_asked(wanted, self._asking):
            self._asking = wanted
            return
        self.stop()
        self._asking = wanted
        refresh = "force_blocking" if anew else "blocking"
        self.began.emit()
        self._ticket = self._calls.ask(
            partial(_answered, draft, refresh), done=self._came, failed=self._failed
        )

    def stop(self) -> None:
        """Give up the question that is under way."""
        ticket, self._ticket, self._asking = self._ticket, None, None
        if ticket is not None:
            ticket.cancel()

    def forget(self) -> None:
        """Give up everything, as when somebody else signs in."""
        self.stop()
        self._answer = None

    def _came(self, answer: Insight) -> None:
        wanted, self._asking, self._ticket = self._asking, None, None
        if wanted is None:
            return
        failure = failure_of(answer)
        if failure is not None:
            self.failed.emit(failure)
            return
        self._tell(wanted, answer)

    def _tell(self, wanted: Insight, answer: Insight) -> None:
        shown = structs.replace(answer, query=wanted.query)
        self._answer = shown
        self.came.emit(shown)

    def _failed(self, failure: Failure) -> None:
        self._asking = self._ticket = None
        self.failed.emit(failure)


async def _answered(draft: Draft, refresh: str, session: Session) -> Insight:
    return await session.ask(asked(draft), refresh=refresh)
