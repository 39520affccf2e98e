"""All the ways in which a server does not do what it is asked to change."""

import httpx
from msgspec import Struct

AT_FIELD, INSIDE, ELSEWHERE = "at its field", "inside its field", "of a field that nobody has"
WORDS = "This will not do."
MAY_BE_DONE = ("may", "Check again", "this is how it stands now")  # how doubt is told


class Refusal(Struct, frozen=True, kw_only=True):
    """One refusal: what is answered or happens, and how it is to be told."""

    name: str
    says: str  # that is to be found in what is told
    status: int = 0
    body: dict | str | None = None
    headers: dict = {}
    error: type[httpx.HTTPError] | None = None
    arrives: bool = False  # what was sent is done all the same
    doubted: bool = False  # nobody can know whether it is

    def outcome(self, field, scope):
        """Raise or give what a client gets; the field and the scope are those of the write."""
        if self.error is not None:
            raise self.error("gone")
        body = self.body
        if isinstance(body, dict):
            told = {"attr": {AT_FIELD: field, INSIDE: f"{field}__0"}.get(self.name, body["attr"])}
            body = {**body, **told, "detail": body["detail"].replace("SCOPE", scope)}
            return httpx.Response(self.status, json=body, headers=self.headers)
        return httpx.Response(self.status, text=body or "", headers=self.headers)


def told(kind, code, detail, attr=None):
    return {"type": kind, "code": code, "detail": detail, "attr": attr}


INVALID = told("validation_error", "invalid_input", WORDS)
DENIED = "authentication_error", "permission_denied"
PAGE = "<html><body>Bad gateway</body></html>"
HTML = {"content-type": "text/html"}
REFUSALS = (
    Refusal(name=AT_FIELD, status=400, body=INVALID, says=WORDS),
    Refusal(name=INSIDE, status=400, body=INVALID, says=WORDS),
    Refusal(name=ELSEWHERE, status=400, body=INVALID | {"attr": "owner"}, says=f"owner: {WORDS}"),
    Refusal(name="of no field", status=400, body=INVALID, says=WORDS),
    Refusal(
        name="the key",
        status=401,
        body=told("authentication_error", "authentication_failed", "Invalid key."),
        says="key",
    ),
    Refusal(
        name="the scope",
        status=403,
        body=told(*DENIED, "API key missing required scope 'SCOPE'"),
        says="SCOPE",
    ),
    Refusal(
        name="the role",
        status=403,
        body=told(*DENIED, "You do not have editor access."),
        says="You do not have editor access.",
    ),
    Refusal(
        name="the plan",
        status=402,
        body=told("server_error", "payment_required", "This is part of the premium offering."),
        says="plan",
    ),
    Refusal(
        name="it is gone",
        status=404,
        body=told("invalid_request", "not_found", "Not found."),
        says="GONE",
    ),
    Refusal(name="the method", status=405, says="does not know this action"),
    Refusal(
        name="somebody else",
        status=409,
        body=told("invalid_request", "conflict", "Changed."),
        says="at the same time",
    ),
    Refusal(name="the size", status=413, body=PAGE, headers=HTML, says="too large"),
    Refusal(
        name="too many calls",
        status=429,
        body=told("throttled_error", "throttled", "Expected available in 44 seconds."),
        headers={"retry-after": "44"},
        says="44 seconds",
    ),
    Refusal(
        name="trouble",
        status=500,
        body=told("server_error", "error", "A server error occurred."),
        says="The server had an error",
        doubted=True,
    ),
    Refusal(
        name="a page of a proxy",
        status=502,
        body=PAGE,
        headers=HTML,
        says="The server had an error",
        doubted=True,
    ),
    Refusal(
        name="a page of the network",
        status=200,
        body=PAGE,
        headers=HTML,
        says="A web page answered",
        doubted=True,
    ),
    Refusal(name="no way there", error=httpx.ConnectError, says="cannot be reached"),
    Refusal(
        name="the answer is lost",
        error=httpx.ReadError,
        says="The connection to eu.posthog.com broke",
        arrives=True,
        doubted=True,
    ),
)
GONE = ("Not found", "no such", "no longer there", "does not find it", "never had")
