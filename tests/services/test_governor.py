import asyncio
import sqlite3

import pytest

from phdesk.api.call import Call
from phdesk.api.errors import RateLimitedError
from phdesk.api.gate import Purpose, passage_of
from phdesk.core.budget import SLOT, Kind, Moment, Use
from phdesk.models.failure import Cause, Failure
from phdesk.services.governor import Governor
from phdesk.store.spent import SpentFile
from tests.api.server import Server
from tests.services.conftest import Clock

HOST = "https://eu.posthog.com"
TEAM = (HOST, 7)
BUSY = Failure(cause=Cause.RATE_LIMITED, message="busy", retry_after=42.0, status=429)
CROWDED = Failure(cause=Cause.RATE_LIMITED, message="full", status=429, crowded=True)


def call(path="insights/1/", *, method="GET", background=False, calculates=True, dashboard=9):
    purpose = Purpose(background=background, dashboard=dashboard)
    return passage_of(HOST, method, f"/api/projects/7/{path}", purpose, calculates=calculates)


def left(governor, *, background=False):
    return governor.left(TEAM, Use(Kind.INSIGHTS, background))


@pytest.mark.parametrize(
    ("path", "project", "rest"),
    [
        ("/api/projects/7/insights/1/", 7, "insights/1/"),
        ("/api/environments/7/query/", 7, "query/"),
        ("/api/projects/7/", 7, ""),
        ("/api/projects/@current/", 0, "/api/projects/@current/"),
        ("/api/users/@me/", 0, "/api/users/@me/"),
    ],
)
def test_a_call_is_known_by_project_and_path(path, project, rest):
    made = passage_of(HOST, "GET", path, Purpose(), calculates=False)
    assert (made.project, made.path) == (project, rest)


