"""One insight while it is built in a window: its steps, its faults, what is saved of it."""

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.core.building.draft import Draft
from phdesk.core.building.editing import Editing, begun
from phdesk.core.building.fault import Fault, blocks
from phdesk.core.building.faults import faults
from phdesk.core.building.refusals import without_words
from phdesk.core.building.saving import details_of
from phdesk.core.building.sent import Sent
from phdesk.core.building.starting import blank
from phdesk.core.building.work import Work
from phdesk.models.insight import SavedInsight
from phdesk.services.edits import NO_TAGS
from phdesk.services.insight_keeping import KeptInsight
from phdesk.views.building.page import BuilderPage
from phdesk.views.building.sources import Sources
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.insight_another import InsightAnother
from phdesk.views.desk.insight_around import InsightAround
from phdesk.views.desk.insight_boards import InsightBoards
from phdesk.views.desk.insight_kept import InsightKept
from phdesk.views.desk.insight_preview import InsightPreview
from phdesk.views.desk.insight_questions import ask_leave
from phdesk.views.desk.insight_saving import InsightSaving
from phdesk.views.desk.insight_shown import MARKED, InsightShown
from phdesk.views.desk.insight_sources import InsightSources

MINUTE = 60_000  # ms
FIRST_KIND = "trends"


