"""Our templates, filled with events of the demo, become dashboards with a number on every tile."""

import asyncio

import pytest

from phdesk.api.client import Client
from phdesk.api.errors import InvalidRequestError
from phdesk.api.refusal import failure_of
from phdesk.api.resources import dashboards, event_definitions, insights, properties
from phdesk.core.grid.boards import board_boxes
from phdesk.core.jsonvalue import parse
from phdesk.core.plan_steps import Build, Plan
from phdesk.core.templates import starts
from phdesk.demo.server import DemoServer
from phdesk.models.dashboard import Box, DashboardDraft
from phdesk.services.building import take_step
from tests.services.test_building import Asking

OURS = starts.our_starts()[1:]


@pytest.fixture(scope="module")
def server():
    with DemoServer() as running:
        yield running


async def built(server, start):
    async with Client(server.url, server.key) as client:
        events = await event_definitions.find(client, 1)
        known = await properties.find(client, 1, "event")
        names = {"event": events, "property": known}
        chosen = {slot.id: starts.guessed(slot, names[slot.kind]) for slot in start.slots}
        assert starts.missing(start, chosen) == (), chosen
        build = Build(plan=starts.plan(start, DashboardDraft(name=start.title), chosen))
        while not build.done:
            build = await take_step(Asking(client), build)
        board = await dashboards.get(client, 1, build.dashboard)
        answers = {
            tile.id: await insights.get(
                client, 1, tile.insight.id, refresh="blocking", from_dashboard=build.dashboard
            )
            for tile in board.tiles
            if tile.insight is not None
        }
        return build.plan, board, answers


@pytest.mark.parametrize("start", OURS, ids=[one.key for one in OURS])
def test_every_tile_has_an_answer_and_its_place(server, start):
    plan, board, answers = asyncio.run(built(server, start))
    assert len(board.tiles) == len(plan.tiles)
    for tile_id, insight in answers.items():
        assert failure_of(insight) is None, (tile_id, insight.name)
        assert parse(insight.result), insight.name
    wanted = sorted(str(Box(**tile.layouts["sm"])) for tile in plan.tiles)
    assert sorted(map(str, board_boxes(board).values())) == wanted


def test_a_template_that_the_server_does_not_know_is_refused_at_once(server):
    async def main():
        async with Client(server.url, server.key) as client:
            plan = Plan(body={"name": "x", "use_template": "Nobody knows it"})
            await take_step(Asking(client), Build(plan=plan, looked=True))

    with pytest.raises(InvalidRequestError) as caught:
        asyncio.run(main())
    assert caught.value.failure.field == "use_template"
