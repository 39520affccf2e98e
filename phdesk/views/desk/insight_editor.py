"""One insight while it is built in a window: its steps, its faults, what is saved of it."""

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.core.building.draft import Draft, body, is_changed, opened_insight
from phdesk.core.building.fault import Fault, blocks
from phdesk.core.building.faults import faults
from phdesk.core.building.refusals import without_words
from phdesk.core.building.saving import details_of
from phdesk.core.building.sent import Sent
from phdesk.core.building.starting import blank, turned
from phdesk.core.building.work import Work, is_unsaved, tags_of, tags_text
from phdesk.core.names import insight_title
from phdesk.core.question import read_question
from phdesk.core.undoing import Steps
from phdesk.models.insight import Insight, SavedInsight
from phdesk.services.edits import NO_TAGS
from phdesk.services.insight_keeping import KeptInsight, kept_of
from phdesk.views.building.page import BuilderPage
from phdesk.views.building.sources import Sources
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.insight_another import InsightAnother
from phdesk.views.desk.insight_around import InsightAround
from phdesk.views.desk.insight_preview import InsightPreview
from phdesk.views.desk.insight_questions import ask_dashboards, ask_leave
from phdesk.views.desk.insight_saving import InsightSaving
from phdesk.views.desk.insight_sources import InsightSources

MINUTE = 60_000  # ms
FIRST_KIND = "trends"
NEW, CHANGED, SAVED, SAVING = "Not saved yet", "Unsaved changes", "Saved", "Saving…"
OLDER = "Unsaved changes, to be saved as a query of today"
MARKED = "Not saved: first put right what is marked."
TYPED, KIND = "words", "kind"  # tags of steps


