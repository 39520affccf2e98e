"""`show` and `render` know what the screen knows from around a tile."""

import json
from datetime import UTC, datetime

import httpx
import pytest
from msgspec import Raw
from msgspec.structs import replace

from phdesk.api.client import Client
from phdesk.api.document import DashboardDocument, InsightDocument
from phdesk.cli import main
from phdesk.cli.around import around
from phdesk.cli.loading import from_document
from phdesk.core.sources import parse_source
from phdesk.demo.server import DemoServer
from phdesk.models.account import Project
from phdesk.models.annotation import Annotation
from phdesk.models.color_theme import ColorTheme
from phdesk.models.dashboard import Dashboard, DashboardRow, Tile, WidgetCard
from phdesk.models.insight import Insight
from phdesk.services.headless import Access, Found, fetch
from phdesk.store.contexts import context_of
from phdesk.store.state import NOTHING_AROUND, Around
from phdesk.views.dashboard.presenting import view_of
from tests.services.posthog import BROKEN, HOST, KEY, NO_SCOPE, FakePostHog
from tests.store.builders import NOON, tile
from tests.views.dashboard.showing import shown_board, trend

HERE = Access(host=HOST, key=KEY, project=7)
NOTE = {"id": 1, "content": "Release", "date_marker": "2026-11-20T09:00:00Z", "scope": "project"}
OCEAN = {"id": 3, "name": "Ocean", "colors": ["#0b132b"], "is_global": True}
NOTED = Annotation(content="Release", at=datetime(2026, 11, 22, 9, tzinfo=UTC))
SEA = ColorTheme(id=3, colors=("#0b132b",), is_global=True)
SHOP = Project(id=7, name="Shop")
WIDGET = WidgetCard("errors", "Errors")
REVENUE = "Revenue by day"
FOREST = ColorTheme(id=4, name="Forest", colors=("#0a3d0a",))


@pytest.fixture
def server():
    server = FakePostHog()
    server.annotations, server.color_themes = [NOTE], [OCEAN]
    return server


def found(server):
    facts = around(HERE, 7, NOON, connect=server.connect)
    return (
        [one.content for one in facts.annotations],
        [one.name for one in facts.color_themes],
    )


def test_both_are_read(server, capfd):
    assert found(server) == (["Release"], ["Ocean"])
    assert capfd.readouterr() == ("", "")


def refusing(path, answer):
    """A 404 is asked for below the environment too."""
    return {path: answer, f"environments/7/{path}": answer}


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param((403, NO_SCOPE), id="no scope"),
        pytest.param((404, {"detail": "Not found."}), id="no endpoint"),
        pytest.param((403, {"detail": "Forbidden."}), id="forbidden"),
    ],
)
def test_a_refusal_of_one_is_silent_and_costs_only_that(server, answer, capfd):
    server.special = refusing("annotations/", answer)
    assert found(server) == ([], ["Ocean"])
    server.special = refusing("data_color_themes/", answer)
    assert found(server) == (["Release"], [])
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "answer", [(500, BROKEN), httpx.ConnectError("no")], ids=["server error", "no network"]
)
def test_any_other_failure_is_one_line_and_the_rest_is_shown(server, answer, capfd):
    server.special["annotations/"] = answer
    assert found(server) == ([], ["Ocean"])
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("phdesk: Annotations are left out: ")


@pytest.fixture(scope="module")
def demo():
    with DemoServer() as running:
        fetch(parse_source("1"), access_of(running), connect=Client)  # calculates all tiles
        yield running


def access_of(running):
    return Access(host=running.url, key=running.key)


@pytest.fixture
def signed_in(demo, tmp_path, monkeypatch):
    monkeypatch.setenv("PHDESK_HOME", str(tmp_path))
    monkeypatch.setenv("PHDESK_API_KEY", demo.key)
    monkeypatch.setenv("PHDESK_HOST", demo.url)
    monkeypatch.delenv("PHDESK_PROJECT", raising=False)
    return demo


def test_what_is_shown_names_the_annotations_and_nothing_is_complained(signed_in, capfd):
    assert main(["show", "1", "--format", "json"]) == 0
    out, err = capfd.readouterr()
    assert err == "", "the demo has no colour themes, which is no fault"
    assert any("Annotated: Release" in tile["summary"] for tile in json.loads(out))


def test_an_insight_alone_has_its_annotations_too(signed_in, capfd):
    tiles = fetch(parse_source("1"), access_of(signed_in), connect=Client).dashboard.tiles
    by_day = next(one.insight for one in tiles if one.insight and one.insight.name == REVENUE)
    assert main(["show", by_day.short_id]) == 0
    assert "Annotated: " in capfd.readouterr().out


@pytest.mark.parametrize(
    ("facts", "more"),
    [
        pytest.param(NOTHING_AROUND, {}, id="nothing"),
        pytest.param(Around((NOTED,), (SEA,)), {}, id="annotation and global theme"),
        pytest.param(Around((), (FOREST,)), {"data_color_theme_id": 4}, id="the dashboard's theme"),
        pytest.param(
            NOTHING_AROUND, {"breakdown_colors": (("Signups", "preset-5"),)}, id="chosen colours"
        ),
    ],
)
def test_a_dashboard_is_shown_as_on_the_screen(facts, more):
    state = shown_board(tile(1, trend(0))).dashboards[9]
    state = replace(state, dashboard=replace(state.dashboard, **more))
    on_screen = view_of(state.tiles[1], context_of(state, SHOP, NOON, facts))
    sent = DashboardDocument(replace(state.dashboard, tiles=(tile(1, trend(0)),)))
    assert from_document(sent, SHOP, facts).views == (on_screen,)
    if facts is not NOTHING_AROUND:
        assert from_document(sent, SHOP).views != (on_screen,)


def test_the_theme_of_the_project_holds_for_an_insight():
    project = replace(SHOP, default_data_theme=4)
    shown = from_document(InsightDocument(trend(0)), project, Around((), (FOREST,)))
    assert shown.views[0].body.series[0].color == "#0a3d0a"


ODD_QUERY = Raw(b'{"kind": "OddQuery"}')


def test_what_is_not_drawn_is_shown_with_its_page_in_posthog(signed_in, monkeypatch, capfd):
    odd = Insight(id=5, short_id="Ab3dE6gH", name="Odd", query=ODD_QUERY, result=Raw(b"[[1]]"))
    drawn = trend(0)
    tiles = (Tile(id=1, insight=odd), Tile(id=2, insight=drawn), Tile(id=3, widget=WIDGET))
    board = Dashboard(row=DashboardRow(id=9, name="Weekly"), tiles=tiles)
    found = Found(project=SHOP, dashboard=board)
    monkeypatch.setattr("phdesk.services.headless.fetch", lambda *_, **__: found)
    assert main(["show", "9"]) == 0
    lines = [line for line in capfd.readouterr().out.splitlines() if "PostHog:" in line]
    home = f"{signed_in.url}/project/7"
    assert lines == [
        f"Open in PostHog: {home}/insights/Ab3dE6gH",
        f"Open in PostHog: {home}/dashboard/9",
    ]
