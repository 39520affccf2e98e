"""Every way of failing has its own exception, chosen by status, code and type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from phdesk.api import errors
from phdesk.api.errors import (
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
from phdesk.api.refusal import failure_of, from_body, from_response
from phdesk.models.failure import Cause
from phdesk.models.insight import Insight, QueryStatus
from tests.api import recorded
from tests.shared import needs_shared

BY_STATUS = {
    400: InvalidRequestError,
    402: PlanError,
    404: NotFoundError,
    405: InvalidRequestError,
    429: RateLimitedError,
    500: ServerError,
}
BY_NAME = {
    "error_bad_key": WrongKeyError,
    "error_project_key_instead_of_personal": WrongKeyError,
    "error_no_auth": NoKeyError,
    "error_empty_bearer": NoKeyError,
    "error_missing_scope_dashboard": MissingScopeError,
    "error_missing_scope_annotation": MissingScopeError,
    "me_key_without_user_scope": MissingScopeError,
    "error_other_organization_project": ForbiddenError,
    "key_scoped_to_project_lists_projects": ForbiddenError,
    "insight_viewed": ForbiddenError,
    "insights_my_last_viewed": ForbiddenError,
    "alerts_list_with_key": ForbiddenError,
    "alert_create_with_key": ForbiddenError,
    "insight_variables_list_with_key": ForbiddenError,
    "dashboard_move_tile": ForbiddenError,
}


def recorded_error(name):
    return from_response(recorded.status(name), recorded.headers(name), recorded.body(name))


@needs_shared
@pytest.mark.parametrize("name", [n for n in recorded.names() if recorded.status(n) >= 400])
def test_every_recorded_error_has_its_class(name):
    status = recorded.status(name)
    error = recorded_error(name)
    assert type(error) is (BY_NAME.get(name) or BY_STATUS[status])
    assert error.failure.status == status
    assert error.failure.cause is type(error).cause
    message = str(error)
    assert message == error.failure.message
    assert message.endswith((".", "…", "?"))
    assert "\n" not in message
    assert "https://errors." not in message


MESSAGES = [
    ("error_missing_scope_dashboard", "The key lacks the scope dashboard:read."),
    ("error_bad_key", "The host does not know this key."),
    ("error_throttled_insights", "Too many calls; PostHog asks to wait 47 seconds."),
    ("error_throttled_query", "Too many calls; PostHog asks to wait 60 minutes."),
    ("error_dashboard_not_found", "Not found: it may be deleted, or belong to another project."),
    (
        "error_query_funnel_one_step",
        "PostHog refused the request: Funnels require at least two steps before calculating.",
    ),
    (
        "error_dashboard_id_not_a_number",
        "The server had an error; the project or the object may also not exist.",
    ),
]


@needs_shared
@pytest.mark.parametrize(("name", "message"), MESSAGES, ids=[name for name, _ in MESSAGES])
def test_messages_are_plain_sentences(name, message):
    assert str(recorded_error(name)) == message


@needs_shared
def test_a_missing_scope_is_named_and_the_wait_is_in_seconds():
    assert recorded_error("error_missing_scope_annotation").failure.scope == "annotation:read"
    assert recorded_error("error_throttled_query").failure.retry_after == 3593.0


PAGE = b"<!doctype html><title>Sign in to the network</title>"
HTML = {"Content-Type": "text/html"}
ODD = [
    pytest.param(200, HTML, PAGE, NotPostHogError, id="a captive portal"),
    pytest.param(404, HTML, PAGE, NotPostHogError, id="a wrong address"),
    pytest.param(403, HTML, PAGE, NotPostHogError, id="a firewall"),
    pytest.param(502, HTML, PAGE, ServerError, id="a proxy without a server"),
    pytest.param(429, {**HTML, "Retry-After": "7"}, PAGE, RateLimitedError, id="a proxy's limit"),
    pytest.param(304, {}, b"", NotPostHogError, id="not modified"),
    pytest.param(400, {}, b'{"error": "Bad thing"}', InvalidRequestError, id="only error"),
    pytest.param(400, {}, b'{"detail": ["a", "b"]}', InvalidRequestError, id="a list as detail"),
    pytest.param(401, {}, b"", WrongKeyError, id="unauthorized without a body"),
    pytest.param(402, {}, b'{"code": "quota_limit_exceeded"}', QuotaError, id="quota"),
    pytest.param(402, {}, b'{"code": "payment_required"}', PlanError, id="not in the plan"),
    pytest.param(402, {}, b"", QuotaError, id="402 without a reason"),
    pytest.param(409, {}, b"", InvalidRequestError, id="conflict"),
    pytest.param(413, {}, b"", InvalidRequestError, id="too large"),
    pytest.param(503, {}, b"", ServerError, id="overloaded"),
    pytest.param(504, {}, b"", ServerError, id="too slow"),
    pytest.param(512, {}, b"", ServerError, id="would be too slow"),
    pytest.param(418, {}, b"[" * 100_000, InvalidRequestError, id="deep"),
]


@pytest.mark.parametrize(("status", "headers", "body", "kind"), ODD)
def test_odd_answers_have_their_class_too(status, headers, body, kind):
    error = from_response(status, headers, body)
    assert type(error) is kind
    assert error.failure.status == status
    assert str(error)


RETRIES = [
    ({"Retry-After": "42"}, b"{}", 42.0),
    ({"retry-after": "soon"}, b"{}", None),
    ({}, b'{"detail": "Request was throttled. Expected available in 9 seconds."}', 9.0),
    ({}, b"", None),
]


@pytest.mark.parametrize(
    ("headers", "body", "wait"), RETRIES, ids=["header", "nonsense", "only words", "nothing"]
)
def test_the_wait_is_read_from_the_header_or_else_the_words(headers, body, wait):
    assert from_response(429, headers, body).failure.retry_after == wait


@given(st.integers(100, 599), st.binary(max_size=60))
def test_any_answer_gives_an_error_with_a_message(status, body):
    error = from_response(status, {}, body)
    assert isinstance(error, errors.ApiError)
    assert "\n" not in str(error)


@needs_shared
@pytest.mark.parametrize(
    "name",
    [n for n in recorded.names() if n.startswith("error_") and recorded.body(n)],
)
def test_an_error_body_without_its_status_has_the_same_class(name):
    assert type(from_body(recorded.body(name))) is type(recorded_error(name))


HIDDEN = [
    pytest.param(Insight(), None, id="no failure"),
    pytest.param(Insight(error="Bad"), Cause.INVALID, id="an error"),
    pytest.param(Insight(status=QueryStatus(error=True)), Cause.SERVER, id="a hidden cause"),
    pytest.param(
        Insight(status=QueryStatus(error=True, error_message="No such field")),
        Cause.INVALID,
        id="a told cause",
    ),
    pytest.param(
        Insight(status=QueryStatus(error=True, error_message="concurrency_limit_exceeded")),
        Cause.RATE_LIMITED,
        id="too many at once",
    ),
    pytest.param(
        Insight(status=QueryStatus(complete=False), result=Raw(b"[]")), None, id="still running"
    ),
]


@pytest.mark.parametrize(("insight", "cause"), HIDDEN)
def test_failures_hidden_in_a_success_are_found(insight, cause):
    failure = failure_of(insight)
    assert (failure.cause if failure else None) is cause


def test_every_cause_has_exactly_one_class_and_the_tree_is_drawn():
    kinds = [*errors.ApiError.__subclasses__(), *errors.WrongKeyError.__subclasses__()]
    assert sorted(kind.cause.name for kind in kinds) == sorted(cause.name for cause in Cause)
    for kind in kinds:
        assert kind.__name__ in errors.__doc__
