"""What is read for judging: sparingly, in the background for all, each refusal for itself."""

from datetime import timedelta

import pytest

from phdesk.api.errors import WrongKeyError
from phdesk.core.budget import LIMITS, MINUTE, SHARE, Kind
from phdesk.models.account import Project
from phdesk.services.governor import Governor
from phdesk.services.headless import Access, run
from phdesk.services.health import read_report
from tests.benchmarks.simulated import Clock, Loop
from tests.services.posthog import HOST, KEY, tile
from tests.store.builders import NOON

PROJECT = Project(id=7, timezone="Europe/Berlin")
HERE = Access(host=HOST, key=KEY, project=7)
LONG_AGO = (NOON - timedelta(days=120)).isoformat()
LATELY = (NOON - timedelta(days=2)).isoformat()
NO_SCOPE = {
    "type": "authentication_error",
    "code": "permission_denied",
    "detail": "API key missing required scope 'event_definition:read'",
}


def row(number, **more):
    return {"id": number, "name": f"Board {number}", "description": "For all"} | more


def report(server, wanted=None):
    async def read(client):
        return await read_report(client, PROJECT, wanted, NOON)

    return run(read, HERE, server.connect)


@pytest.fixture
def project(server):
    """Give a project whose events and insights are none."""
    server.tiles = [tile(1, 0)]
    server.special["event_definitions/"] = (200, {"results": [], "next": None})
    server.special["insights/"] = (200, {"results": [], "next": None})
    return server


def lists(server, *rows):
    server.special["dashboards/"] = (200, {"results": list(rows), "next": None})
    for one in rows:
        held = one | {"tiles": [], "filters": {}}
        server.special[f"dashboards/{one['id']}/"] = (200, held)


def read(server):
    return [path for path in server.paths("dashboards/") if path != "dashboards/"]


def test_reading_must_not_hide_that_nobody_opened_a_dashboard(project):
    lists(project, row(1, last_accessed_at=LONG_AGO), row(2, last_accessed_at=LATELY))
    outcome = report(project)
    assert [(one.rule, one.board) for one in outcome.report.findings] == [("unopened", 1)]
    assert read(project) == ["dashboards/2/"]
    assert ("tiles", 1) in [(one.rule, one.board) for one in outcome.report.unjudged]


def test_where_looks_are_told_all_are_read(project):
    lists(project, row(1, last_viewed_at=LONG_AGO, last_accessed_at=LONG_AGO))
    outcome = report(project)
    assert [one.rule for one in outcome.report.findings] == ["unopened"]
    assert read(project) == ["dashboards/1/"]


def test_one_that_is_named_is_read_anyhow_and_the_list_before_it(project):
    lists(project, row(1, last_accessed_at=LONG_AGO))
    assert [one.rule for one in report(project, [1]).report.findings] == ["unopened"]
    assert project.paths("dashboards/") == ["dashboards/", "dashboards/1/"]
    assert project.paths("insights/") == []


def test_a_missing_scope_is_one_missing_fact(project):
    project.special["event_definitions/"] = (403, NO_SCOPE)
    lists(project, row(1))
    project.special["dashboards/1/"] = (200, row(1) | {"tiles": [tile(1, 0)], "filters": {}})
    project.special["insights/"] = (403, NO_SCOPE | {
        "detail": "API key missing required scope 'insight:read'"})  # fmt: skip
    whys = {one.rule: one.why for one in report(project).report.unjudged}
    assert whys["orphan"] == whys["same-insight"] == "the key lacks the scope insight:read"


def test_a_dashboard_that_is_refused_is_one_and_a_bad_key_is_all(project):
    lists(project, row(1), row(2))
    project.special["dashboards/1/"] = (404, {"type": "invalid_request", "code": "not_found"})
    outcome = report(project)
    assert list(outcome.missing) == [1]
    assert outcome.report.boards == 1
    project.special["dashboards/2/"] = (401, {
        "type": "authentication_error", "code": "authentication_failed"})  # fmt: skip
    with pytest.raises(WrongKeyError):
        report(project)


