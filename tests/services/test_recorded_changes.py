"""What the app sends for an act is what a real server took for the same act, byte for byte of JSON.

Every recorded change of a dashboard or insight is either sent here by the code that the app uses,
or named with the reason why the app has no such act.
"""

import asyncio
import json

import pytest
from msgspec import structs

from phdesk.api import decoding
from phdesk.core import team_edits
from phdesk.core.filters import NO_FILTER, Override, read_filter, saved_body
from phdesk.core.grid.boards import board_boxes
from phdesk.models.account import Account, Project
from phdesk.models.dashboard import Box, Dashboard, DashboardRow
from phdesk.services.archive import Archive
from phdesk.services.changing import change
from phdesk.services.saving import save_layout
from phdesk.services.session import Session
from phdesk.services.settings import Settings
from phdesk.store.cache import Cache
from phdesk.store.state import Overlay
from tests.api import recorded
from tests.api.server import Server, answer, replay
from tests.shared import needs_shared
from tests.store.builders import NOON

pytestmark = needs_shared
CHANGING = ("PATCH", "POST", "DELETE")
NO_ACT = {
    "dashboard_create_from_template": "dashboards are created in PostHog",
    "dashboard_create_with_filters": "dashboards are created in PostHog",
    "dashboard_duplicate": "whole dashboards are copied in PostHog",
    "dashboard_duplicate_deep": "whole dashboards are copied in PostHog",
    "dashboard_soft_delete": "dashboards are deleted in PostHog",
    "dashboard_undelete": "dashboards are deleted in PostHog",
    "insight_create_without_query": "an insight without a question is not copied",
    "insight_patch_query": "questions are changed in PostHog",
    "insight_remove_from_dashboards": "a tile is taken off by the tile, which keeps its place",
    "insight_soft_delete": "insights are deleted in PostHog",
    "insight_undelete": "insights are deleted in PostHog",
    "legacy_endpoint_funnel_post": "a calculation, no change",
    "legacy_endpoint_path": "a calculation, no change",
    "sharing_disable": "what everybody may see is chosen in PostHog",
    "sharing_enable": "what everybody may see is chosen in PostHog",
    "sharing_insight_enable": "what everybody may see is chosen in PostHog",
    "tags_without_feature": "tags are changed by PATCH, of a dashboard that exists",
}


class Wire:
    """A session whose server gives these answers, one after another."""

    def __init__(self, tmp_path, *answers):
        self.server = Server(list(answers))
        self._cache = Cache(tmp_path / "cache.sqlite3")
        self._archive = Archive(self._cache, Settings)

    def run(self, work, *given):
        async def main():
            session = Session(
                self.server.client,
                self._archive,
                Account(id="a", host="h"),
                Project(id=1),
                lambda: NOON,
            )
            try:
                return await work(session, *given)
            finally:
                await session.close()

        try:
            return asyncio.run(main())
        finally:
            self._cache.close()


def took(name):
    return recorded.exchange(name)["request"]


def board(name):
    return decoding.dashboard(recorded.body(name))


def edited(tmp_path, name, before, edit):
    wire = Wire(tmp_path, replay(name))
    wire.run(change, before, edit)
    return wire.server


def sends_text(tmp_path):
    name = "dashboard_add_text_tile"
    (card,) = took(name)["json"]["tiles"]
    edit = team_edits.text_added(card["text"]["body"], Box(0, 0, 12, 2), Box(0, 0, 1, 2))
    return edited(tmp_path, name, Dashboard(row=board(name).row), edit)


def sends_color(tmp_path):
    before = "dashboard_patch_layout_one_tile"
    tile = next(one for one in board(before).tiles if one.id == 25)
    wire = Wire(tmp_path, replay(before), replay("dashboard_patch_tile_color"))
    wire.run(change, board(before), team_edits.colored(tile, "", "green"))
    return wire.server


def sends_removal(tmp_path):
    before = Dashboard(row=board("dashboard_delete_tile").row)
    tile = structs.replace(board("dashboard_patch_tile_color").tiles[0], id=24)
    return edited(tmp_path, "dashboard_delete_tile", before, team_edits.removed(tile, ""))


def sends_layouts(tmp_path):
    """Eleven tiles, which lay below each other, are moved at once."""
    name = "dashboard_patch_layouts"
    order = [tile["id"] for tile in took(name)["json"]["tiles"]]
    before = json.loads(recorded.body(name))
    before["tiles"] = [tile for tile in before["tiles"] if tile["layouts"]]
    for tile in before["tiles"]:
        if tile["id"] in order:  # else it is the card above them, which stays
            row = 2 + order[::-1].index(tile["id"])
            tile["layouts"]["sm"] |= {"x": 0, "y": row, "w": 12, "h": 1}
            tile["layouts"]["xs"] |= {"y": row, "h": 1}
    base = board_boxes(decoding.dashboard(json.dumps(before).encode()))
    after = board_boxes(board(name))
    wished = {one: after[one] for one in base}
    overlay = Overlay(boxes=wished, base=base, changed_at=NOON)
    wire = Wire(tmp_path, answer(before), replay(name))
    wire.run(save_layout, 5, overlay)
    return wire.server


