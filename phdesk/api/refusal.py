"""What an answer means that is no success.

`from_response` is a pure function of status, headers and body. It decides by status, `code` and
`type`; the words of `detail` only make a message better, because they change between versions.
"""

import re
from collections.abc import Mapping

from msgspec import DecodeError, Raw, Struct, json

from phdesk.api.error_words import duration, one_line, sentence
from phdesk.api.errors import (
    ApiError,
    ForbiddenError,
    InvalidRequestError,
    MissingScopeError,
    NoKeyError,
    NotFoundError,
    NotPostHogError,
    PlanError,
    QuotaError,
    RateLimitedError,
    ServerError,
    WrongKeyError,
)
from phdesk.models.failure import Cause, Failure
from phdesk.models.insight import Insight

HIDDEN_CAUSE = "The calculation failed on the server, which did not say why."
OF_PROXIES = (413, 429)  # statuses that stand before PostHog, and mean the same as its own
CONCURRENCY = "concurrency_limit_exceeded"
USED_UP = "The organization's quota for API queries is used up; nothing more is asked for now."

_SCOPE = re.compile(r"scope '([a-z_]+:(?:read|write))'")
_WAIT = re.compile(r"in (\d+) seconds?")
_TEXT = json.Decoder(str)


class _Body(Struct, gc=False):
    """An error body; older handlers send only `error` or `detail`."""

    type: Raw = Raw(b"null")
    code: Raw = Raw(b"null")
    detail: Raw = Raw(b"null")
    error: Raw = Raw(b"null")
    attr: Raw = Raw(b"null")
    query_status: Raw = Raw(b"null")


class _Status(Struct, gc=False):
    error_message: Raw = Raw(b"null")
    error_code: Raw = Raw(b"null")


class _Refusal(Struct, frozen=True, gc=False):
    """What an error answer said, in plain values."""

    status: int
    type: str = ""
    code: str = ""
    detail: str = ""
    retry_after: float | None = None
    field: str = ""


_BODY = json.Decoder(_Body)
_STATUS = json.Decoder(_Status)


def from_response(status: int, headers: Mapping[str, str], body: bytes) -> ApiError:
    """Turn an answer with an error status into the matching exception."""
    if _is_page(headers, body):
        return _page_error(status, headers)
    refusal = _refusal(status, headers, body)
    if status < 400:
        return _unexpected(refusal)
    return _by_status(refusal)


def from_body(body: bytes) -> ApiError:
    """Turn an error body whose status is not known into the matching exception."""
    refusal = _refusal(0, {}, body)
    return from_response(_likely_status(refusal), {}, body)


def failure_of(insight: Insight) -> Failure | None:
    """Tell the failure that hides in an insight which came with HTTP 200, if there is one."""
    status = insight.status
    if status is not None and status.error:
        return _calculation_failure(status.error_code or "", status.error_message or "")
    if insight.error:
        return Failure(cause=Cause.INVALID, message=one_line(insight.error), detail=insight.error)
    return None


def _calculation_failure(code: str, detail: str) -> Failure:
    """Describe a calculation that failed on the server."""
    if CONCURRENCY in (code, detail):
        message = "PostHog is busy with other queries of this organization."
        return Failure(cause=Cause.RATE_LIMITED, message=message, detail=detail, crowded=True)
    if "quota" in code:
        return Failure(cause=Cause.QUOTA, message=USED_UP, detail=detail)
    if not detail:
        return Failure(cause=Cause.SERVER, message=HIDDEN_CAUSE)
    return Failure(cause=Cause.INVALID, message=one_line(detail), detail=detail)


