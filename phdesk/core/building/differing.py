"""What of a draft is asked otherwise than in another: names of settings, for people."""

from collections.abc import Mapping

from phdesk.core.building.draft import Draft, at
from phdesk.core.building.field import Field
from phdesk.core.building.fields import fields


def differing(before: Draft, after: Draft) -> tuple[str, ...]:
    """Name the settings in which two drafts differ; of other kinds the kind alone."""
    if before.query == after.query:
        return ()
    if before.kind != after.kind:
        return ("Kind of insight",)
    was = {one.name: one for one in fields(before)}
    now = {one.name: one for one in fields(after)}
    labels = []
    for name in dict.fromkeys((*now, *was)):
        one = now.get(name) or was[name]
        if _value(before, was, one) != _value(after, now, one):
            labels.append(one.label)
    return tuple(dict.fromkeys(labels)) or ("The query",)


def _value(draft: Draft, shown: Mapping[str, Field], one: Field) -> object:
    """Give what a draft says, also where the setting is not shown, as it means nothing there."""
    field = shown.get(one.name)
    return field.value if field is not None else at(draft, one.name, one.default)