def test_two_calculate_at_a_time_and_the_third_when_one_ends():
    async def run():
        governor = Governor(clock=Clock())
        first, second = await governor.enter(call()), await governor.enter(call())
        third = asyncio.ensure_future(governor.enter(call()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        waits = not third.done()
        governor.leave(first, call(), None)
        await third
        governor.leave(second, call(), None)
        return waits, left(governor)

    assert asyncio.run(run()) == (True, 92)


def test_a_person_comes_before_the_clock():
    async def run():
        governor, order = Governor(clock=Clock()), []
        held = [await governor.enter(call()), await governor.enter(call())]

        async def go(name, passage):
            number = await governor.enter(passage)
            order.append(name)
            governor.leave(number, passage, None)

        tasks = [
            asyncio.ensure_future(go("clock", call(background=True))),
            asyncio.ensure_future(go("person", call())),
        ]
        await asyncio.sleep(0)
        governor.leave(held[0], call(), None)
        await asyncio.gather(*tasks)
        return order

    assert asyncio.run(run()) == ["person", "clock"]


def test_a_place_is_held_over_many_calls_without_one_of_its_own():
    async def run():
        governor = Governor(clock=Clock())
        client = Server([]).client(HOST)
        client.set_gate(governor)
        places = [client.place(7) for _ in "abc"]
        for place in places[:2]:
            await place.take()
        third = asyncio.ensure_future(places[2].take())
        for _ in range(3):
            polled = client.at(places[0]).passage(Call(path="/api/projects/7/query/a/"))
            governor.leave(await governor.enter(polled), polled, None)
        blocking = Call(path="/api/projects/7/insights/1/", blocking=True)
        within = client.at(places[0]).passage(blocking)
        governor.leave(await governor.enter(within), within, None)
        waits = not third.done()
        heard = asyncio.get_running_loop().create_future()
        places[1].leave(heard)
        await asyncio.sleep(0)
        waits = waits and not third.done()
        heard.set_result(None)
        await third
        await client.close()
        return waits, left(governor)

    assert asyncio.run(run()) == (True, 94)


def test_who_gives_up_leaves_the_line_to_others():
    async def run():
        governor = Governor(clock=Clock())
        held = [await governor.enter(call()), await governor.enter(call())]
        gone = asyncio.ensure_future(governor.enter(call()))
        last = asyncio.ensure_future(governor.enter(call()))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        governor.leave(held[0], call(), None)
        await last
        return left(governor)

    assert asyncio.run(run()) == 92


def test_a_short_wait_is_waited_and_ends_by_itself():
    clock = Clock()

    async def run():
        governor = Governor(clock=clock)
        governor.leave(0, call(), Failure(cause=Cause.RATE_LIMITED, message="busy",
                                          retry_after=0.05, status=429))  # fmt: skip
        waits = asyncio.ensure_future(governor.enter(call()))
        await asyncio.sleep(0)
        clock.go_on(0.06)
        await asyncio.wait_for(waits, 2)
        return left(governor)

    assert asyncio.run(run()) == 94


def test_a_long_wait_is_told_with_its_length_instead():
    async def run():
        governor = Governor(clock=Clock())
        governor.leave(0, call(), Failure(cause=Cause.RATE_LIMITED, message="busy",
                                          retry_after=600.0, status=429))  # fmt: skip
        await governor.enter(call())

    with pytest.raises(RateLimitedError) as told:
        asyncio.run(run())
    assert (told.value.failure.retry_after, told.value.failure.status) == (600, None)


def test_who_is_patient_waits_for_a_turn_that_comes_and_for_no_other():
    clock, patient = Clock(), Purpose(background=True, patient=True)
    passage = passage_of(HOST, "GET", "/api/projects/7/dashboards/1/", patient, calculates=False)

    async def run():
        governor = Governor(clock=clock)
        governor.leave(0, passage, Failure(cause=Cause.RATE_LIMITED, message="busy",
                                           retry_after=600.0, status=429))  # fmt: skip
        waits = asyncio.ensure_future(governor.enter(passage))
        await asyncio.sleep(0)
        assert not waits.done()
        clock.go_on(601)
        governor.leave(0, passage, None)
        await waits
        governor.set_share(0)
        with pytest.raises(RateLimitedError):
            await governor.enter(passage)

    asyncio.run(run())


def test_a_full_organization_gets_one_calculation_at_a_time():
    async def run(said):
        governor = Governor(clock=Clock())
        if said == "inside":
            governor.crowded(*TEAM)
        else:
            governor.leave(0, call(), CROWDED)
        await governor.enter(call())
        second = asyncio.ensure_future(governor.enter(call()))
        await asyncio.sleep(0.01)
        waits = not second.done()
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)
        return waits, governor.report(*TEAM).places

    for said in ("inside", "by status"):
        assert asyncio.run(run(said)) == (True, 1)


def test_what_stops_a_calculation_never_waits():
    async def run():
        governor = Governor(clock=Clock(), share=0)
        governor.leave(0, call("query/a/"), BUSY)
        return await governor.enter(call("query/a/", method="DELETE"))

    assert asyncio.run(run()) == 0


def test_another_process_knows_what_this_one_spent_before_the_call_is_made(tmp_path):
    clock, file = Clock(), tmp_path / "budget.sqlite3"

    async def run():
        ours, theirs = (Governor(SpentFile(file), clock=clock) for _ in "ab")
        await ours.enter(call())
        await ours.enter(call("dashboards/9/", calculates=False))
        theirs.reports()
        return left(theirs)

    assert asyncio.run(run()) == 94


def test_a_start_later_still_knows_and_forgets_after_an_hour(tmp_path):
    clock, file = Clock(), tmp_path / "budget.sqlite3"

    async def spend():
        governor = Governor(SpentFile(file), clock=clock)
        governor.leave(await governor.enter(call(background=True)), call(), BUSY)
        await governor.enter(call("dashboards/9/", calculates=False))

    asyncio.run(spend())
    again = Governor(SpentFile(file), clock=clock)
    (report,) = again.reports()
    insights = report.classes[0]
    assert (insights.background, insights.wait, report.dashboards) == (1, 42, ((9, 1),))
    clock.go_on(3600 + SLOT)
    (report,) = Governor(SpentFile(file), clock=clock).reports() or [again.report(*TEAM)]
    assert (report.classes[0].background, report.classes[0].wait) == (0, 0)


def test_a_damaged_file_stops_no_call(tmp_path):
    file = tmp_path / "budget.sqlite3"
    file.write_bytes(b"no database at all, whatever its name may say" * 99)

    async def run():
        governor = Governor(SpentFile(file), clock=Clock())
        await governor.enter(call())
        return left(governor)

    assert asyncio.run(run()) == 94
    with sqlite3.connect(file) as db:
        assert db.execute("select sum(calls) from spent").fetchone() == (1,)
    db.close()


def test_a_clock_that_goes_back_gives_nothing_back():
    moments = [Moment(1e9, 1000.0)]

    async def run():
        governor = Governor(clock=lambda: moments[-1])
        for _ in range(3):
            governor.leave(await governor.enter(call()), call(), None)
        moments.append(Moment(1e9 - 1e6, -1e6))
        return left(governor)

    assert asyncio.run(run()) == 92


def test_the_report_says_who_spent_what():
    async def run():
        governor = Governor(clock=Clock())
        for passage in (
            call(),
            call(background=True),
            call(background=True, dashboard=5),
            call("dashboards/9/", calculates=False),
            call("query/", method="POST"),
        ):
            governor.leave(await governor.enter(passage), passage, None)
        return governor.report(*TEAM)

    report = asyncio.run(run())
    told = {one.name: (one.interactive, one.background) for one in report.classes}
    assert told == {"insights": (1, 2), "queries": (1, 0), "sql": (0, 0)} | {
        "values": (0, 0),
        "other": (1, 0),
    }
    assert report.dashboards == ((9, 2), (5, 1))
    insights = report.classes[0]
    assert (insights.limit, insights.background_limit, insights.left) == (800, 160, 94)


def test_without_a_share_nothing_is_done_in_the_background():
    governor = Governor(clock=Clock(), share=0)
    insights = governor.report(*TEAM).classes[0]
    assert (insights.background_limit, insights.background_wait) == (0, None)
    assert governor.wait(TEAM, Use(Kind.INSIGHTS)) == 0
