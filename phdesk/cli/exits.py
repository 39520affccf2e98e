"""Exit codes, and how a failure becomes one line on stderr."""

import sys

from phdesk.core.cells import one_line
from phdesk.models.failure import Cause, Failure

FINE = 0
BROKEN = 1  # a fault of phdesk itself
WRONG_USE = 2
REFUSED = 3  # not signed in, or PostHog said no
NETWORK = 4
BAD_INPUT = 5
UNWELL = 6  # somebody should look: at a monitor, or at an alert
ABSENT = 7  # no monitor runs

CODES = {
    Cause.NO_KEY: REFUSED,
    Cause.WRONG_KEY: REFUSED,
    Cause.WRONG_REGION: REFUSED,
    Cause.MISSING_SCOPE: REFUSED,
    Cause.FORBIDDEN: REFUSED,
    Cause.PLAN: REFUSED,
    Cause.QUOTA: REFUSED,
    Cause.RATE_LIMITED: NETWORK,
    Cause.SERVER: NETWORK,
    Cause.NETWORK: NETWORK,
    Cause.NOT_POSTHOG: NETWORK,
    Cause.NOT_FOUND: BAD_INPUT,
    Cause.INVALID: BAD_INPUT,
    Cause.UNREADABLE: BAD_INPUT,
}


class StoppedError(Exception):
    """Ends a command with one line for the person and an exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def complain(message: str) -> None:
    """Write one line to stderr, whatever the message holds."""
    line = one_line(" ".join(message.split()))
    print(f"phdesk: {line}", file=sys.stderr)


def code_of(failure: Failure) -> int:
    """Choose the exit code of a failure."""
    return CODES[failure.cause]


def sentence(failure: Failure) -> str:
    """Put a failure and the server's own words into one line."""
    if failure.detail and failure.detail not in failure.message:
        return f"{failure.message} ({failure.detail[:300]})"
    return failure.message
