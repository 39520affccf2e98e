"""Read how something is shared (reference 9.2), and what a shared page shows."""

from collections.abc import Mapping

import msgspec
from msgspec import Raw

from phdesk.api import coerce, decoding
from phdesk.api.errors import UnreadableError
from phdesk.api.wire import unpack
from phdesk.models.insight import NULL
from phdesk.models.sharing import NewPassword, SharedPage, SharePassword, Sharing

UNLOCK = "unlock"
_OBJECT = msgspec.json.Decoder(dict[str, Raw])


def read_sharing(data: bytes) -> Sharing:
    """Read how a dashboard or an insight is shared."""
    sent = unpack(data, _OBJECT, "The state of sharing")
    if "enabled" not in sent:
        raise UnreadableError("The state of sharing could not be read: it does not say whether.")
    settings = coerce.fields(_of(sent, "settings"))
    passwords = (_password(raw) for raw in coerce.elements(_of(sent, "share_passwords")) or ())
    return Sharing(
        enabled=coerce.truth(_of(sent, "enabled")),
        token=coerce.text(_of(sent, "access_token")),
        created_at=coerce.moment(_of(sent, "created_at")),
        settings=NULL if settings is None else _of(sent, "settings").copy(),
        has_settings="settings" in sent,
        password_required=coerce.truth(_of(sent, "password_required")),
        has_passwords="password_required" in sent,
        passwords=tuple(one for one in passwords if one is not None and one.active),
    )


def read_new_password(data: bytes) -> NewPassword:
    """Read a password that was just made; its word is told this once."""
    sent = unpack(data, _OBJECT, "The password")
    word = coerce.text(_of(sent, "password")) or coerce.text(_of(sent, "raw_password"))
    return NewPassword(id=_id(_of(sent, "id")), word=word)


def read_shared_page(data: bytes, address: str) -> SharedPage | None:
    """Read what a link shows; None when it wants a password first."""
    sent = unpack(data, _OBJECT, "The shared page")
    if coerce.text(_of(sent, "type")) == UNLOCK:
        return None
    dashboard, insight = _of(sent, "dashboard"), _of(sent, "insight")
    themes = _of(sent, "themes").copy()
    if coerce.fields(dashboard) is not None:
        found = decoding.dashboard(bytes(dashboard))
        return SharedPage(address=address, dashboard=found, themes=themes)
    if coerce.fields(insight) is not None:
        alone = decoding.insight(bytes(insight))
        return SharedPage(address=address, insight=alone, themes=themes)
    raise UnreadableError("The shared page shows neither a dashboard nor an insight.")


def read_share_token(data: bytes) -> str:
    """Read what a page gives for a password: a token for the next hours."""
    sent = unpack(data, _OBJECT, "The answer to the password")
    return coerce.text(_of(sent, "shareToken"))


def _password(raw: Raw) -> SharePassword | None:
    sent = coerce.fields(raw) or {}
    number = _id(_of(sent, "id"))
    if not number:
        return None
    return SharePassword(
        id=number,
        note=coerce.text(_of(sent, "note")),
        creator=coerce.text(_of(sent, "created_by_email")),
        created_at=coerce.moment(_of(sent, "created_at")),
        active=coerce.optional_truth(_of(sent, "is_active")) is not False,
    )


def _id(raw: Raw) -> str:
    """Read an id, which may be a number or a text."""
    found = coerce.scalar(raw)
    return str(found) if isinstance(found, int | str) and not isinstance(found, bool) else ""


def _of(sent: Mapping[str, Raw], key: str) -> Raw:
    return sent.get(key, NULL)
