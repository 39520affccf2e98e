"""Counts are checked against a dumb reader of the same JSON."""

import json

import pytest

from phdesk.api import decoding
from tests.api import recorded
from tests.api.sent import encoded
from tests.shared import needs_shared


def dumb_dashboards():
    """Yield the name, the bytes and the JSON of everything recorded that is a dashboard."""
    for name in recorded.names():
        value = recorded.exchange(name)["response"].get("json")
        if (
            isinstance(value, dict)
            and isinstance(value.get("dashboard"), dict)
            and "id" not in value
        ):
            value = value["dashboard"]
        if isinstance(value, dict) and isinstance(value.get("tiles"), list) and "pinned" in value:
            yield name, encoded(value), value
    for path in recorded.fixtures("dashboards"):
        value = json.loads(path.read_bytes())
        if isinstance(value, dict) and "tiles" in value:
            yield path.stem, path.read_bytes(), value


@needs_shared
def test_every_recorded_dashboard_is_read_with_all_its_tiles():
    seen = 0
    for name, data, value in dumb_dashboards():
        found = decoding.dashboard(data)
        sent = value["tiles"]
        assert found.row.id == value["id"], name
        assert [tile.id for tile in found.tiles] == [tile["id"] for tile in sent], name
        for tile, raw in zip(found.tiles, sent, strict=True):
            assert (tile.insight is None) == (raw.get("insight") is None), name
            assert (tile.text is None) == (raw.get("text") is None), name
            assert json.loads(bytes(tile.layouts)) == raw["layouts"], name
            assert tile.error is None, name
            if tile.insight is not None:
                assert json.loads(bytes(tile.insight.result)) == raw["insight"]["result"], name
                assert tile.insight.name == raw["insight"]["name"], name
        seen += 1
    assert seen > 25


@needs_shared
def test_every_recorded_list_of_dashboards_is_read_whole():
    for name in ("dashboards_list", "dashboards_list_first", "dashboards_current_alias"):
        value = recorded.exchange(name)["response"]["json"]
        page = decoding.dashboard_rows(recorded.body(name))
        assert [row.name for row in page.items] == [each["name"] for each in value["results"]]
        assert [row.pinned for row in page.items] == [each["pinned"] for each in value["results"]]
        assert page.count == value["count"]


@needs_shared
def test_every_recorded_insight_is_read_with_its_result():
    seen = 0
    for name in recorded.names():
        value = recorded.exchange(name)["response"].get("json")
        if isinstance(value, dict) and "short_id" in value:
            found = decoding.insight(recorded.body(name))
            assert found.short_id == value["short_id"], name
            for field in ("result", "query", "filters"):
                assert json.loads(bytes(getattr(found, field))) == value[field], name
            assert json.loads(bytes(found.columns)) == value.get("columns"), name
            assert (found.last_refresh is None) == (value["last_refresh"] is None), name
            assert found.tags == tuple(value["tags"]), name
            seen += 1
    assert seen > 90


@needs_shared
def test_every_fixture_insight_is_read_with_its_result():
    for path in recorded.fixtures("insights"):
        value = json.loads(path.read_bytes())
        assert json.loads(bytes(decoding.insight(path.read_bytes()).result)) == value["result"]


@needs_shared
def test_every_recorded_query_answer_has_its_rows_in_result():
    seen = 0
    for name in recorded.names():
        value = recorded.exchange(name)["response"].get("json")
        if isinstance(value, dict) and "results" in value and "is_cached" in value:
            found = decoding.query_response(recorded.body(name))
            assert json.loads(bytes(found.result)) == value["results"], name
            assert found.error is None, name
            seen += 1
    assert seen > 12


@needs_shared
@pytest.mark.parametrize(
    ("name", "complete", "failed", "has_result"),
    [
        ("query_async_poll_pending", False, False, False),
        ("query_async_poll_progress", False, False, False),
        ("query_async_poll_done", True, False, True),
        ("async_tile_poll_done", True, False, True),
        ("dashboard_broken_tile_poll_done", True, True, False),
        ("query_async_failing_hidden_done", True, True, False),
    ],
)
def test_recorded_polls_tell_how_the_calculation_stands(name, complete, failed, has_result):
    found = decoding.query_status(recorded.body(name))
    assert (found.status.complete, found.status.error) == (complete, failed)
    assert (found.insight is not None) == has_result
    if found.insight is not None:
        sent = recorded.exchange(name)["response"]["json"]["query_status"]["results"]["results"]
        assert json.loads(bytes(found.insight.result)) == sent


@needs_shared
def test_the_recorded_user_knows_the_projects_of_the_organization():
    user = decoding.user(recorded.body("me"))
    assert [(each.id, each.organization) for each in user.projects] == [
        (1, "Lumenlane"),
        (2, "Lumenlane"),
    ]
    assert user.current_project == 1


@needs_shared
def test_recorded_projects_are_read_alone_and_in_lists():
    page = decoding.projects(recorded.body("projects_list"))
    assert [(each.id, each.timezone) for each in page.items] == [
        (2, "America/New_York"),
        (1, "UTC"),
    ]
    assert decoding.project(recorded.body("project_retrieve")).primary_dashboard == 1
