"""Insights of a window that are not saved: kept on disk, found again, each gone on with alone."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from phdesk.core.ages import tile_age
from phdesk.core.building.sent import Sent
from phdesk.core.finding import Entry, index
from phdesk.core.names import insight_title, kind_label
from phdesk.core.question import read_question
from phdesk.models.insight import SavedInsight
from phdesk.services.insight_keeping import (
    FoundInsight,
    Keeper,
    KeptInsight,
    Where,
    find_kept,
    new_name,
    over,
)
from phdesk.views.desk.desk import Desk
from phdesk.views.dialogs.command_palette import Asks, CommandPalette

if TYPE_CHECKING:
    from phdesk.views.desk.insight_editor import InsightEditor

ASKS = Asks("Unsaved insights", "Find an insight that is not saved")
Waiting = tuple[FoundInsight, ...]


class InsightDrafts(QObject):
    """Keeps what the editor of a window has under a name of its own, until it is saved or left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._where = desk.where
        self._name = new_name()  # of what is in the editor
        self._keeper: Keeper | None = None  # once the worker is there
        self._sent: dict[tuple[Where, str], KeptInsight] = {}  # put aside while being saved

    def begin(self, name: str = "") -> None:
        """Go on with one of this name, or with a new one, in place of what there was."""
        if (self._where, self._name) not in self._sent:
            self._desk.drafts.release(self._where, self._name)
        self._where, self._name = self._desk.where, name or new_name()
        self._desk.drafts.hold(self._where, self._name)

    def put_aside(self, editor: "InsightEditor") -> None:
        """Let what is in the editor wait on disk, where it is not saved, and begin a new one."""
        editor.keep()
        if editor.saving.busy and editor.kept.now is not None:
            self._sent[self._where, self._name] = editor.kept.now
        self.begin()

    @Slot(object)
    def keep(self, kept: KeptInsight | None) -> None:
        """Write what is in the editor, or that nothing of it is to be kept."""
        self._write(self._where, self._name, kept)

    @Slot(object, object)
    def settle(self, saved: SavedInsight | None, sent: Sent | None) -> None:
        """Take the answer to a saving of what was put aside meanwhile; None: it was refused."""
        for (where, name), kept in self._sent.items():
            if saved is not None:
                same = sent is not None and sent.was(kept.work)
                self._write(where, name, None if same else over(kept, saved))
            if name != self._name:
                self._desk.drafts.release(where, name)
        self._sent.clear()

    def leave(self, title: str) -> None:
        """Let other windows go on with what is in the editor: this one closes."""
        self._desk.drafts.release(self._where, self._name)
        if title:
            self._desk.drafts.left.emit(self._where, title)

    def find(self, then: Callable[[Waiting], None]) -> None:
        """Find what waits in this project: on disk, and open in no window."""
        worker, cache, where = self._desk.worker, self._desk.cache, self._desk.where
        if worker is None or cache is None or not where[1]:
            then(())
            return
        worker.submit(
            partial(find_kept, cache, where),
            done=partial(self._was_found, where, then),
            failed=_pass,
            tag="unsaved insights",
        )

    def choose(self, waiting: Sequence[FoundInsight], then: Callable[[str], None]) -> None:
        """Ask which of those that wait to go on with; `then` is told its name."""
        now = self._desk.now()
        entries = index(_entry(one, now) for one in waiting)
        dialog = CommandPalette(self._desk.theme, entries, (), self._desk.window, ASKS)
        dialog.chosen.connect(partial(_chosen, then))
        dialog.open()

    def _was_found(self, where: Where, then: Callable[[Waiting], None], found: Waiting) -> None:
        if where == self._desk.where:
            then(tuple(one for one in found if not self._desk.drafts.holds(where, one.name)))

    def _write(self, where: Where, name: str, kept: KeptInsight | None) -> None:
        worker, cache = self._desk.worker, self._desk.cache
        if worker is None or cache is None or not where[1]:
            return
        if self._keeper is None:
            self._keeper = Keeper(cache)
            worker.at_stop(self._keeper.write)  # what is submitted last may be given up
        self._keeper.put(where, name, kept)
        worker.submit(self._keeper.write, done=_pass, failed=_pass, tag="keeping an insight")


def title_of(kept: KeptInsight) -> str:
    """Name what was built."""
    return insight_title(kept.insight, read_question(kept.insight))


def _chosen(then: Callable[[str], None], entry: Entry) -> None:
    then(entry.key)


def _entry(one: FoundInsight, now: datetime) -> Entry:
    kind = kind_label(read_question(one.kept.insight))
    what = kind if one.kept.saved is None else f"{kind}, changed"
    hint = " · ".join(filter(None, (what, tile_age(one.at, now))))
    return Entry("line", one.name, title_of(one.kept), hint)


def _pass(_outcome: object) -> None:
    """Say nothing: the page is there as it was."""
