"""An insight in the editor: what is saved of it, and the steps since; each change gives another."""

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.building.draft import Draft, is_changed, opened_insight
from phdesk.core.building.saving import details_of
from phdesk.core.building.sent import Sent
from phdesk.core.building.starting import turned
from phdesk.core.building.work import Work, is_unsaved, tags_of, tags_text
from phdesk.core.undoing import Steps
from phdesk.models.insight import SavedInsight

NEW, CHANGED, SAVED = "Not saved yet", "Unsaved changes", "Saved"
OLDER = "Unsaved changes, to be saved as a query of today"
TYPED, KIND = "words", "kind"  # tags of steps


class Editing(Struct, frozen=True, gc=False):
    """One insight with its past: undo leads back to `base`, saving brings `base` up to it."""

    base: Work  # what is saved, or what was begun with
    steps: Steps[Work]
    saved: SavedInsight | None = None
    turned_from: Draft | None = None  # before kinds were tried, one after another

    @property
    def work(self) -> Work:
        """Give the insight as it stands."""
        return self.steps.now

    @property
    def is_unsaved(self) -> bool:
        """Tell whether something would be lost."""
        return is_unsaved(self.work, self.base)

    @property
    def standing(self) -> str:
        """Say how it stands to what is saved."""
        if self.saved is None:
            return NEW
        if not self.is_unsaved:
            return SAVED
        draft = self.work.draft
        return OLDER if draft.older and is_changed(draft) else CHANGED

    def did(self, work: Work, tag: str = "") -> "Editing":
        """Take a step."""
        return replace(self, steps=self.steps.did(work, tag), turned_from=None)

    def edited(self, draft: Draft, tag: str = "") -> "Editing":
        """Ask something else."""
        return self.did(replace(self.work, draft=draft), tag)

    def turned(self, kind: str) -> "Editing":
        """Begin another kind; who tries one after another loses nothing on the way."""
        base = self.turned_from or self.work.draft
        work = replace(self.work, draft=turned(base, kind))
        return replace(self, steps=self.steps.did(work, KIND), turned_from=base)

    def worded(self, name: str, description: str, tags: str) -> "Editing":
        """Call it something else; `tags` are as they are typed."""
        details = self.work.details
        kept = details.tags if tags == tags_text(details.tags) else tags_of(tags)
        changed = replace(details, name=name, description=description, tags=kept)
        return replace(self, steps=self.steps.did(replace(self.work, details=changed), TYPED))

    def rested(self) -> "Editing":
        """End the step that is being taken."""
        return replace(self, steps=self.steps.rested())

    def undone(self) -> "Editing":
        """Go back one step; the same where there is none."""
        return self._at(self.steps.undone())

    def redone(self) -> "Editing":
        """Go forward again; the same where nothing was undone."""
        return self._at(self.steps.redone())

    def arrived(self, saved: SavedInsight, sent: Sent | None) -> "Editing":
        """Take what was saved as what there is; what was not sent, or edited meanwhile, stays."""
        base = work_of(saved)
        kept = base if sent is not None and sent.was(self.work) else self.work
        steps = replace(self.steps, now=kept.where(base), tag="")
        return replace(self, base=base, steps=steps, saved=saved)

    def overtaken(self, theirs: SavedInsight) -> "Editing":
        """Show what somebody else saved; undo leads back to one's own, over theirs."""
        base = work_of(theirs)
        mine = replace(self.steps, now=self.work.over(self.saved or theirs, theirs))
        return replace(self, base=base, steps=mine.did(base), saved=theirs)

    def _at(self, steps: Steps[Work]) -> "Editing":
        if steps is self.steps:
            return self
        now = steps.now.where(self.base)
        return replace(self, steps=replace(steps, now=now), turned_from=None)


def begun(base: Work, saved: SavedInsight | None = None) -> Editing:
    """Begin with what is saved, or with what is to become a new insight."""
    return Editing(base, Steps(base), saved)


def work_of(saved: SavedInsight) -> Work:
    """Give a saved insight as it is edited."""
    return Work(opened_insight(saved.insight), details_of(saved))
