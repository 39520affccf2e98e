"""One account's project, as all windows over it know it: its store and, once loaded, its network.

Needed before the first paint: the network is a name here, and arrives.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from phdesk.store.state import State
from phdesk.store.store import Store

if TYPE_CHECKING:
    from phdesk.services.online import Online  # imports httpx: never before the first paint


class Workspace(QObject):
    """What windows share; without parents, for who still waits for an answer may outlive it."""

    online_arrived = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self.store = Store(state)
        self.online: Online | None = None
        self.is_sealed = False  # a snapshot: it stays as it is and asks nobody

    @property
    def where(self) -> tuple[str, int]:
        """Give account and project; empty and 0 when nobody is signed in."""
        state = self.store.state
        account = state.account.id if state.account is not None else ""
        return account, state.project.id if state.project is not None else 0

    def close(self) -> None:
        """Give up all work: no window is left."""
        if self.online is not None:
            self.online.close()
            self.online = None

    def set_online(self, online: "Online") -> None:
        """Take the network once it is loaded."""
        self.online = online
        self.online_arrived.emit()
