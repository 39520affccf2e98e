"""Alerts of PostHog, in the shapes of 2024 and 2026: read, made, changed, put to sleep."""

import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from phdesk.api import decoding
from phdesk.api.alert_writing import draft_body, fits_2024, snooze_body
from phdesk.api.errors import (
    ForbiddenError,
    InvalidRequestError,
    NotFoundError,
    NotPostHogError,
    PlanError,
)
from phdesk.api.resources import alerts
from phdesk.core.alert_drafts import draft_of
from phdesk.models.alert import AlertCheck, AlertDraft
from tests.api import recorded
from tests.api.server import Server, answer, replay
from tests.shared import needs_shared

ID = "01a20a79-631f-0000-5f1c-9516dd9950d2"
NEWER = {  # reference 8.1
    "id": "0199",
    "name": "Signups low",
    "insight": {"id": 3001, "short_id": "Ab3dE6gH", "name": "Signups"},
    "enabled": True,
    "state": "Snoozed",
    "condition": {"type": "relative_decrease"},
    "threshold": {
        "id": "0199",
        "name": "",
        "configuration": {"type": "percentage", "bounds": {"lower": None, "upper": 0.2}},
    },
    "config": {"type": "TrendsAlertConfig", "series_index": 1, "check_ongoing_interval": True},
    "detector_config": None,
    "calculation_interval": "every_15_minutes",
    "subscribed_users": [{"id": 41, "first_name": "Ada"}, {"id": 42}],
    "snoozed_until": "2026-11-24T06:00:00Z",
    "skip_weekend": True,
    "schedule_restriction": {"blocked_windows": [{"start": "22:00", "end": "06:00"}]},
    "last_checked_at": "2026-11-23T06:00:02Z",
    "next_check_at": "2026-11-24T06:00:00Z",
    "last_notified_at": None,
    "last_value": 7,
    "checks": [
        {
            "id": "c1",
            "created_at": "2026-11-23T06:00:02Z",
            "calculated_value": 7,
            "state": "Firing",
            "targets_notified": True,
        },
        {"id": "c0", "calculated_value": 5},
    ],
    "checks_total": 12,
}
DRAFT = AlertDraft(name="Low", insight_id=3001, users=(41,), lower=10)


def sent(name):
    return recorded.exchange(name)["request"]["json"]


def read(value):
    return decoding.alert(json.dumps(value).encode())


def body(server):
    return json.loads(server.requests[-1].content)


def test_all_that_an_alert_of_2026_says_is_read():
    found = read(NEWER)
    assert (found.insight_id, found.insight_short_id, found.insight_name) == (
        3001,
        "Ab3dE6gH",
        "Signups",
    )
    assert (found.condition, found.upper, found.percentage) == ("relative_decrease", 0.2, True)
    assert (found.series, found.unfinished, found.interval) == (1, True, "every_15_minutes")
    assert (found.users, found.skip_weekend, found.blocked) == (
        (41, 42),
        True,
        (("22:00", "06:00"),),
    )
    assert found.snoozed_until == datetime(2026, 11, 24, 6, tzinfo=UTC)
    assert found.checks == (
        AlertCheck(
            id="c1",
            at=datetime(2026, 11, 23, 6, 0, 2, tzinfo=UTC),
            state="Firing",
            value=7,
            notified=True,
        ),
    )
    assert (found.checks_total, found.of_2024) == (12, False)


@pytest.mark.parametrize("detector", ["mad", "ensemble", "something_new"])
def test_a_detector_is_kept_as_it_is(detector):
    config = {"type": detector, "window": 30, "new": [1]}
    found = read({**NEWER, "threshold": None, "condition": None, "detector_config": config})
    assert (found.anomaly, found.detector) == (True, detector)
    assert json.loads(bytes(found.detector_config)) == config
    written = json.loads(draft_body(draft_of(found, 3001)))
    assert written["detector_config"] == config
    assert "threshold" not in written


@pytest.mark.parametrize("kind", ["HogQLAlertConfig", "FunnelsAlertConfig", "NewConfig"])
def test_what_is_looked_at_is_kept_as_it_is(kind):
    config = {"type": kind, "funnel_step": 2, "column": "paid"}
    found = read({**NEWER, "config": config})
    assert found.series is None
    assert json.loads(draft_body(draft_of(found, 3001)))["config"] == config


@needs_shared
@pytest.mark.parametrize(
    ("name", "enabled", "upper"),
    [
        ("alert_retrieve_firing", True, 50),
        ("alert_patch_disable", False, 50),
        ("alert_patch_threshold", True, 60),
    ],
)
def test_a_recorded_alert_is_read_whole(name, enabled, upper):
    found = decoding.alert(recorded.body(name))
    assert (found.id, found.insight_id, found.insight_name) == (ID, 44, "Errors per day")
    assert (found.interval, found.users, found.of_2024) == ("daily", (1,), True)
    assert found.last_checked_at < found.next_check_at
    assert (found.enabled, found.upper) == (enabled, upper)


@needs_shared
def test_recorded_alerts_are_listed():
    server = Server([replay("alerts_list_after_check")])
    found = server.run(alerts.list_all, 1)
    assert [(one.name, one.state, one.lower, one.upper) for one in found] == [
        ("Too few sign-ups", "Not firing", 1, None),
        ("Too many API errors", "Firing", None, 50),
    ]
    assert server.asked == ["GET /api/projects/1/alerts/?limit=200"]


@needs_shared
def test_the_alerts_of_an_insight_are_its_own_even_of_a_server_that_sends_all():
    server = Server([replay("alerts_list_of_insight"), replay("alerts_list_after_check")])
    for _ in range(2):
        assert [one.id for one in server.run(alerts.list_all, 1, 44)] == [ID]
    assert server.requests[0].url.params["insight"] == "44"


