"""Name the refusals of the demo server and the bodies they travel in."""

from typing import Any


class ApiError(Exception):
    """A refusal with an HTTP status and PostHog's four-key body."""

    def __init__(
        self, status: int, kind: str, code: str, detail: str, *, attr: str | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.body: dict[str, Any] = {"type": kind, "code": code, "detail": detail, "attr": attr}


def not_found(detail: str = "Not found.") -> ApiError:
    """Make a 404 for an object that is not there."""
    return ApiError(404, "invalid_request", "not_found", detail)


def invalid(detail: str, *, attr: str | None = None) -> ApiError:
    """Make a 400 for a value that was understood and refused."""
    return ApiError(400, "validation_error", "invalid_input", detail, attr=attr)


def unreadable(detail: str) -> ApiError:
    """Make a 400 for a body or query that could not be read."""
    return ApiError(400, "invalid_request", "parse_error", f"JSON parse error - {detail}")


def hidden() -> ApiError:
    """Make the 500 that hides its cause, as PostHog does."""
    return ApiError(500, "server_error", "error", "A server error occurred.")


def bad_key() -> ApiError:
    """Make the 401 for a key nobody knows."""
    detail = "Personal API key found in request Authorization header is invalid."
    return ApiError(401, "authentication_error", "authentication_failed", detail)


def no_key() -> ApiError:
    """Make the 401 for a request without a key."""
    detail = "Authentication credentials were not provided."
    return ApiError(401, "authentication_error", "not_authenticated", detail)