def sends_one_layout(tmp_path):
    """A tile that has no stored place is put below all others."""
    name = "dashboard_patch_layout_one_tile"
    (moved,) = took(name)["json"]["tiles"]
    before = json.loads(recorded.body(name))
    before["customization"] = {"layout_compaction": "stable"}
    for tile in before["tiles"]:
        if tile["id"] == moved["id"]:
            tile["layouts"] = {}
        elif not tile["layouts"]:
            tile["layouts"] = {"sm": {"x": 0, "y": 30, "w": 2, "h": 2}}
    shown = board_boxes(decoding.dashboard(json.dumps(before).encode()))
    box = Box(**moved["layouts"]["sm"])
    overlay = Overlay(boxes={**shown, moved["id"]: box}, base=shown, changed_at=NOON)
    wire = Wire(tmp_path, answer(before), replay(name))
    wire.run(save_layout, 5, overlay)
    return wire.server


def sends_filters(tmp_path):
    name = "dashboard_patch_filters"
    wanted = Override(filters=read_filter(json.dumps(took(name)["json"]["filters"]).encode()))
    body = saved_body(wanted, NO_FILTER, modern=False)
    wire = Wire(tmp_path, replay(name))
    wire.run(Session.save_filters, 7, body, wanted.key)
    return wire.server


def sends_putting(tmp_path):
    name = "insight_patch_dashboards"
    before = json.loads(recorded.body(name)) | {"dashboards": [7]}
    wire = Wire(
        tmp_path, answer(before), replay(name), replay("dashboard_retrieve_warm_no_refresh")
    )
    empty = Dashboard(row=DashboardRow(id=5, name=""))
    wire.run(change, empty, team_edits.insight_added(51, ""))
    return wire.server


def sends_copy(name):
    def sends(tmp_path):
        body = took(name)["json"]
        (where,) = body["dashboards"]
        held = json.loads(recorded.body(name))
        shown = replay("dashboard_retrieve_warm_no_refresh")
        wire = Wire(tmp_path, answer(held), replay(name), shown)
        put = team_edits.Put(held["id"], body["name"])
        empty = Dashboard(row=DashboardRow(id=where, name=""))
        wire.run(change, empty, team_edits.Edit({}, "", put=put))
        return wire.server

    return sends


COPIES = (
    "insight_create_datatable",
    "insight_create_legacy_funnel",
    "insight_create_legacy_trends_tutorial",
    "insight_create_retention",
    "insight_create_sql",
    "insight_create_trends",
)
ACTS = {
    "dashboard_add_text_tile": sends_text,
    "dashboard_delete_tile": sends_removal,
    "dashboard_patch_filters": sends_filters,
    "dashboard_patch_layout_one_tile": sends_one_layout,
    "dashboard_patch_layouts": sends_layouts,
    "dashboard_patch_tile_color": sends_color,
    "insight_patch_dashboards": sends_putting,
    **{name: sends_copy(name) for name in COPIES},
}


def changes_of_dashboards():
    """Name the recorded changes of dashboards, tiles and insights that a server took."""
    for name in recorded.names():
        request = took(name)
        about = any(word in request["path"] for word in ("/dashboards/", "/insights/"))
        if about and request["method"] in CHANGING and recorded.status(name) < 300:
            yield name


def as_here(name, body):
    """Leave out what the app does by an act of its own: a new card gets its colour afterwards."""
    if name == "dashboard_add_text_tile":
        (card,) = body["tiles"]
        return {"tiles": [{key: value for key, value in card.items() if key != "color"}]}
    return body


@pytest.mark.parametrize("name", list(changes_of_dashboards()))
def test_what_is_sent_for_an_act_is_what_a_real_server_took(name, tmp_path):
    if name in NO_ACT:
        pytest.skip(NO_ACT[name])
    wanted = took(name)
    sent = [one for one in ACTS[name](tmp_path).requests if one.method in CHANGING]
    assert [(one.method, one.url.path) for one in sent[:1]] == [(wanted["method"], wanted["path"])]
    assert json.loads(sent[0].content) == as_here(name, wanted["json"])
    assert sent[0].headers["content-type"] == "application/json"
