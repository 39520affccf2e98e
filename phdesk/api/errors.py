"""Name every way in which a call can fail.

ApiError                     anything below; carries a `Failure`
├── WrongKeyError            401: the host does not know the key
│   └── WrongRegionError     401 of one of PostHog's two regions: the other may know it
├── NoKeyError               401: no key was sent
├── MissingScopeError        403: the key lacks a scope, named when the server names it
├── ForbiddenError           403: no access to the project, the object or the endpoint
├── NotFoundError            404
├── PlanError                402: this needs a paid plan, other things may not
├── QuotaError               402: what the organization may ask is used up
├── RateLimitedError         429: too many calls, or too many queries at once
├── InvalidRequestError      other 4xx: the server understood and refused
├── ServerError              5xx
├── NetworkError             no answer at all
├── NotPostHogError          an answer, but of something else (a web page, another host)
└── UnreadableError          a file that is not what it should be, or a damaged answer
"""

from typing import ClassVar

from phdesk.models.failure import Cause, Failure


class ApiError(Exception):
    """A call failed; `failure` says why in a form that is safe to show and to store."""

    cause: ClassVar[Cause] = Cause.SERVER

    def __init__(  # noqa: PLR0913  a message, and what is known beside it
        self,
        message: str,
        *,
        detail: str = "",
        scope: str | None = None,
        retry_after: float | None = None,
        status: int | None = None,
        crowded: bool = False,
        field: str = "",
        unsent: bool = False,
    ) -> None:
        super().__init__(message)
        self.failure = Failure(
            cause=self.cause,
            message=message,
            detail=detail,
            scope=scope,
            retry_after=retry_after,
            status=status,
            crowded=crowded,
            field=field,
            unsent=unsent,
        )


class WrongKeyError(ApiError):
    """The host does not know the key."""

    cause = Cause.WRONG_KEY


class WrongRegionError(WrongKeyError):
    """This region does not know the key; it may have been made in the other one."""

    cause = Cause.WRONG_REGION


class NoKeyError(ApiError):
    """No key was sent."""

    cause = Cause.NO_KEY


class MissingScopeError(ApiError):
    """The key lacks a scope."""

    cause = Cause.MISSING_SCOPE


class ForbiddenError(ApiError):
    """The key or its user may not do this."""

    cause = Cause.FORBIDDEN


class NotFoundError(ApiError):
    """The thing is not there, or not for this key."""

    cause = Cause.NOT_FOUND


class PlanError(ApiError):
    """The organization's plan does not include this."""

    cause = Cause.PLAN


class QuotaError(ApiError):
    """The organization's quota is used up, so no other question is answered either."""

    cause = Cause.QUOTA


class RateLimitedError(ApiError):
    """Too many calls; `failure.retry_after` says when to come back, if the server did."""

    cause = Cause.RATE_LIMITED


class InvalidRequestError(ApiError):
    """The server refused what was asked."""

    cause = Cause.INVALID


class ServerError(ApiError):
    """The server had trouble."""

    cause = Cause.SERVER


class NetworkError(ApiError):
    """There was no answer."""

    cause = Cause.NETWORK


class NotPostHogError(ApiError):
    """Something answered that is not PostHog's API."""

    cause = Cause.NOT_POSTHOG


class UnreadableError(ApiError):
    """An answer or a file is not what it should be."""

    cause = Cause.UNREADABLE
