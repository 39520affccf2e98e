"""Health over a real socket of this computer."""

import http.client
import json
import socket

import pytest
from prometheus_client.parser import text_string_to_metric_families

from phdesk.models.beat import Spending
from phdesk.services import health_port
from phdesk.services.health_port import HealthPort
from phdesk.services.metrics import TILE
from tests.core.wall.statuses import beat, status, tile, window


@pytest.fixture
def port(monkeypatch):
    monkeypatch.setattr(health_port, "POLL", 0.01)
    made = HealthPort(0)
    yield made
    made.close()


def ask(port, path, method="GET", **headers):
    talk = http.client.HTTPConnection("127.0.0.1", port.port, timeout=5)
    try:
        talk.request(method, path, headers=headers)
        answer = talk.getresponse()
        return answer.status, answer.read().decode()
    finally:
        talk.close()


def figures(port):
    _, text = ask(port, "/metrics")
    return {
        (sample.name, *(sample.labels[one] for one in TILE if one in sample.labels)): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_healthy_monitor_answers_200(port):
    port.tell(status())
    code, body = ask(port, "/healthz")
    assert (code, json.loads(body)) == (200, {"healthy": True, "reasons": []})


def test_one_that_is_not_answers_503_with_reasons(port):
    port.tell(status(beat(problems=("Growth was removed.",))))
    code, body = ask(port, "/healthz")
    assert code == 503
    assert json.loads(body) == {"healthy": False, "reasons": ["Growth was removed."]}


def test_before_the_first_word_it_is_not_healthy(port):
    assert ask(port, "/healthz")[0] == 503


def test_a_watch_that_hangs_is_not_healthy(port, monkeypatch):
    port.tell(status())
    monkeypatch.setattr(health_port, "SILENT", -1.0)
    assert ask(port, "/healthz")[0] == 503
    assert figures(port)["phdesk_healthy",] == 0


def test_metrics_tell_ages_memory_and_restarts(port):
    port.tell(status(beat(tiles=(tile(minutes=12), tile("Churn", stale=True))), beat(
        monitor="DP-1", rotations=5, missed=2, late=3, longest_wait=1.5, tiles=()),
        window=window(starts=3)))  # fmt: skip
    found = figures(port)
    assert found["phdesk_healthy",] == 0
    assert found["phdesk_tile_age_seconds", "HDMI-1", "Weekly", "Signups"] == 720
    assert found["phdesk_tile_stale", "HDMI-1", "Weekly", "Churn"] == 1
    assert found["phdesk_pages_missed_total", "DP-1"] == 2
    assert found["phdesk_pages_late_total", "DP-1"] == 3
    assert found["phdesk_page_longest_wait_seconds", "DP-1"] == 1.5
    assert found["phdesk_window_memory_bytes",] == 210_000_000
    assert found["phdesk_window_restarts_total",] == 2


def test_metrics_tell_the_budget_of_all_monitors_once(port):
    spending = (
        Spending(calls="insights", people=3, clock=40, limit=800, clock_limit=160),
        Spending(calls="other", people=1, clock=2, limit=3200, clock_limit=640),
    )
    port.tell(status(beat(spending=spending), beat(monitor="DP-1", spending=spending)))
    _, text = ask(port, "/metrics")
    found = {
        (sample.name, sample.labels["calls"], sample.labels["side"]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if "budget" in sample.name
    }
    spent, limit = "phdesk_budget_spent_calls", "phdesk_budget_limit_calls"
    assert found == {
        (spent, "insights", "people"): 3,
        (spent, "insights", "clock"): 40,
        (limit, "insights", "people"): 800,
        (limit, "insights", "clock"): 160,
        (spent, "other", "people"): 1,
        (spent, "other", "clock"): 2,
        (limit, "other", "people"): 3200,
        (limit, "other", "clock"): 640,
    }


def test_a_wall_that_is_off_is_not_on_show_and_has_nothing_stale(port):
    old = (tile(minutes=500, stale=True),)
    port.tell(status(beat(resting=True, tiles=old), beat(monitor="DP-1", tiles=old)))
    found = figures(port)
    assert (found["phdesk_on_show", "HDMI-1"], found["phdesk_on_show", "DP-1"]) == (0, 1)
    assert found["phdesk_tile_stale", "HDMI-1", "Weekly", "Signups"] == 0
    assert found["phdesk_tile_stale", "DP-1", "Weekly", "Signups"] == 1
    assert found["phdesk_tile_age_seconds", "HDMI-1", "Weekly", "Signups"] == 30_000


def test_tiles_of_one_name_are_one_figure_the_worst(port):
    port.tell(status(beat(tiles=(tile(minutes=90), tile(minutes=3)))))
    assert figures(port)["phdesk_tile_age_seconds", "HDMI-1", "Weekly", "Signups"] == 5400


def test_all_tiles_are_told_and_which_are_on_show(port):
    every = (tile(minutes=90, key="a"), tile("Churn", key="b", stale=True))
    for shown, fresh in ((every[0], (1, 0)), (every[1], (0, 1))):
        port.tell(status(beat(tiles=(shown,), all_tiles=every)))
        found = figures(port)
        assert found["phdesk_tile_age_seconds", "HDMI-1", "Weekly", "Signups"] == 5400
        assert found["phdesk_tile_stale", "HDMI-1", "Weekly", "Churn"] == 1
        names = ("Signups", "Churn")
        on_show = [found["phdesk_tile_on_show", "HDMI-1", "Weekly", name] for name in names]
        assert tuple(on_show) == fresh
        assert ask(port, "/healthz")[0] == 503, "whichever page is on show"


def test_odd_names_come_through(port):
    port.tell(status(beat(tiles=(tile('a "quoted"\nname \\ of 1'),))))
    assert figures(port)["phdesk_tile_age_seconds", "HDMI-1", "Weekly", 'a "quoted"\nname \\ of 1']


def test_a_page_that_took_this_address_for_itself_is_told_nothing(port):
    port.tell(status())
    assert ask(port, "/metrics", Host="evil.example")[0] == 403
    assert ask(port, "/healthz", Host=f"localhost:{port.port}")[0] == 200


def test_other_paths_and_methods_are_refused(port):
    assert ask(port, "/")[0] == 404
    assert ask(port, "/healthz", "POST")[0] == 501


def test_head_has_no_body(port):
    port.tell(status())
    assert ask(port, "/healthz", "HEAD") == (200, "")


def test_only_loopback_listens(port):
    assert port._server.server_address[0] == "127.0.0.1"


def test_a_taken_port_is_an_os_error():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        HealthPort(taken.getsockname()[1])
