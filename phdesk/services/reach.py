"""Whether the server is within reach: one that is away is spared, then tried again."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.models.failure import Failure
from phdesk.services.failures import is_offline, loses_session
from phdesk.store import changes
from phdesk.store.store import Store

OFFLINE_WAIT = (15, 30, 60, 120, 300)  # seconds between tries while nothing answers


class Reach(QObject):
    """Is told of all answers and failures, whoever asked, and says in the store how it stands."""

    lost = Signal()  # nothing more is to be asked for now
    due = Signal()  # it is to be tried again

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._tries = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.due)

    def begin(self) -> None:
        """Know nothing yet: another session asks."""
        self._tries = 0
        self._again.stop()

    @property
    def waits(self) -> bool:
        """Tell whether it will be tried again by itself."""
        return self._again.isActive()

    @Slot()
    def answers(self) -> None:
        """Note that the server answers."""
        self.begin()
        self._store.apply(changes.with_online)

    @Slot(object)
    def stumbles(self, failure: Failure) -> None:
        """Spare a server that is away or refuses us."""
        if is_offline(failure) or loses_session(failure):
            self._store.apply(changes.with_offline, failure)
            self.lost.emit()
        if is_offline(failure) and not self.waits:
            wait = OFFLINE_WAIT[min(self._tries, len(OFFLINE_WAIT) - 1)]
            self._tries += 1
            self._again.start(wait * 1000)