class InsightEditor(QObject):
    """Made when the first insight is built, and kept: what was not saved is there again."""

    left = Signal()
    kept = Signal(object)  # KeptInsight to be kept on disk, or None
    forgotten = Signal()  # what is asked about the insight means nothing any more

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        sources = Sources(self)
        InsightSources(desk, sources)
        self.page = BuilderPage(desk.theme, sources, desk.window)
        self.preview = InsightPreview(desk, self.page.preview)
        self.saving = InsightSaving(desk, self)
        self._another = InsightAnother(desk, self)
        self._around = InsightAround(desk, sources, self)
        self._saved: SavedInsight | None = None
        self._base = Work(blank(FIRST_KIND))  # what is saved, or what was begun with
        self._steps = Steps(self._base)
        self._turned_from: Draft | None = None  # before kinds were tried, one after another
        self._leaves = False  # once what is being saved is saved
        self._kept: KeptInsight | None = None  # on disk
        self._due = False  # the answer is of another draft than the one on the page
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._connect()

    @property
    def work(self) -> Work:
        """Give the insight as it stands on the page."""
        return self._steps.now

    @property
    def is_unsaved(self) -> bool:
        """Tell whether something would be lost."""
        return is_unsaved(self.work, self._base)

    @property
    def kept_now(self) -> KeptInsight | None:
        """Give what is on disk of it."""
        return self._kept

    @property
    def title(self) -> str:
        """Name the insight, or say what PostHog would call it."""
        name = self.work.details.name.strip()
        insight = Insight(name=name, query=body(self.work.draft))
        return insight_title(insight, read_question(insight), self._around.groups)

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
        self._show_heading()
        self.preview.set_now()
        if self._due:
            self.page.wait()
        self.saving.settle()

    def restore(self, kept: KeptInsight) -> None:
        """Go on with what was there before phdesk ended."""
        self._hold(kept.saved, kept.base)
        self.saving.begin(kept.sent)
        self._steps, self._due = self._steps.did(kept.work), True
        self._kept = kept
        self.preview.take(self.work.draft, fresh=True)
        self._show()
        self._show_words()

    def give_up(self) -> None:
        """Let go of what is there for good."""
        self.forget()
        self.kept.emit(None)

    def forget(self) -> None:
        """Let go of what is there: another account or project is shown."""
        self.page.hurry()
        self.preview.begin()
        self._clock.stop()
        self._around.forget()
        self.saving.begin()
        self._base = Work(blank(FIRST_KIND))
        self._steps, self._saved, self._kept = Steps(self._base), None, None
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
            self._show()
            self._desk.window.notice.set_message(MARKED, of_page=True)
            self._leaves = False
            return
        if self._saved is None:
            began = self.saving.save_new(work)
        else:
            began = self.saving.save_over(self._saved, work, self._base)
        self._leaves = self._leaves and began

    def _begin(self, saved: SavedInsight | None, work: Work) -> None:
        self._hold(saved, work)
        self._show()
        self._show_words()
        self.preview.take(work.draft)
        self.preview.run()

    def _hold(self, saved: SavedInsight | None, work: Work) -> None:
        """Take an insight in the place of the one before."""
        self.saving.begin()
        self._saved, self._base, self._steps = saved, work, Steps(work)
        self._turned_from, self._leaves, self._due, self._kept = None, False, False, None
        self.preview.begin()
        self.page.start()

    def _take(self, work: Work, tag: str = "") -> None:
        """Take a step, and see what follows from it."""
        self._turned_from = None
        self._steps = self._steps.did(work, tag)
        self._follow()

    def _follow(self, *, fresh: bool = False) -> None:
        """Bring page and preview up to what is asked now; `fresh` is of a kind just chosen."""
        self._due = self.preview.take(self.work.draft, fresh=fresh)
        self.saving.faults = ()
        self._show()
        self.page.wait()

    @Slot(object, str)
    def _on_edited(self, draft: Draft, tag: str) -> None:
        self._take(replace(self.work, draft=draft), tag)

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        """Begin another kind; who tries one after another loses nothing on the way."""
        base = self._turned_from or self.work.draft
        work = replace(self.work, draft=turned(base, kind))
        self._steps = self._steps.did(work, KIND)
        self._turned_from = base
        self._follow(fresh=True)

    @Slot(str, str, str)
    def _on_words(self, name: str, description: str, tags: str) -> None:
        details = self.work.details
        kept = details.tags if tags == tags_text(details.tags) else tags_of(tags)
        changed = replace(details, name=name, description=description, tags=kept)
        self._steps = self._steps.did(replace(self.work, details=changed), TYPED)
        self.saving.faults = without_words(self.saving.faults)
        self._show_faults()
        self._show_heading()
        self.preview.rename(name.strip())
        self.page.wait()

    @Slot()
    def _on_undo(self) -> None:
        self._go(self._steps.undone())

    @Slot()
    def _on_redo(self) -> None:
        self._go(self._steps.redone())

    def _go(self, steps: Steps[Work]) -> None:
        if steps is not self._steps:
            now = steps.now.where(self._base)
            self._steps, self._turned_from = replace(steps, now=now), None
            self._show_words()
            self._follow()

    @Slot()
    def _on_rested(self) -> None:
        """Calculate, if there is something to calculate and somebody to see it."""
        self._steps = self._steps.rested()
        self.keep()
        if self._due and self.page.isVisible():
            self._due = False
            self.preview.rest()

    @Slot()
    def keep(self) -> None:
        """Have what is not saved kept on disk, or nothing."""
        held = self.work, self._base, self._saved, self.saving.doubt
        kept = kept_of(*held) if self.is_unsaved else None
        if kept != self._kept:
            self._kept = kept
            self.kept.emit(kept)

    @Slot()
    def _on_run(self) -> None:
        """Calculate at once; what is up to date anew."""
        waits = self._due or self.preview.running
        self._due = False
        self.preview.run(anew=not waits)

    @Slot()
    def _show_faults(self) -> None:
        found = {(one.name, one.message): one for one in self._faults}
        self.page.set_faults(tuple(found.values()))
        notice = self._desk.window.notice
        if notice.text == MARKED and not blocks(self._faults):
            notice.clear()  # nothing is marked any more

    @property
    def _faults(self) -> tuple[Fault, ...]:
        draft = self.work.draft
        own = () if draft.closed else faults(draft)
        return (*own, *self.preview.refused, *self.saving.faults)

    @Slot()
    def _show(self) -> None:
        self._show_draft()
        self._show_faults()
        self._show_heading()
        self._around.want(self.work.draft)

    @Slot()
    def _show_draft(self) -> None:
        self.page.set_draft(self.work.draft, self._around.gather(self.preview.columns))

    def _show_words(self) -> None:
        details = self.work.details
        self.page.heading.set_words(details.name, details.description, tags_text(details.tags))
        self.preview.rename(details.name.strip())

    def _show_heading(self) -> None:
        heading, known = self.page.heading, self._saved is not None
        changed = OLDER if self.work.draft.older and is_changed(self.work.draft) else CHANGED
        said = (changed if self.is_unsaved else SAVED) if known else NEW
        heading.set_title(self.title)
        heading.set_state(
            SAVING if self.saving.busy else said,
            known=known,
            changed=not known or self.is_unsaved,
            saving=self.saving.busy,
        )
        heading.set_steps(undo=bool(self._steps.past), redo=bool(self._steps.future))
        if self._desk.window.page is self.page:
            self._desk.window.set_page_heading(self.title)

    @Slot()
    def _on_save_as(self) -> None:
        self._another.ask_copy(self.title)

    @Slot(str)
    def _on_name(self, name: str) -> None:
        work = self.work
        details = replace(work.details, name=name, dashboards=())
        self._another.note_sent(name, began=self.saving.save_new(work, details))

    @Slot()
    def _on_browser(self) -> None:
        if self._saved is not None:
            self._desk.browse_insight(self._saved.insight.short_id)

    @Slot()
    def _on_add(self) -> None:
        saved = self._saved
        if saved is not None:
            made = ask_dashboards(self._desk, saved)
            made.chosen.connect(self._on_dashboards)
            self.forgotten.connect(made.close)

    @Slot(object)
    def _on_dashboards(self, dashboards: tuple[int, ...]) -> None:
        if self._saved is not None and set(dashboards) != set(self._saved.dashboards):
            self.saving.put_on(self._saved, dashboards)

    @Slot(object, object)
    def _on_saved(self, saved: SavedInsight, sent: Sent | None) -> None:
        """Take what was saved as what there is; what was not sent, or edited meanwhile, stays."""
        kept = self.work
        self._another.forget()
        self._saved = saved
        self._base = Work(opened_insight(saved.insight), details_of(saved))
        if sent is not None and sent.was(kept):
            kept = self._base
        self._steps = replace(self._steps, now=kept.where(self._base), tag="")
        self._show_words()
        self._show()
        self.keep()
        if sent is not None and sent.details.tags and not saved.insight.tags:
            self._desk.window.notice.set_message(NO_TAGS.message)  # a plan without takes them so
        if self._leaves and not self.is_unsaved:  # something may have been written meanwhile
            self._leave()
        self._leaves = False

    @Slot(object)
    def _on_refused(self, found: tuple[Fault, ...]) -> None:
        self._leaves = False
        self._show_faults()
        self._show_heading()
        shown = self._desk.window.page is self.page and not self.saving.doubted
        why = self._desk.window.notice.text
        if not self._another.was_refused(why, shown=shown) and shown:
            self.page.go_to(found)

    @Slot(object)
    def _on_theirs(self, theirs: SavedInsight) -> None:
        """Show what somebody else saved; undo leads back to one's own."""
        mine = replace(self._steps, now=self.work.over(self._saved or theirs, theirs))
        self._saved = theirs
        self._base = Work(opened_insight(theirs.insight), details_of(theirs))
        self._steps = mine.did(self._base)
        self._show_words()
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
        self.preview.judged.connect(self._show_faults)
        self.preview.answered.connect(self._show_draft)  # columns may have come
        self._around.changed.connect(self._show_draft)
        saving.began.connect(self._show)
        saving.sending.connect(self.keep)
        saving.saved.connect(self._on_saved)
        saving.late.connect(self._show_heading)
        saving.refused.connect(self._on_refused)
        saving.theirs_wanted.connect(self._on_theirs)
        self.forgotten.connect(saving.forgotten)
        self.forgotten.connect(self._another.forget)
        self._another.chosen.connect(self._on_name)
        self._clock.timeout.connect(self.preview.set_now)
        self._desk.theme_changed.connect(page.set_theme)
