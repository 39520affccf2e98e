"""Names in the list of accounts what would be lost with one: insights and layouts not saved."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from phdesk.services.unsaved import find_unsaved
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.sessions import Sessions
from phdesk.views.dialogs.accounts import Accounts


class Losing(QObject):
    """Made after the first paint; reads when the list is shown, so that no start waits for it."""

    def __init__(self, desk: Desk, sessions: Sessions) -> None:
        super().__init__(desk)
        self._desk = desk
        sessions.accounts_shown.connect(self._on_shown)

    @Slot(object)
    def _on_shown(self, dialog: Accounts) -> None:
        worker, cache = self._desk.worker, self._desk.cache
        if worker is None or cache is None:
            return
        known = [one.id for one in self._desk.preferences.accounts]
        worker.submit(
            partial(find_unsaved, cache, known),
            done=dialog.set_unsaved,
            failed=_pass,
            tag="what is not saved",
        )


def _pass(_failure: object) -> None:
    """Say nothing of it: forgetting asks anyhow."""
