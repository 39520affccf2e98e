"""Say what may be wrong with a key that a host does not know; it is tried on no other host."""

from phdesk.api.errors import WrongKeyError, WrongRegionError
from phdesk.api.hosts import other_region, said

_OTHER_KINDS = {
    "phc": "This is a project key (phc_…), which can only send events; make a personal API key.",
    "phs": "This is a secret key of a project (phs_…); make a personal API key.",
}


def explained(error: WrongKeyError, host: str, key_kind: str) -> WrongKeyError:
    """Give a refusal of a key with its likely reason: its kind, its region, or neither."""
    detail, status = error.failure.detail, error.failure.status
    if key_kind in _OTHER_KINDS:
        return WrongKeyError(_OTHER_KINDS[key_kind], detail=detail, status=status)
    other = other_region(host)
    if other is None:
        message = f"This key is unknown at {said(host)}."
        return WrongKeyError(message, detail=detail, status=status)
    message = f"This key is unknown in {said(host)}; if it was made in {said(other)}, use {other}."
    return WrongRegionError(message, detail=detail, status=status)
