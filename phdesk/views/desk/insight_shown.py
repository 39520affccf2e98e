"""Brings the page of an insight up to how it stands: settings, faults, words, heading."""

from PySide6.QtCore import QObject, Slot

from phdesk.core.building.draft import body
from phdesk.core.building.editing import Editing
from phdesk.core.building.fault import Fault, blocks
from phdesk.core.building.faults import faults
from phdesk.core.building.work import tags_text
from phdesk.core.names import insight_title
from phdesk.core.question import read_question
from phdesk.models.insight import Insight
from phdesk.views.building.page import BuilderPage
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.insight_around import InsightAround
from phdesk.views.desk.insight_preview import InsightPreview
from phdesk.views.desk.insight_saving import InsightSaving

SAVING = "Saving…"
MARKED = "Not saved: first put right what is marked."


class InsightShown(QObject):
    """Only shows: what is done on the page goes to the editor."""

    def __init__(
        self,
        desk: Desk,
        page: BuilderPage,
        preview: InsightPreview,
        saving: InsightSaving,
        around: InsightAround,
        now: Editing,
    ) -> None:
        super().__init__(page)
        self._desk, self._page, self._preview = desk, page, preview
        self._saving, self._around, self._now = saving, around, now
        preview.judged.connect(self.show_faults)
        preview.answered.connect(self.show_draft)  # columns may have come
        around.changed.connect(self.show_draft)
        saving.began.connect(self.show)
        saving.late.connect(self.show_heading)

    def set_now(self, now: Editing) -> None:
        """Take the insight as it stands; what of it is to be seen anew is asked for."""
        self._now = now

    @property
    def title(self) -> str:
        """Name the insight, or say what PostHog would call it."""
        name = self._now.work.details.name.strip()
        insight = Insight(name=name, query=body(self._now.work.draft))
        return insight_title(insight, read_question(insight), self._around.groups)

    @Slot()
    def show(self) -> None:
        """Show all but the words, which a person may be typing."""
        self.show_draft()
        self.show_faults()
        self.show_heading()
        self._around.want(self._now.work.draft)

    @Slot()
    def show_draft(self) -> None:
        """Show the settings, by what is known of the project now."""
        self._page.set_draft(self._now.work.draft, self._around.gather(self._preview.columns))

    @Slot()
    def show_faults(self) -> None:
        """Mark what is wrong: by our rules, by the preview's answer, by that of the last saving."""
        draft = self._now.work.draft
        own = () if draft.closed else faults(draft)
        every: tuple[Fault, ...] = (*own, *self._preview.refused, *self._saving.faults)
        found = {(one.name, one.message): one for one in every}
        self._page.set_faults(tuple(found.values()))
        notice = self._desk.window.notice
        if notice.text == MARKED and not blocks(every):
            notice.clear()  # nothing is marked any more

    def show_words(self) -> None:
        """Show name, description and tags."""
        details = self._now.work.details
        self._page.heading.set_words(details.name, details.description, tags_text(details.tags))
        self._preview.rename(details.name.strip())

    @Slot()
    def show_heading(self) -> None:
        """Show title, how it stands to what is saved, and which ways lead on."""
        heading, now = self._page.heading, self._now
        known = now.saved is not None
        heading.set_title(self.title)
        heading.set_state(
            SAVING if self._saving.busy else now.standing,
            known=known,
            changed=not known or now.is_unsaved,
            saving=self._saving.busy,
        )
        heading.set_steps(undo=bool(now.steps.past), redo=bool(now.steps.future))
        if self._desk.window.page is self._page:
            self._desk.window.set_page_heading(self.title)
