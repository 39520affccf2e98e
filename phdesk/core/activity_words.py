"""Say in sentences what the activity log tells of a dashboard (reference 10.7)."""

from collections.abc import Sequence
from typing import Any

from phdesk.core.access_words import COLLABORATORS, joined
from phdesk.core.jsonvalue import as_list, as_number, parse
from phdesk.models.activity import Activity, Change

SOMEBODY = "Somebody"
LONGEST = 60  # characters of a name or a tag
DID = {
    "created": "made it",
    "deleted": "deleted it",
    "restored": "brought it back",
    "exported": "exported it",
}
FIELDS = {
    "description": "changed the description",
    "filters": "changed the filters",
    "variables": "changed the variables",
    "breakdown_colors": "changed fixed colours",
    "data_color_theme_id": "changed the colour theme",
    "tiles": "changed tiles",
}


def activity_words(one: Activity) -> str:
    """Say what was done, by fields where they are told."""
    parts = [words for change in one.changes if (words := _change(change))]
    if one.did in DID and (not parts or one.did in ("created", "exported")):
        parts = [DID[one.did]]
    return joined(list(dict.fromkeys(parts))) or one.did.replace("_", " ")


def who_did(one: Activity) -> str:
    """Name who did it; PostHog itself is nobody that it tells."""
    return one.who or SOMEBODY


def _change(change: Change) -> str:
    before, after = parse(change.before), parse(change.after)
    match change.field:
        case "name":
            return _renamed(before, after)
        case "tags":
            return _tagged(as_list(before), as_list(after))
        case "pinned":
            return "pinned it for everyone" if after is True else "unpinned it"
        case "deleted":
            return DID["deleted"] if after is True else DID["restored"]
        case "restriction_level":
            narrow = (as_number(after) or 0) >= COLLABORATORS
            return "let only collaborators change it" if narrow else "let everyone change it"
    return FIELDS.get(change.field, f"changed “{_short(change.field.replace('_', ' '))}”")


def _renamed(before: Any, after: Any) -> str:
    if isinstance(before, str) and before and isinstance(after, str):
        return f"renamed it from “{_short(before)}” to “{_short(after)}”"
    return f"named it “{_short(after)}”" if isinstance(after, str) else "changed the name"


def _tagged(before: Sequence[Any], after: Sequence[Any]) -> str:
    added = [f"“{_short(str(one))}”" for one in after if one not in before]
    taken = [f"“{_short(str(one))}”" for one in before if one not in after]
    parts = []
    for done, tags in (("added", added), ("removed", taken)):
        if tags:
            parts.append(f"{done} the tag{'s' if len(tags) > 1 else ''} {joined(tags)}")
    return joined(parts) or "changed the tags"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
