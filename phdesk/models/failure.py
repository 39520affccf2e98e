"""Why something could not be had: one value per meaning, safe to show and to store."""

from enum import Enum

from msgspec import Struct


class Cause(Enum):
    """What went wrong, in the terms that decide what a person can do about it."""

    WRONG_KEY = "wrong key"
    WRONG_REGION = "wrong region"
    NO_KEY = "no key"
    MISSING_SCOPE = "missing scope"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not found"
    PLAN = "plan"  # of this one thing
    QUOTA = "quota"  # of everything
    RATE_LIMITED = "rate limited"
    INVALID = "invalid request"
    SERVER = "server trouble"
    NETWORK = "network trouble"
    NOT_POSTHOG = "not PostHog"
    UNREADABLE = "unreadable answer"


class Failure(Struct, frozen=True, gc=False, kw_only=True):
    """One failure: `message` is a sentence for people, `detail` the server's own words."""

    cause: Cause
    message: str
    detail: str = ""
    scope: str | None = None  # the scope that is missing, as in `dashboard:read`
    retry_after: float | None = None  # seconds
    status: int | None = None  # HTTP status, when there was one
    field: str = ""  # of what was sent, which the server would not take
    unsent: bool = False  # nothing that would change something has reached the server
    looked: bool = False  # what was sent and not answered was looked for: it is not there
    crowded: bool = False  # too many queries at once, not too many calls
