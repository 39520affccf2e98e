"""What a wall says when something is wrong: calm sentences that name who must act."""

from datetime import datetime, tzinfo

from msgspec import Struct

from phdesk.core.ages import absolute
from phdesk.core.dates import WEEKDAYS
from phdesk.models.failure import Cause, Failure

PATIENCE = 30.0  # seconds without an answer before the wall says so
REFUSED = frozenset({Cause.WRONG_KEY, Cause.WRONG_REGION, Cause.NO_KEY})


class Banner(Struct, frozen=True, gc=False):
    """A line below the header, with the name of its sign."""

    icon: str
    words: str


def banner_for(
    failure: Failure | None,
    lasted: float,
    oldest: datetime | None,
    now: datetime,
    who: str,
    zone: tzinfo | None = None,
) -> Banner | None:
    """Say what is wrong with all that is shown, if anything is; `lasted` is in seconds.

    What failed for one tile is said on that tile.
    """
    if failure is None:
        return None
    data = f"Data from {absolute(oldest, now, zone)}." if oldest is not None else ""
    cause = failure.cause
    if cause in REFUSED:
        return Banner("key-round", _joined(_key(failure, who), data))
    if cause is Cause.MISSING_SCOPE:
        scope = failure.scope or "a scope"
        words = f"phdesk's key lacks {scope}. {who} must add it in PostHog's settings."
        return Banner("key-round", _joined(words, data))
    if cause is Cause.FORBIDDEN:
        words = f"PostHog does not let phdesk's key see this. {who} must ask an admin for access."
        return Banner("key-round", _joined(words, data))
    if cause is Cause.PLAN:
        return Banner("circle-alert", _joined(failure.message, data))
    if cause is Cause.NETWORK and lasted >= PATIENCE:
        return Banner("wifi-off", f"Offline: data from {absolute(oldest, now, zone)}."
                      if oldest is not None else "Offline.")  # fmt: skip
    if cause in (Cause.SERVER, Cause.NOT_POSTHOG) and lasted >= PATIENCE:
        return Banner("wifi-off", _joined("PostHog does not answer as it should.", data))
    return None


def nothing_words(failure: Failure | None, who: str, waiting_for: str) -> tuple[str, str]:
    """Say why there is nothing to show, and who must do what; a wall is never blank."""
    if failure is None:
        return waiting_for or "Getting ready…", ""
    if failure.cause in REFUSED:
        return "There is nothing to show yet.", _key(failure, who)
    if failure.cause is Cause.NETWORK:
        words = "Nothing is kept on this computer yet. It is tried again by itself."
        return "PostHog cannot be reached.", words
    if failure.cause is Cause.MISSING_SCOPE:
        scope = failure.scope or "a scope"
        words = f"phdesk's key lacks {scope}. {who} must add it in PostHog's settings."
        return "There is nothing to show yet.", words
    return failure.message, "It is tried again by itself."


def closed_words(begins: datetime, local: datetime, name: str) -> tuple[str, str]:
    """Say that nothing is to be shown until a time of the same clock, and what comes then."""
    days = (begins.date() - local.date()).days
    day = ("", "tomorrow ")[days] if days < 2 else f"{WEEKDAYS[begins.weekday()]} "
    then = f"Then comes “{name}”." if name else ""
    return f"Nothing is scheduled until {day}{begins:%H:%M}.", then


def _key(failure: Failure, who: str) -> str:
    if failure.cause is Cause.NO_KEY:
        return f"phdesk has no key here. {who} must sign in on this computer."
    return f"phdesk's key was refused. {who} must sign in again on this computer."


def _joined(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)
