"""What is kept on disk of the insight that is built, and when that is to be another."""

from PySide6.QtCore import QObject, Signal

from phdesk.core.building.editing import Editing
from phdesk.core.building.sent import Sent
from phdesk.services.insight_keeping import KeptInsight, kept_of


class InsightKept(QObject):
    """Says it once: what is the same as before is not written again."""

    changed = Signal(object)  # KeptInsight to be kept on disk, or None

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.now: KeptInsight | None = None  # on disk

    def begin(self, kept: KeptInsight | None = None) -> None:
        """Turn to another insight, of which this is on disk."""
        self.now = kept

    def take(self, editing: Editing, doubt: Sent | None) -> None:
        """Have what is not saved kept, or nothing; `doubt` is what may be saved already."""
        held = editing.work, editing.base, editing.saved, doubt
        kept = kept_of(*held) if editing.is_unsaved else None
        if kept != self.now:
            self.now = kept
            self.changed.emit(kept)

    def give_up(self) -> None:
        """Keep nothing of it any more."""
        self.changed.emit(None)