@needs_shared
def test_the_checks_of_a_recorded_alert_are_read():
    server = Server([replay("alert_retrieve_firing")])
    (check,) = server.run(alerts.get, 1, ID, checks=1000).checks
    assert (check.state, check.value, check.notified) == ("Firing", 301, True)
    assert server.asked == [f"GET /api/projects/1/alerts/{ID}/?checks_limit=500"]


@needs_shared
@pytest.mark.parametrize(("name", "call"), [
    ("alerts_list_with_key", (alerts.list_all, 1)),
    ("alert_create_with_key", (alerts.create, 1, DRAFT)),
])  # fmt: skip
def test_servers_of_2024_take_no_keys_here(name, call):
    with pytest.raises(ForbiddenError):
        Server([replay(name)]).run(*call)


@needs_shared
@pytest.mark.parametrize("name", ["error_alert_missing_fields", "error_alert_on_funnel"])
def test_what_the_server_refuses_is_told_in_its_words(name):
    detail = recorded.exchange(name)["response"]["json"]["detail"]
    with pytest.raises(InvalidRequestError) as caught:
        Server([replay(name)]).run(alerts.create, 1, DRAFT)
    assert detail.rstrip(".") in f"{caught.value} {caught.value.failure.detail}"


def test_a_plan_without_alerts_is_told_as_one():
    refusal = {"type": "payment_required", "code": "payment_required", "detail": "Upgrade."}
    with pytest.raises(PlanError):
        Server([answer(refusal, 402)]).run(alerts.create, 1, DRAFT)


@needs_shared
def test_an_alert_of_2024_is_written_as_a_recorded_one():
    written = json.loads(draft_body(replace(DRAFT, lower=None, upper=50), of_2024=True))
    asked = sent("alert_create_with_key")
    assert set(written) == set(asked)
    assert written["threshold"]["configuration"] == asked["threshold"]["configuration"]
    assert (written["condition"], written["config"]) == (asked["condition"], asked["config"])


def test_an_alert_of_2026_is_written_as_it_was_read():
    written = json.loads(draft_body(draft_of(read(NEWER), 3001)))
    for key in ("name", "enabled", "condition", "config", "detector_config",
                "calculation_interval", "skip_weekend", "schedule_restriction"):  # fmt: skip
        assert written[key] == NEWER[key], key
    assert written["threshold"]["configuration"] == NEWER["threshold"]["configuration"]
    assert (written["insight"], written["subscribed_users"]) == (3001, [41, 42])


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({}, True),
        ({"condition": "relative_increase"}, False),
        ({"unfinished": True}, False),
        ({"skip_weekend": True}, False),
        ({"blocked": (("22:00", "06:00"),)}, False),
        ({"detector_config": Raw(b'{"type":"mad"}')}, False),
        ({"config": Raw(b'{"type":"HogQLAlertConfig"}')}, False),
    ],
)
def test_what_an_old_server_cannot_keep_is_known_before(more, fits):
    assert fits_2024(replace(DRAFT, **more)) is fits


def test_an_alert_is_made_changed_and_deleted():
    server = Server(lambda request: answer(NEWER, 201 if request.method == "POST" else 200))
    assert server.run(alerts.create, 1, DRAFT).id == "0199"
    assert body(server)["threshold"]["configuration"]["bounds"] == {"lower": 10, "upper": None}
    server.run(alerts.update, 1, "0199", DRAFT, replace(DRAFT, upper=20))
    assert body(server)["threshold"]["configuration"]["bounds"] == {"lower": 10, "upper": 20}
    assert set(body(server)) == {"condition", "threshold"}
    server.run(alerts.switch, 1, "0199", on=False)
    assert body(server) == {"enabled": False}
    assert server.asked == [
        "POST /api/projects/1/alerts/",
        "PATCH /api/projects/1/alerts/0199/",
        "PATCH /api/projects/1/alerts/0199/",
    ]


@needs_shared
def test_a_recorded_deletion_has_no_answer():
    server = Server([replay("alert_delete")])
    assert server.run(alerts.delete, 1, ID) is None
    assert server.asked == [f"DELETE /api/projects/1/alerts/{ID}/"]


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(hours=1), "1h"),
        (timedelta(hours=6), "6h"),
        (timedelta(days=1), "1d"),
        (timedelta(weeks=1), "7d"),
        (timedelta(hours=25, minutes=1), "26h"),
        (timedelta(0), "1h"),
        (None, None),
    ],
)
def test_a_snooze_is_sent_in_whole_hours_from_now(span, text):
    assert json.loads(snooze_body(span)) == {"snoozed_until": text}
    server = Server([answer(NEWER)])
    assert server.run(alerts.snooze, 1, "0199", span).state == "Snoozed"


def test_an_id_stays_within_its_path():
    server = Server([answer({"detail": "Not found."}, 404)] * 2)
    with pytest.raises(NotFoundError):
        server.run(alerts.get, 1, "../projects?x=1")
    assert server.asked[0].startswith("GET /api/projects/1/alerts/..%2Fprojects%3Fx%3D1/?")


@pytest.mark.parametrize("odd", [b"hello", b"null", b"[]", b"{}", b'{"id": 5'])
def test_an_answer_of_something_else_is_told(odd):
    with pytest.raises(NotPostHogError):
        Server([httpx.Response(200, content=odd)]).run(alerts.get, 1, "0199")


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(sorted(NEWER)), anything)
def test_any_odd_field_costs_only_itself(key, value):
    found = decoding.alerts(json.dumps([{**NEWER, key: value}]).encode()).items
    if key != "id":
        assert found[0].id == "0199"
        draft_body(draft_of(found[0], 1))