class InsightEditor(QObject):
    """Made when the first insight is built, and kept: what was not saved is there again."""

    left = Signal()
    forgotten = Signal()  # what is asked about the insight means nothing any more

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        sources = Sources(self)
        InsightSources(desk, sources)
        self.page = BuilderPage(desk.theme, sources, desk.window)
        self.preview = InsightPreview(desk, self.page.preview)
        self.saving = InsightSaving(desk, self)
        self.kept = InsightKept(self)
        self._another = InsightAnother(desk, self)
        self._boards = InsightBoards(desk, self)
        self._around = InsightAround(desk, sources, self)
        self._now = begun(Work(blank(FIRST_KIND)))
        parts = self.page, self.preview, self.saving, self._around
        self._shown = InsightShown(desk, *parts, self._now)
        self._leaves = False  # once what is being saved is saved
        self._due = False  # the answer is of another draft than the one on the page
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._connect()

    @property
    def work(self) -> Work:
        """Give the insight as it stands on the page."""
        return self._now.work

    @property
    def is_unsaved(self) -> bool:
        """Tell whether something would be lost."""
        return self._now.is_unsaved

    @property
    def title(self) -> str:
        """Name the insight, or say what PostHog would call it."""
        return self._shown.title

    def start_new(self, dashboards: tuple[int, ...] = ()) -> None:
        """Begin a new insight, to be shown on these dashboards."""
        draft = blank(FIRST_KIND)
        self._begin(None, Work(draft, replace(Work(draft).details, dashboards=dashboards)))

    def start(self, saved: SavedInsight, draft: Draft) -> None:
        """Begin to edit an insight as it is saved; one that is closed is only shown."""
        self._begin(saved, Work(draft, details_of(saved)))
        if draft.closed:
            self.preview.show_closed(saved.insight)

    def resume(self) -> None:
        """Go on with what is there, now that it is seen."""
        self._clock.start()
        self._shown.show_heading()
        self.preview.set_now()
        if self._due:
            self.page.wait()
        self.saving.settle()

    def restore(self, kept: KeptInsight) -> None:
        """Go on with what was there before phdesk ended."""
        self._hold(kept.saved, kept.base)
        self.saving.begin(kept.sent)
        self._take(self._now.did(kept.work))
        self._due = True
        self.kept.begin(kept)
        self.preview.take(self.work.draft, fresh=True)
        self._shown.show()
        self._shown.show_words()

    def give_up(self) -> None:
        """Let go of what is there for good."""
        self.forget()
        self.kept.give_up()

    def forget(self) -> None:
        """Let go of what is there: another account or project is shown."""
        self.page.hurry()
        self.preview.begin()
        self._clock.stop()
        self._around.forget()
        self.saving.begin()
        self._take(begun(Work(blank(FIRST_KIND))))
        self.kept.begin()
        self.forgotten.emit()

    @Slot()
    def leave(self) -> None:
        """Leave the page; ask first where something would be lost."""
        if self.is_unsaved:
            box = ask_leave(self._desk.window, self.title, self._save_and_leave, self._leave)
            self.forgotten.connect(box.close)
        else:
            self._leave()

    @Slot()
    def save(self) -> None:
        """Save: a new insight as such, else what differs from what is saved."""
        work = self.work
        if blocks(faults(work.draft)) and not work.draft.closed:
            self._shown.show()
            self._desk.window.notice.set_message(MARKED, of_page=True)
            self._leaves = False
            return
        saved = self._now.saved
        if saved is None:
            began = self.saving.save_new(work)
        else:
            began = self.saving.save_over(saved, work, self._now.base)
        self._leaves = self._leaves and began

    def _begin(self, saved: SavedInsight | None, work: Work) -> None:
        self._hold(saved, work)
        self._shown.show()
        self._shown.show_words()
        self.preview.take(work.draft)
        self.preview.run()

    def _hold(self, saved: SavedInsight | None, work: Work) -> None:
        """Take an insight in the place of the one before."""
        self.saving.begin()
        self._boards.forget()
        self._take(begun(work, saved))
        self._leaves = self._due = False
        self.kept.begin()
        self.preview.begin()
        self.page.start()

    def _take(self, now: Editing) -> None:
        """Go on with this; what is to be seen of it is shown by who knows what changed."""
        self._now = now
        self._shown.set_now(now)

    def _follow(self, *, fresh: bool = False) -> None:
        """Bring page and preview up to what is asked now; `fresh` is of a kind just chosen."""
        self._due = self.preview.take(self.work.draft, fresh=fresh)
        self.saving.faults = ()
        self._shown.show()
        self.page.wait()

    @Slot(object, str)
    def _on_edited(self, draft: Draft, tag: str) -> None:
        self._take(self._now.edited(draft, tag))
        self._follow()

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        self._take(self._now.turned(kind))
        self._follow(fresh=True)

    @Slot(str, str, str)
    def _on_words(self, name: str, description: str, tags: str) -> None:
        self._take(self._now.worded(name, description, tags))
        self.saving.faults = without_words(self.saving.faults)
        self._shown.show_faults()
        self._shown.show_heading()
        self.preview.rename(name.strip())
        self.page.wait()

    @Slot()
    def _on_undo(self) -> None:
        self._go(self._now.undone())

    @Slot()
    def _on_redo(self) -> None:
        self._go(self._now.redone())

    def _go(self, found: Editing) -> None:
        if found is not self._now:
            self._take(found)
            self._shown.show_words()
            self._follow()

    @Slot()
    def _on_rested(self) -> None:
        """Calculate, if there is something to calculate and somebody to see it."""
        self._take(self._now.rested())
        self.keep()
        if self._due and self.page.isVisible():
            self._due = False
            self.preview.rest()

    @Slot()
    def keep(self) -> None:
        """Have what is not saved kept on disk, or nothing."""
        self.kept.take(self._now, self.saving.doubt)

    @Slot()
    def _on_run(self) -> None:
        """Calculate at once; what is up to date anew."""
        waits = self._due or self.preview.running
        self._due = False
        self.preview.run(anew=not waits)

    @Slot()
    def _on_save_as(self) -> None:
        self._another.ask_copy(self.title)

    @Slot(str)
    def _on_name(self, name: str) -> None:
        work = self.work
        details = replace(work.details, name=name, dashboards=())
        began = self.saving.save_new(work, details)
        self._another.note_sent(name, began=began)
        if not began:
            self._another.ask(name, self._desk.window.notice.text)

    @Slot()
    def _on_browser(self) -> None:
        saved = self._now.saved
        if saved is not None:
            self._desk.browse_insight(saved.insight.short_id)

    @Slot()
    def _on_add(self) -> None:
        saved = self._now.saved
        if saved is not None:
            self._boards.ask(saved)

    @Slot(object)
    def _on_dashboards(self, dashboards: tuple[int, ...]) -> None:
        saved = self._now.saved
        if saved is not None and set(dashboards) != set(saved.dashboards):
            began = self.saving.put_on(saved, dashboards)
            self._boards.note_sent(saved, dashboards, began=began)
            if not began:
                self._boards.ask_again(saved, dashboards, self._desk.window.notice.text)

    @Slot(object, object)
    def _on_saved(self, saved: SavedInsight, sent: Sent | None) -> None:
        self._another.forget()
        self._take(self._now.arrived(saved, sent))
        self._shown.show_words()
        self._shown.show()
        self.keep()
        if sent is not None and sent.details.tags and not saved.insight.tags:
            self._desk.window.notice.set_message(NO_TAGS.message)  # a plan without takes them so
        not_so = self._boards.was_saved(saved)
        if not_so:
            self._desk.window.notice.set_message(not_so)
        if self._leaves and not self.is_unsaved:  # something may have been written meanwhile
            self._leave()
        self._leaves = False

    @Slot(object)
    def _on_refused(self, found: tuple[Fault, ...]) -> None:
        self._leaves = False
        self._shown.show_faults()
        self._shown.show_heading()
        shown = self._desk.window.page is self.page and not self.saving.doubted
        why = self._desk.window.notice.text
        saved, sure = self._now.saved, not self.saving.unsure
        of_boards = self._boards.was_refused(saved, why, shown=shown, sure=sure)
        if not self._another.was_refused(why, shown=shown) and not of_boards and shown:
            self.page.go_to(found)

    @Slot(object)
    def _on_theirs(self, theirs: SavedInsight) -> None:
        self._take(self._now.overtaken(theirs))
        self._shown.show_words()
        self._follow()

    @Slot()
    def _save_and_leave(self) -> None:
        self._leaves = True
        self.save()

    @Slot()
    def _leave(self) -> None:
        self.give_up()
        self.left.emit()

    def _connect(self) -> None:
        page, saving = self.page, self.saving
        page.edited.connect(self._on_edited)
        page.kind_chosen.connect(self._on_kind)
        page.worded.connect(self._on_words)
        page.rested.connect(self._on_rested)
        page.run_requested.connect(self._on_run)
        page.undo_requested.connect(self._on_undo)
        page.redo_requested.connect(self._on_redo)
        page.close_requested.connect(self.leave)
        page.save_requested.connect(self.save)
        page.save_as_requested.connect(self._on_save_as)
        page.add_requested.connect(self._on_add)
        page.heading.browser_requested.connect(self._on_browser)
        saving.sending.connect(self.keep)
        saving.saved.connect(self._on_saved)
        saving.refused.connect(self._on_refused)
        saving.theirs_wanted.connect(self._on_theirs)
        self.forgotten.connect(saving.forgotten)
        self.forgotten.connect(self._another.forget)
        self._another.chosen.connect(self._on_name)
        self.forgotten.connect(self._boards.forget)
        self._boards.chosen.connect(self._on_dashboards)
        self._clock.timeout.connect(self.preview.set_now)
        self._desk.theme_changed.connect(page.set_theme)
