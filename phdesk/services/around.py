"""Read what charts use from around their tiles: annotations, colour themes, names of groups.

Each is optional. The first refusal (no scope, no endpoint, no plan) switches one off until the
next session, without a word: a dashboard is whole without it. Other failures wait for next time.
"""

from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from msgspec import Struct

from phdesk.models.failure import Cause, Failure
from phdesk.services.background import Ticket
from phdesk.services.errands import Worker
from phdesk.services.session import Session
from phdesk.store.changes import Step, with_annotations, with_color_themes, with_group_types
from phdesk.store.store import Store

SPARED = timedelta(minutes=5)
REFUSALS = frozenset(
    {Cause.FORBIDDEN, Cause.MISSING_SCOPE, Cause.NOT_FOUND, Cause.PLAN, Cause.QUOTA}
)

Items = Sequence[Any]


class _Feature(Struct, frozen=True):
    """How a kind of facts is read, and where it goes."""

    name: str
    read: Callable[[Session], Coroutine[Any, Any, Items]]
    take: Callable[..., Step]


FEATURES = (
    _Feature("annotations", Session.read_annotations, with_annotations),
    _Feature("colour themes", Session.read_color_themes, with_color_themes),
    _Feature("group types", Session.read_group_types, with_group_types),
)


class Surroundings:
    """Keeps the facts around the tiles up to date while dashboards are read."""

    def __init__(self, store: Store, background: Worker, now: Callable[[], datetime]) -> None:
        self._store = store
        self._background = background
        self._now = now
        self._session: Session | None = None
        self._read_at: dict[str, datetime] = {}
        self._running: dict[str, Ticket] = {}
        self.refused: set[str] = set()

    def use(self, session: Session | None) -> None:
        """Ask through this session from now on, about everything anew."""
        for ticket in self._running.values():
            ticket.cancel()
        self._session = session
        self._read_at.clear()
        self._running.clear()
        self.refused.clear()

    def refresh(self) -> None:
        """Read what was not read in the last minutes; call it when a dashboard was read."""
        if self._session is None:
            return
        for feature in FEATURES:
            if self._is_due(feature.name):
                self._running[feature.name] = self._background.submit(
                    partial(feature.read, self._session),
                    done=partial(self._came, feature),
                    failed=partial(self._failed, feature),
                    tag=feature.name,
                )

    def _is_due(self, name: str) -> bool:
        if name in self.refused or name in self._running:
            return False
        last = self._read_at.get(name)
        return last is None or self._now() - last >= SPARED

    def _came(self, feature: _Feature, items: Items) -> None:
        self._running.pop(feature.name, None)
        self._read_at[feature.name] = self._now()
        self._store.apply(feature.take, items)

    def _failed(self, feature: _Feature, failure: Failure) -> None:
        self._running.pop(feature.name, None)
        if failure.cause in REFUSALS:
            self.refused.add(feature.name)
