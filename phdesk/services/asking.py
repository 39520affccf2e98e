"""What all services share that act for a person: store, worker, open dashboards, session."""

from PySide6.QtCore import QObject

from phdesk.services.dashboards import Dashboards
from phdesk.services.errands import Worker
from phdesk.services.session import Session
from phdesk.store.store import Store


class Asking(QObject):
    """Acts through one session at a time; before the first there is nobody to ask."""

    def __init__(
        self,
        store: Store,
        background: Worker,
        dashboards: Dashboards,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._background = background
        self._dashboards = dashboards
        self._session: Session | None = None

    @property
    def ready(self) -> bool:
        """Say whether there is somebody to ask."""
        return self._session is not None
