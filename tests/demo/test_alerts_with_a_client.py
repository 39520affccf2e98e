"""The app's own client and the demo understand each other about alerts."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from phdesk.api.errors import InvalidRequestError, NotFoundError
from phdesk.api.resources import alerts, dashboards, insights
from phdesk.core.alert_drafts import draft_of
from phdesk.demo.server import DemoServer
from phdesk.models.alert import AlertDraft
from tests.demo.conftest import NOW, Clock


@pytest.fixture(scope="module")
def clock():
    return Clock(NOW)


@pytest.fixture(scope="module")
def server(clock):
    with DemoServer(now=clock) as running:
        yield running


def test_an_alert_lives_from_its_making_to_its_end(ask, clock):
    watched = next(one for one in ask(alerts.list_all) if one.name == "API latency too high")
    draft = AlertDraft(name="Slow", insight_id=watched.insight_id, users=(1,), upper=0)
    made = ask(alerts.create, draft)
    assert (made.state, made.checks, made.upper) == ("Not firing", (), 0)
    for board in ask(dashboards.rows):
        ask(dashboards.get, board.id, refresh="force_blocking")
    firing = ask(alerts.get, made.id)
    assert firing.firing
    assert [check.notified for check in firing.checks] == [True]
    assert firing.value == firing.checks[0].value > 0

    held = draft_of(firing, watched.insight_id)
    edited = ask(alerts.update, made.id, held, replace(held, name="Slower", skip_weekend=True))
    assert draft_of(edited, 0) == replace(held, name="Slower", skip_weekend=True, insight_id=0)
    assert edited.firing  # the rule is the same
    asleep = ask(alerts.snooze, made.id, timedelta(hours=6))
    assert (asleep.state, asleep.snoozed_until) == ("Snoozed", clock.at + timedelta(hours=6))
    assert ask(alerts.snooze, made.id, None).snoozed_until is None
    assert not ask(alerts.switch, made.id, on=False).enabled
    assert len(ask(alerts.list_all, watched.insight_id)) == 2
    ask(alerts.delete, made.id)
    with pytest.raises(NotFoundError):
        ask(alerts.get, made.id)


def test_a_funnel_is_refused_in_words(ask):
    funnel = next(one for one in ask(insights.list_all) if b'"FunnelsQuery"' in bytes(one.query))
    with pytest.raises(InvalidRequestError, match="not supported for this insight"):
        ask(alerts.create, AlertDraft(name="x", insight_id=funnel.id, users=(1,), lower=1))
