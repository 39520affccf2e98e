"""Copies and text cards whose answer was lost: looked for, told as it is, never made twice."""

import asyncio
import json
from functools import partial

import httpx
import pytest
from msgspec.structs import replace

from phdesk.api.client import Client
from phdesk.api.errors import ApiError
from phdesk.core import team_edits
from phdesk.demo.server import DemoServer
from phdesk.models.account import Account, Project
from phdesk.models.dashboard import Box
from phdesk.services import doubting
from phdesk.services.archive import Archive
from phdesk.services.changing import change, look_after
from phdesk.services.session import Session
from phdesk.services.settings import Settings
from phdesk.store.cache import Cache
from tests.services.lines import AFTER, BEFORE, Line
from tests.services.on_dashboard import settled
from tests.services.posthog import tile
from tests.services.test_edits import Case, boxes
from tests.store.builders import NOON

CARD = team_edits.text_added("Hello", Box(0, 9, 6, 2), Box(0, 9, 1, 2))


@pytest.fixture(autouse=True)
def looks(monkeypatch):
    monkeypatch.setattr(doubting, "WAITS", (0.0,))


class Cut:
    """Loses what goes to the small PostHog, or comes from it: of writes, of reads."""

    def __init__(self, server):
        self.writes = self.reads = ""
        self.server, self.handle = server, server.handle
        server.handle = self.carry

    async def carry(self, request):
        cut = self.reads if request.method == "GET" else self.writes
        if cut == BEFORE:
            raise httpx.ReadError("gone", request=request)
        answer = await self.handle(request)
        if request.method == "POST":
            self.server.tiles[-1]["insight"]["name"] = json.loads(request.content)["name"]
        if cut == AFTER:
            raise httpx.ReadError("gone", request=request)
        return answer


@pytest.fixture
def cut(server):
    return Cut(server)


@pytest.fixture
def case(cut, online, server, parts, ada, qtbot):
    server.tiles = [tile(1, 0), tile(2, 0, y=5)]
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: settled(parts))
    return Case(online, server, parts, qtbot)


def copy_of(case):
    return team_edits.duplicated(case.tile(1), "Insight 101")


@pytest.fixture(params=[copy_of, lambda _case: CARD], ids=["a copy", "a text card"])
def edit(request, case):
    return request.param(case)


def ended(case, edit):
    """Ask for a change, and give what came of it."""
    case.said.clear()
    case.edits.make(9, edit)
    case.wait(lambda: len(case.said["refused"] + case.said["done"]) == 1)
    return (case.said["refused"] + case.said["done"])[0]


def test_one_that_did_not_arrive_is_told_so_and_made_by_the_next_try(case, edit, cut):
    lost = []
    case.edits.answer_was_lost.connect(lambda *_: lost.append(len(case.server.changed)))
    cut.writes = BEFORE
    assert ended(case, edit).looked
    assert lost == [0]
    cut.writes = ""
    made = ended(case, edit)
    assert not made.lost
    assert [one["id"] for one in case.server.tiles] == [1, 2, 3]


def test_one_that_is_there_though_its_answer_was_lost_is_told_so(case, edit, cut):
    cut.writes = AFTER
    made = ended(case, edit)
    assert (made.lost, made.said) == (True, edit.said)
    case.wait(lambda: list(case.board.tiles) == [1, 2, 3])
    cut.writes = ""
    case.edits.make(9, team_edits.taken_back(made))
    case.wait(lambda: list(case.board.tiles) == [1, 2])


def test_a_copy_that_was_found_is_put_beside_its_original(case, cut):
    def back_again(*_):
        cut.writes = ""

    case.edits.answer_was_lost.connect(back_again)
    cut.writes = AFTER
    assert ended(case, copy_of(case)).lost
    assert boxes(case)[3] == (6, 0, 6, 5)


@pytest.mark.parametrize("way", [BEFORE, AFTER])
def test_where_looking_fails_too_it_cannot_be_told_and_the_next_try_looks_first(
    case, edit, cut, way
):
    def cut_off(*_):
        cut.reads = BEFORE

    case.edits.answer_was_lost.connect(cut_off)
    cut.writes = way
    failure = ended(case, edit)
    assert not failure.looked
    cut.writes = cut.reads = ""
    assert ended(case, edit).lost == (way == AFTER)
    assert len(case.server.tiles) == 3


def test_a_second_copy_is_made_where_it_is_wanted(case, cut):
    ended(case, copy_of(case))
    cut.writes = BEFORE
    assert ended(case, copy_of(case)).looked, "the first one is not taken for it"
    cut.writes = ""
    ended(case, copy_of(case))
    assert len(case.server.tiles) == 4


def test_what_could_be_sent_again_without_harm_is_not_looked_for(case, cut):
    lost = []
    case.edits.answer_was_lost.connect(lost.append)
    cut.writes = BEFORE
    assert not ended(case, team_edits.colored(case.tile(1), "Signups", "blue")).looked
    assert lost == []


@pytest.fixture(scope="module")
def demo():
    with DemoServer() as running:
        yield running


class Demo:
    """A session over a way to the demo that breaks as it is told."""

    def __init__(self, server, cache):
        self.server, self.cache, self.cuts = server, cache, {}

    def run(self, work, *values):
        async def carried_out():
            connect = partial(Client, self.server.url, self.server.key, transport=Line(self.cuts))
            account = Account(id="a", host=self.server.url)
            session = Session(
                connect, Archive(self.cache, Settings), account, Project(id=1), lambda: NOON
            )
            try:
                return await work(session, *values)
            finally:
                await session.close()

        return asyncio.run(carried_out())

    def read(self):
        return self.run(Session.read_frame, 1)


@pytest.mark.parametrize("way", [BEFORE, AFTER])
@pytest.mark.parametrize("kind", ["a copy", "a text card", "a copy of a text card"])
def test_the_demo_has_one_of_it_whatever_became_of_the_answer(demo, tmp_path, kind, way):
    cache = Cache(tmp_path / "cache.sqlite3")
    desk = Demo(demo, cache)
    before = desk.read()
    text = next(one for one in before.tiles if one.text is not None)
    edit = {
        "a copy": team_edits.duplicated(before.tiles[0], f"Revenue {way}"),
        "a text card": team_edits.text_added(f"Hello {way}", Box(0, 90, 6, 2), Box(0, 90, 1, 2)),
        "a copy of a text card": team_edits.duplicated(text, ""),
    }[kind]
    desk.cuts["POST"] = way
    with pytest.raises(ApiError):
        desk.run(change, before, edit)
    desk.cuts.clear()
    doubted = replace(edit, doubted=frozenset(one.id for one in before.tiles))
    found = desk.run(look_after, before, doubted)
    assert (found is not None) == (way == AFTER)
    again = desk.run(change, desk.read(), doubted)
    assert again.edit.lost == (way == AFTER)
    assert len(team_edits.taken_back(again.edit).changes["tiles"]) >= 1
    assert len(desk.read().tiles) == len(before.tiles) + 1
    cache.close()