def _is_page(headers: Mapping[str, str], body: bytes) -> bool:
    """Tell whether a web page answered instead of the API."""
    kind = _header(headers, "content-type").lower()
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") or ("text/html" in kind and not start.startswith((b"{", b"[")))


def _page_error(status: int, headers: Mapping[str, str]) -> ApiError:
    """Describe a web page: trouble at the server's door, or not PostHog at all."""
    if status in OF_PROXIES or status >= 500:
        return _by_status(_Refusal(status=status, retry_after=_retry_after(headers, "")))
    return NotPostHogError(
        "A web page answered instead of PostHog: check the address, or sign in to the network.",
        status=status,
    )


def _unexpected(refusal: _Refusal) -> ApiError:
    return NotPostHogError(
        f"The server answered in a way PostHog does not (HTTP {refusal.status}).",
        status=refusal.status,
    )


def _by_status(refusal: _Refusal) -> ApiError:
    """Choose the exception by status."""
    makers = {401: _unauthorized, 402: _plan, 403: _forbidden, 404: _not_found, 429: _throttled}
    if refusal.status >= 500:
        return _server(refusal)
    return makers.get(refusal.status, _invalid)(refusal)


def _unauthorized(refusal: _Refusal) -> ApiError:
    if refusal.code == "not_authenticated":
        return NoKeyError("No key was sent.", detail=refusal.detail, status=refusal.status)
    return WrongKeyError("The host does not know this key.", detail=refusal.detail, status=401)


def _plan(refusal: _Refusal) -> ApiError:
    """Tell a thing that is not in the plan from a quota, of which all other 402 speak."""
    if refusal.code == "payment_required":
        message = "This needs a paid plan of PostHog."
        return PlanError(message, detail=refusal.detail, status=refusal.status)
    return QuotaError(USED_UP, detail=refusal.detail, status=refusal.status)


def _forbidden(refusal: _Refusal) -> ApiError:
    found = _SCOPE.search(refusal.detail)
    if found:
        scope = found.group(1)
        message = f"The key lacks the scope {scope}."
        return MissingScopeError(message, detail=refusal.detail, scope=scope, status=403)
    message = "PostHog does not allow this"
    message += f": {sentence(refusal.detail)}" if refusal.detail else "."
    return ForbiddenError(message, detail=refusal.detail, status=403)


def _not_found(refusal: _Refusal) -> ApiError:
    message = "Not found: it may be deleted, or belong to another project."
    return NotFoundError(message, detail=refusal.detail, status=404)


def _throttled(refusal: _Refusal) -> ApiError:
    message = "Too many calls"
    crowded = "concurrency" in refusal.code
    if crowded:
        message = "Too many queries at once in this organization"
    wait = refusal.retry_after
    message += f"; PostHog asks to wait {duration(wait)}." if wait is not None else "."
    return RateLimitedError(
        message, detail=refusal.detail, retry_after=wait, status=429, crowded=crowded
    )


def _invalid(refusal: _Refusal) -> ApiError:
    special = {
        405: "PostHog does not know this action.",
        409: "Somebody else changed this at the same time.",
        413: "The request is too large.",
    }
    message = special.get(refusal.status)
    if message is None:
        said = sentence(refusal.detail) if refusal.detail else f"HTTP {refusal.status}."
        message = f"PostHog refused the request: {said}"
    return InvalidRequestError(
        message, detail=refusal.detail, status=refusal.status, field=refusal.field
    )


def _server(refusal: _Refusal) -> ApiError:
    special = {
        # The same 500 comes for a query that fails and for a project that does not exist, so it
        # cannot be called "not found"; saying both is all that is honest.
        500: "The server had an error; the project or the object may also not exist.",
        503: "The server is overloaded or down for maintenance.",
        504: "The calculation took too long.",
        512: "The calculation would take too long; choose a shorter period.",
    }
    message = special.get(refusal.status, f"The server had an error (HTTP {refusal.status}).")
    if refusal.status == 500 and refusal.code == "calculation":
        message = HIDDEN_CAUSE
    wait = refusal.retry_after
    return ServerError(message, detail=refusal.detail, retry_after=wait, status=refusal.status)


def _refusal(status: int, headers: Mapping[str, str], body: bytes) -> _Refusal:
    """Read what an error answer says, whatever its form."""
    try:
        read = _BODY.decode(body)
    except (DecodeError, UnicodeDecodeError, RecursionError):
        return _Refusal(status=status, retry_after=_retry_after(headers, ""))
    detail = _text(read.detail) or _text(read.error)
    code = _text(read.code)
    if not detail and not code:
        code, detail = _status_words(read.query_status)
    field = _text(read.attr)
    if field:
        detail = f"{field.replace('__', '.')}: {detail}"  # as PostHog writes what lies inside
    wait = _retry_after(headers, detail if status == 429 else "")
    return _Refusal(status, _text(read.type), code, detail, wait, field)


def _status_words(raw: Raw) -> tuple[str, str]:
    """Read code and message of a failed calculation: a poll answers with these."""
    try:
        status = _STATUS.decode(raw)
    except (DecodeError, UnicodeDecodeError):
        return "", ""
    return _text(status.error_code) or "calculation", _text(status.error_message)


def _likely_status(refusal: _Refusal) -> int:
    """Give back the status that usually comes with a code."""
    codes = {
        "not_authenticated": 401,
        "authentication_failed": 401,
        "payment_required": 402,
        "quota_limit_exceeded": 402,
        "permission_denied": 403,
        "not_found": 404,
        "throttled": 429,
        CONCURRENCY: 429,
    }
    by_type = {"throttled_error": 429, "server_error": 500, "authentication_error": 403}
    return codes.get(refusal.code) or by_type.get(refusal.type, 400)


def _retry_after(headers: Mapping[str, str], detail: str) -> float | None:
    """Read how many seconds to wait; a proxy may drop the header, so `detail` is asked too."""
    value = _header(headers, "retry-after").strip()
    found = _WAIT.search(detail)
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    return float(found.group(1)) if found and len(found.group(1)) < 10 else None


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value for key, value in headers.items() if key.lower() == name), "")


def _text(raw: Raw) -> str:
    try:
        return _TEXT.decode(raw)
    except (DecodeError, UnicodeDecodeError):
        return ""
