"""What of a draft is asked otherwise than in another: names of settings, for people."""

from phdesk.core.building.draft import Draft
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
        old, new = was.get(name), now.get(name)
        if old is None or new is None or old.value != new.value:
            one = new or old
            labels.append(one.label if one is not None else name)
    return tuple(dict.fromkeys(labels)) or ("The query",)
