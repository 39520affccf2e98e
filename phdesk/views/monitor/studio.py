"""Has the views of large results made in the worker, while the clock on a wall goes on.

They are hidden from who passes by (`core.wall.privacy`) there as well. One is made at a time; what
crosses is frozen. Before there is a worker, whoever asks makes them.
"""

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from phdesk.core.charts.context import Context
from phdesk.core.charts.spec import NoticeBody, Table, TileView
from phdesk.core.wall.privacy import blurred
from phdesk.models.failure import Failure
from phdesk.models.wall import Blur
from phdesk.store.state import TileState
from phdesk.views.dashboard.presenting import view_of

if TYPE_CHECKING:
    from phdesk.services.background import Ticket  # imports asyncio: not before the first paint
    from phdesk.services.errands import Worker

LARGE = 100_000  # bytes of a result, of which a view takes 2 ms
WAITS = "Numbers for this wall's dates are awaited."
Done = Callable[[TileView | Failure], None]


class Asked(Struct, frozen=True, gc=False):
    """All that a view is made of."""

    held: TileState
    context: Context
    offline: Failure | None
    blur: Collection[Blur]


class Studio:
    """Makes views for one wall."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed  # called when a view has come
        self._worker: Worker | None = None
        self._waiting: list[tuple[Asked, Done]] = []
        self._ticket: Ticket | None = None

    def use(self, worker: "Worker | None") -> None:
        """Take the worker."""
        self._worker = worker

    def takes(self, asked: Asked) -> bool:
        """Tell whether a view is to be made in the worker."""
        insight = asked.held.insight
        large = insight is not None and len(memoryview(insight.result)) >= LARGE
        return self._worker is not None and large

    def ask(self, asked: Asked, done: Done) -> None:
        """Have a view made."""
        self._waiting.append((asked, done))
        self._begin()

    def _begin(self) -> None:
        if self._worker is None or self._ticket is not None or not self._waiting:
            return
        asked, done = self._waiting.pop(0)
        come = partial(self._on_come, done)
        self._ticket = self._worker.submit(
            partial(_made, asked), done=come, failed=come, tag="view on a wall"
        )

    def _on_come(self, done: Done, made: TileView | Failure) -> None:
        self._ticket = None
        done(made)
        self._changed()
        self._begin()


def made(asked: Asked) -> TileView:
    """Make a view, in any thread; never of numbers of other dates."""
    held = asked.held
    view = view_of(held, asked.context, asked.offline)
    if held.is_other and not isinstance(view.body, NoticeBody):
        body = NoticeBody(state="waiting", headline=WAITS)
        view = structs.replace(view, body=body, table=Table(), range_label="", warning="")
    return blurred(view, asked.blur, held.insight)


async def _made(asked: Asked) -> TileView:
    return made(asked)
