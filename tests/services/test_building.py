"""A plan is carried out whatever fails in between, and nothing of it is made twice."""

import asyncio
import json

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phdesk.api.errors import ApiError
from phdesk.api.resources import dashboards
from phdesk.core import plan_steps
from phdesk.core.plan_steps import Build, Plan, PlannedTile, stacked_layouts
from phdesk.models.account import Project
from phdesk.models.dashboard import Box
from phdesk.models.failure import Cause, Failure
from phdesk.services.building import Builder, take_step
from tests.api.server import Server, answer

QUERY = {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery", "series": []}}
PLACES = stacked_layouts([Box(0, 0, 6, 5), Box(6, 0, 6, 5), Box(0, 5, 12, 1), Box(0, 6, 12, 5)])
PLAN = Plan(
    body={"name": "Weekly"},
    tiles=(
        PlannedTile(name="Signups", query=QUERY, layouts=PLACES[0]),
        PlannedTile(name="Signups", query=QUERY, layouts=PLACES[1]),
        PlannedTile(text="## Money", layouts=PLACES[2]),
        PlannedTile(name="Revenue", query=QUERY, layouts=PLACES[3]),
    ),
)
FINE, REFUSED, LOST, LATE = "fine", "refused", "lost", "arrived, and the answer lost"


class PostHog:
    """Makes dashboards and insights; each write ends as it is told, all after those well."""

    def __init__(self, ends=()):
        self.ends = list(ends)
        self.boards = {4: {"id": 4, "name": "Weekly", "tiles": []}}
        self.next = 100

    def __call__(self, request):
        if request.method == "GET":
            return answer(self.read(request.url.path))
        end = self.ends.pop(0) if self.ends else FINE
        if end == REFUSED:
            return answer({"detail": "no"}, 400)
        if end == LOST:
            raise httpx.ReadError("gone", request=request)
        said = self.write(request)
        if end == LATE:
            raise httpx.ReadError("gone", request=request)
        return answer(said)

    def read(self, path):
        if path.endswith("/dashboards/"):
            return {"results": list(self.boards.values()), "next": None}
        return self.boards[int(path.split("/")[-2])]

    def write(self, request):
        body, path = json.loads(request.content), request.url.path
        self.next += 1
        if path.endswith("/dashboards/"):
            self.boards[self.next] = {"id": self.next, "tiles": [], **body}
            return self.boards[self.next]
        if path.endswith("/insights/"):
            (board,) = body["dashboards"]
            made = {"id": self.next, "name": body["name"]}
            self.boards[board]["tiles"].append({"id": self.next + 500, "insight": made})
            return made
        board = self.boards[int(path.split("/")[-2])]
        for change in body.get("tiles", ()):
            number = change.get("id", self.next)
            held = next((one for one in board["tiles"] if one["id"] == number), None)
            if held is None:
                board["tiles"].append(held := {"id": number})
            held |= change
        return board | {key: value for key, value in body.items() if key != "tiles"}


class Asking:
    """What a session gives to those who make things."""

    project = Project(id=1)

    def __init__(self, client):
        self._client = client

    def client(self):
        return self._client

    async def read_frame(self, dashboard_id):
        return await dashboards.get(self._client, 1, dashboard_id)

    async def change_dashboard(self, dashboard_id, body):
        return await dashboards.save(self._client, 1, dashboard_id, body)


def carried_out(posthog, most=40):
    """Take steps until all is there; one that fails is taken again, as a person would."""

    async def main():
        build = Build(plan=PLAN, known=frozenset({4}))
        async with Server(posthog).client() as client:
            for _ in range(most):
                try:
                    build = await take_step(Asking(client), build)
                except ApiError as error:
                    build = plan_steps.stopped(build, error.failure)
                if build.done:
                    return build
        raise AssertionError(build)

    return asyncio.run(main())


@given(st.lists(st.sampled_from([FINE, REFUSED, LOST, LATE]), max_size=12))
@settings(max_examples=40, deadline=None)
def test_all_is_there_once_however_writes_end(ends):
    posthog = PostHog(ends)
    build = carried_out(posthog)
    assert posthog.boards.keys() == {4, build.dashboard}
    tiles = posthog.boards[build.dashboard]["tiles"]
    names = sorted(one["insight"]["name"] for one in tiles if "insight" in one)
    assert names == ["Revenue", "Signups", "Signups"]
    assert [one["text"]["body"] for one in tiles if "text" in one] == ["## Money"]
    boxes = sorted(str(Box(**strip(one["layouts"]["sm"]))) for one in tiles)
    assert boxes == sorted(str(Box(**one["sm"])) for one in PLACES)


def strip(box):
    return {key: value for key, value in box.items() if key != "i"}


class Calls:
    """Calls of a window, answered at once or when the test says so."""

    def __init__(self, posthog):
        self.posthog, self.held, self.listeners = posthog, None, []
        self.changed = self

    def connect(self, slot):
        self.listeners.append(slot)

    def ask(self, work, *, done, failed):
        async def main():
            async with Server(self.posthog).client() as client:
                return await work(Asking(client))

        def act():
            try:
                found = asyncio.run(main())
            except ApiError as error:
                failed(error.failure)
            else:
                done(found)

        self.held = act
        return object()

    def run(self, times=99):
        while self.held is not None and times:
            act, self.held, times = self.held, None, times - 1
            act()


@pytest.fixture
def posthog():
    return PostHog()


@pytest.fixture
def calls(posthog):
    return Calls(posthog)


@pytest.fixture
def builder(calls, qapp):
    made = Builder(calls)
    made.told = []
    made.progressed.connect(lambda *what: made.told.append(what))
    made.built.connect(lambda build: made.told.append(("built", build.dashboard)))
    made.stopped.connect(lambda why, _build: made.told.append(("stopped", why)))
    made.undone.connect(lambda why: made.told.append(("undone", why)))
    return made


def test_each_step_is_told_before_it_is_taken(builder, calls):
    builder.start(PLAN)
    calls.run()
    assert builder.told[:-1] == [
        (0, 5, "the dashboard"),  # which there are is looked up first
        (0, 5, "the dashboard"),
        (1, 5, "“Signups”"),
        (2, 5, "“Signups”"),
        (3, 5, "“Revenue”"),
        (4, 5, "texts and places"),
    ]
    assert builder.told[-1] == ("built", 101)


def test_what_fails_stops_and_goes_on_from_there(builder, calls, posthog):
    posthog.ends = [FINE, FINE, REFUSED]
    builder.start(PLAN)
    calls.run()
    assert builder.told[-1][0] == "stopped"
    assert builder.told[-1][1].cause is Cause.INVALID
    assert not builder.running
    builder.go_on()
    calls.run()
    assert builder.told[-1] == ("built", 101)
    assert len(posthog.boards[101]["tiles"]) == 4


def test_what_was_made_is_deleted_on_wish_with_its_insights(builder, calls, posthog):
    posthog.ends = [FINE, FINE, REFUSED]
    builder.start(PLAN)
    calls.run()
    builder.undo()
    calls.run()
    assert builder.told[-1] == ("undone", None)
    assert posthog.boards[101]["tiles"]
    assert builder.build is None


def test_an_undoing_that_fails_says_so_and_can_be_tried_again(builder, calls, posthog):
    posthog.ends = [FINE, FINE, REFUSED, REFUSED]
    builder.start(PLAN)
    calls.run()
    builder.undo()
    calls.run()
    assert isinstance(builder.told[-1][1], Failure)
    builder.undo()
    calls.run()
    assert builder.told[-1] == ("undone", None)


def test_halted_it_stops_before_the_next_step(builder, calls):
    builder.start(PLAN)
    calls.run(3)
    builder.halt()
    calls.run()
    assert builder.told[-1] == ("stopped", None)
    assert builder.build.made.keys() == {0, 1}
    builder.go_on()
    calls.run()
    assert builder.told[-1][0] == "built"


def test_another_account_ends_it(builder, calls):
    builder.start(PLAN)
    for slot in calls.listeners:
        slot()
    assert builder.build is None
    assert not builder.running


def test_what_a_colleague_made_meanwhile_is_not_taken_for_ones_own(builder, calls, posthog):
    posthog.boards[50] = {"id": 50, "name": "Weekly", "tiles": []}  # since the list was read
    posthog.ends = [LOST]
    builder.start(PLAN, frozenset({4}))
    calls.run()
    assert builder.told[-1][0] == "stopped"
    builder.go_on()
    calls.run()
    assert builder.told[-1] == ("built", 101)
    assert posthog.boards[50]["tiles"] == []
