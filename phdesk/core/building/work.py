"""An insight while somebody works on it: its question, and what is said of it."""

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.building.draft import Draft
from phdesk.core.building.saving import Details, rebased
from phdesk.models.insight import SavedInsight


class Work(Struct, frozen=True, gc=False):
    """What undo goes back to: question, name, description and tags in one."""

    draft: Draft
    details: Details = Details()

    def where(self, saved: "Work") -> "Work":
        """Let it be on the dashboards of what is saved: no step of a person put it there.

        What is saved says, too, whether it is stored in a form of before.
        """
        details = replace(self.details, dashboards=saved.details.dashboards)
        return Work(replace(self.draft, older=saved.draft.older), details)

    def over(self, before: SavedInsight, now: SavedInsight) -> "Work":
        """Take what somebody else changed since `before`, where a person did not."""
        return replace(self, details=rebased(before, now, self.details))


def is_unsaved(work: Work, saved: Work) -> bool:
    """Tell whether something would be lost: in whatever order a question's keys stand."""
    return work.draft.query != saved.draft.query or work.details != saved.details


def over_saved(work: Work, saved: Work) -> Draft:
    """Give the draft as a change of what is saved now, whatever it was opened as."""
    return replace(work.draft, opened=saved.draft.opened, raw=saved.draft.raw)


def tags_text(tags: tuple[str, ...]) -> str:
    """Write tags with commas between."""
    return ", ".join(tags)


def tags_of(text: str) -> tuple[str, ...]:
    """Read tags that stand with commas between, each once."""
    found = (one.strip() for one in text.split(","))
    return tuple(dict.fromkeys(one for one in found if one))
