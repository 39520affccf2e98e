"""The app's own client builds, previews, checks and saves insights before the demo."""

import asyncio

import msgspec
import pytest

from phdesk.api.client import Client
from phdesk.api.errors import InvalidRequestError
from phdesk.api.resources import dashboards
from phdesk.core.building.changing import changed
from phdesk.core.building.draft import asked, at, put
from phdesk.core.building.refusals import refusals
from phdesk.core.building.saving import Details, Overtaken, details_of
from phdesk.core.building.sent import sent_of
from phdesk.core.building.starting import blank
from phdesk.demo.server import DemoServer
from phdesk.models.account import Project
from phdesk.services.insight_looking import look
from phdesk.services.insight_saving import check_sql, open_saved, read_schema, save_new, save_over
from phdesk.services.questioning import answered


@pytest.fixture(scope="module")
def server():
    with DemoServer() as running:
        yield running


@pytest.fixture
def run(server):
    """Carry out work with a session of its own, as one of two windows would."""

    def carried_out(work, *values):
        async def main():
            async with Client(server.url, server.key) as client:

                class Session:
                    project = Project(id=server.project_id)

                    def client(self):
                        return client

                return await work(Session(), *values)

        return asyncio.run(main())

    return carried_out


async def preview(session, draft):
    def stop(_name):
        raise AssertionError("nobody gave up")

    source = asked(draft)
    return await answered(
        session.client(), session.project.id, source, refresh="blocking", stop=stop
    )


def test_an_insight_lives_from_its_preview_to_its_second_change(run):
    draft = changed(blank("number", "signed_up"), "series.0.math", "dau")
    (row,) = msgspec.json.decode(run(preview, draft).result)
    assert row["aggregated_value"] > 0

    details = Details(name="New people", description="Why", tags=("a",), dashboards=(1,))
    made = run(save_new, draft, details)
    opened = run(open_saved, made.insight.id)
    assert opened.draft.query == draft.query
    assert details_of(opened.saved) == details

    weekly = put(opened.draft, "dateRange.date_from", "-30d")
    saved = run(save_over, opened.saved, weekly, details)
    assert at(run(open_saved, saved.insight.short_id).draft, "dateRange.date_from") == "-30d"

    other = put(opened.draft, "dateRange.date_from", "-90d")
    found = run(save_over, opened.saved, other, details)
    assert isinstance(found, Overtaken)
    assert at(run(open_saved, made.insight.id).draft, "dateRange.date_from") == "-30d"


def test_a_dashboards_filters_are_not_in_what_is_opened(run):
    made = run(save_new, blank("trends", "signed_up"), Details(name="Plain", dashboards=(2,)))

    async def of_the_dashboard(session):
        board = await dashboards.get(session.client(), session.project.id, 2)
        return next(
            tile.insight
            for tile in board.tiles
            if tile.insight is not None and tile.insight.id == made.insight.id
        )

    async def filtered(session):
        body = {"filters": {"date_from": "-14d"}}
        await dashboards.save(session.client(), session.project.id, 2, body)

    run(filtered)
    shown, opened = run(of_the_dashboard), run(open_saved, made.insight.id)
    assert b"-14d" in bytes(shown.query)
    assert opened.draft.query == blank("trends", "signed_up").query
    renamed = msgspec.structs.replace(details_of(opened.saved), name="Renamed")
    run(save_over, opened.saved, opened.draft, renamed)
    assert b"-14d" not in bytes(run(open_saved, made.insight.id).saved.insight.query)


def test_a_refusal_of_the_demo_is_put_at_its_setting(run):
    draft = put(blank("trends", "signed_up"), "trendsFilter.colour", "red")
    with pytest.raises(InvalidRequestError) as refused:
        run(preview, draft)
    (found,) = refusals(refused.value.failure, draft)
    assert found.name == "trendsFilter.colour"
    with pytest.raises(InvalidRequestError) as refused:
        run(save_new, draft, Details(name="x"))
    (found,) = refusals(refused.value.failure, draft)
    assert found.name == "trendsFilter.colour"
    with pytest.raises(InvalidRequestError) as refused:
        run(save_new, blank("trends"), Details(name="x", dashboards=(99999,)))
    (found,) = refusals(refused.value.failure, draft)
    assert found.name == "insight.dashboards"


def test_sql_is_completed_checked_and_run(run):
    tables = run(read_schema)
    assert tables["events"]["event"] == "string"
    good = blank("sql")
    assert run(check_sql, good) == ()
    assert len(msgspec.json.decode(run(preview, good).result)) > 10
    bad = put(good, "query", "select nope from events")
    (fault,) = run(check_sql, bad)
    assert (fault.start, fault.end) == (7, 11)
    with pytest.raises(InvalidRequestError) as refused:
        run(preview, bad)
    (found,) = refusals(refused.value.failure, bad)
    assert (found.start, found.end) == (7, 11)


@pytest.mark.parametrize("name", ["Twice the same", ""])
def test_an_insight_whose_answer_was_lost_is_found_and_no_equal_one_before_it(run, name):
    draft, details = blank("stickiness", "signed_up"), Details(name=name, dashboards=(1,))
    sent = sent_of(draft, details, details)
    first = run(save_new, draft, details)
    before = run(look, None)
    assert (before.newest, before.found) == (first.insight.id, None)
    sent = msgspec.structs.replace(sent, after=before.newest)
    assert run(look, sent).found is None
    made = run(save_new, draft, details)
    found = run(look, sent).found
    assert found is not None
    assert found.insight.id == made.insight.id
    assert found.dashboards == (1,)
    for number in range(25):  # of others, meanwhile
        run(save_new, blank("trends"), Details(name=f"Other {number}"))
    assert run(look, sent).found == found
