"""Read entries of the activity log."""

from msgspec import Raw

from phdesk.api import coerce
from phdesk.api.read_account import read_person
from phdesk.models.activity import Activity, Change
from phdesk.models.insight import NULL


def read_activity(raw: Raw) -> Activity | None:
    """Read an entry; one that does not say what was done is of no use."""
    sent = coerce.fields(raw.copy()) or {}
    did = coerce.text(sent.get("activity", NULL))
    if not did:
        return None
    detail = coerce.fields(sent.get("detail", NULL)) or {}
    changes = (_change(one) for one in coerce.elements(detail.get("changes", NULL)) or ())
    return Activity(
        did=did,
        who=read_person(sent.get("user", NULL)),
        at=coerce.moment(sent.get("created_at", NULL)),
        scope=coerce.text(sent.get("scope", NULL)),
        item=_number(sent.get("item_id", NULL)),
        name=coerce.text(detail.get("name", NULL)),
        changes=tuple(one for one in changes if one is not None),
    )


def _change(raw: Raw) -> Change | None:
    sent = coerce.fields(raw) or {}
    field = coerce.text(sent.get("field", NULL))
    if not field:
        return None
    return Change(
        field=field,
        action=coerce.text(sent.get("action", NULL)),
        before=sent.get("before", NULL),
        after=sent.get("after", NULL),
    )


def _number(raw: Raw) -> str:
    value = coerce.scalar(raw)
    return "" if value is None else str(value)
