"""What is sent to save an insight, and what somebody else changed of it meanwhile (4.4)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from phdesk.core.building.draft import Draft, body, is_changed
from phdesk.core.question import stated
from phdesk.models.insight import Insight, SavedInsight

QUERY, NAME, DESCRIPTION, TAGS, DASHBOARDS = "query", "name", "description", "tags", "dashboards"
WORDS = {
    QUERY: "what it shows",
    NAME: "its name",
    DESCRIPTION: "its description",
    TAGS: "its tags",
}


class Details(Struct, frozen=True, gc=False, kw_only=True):
    """What is said of an insight beside its question."""

    name: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    dashboards: tuple[int, ...] = ()


class Overtaken(Struct, frozen=True, gc=False, kw_only=True):
    """Somebody else changed the same parts meanwhile, so nothing was sent; `now` is theirs.

    `details` are what is said of it with what this person changed over theirs: with them it can be
    saved over `now` all the same, and what else the other person changed stays.
    """

    now: SavedInsight
    parts: tuple[str, ...]  # in words
    details: Details = Details()


def details_of(saved: SavedInsight) -> Details:
    """Give what is said of a saved insight."""
    insight = saved.insight
    return Details(
        name=insight.name,
        description=insight.description,
        tags=insight.tags,
        dashboards=saved.dashboards,
    )


def create_body(draft: Draft, details: Details) -> dict[str, Any]:
    """Write the body that saves a new insight; what is empty is left to the server."""
    stated_parts = {
        NAME: details.name.strip(),
        QUERY: body(draft),
        "saved": True,
        DASHBOARDS: list(details.dashboards),
        DESCRIPTION: details.description.strip(),
        TAGS: list(details.tags),
    }
    return {key: part for key, part in stated_parts.items() if part or key == "saved"}


def change_body(before: SavedInsight, draft: Draft, details: Details) -> dict[str, Any]:
    """Write the body that changes an insight: only what differs from how it was read."""
    was = details_of(before)
    pairs: dict[str, tuple[Any, Any]] = {
        NAME: (details.name, was.name),
        DESCRIPTION: (details.description, was.description),
        TAGS: (list(details.tags), list(was.tags)),
    }
    changes: dict[str, Any] = {QUERY: body(draft)} if is_changed(draft) else {}
    changes |= {
        key: new.strip() if isinstance(new, str) else new
        for key, (new, old) in pairs.items()
        if new != old
    }
    if set(details.dashboards) != set(was.dashboards):
        changes[DASHBOARDS] = list(details.dashboards)
    return changes


def over(now: SavedInsight, before: SavedInsight, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Put changes over what is saved now: dashboards that others added or took stay so."""
    if DASHBOARDS not in changes:
        return dict(changes)
    return {**changes, DASHBOARDS: _joined(now, before, changes[DASHBOARDS])}


def rebased(before: SavedInsight, now: SavedInsight, details: Details) -> Details:
    """Give what is said of an insight now, with what was changed since `before` over it."""
    was, is_ = details_of(before), details_of(now)
    return Details(
        name=details.name if details.name != was.name else is_.name,
        description=(
            details.description if details.description != was.description else is_.description
        ),
        tags=details.tags if details.tags != was.tags else is_.tags,
        dashboards=tuple(_joined(now, before, details.dashboards)),
    )


def missing(now: SavedInsight, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out of changes what is saved so already, as after one whose answer was lost."""
    is_ = details_of(now)
    there: dict[str, Any] = {
        NAME: is_.name,
        DESCRIPTION: is_.description,
        TAGS: list(is_.tags),
    }
    return {
        key: new
        for key, new in changes.items()
        if not (
            _same_question(Insight(query=new), now.insight)
            if key == QUERY
            else key in there and there[key] == new
        )
    }


def remaining(
    now: SavedInsight, before: SavedInsight, changes: Mapping[str, Any]
) -> dict[str, Any]:
    """Give what of changes is still to be sent, over what is saved now."""
    left = missing(now, over(now, before, changes))
    if DASHBOARDS in left and set(left[DASHBOARDS]) == set(now.dashboards):
        del left[DASHBOARDS]
    return left


def overtaken(
    before: SavedInsight, now: SavedInsight, changes: Mapping[str, Any]
) -> Overtaken | None:
    """Say what of these changes would write over something that is news to who made them."""
    was, is_ = details_of(before), details_of(now)
    differing = {
        QUERY: not _same_question(before.insight, now.insight),
        NAME: was.name != is_.name,
        DESCRIPTION: was.description != is_.description,
        TAGS: set(was.tags) != set(is_.tags),
    }
    parts = tuple(WORDS[key] for key in _ordered(changes) if differing.get(key))
    return Overtaken(now=now, parts=parts) if parts else None


def overtaken_words(found: Overtaken) -> str:
    """Say in a sentence what was not sent, and why."""
    who = found.now.modified_by or "Somebody"
    several = " and ".join([", ".join(found.parts[:-1]), found.parts[-1]]).removeprefix(" and ")
    return f"{who} changed {several} meanwhile, so nothing was saved."


def _joined(now: SavedInsight, before: SavedInsight, wanted: Sequence[int]) -> list[int]:
    """Add and take the dashboards that a person added and took, of those that it is on now."""
    added = [one for one in wanted if one not in before.dashboards and one not in now.dashboards]
    gone = {one for one in before.dashboards if one not in wanted}
    return [*(one for one in now.dashboards if one not in gone), *added]


def _same_question(before: Insight, now: Insight) -> bool:
    return before.query == now.query or stated(before) == stated(now)


def _ordered(changes: Iterable[str]) -> list[str]:
    return [key for key in WORDS if key in set(changes)]
