"""Say in sentences what happened and what a person can do."""

from msgspec import Struct

from phdesk.models.failure import Cause, Failure


class Advice(Struct, frozen=True, gc=False):
    """A failure in words: one sentence about it, one about the way out (or none)."""

    what: str
    remedy: str
    retry: bool  # whether trying again may help


_REMEDIES: dict[Cause, tuple[str, bool]] = {
    Cause.WRONG_KEY: (
        "Check that the key is whole and belongs to this host, or sign in anew.",
        False,
    ),
    Cause.WRONG_REGION: ("Sign in at the region where the key was made, or make a new one.", False),
    Cause.NO_KEY: ("Sign in with a personal API key.", False),
    Cause.MISSING_SCOPE: ("Add the scope to the key in PostHog's settings.", True),
    Cause.FORBIDDEN: ("Ask an admin of the project for access.", True),
    Cause.NOT_FOUND: ("It may have been deleted or moved; reload the list of dashboards.", True),
    Cause.PLAN: ("The project's plan does not include this.", False),
    Cause.QUOTA: ("Wait until PostHog renews it, or raise it in PostHog's billing settings.", True),
    Cause.RATE_LIMITED: ("Wait a moment; the limit is shared by the whole team.", True),
    Cause.INVALID: ("Open the insight in PostHog to correct its query.", True),
    Cause.SERVER: ("Try again later; the last good numbers stay on screen.", True),
    Cause.NETWORK: ("Check the connection; the last good numbers stay on screen.", True),
    Cause.NOT_POSTHOG: ("Check the address of the host, or sign in to the network first.", True),
    Cause.UNREADABLE: ("Try again; if it stays, report it with the details.", True),
}


def advice(failure: Failure) -> Advice:
    """Turn a failure into two sentences."""
    remedy, retry = _REMEDIES[failure.cause]
    if failure.cause is Cause.MISSING_SCOPE and failure.scope:
        remedy = f"Add the scope {failure.scope} to the key in PostHog's settings."
    if failure.retry_after is not None:
        remedy = f"Try again in {waiting(failure.retry_after)}."
    return Advice(failure.message, remedy, retry)


def waiting(seconds: float) -> str:
    """Say a waiting time in words, rounded up."""
    whole = max(1, -int(-seconds // 1))
    if whole < 120:
        return f"{whole} second{'s' if whole != 1 else ''}"
    return f"{-(-whole // 60)} minutes"


def is_offline(failure: Failure) -> bool:
    """Say whether a failure means that the server was not reached at all."""
    return failure.cause is Cause.NETWORK


def stops_polling(failure: Failure) -> bool:
    """Say whether asking again by itself is pointless until a person acts."""
    return loses_session(failure) or failure.cause in (Cause.FORBIDDEN, Cause.MISSING_SCOPE)


def loses_session(failure: Failure) -> bool:
    """Say whether no call will work until a person gives another key."""
    return failure.cause in (Cause.WRONG_KEY, Cause.WRONG_REGION, Cause.NO_KEY)


def is_spared(failure: Failure) -> bool:
    """Say whether it was phdesk itself that did not let a call go, for the team's sake."""
    return failure.cause is Cause.RATE_LIMITED and failure.status is None and not failure.crowded