def test_a_list_of_events_without_end_is_not_taken_for_whole(project, monkeypatch):
    page = {"results": [{"name": "a", "last_seen_at": LATELY}]}
    answer, pages = project.answer, []

    def endless(path, params):
        if path != "event_definitions/":
            return answer(path, params)
        pages.append(params)
        return page | {"next": f"{HOST}/?limit=100&offset={100 * len(pages)}"}

    del project.special["event_definitions/"]
    monkeypatch.setattr(project, "answer", endless)
    asked = tile(1, 0)
    series = [{"kind": "EventsNode", "event": "far"}]
    asked["insight"]["query"] = {"kind": "TrendsQuery", "series": series}
    lists(project, row(1))
    project.special["dashboards/1/"] = (200, row(1) | {"tiles": [asked], "filters": {}})
    found = report(project, [1]).report
    assert len(pages) == 20
    assert "event-gone" not in [one.rule for one in found.findings]
    whys = [one.why for one in found.unjudged if one.rule == "event-gone"]
    assert whys == ["the list of events is too long to be read whole"]


def test_calls_for_all_are_of_the_background(project, monkeypatch):
    seen = []

    class Gate:
        async def enter(self, passage):
            seen.append(passage.purpose.background)
            return 0

        def leave(self, number, passage, failure):
            pass

        def belongs(self, host, project, organization):
            pass

        def crowded(self, host, project):
            pass

    def connect(host, key):
        client = project.connect(host, key)
        client.set_gate(Gate())
        return client

    lists(project, row(1))

    async def all_of_it(client):
        return await read_report(client, PROJECT, None, NOON)

    async def one(client):
        return await read_report(client, PROJECT, [1], NOON)

    run(all_of_it, HERE, connect)
    assert set(seen) == {True}
    seen.clear()
    run(one, HERE, connect)
    assert set(seen) == {False}


def test_a_hundred_dashboards_wait_for_their_turns_within_the_share_of_the_background(project):
    lists(project, *(row(number) for number in range(1, 101)))
    clock, made, told = Clock(NOON), [], []
    gate = Governor(clock=clock.moment)
    handle = project.handle

    async def noted(request):
        made.append(clock.at)
        return await handle(request)

    project.handle = noted

    async def read():
        client = project.connect(HOST, KEY)
        client.set_gate(gate)
        try:
            return await read_report(
                client, PROJECT, None, NOON, progress=lambda *far: told.append(far)
            )
        finally:
            await client.close()

    loop = Loop(clock)
    task = loop.create_task(read())
    while loop.settle() or not task.done():
        if not task.done():
            clock.advance(loop.due)
    loop.close()
    assert task.result().report.boards == 100
    assert told[-1] == (99, 100)
    share = SHARE * LIMITS[Kind.OTHER][0].calls
    other = 1  # the list of insights is of another class
    assert all(sum(at <= one < at + MINUTE for one in made) <= share + other for at in made)
    assert clock.at < 4 * MINUTE


def test_nothing_is_calculated_for_it(project):
    lists(project, row(1))
    report(project)
    assert dict(project.asked)["dashboards/1/"] == {"refresh": "force_cache"}
    assert set(project.methods) == {"GET"}


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ((400, {"type": "validation_error", "code": "invalid_input", "detail": "No such field"}),
         ["broken"]),
        ((500, {"type": "server_error", "code": "error", "detail": ""}), []),
    ],
    ids=["for good", "for now"],
)  # fmt: skip
def test_only_what_fails_for_good_is_broken(project, answer, found):
    lists(project, row(1))
    asked = tile(1, None)
    project.special["dashboards/1/"] = (200, row(1) | {"tiles": [asked], "filters": {}})
    project.special["insights/101/"] = answer

    async def read(client):
        return await read_report(client, PROJECT, [1], NOON, fill=True)

    said = run(read, HERE, project.connect).report
    assert [one.rule for one in said.findings] == found
    assert ("insights/101/", "blocking") in [
        (path, params.get("refresh")) for path, params in project.asked
    ]


def test_what_a_tile_points_to_is_on_no_dashboard_but_not_to_be_deleted(project):
    lists(project, row(1))
    points = tile(1, 0)
    points["insight"]["query"] = {"kind": "InsightVizNode", "source": {
        "kind": "SavedInsightNode", "shortId": "shown001"}}  # fmt: skip
    held = project.special["dashboards/1/"][1]
    project.special["dashboards/1/"] = (200, held | {"tiles": [points]})
    query = {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery", "series": []}}
    found = [{"id": 500 + number, "short_id": name, "dashboards": [], "query": query}
             for number, name in enumerate(("shown001", "alone001"))]  # fmt: skip
    project.special["insights/"] = (200, {"results": found, "next": None})
    orphans = [one for one in report(project).report.findings if one.rule == "orphan"]
    assert [(one.short_id, one.insight) for one in orphans] == [("shown001", 0), ("alone001", 501)]
