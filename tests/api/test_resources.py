"""Each resource asks for the right thing and returns models; PostHog is a set of recordings."""

import json

import httpx
import pytest
from msgspec import Raw

from phdesk.api.errors import NotFoundError, NotPostHogError, ServerError
from phdesk.api.refusal import failure_of
from phdesk.api.resources import dashboards, insights, projects, properties, query, users, variables
from phdesk.models.failure import Cause
from tests.api import recorded
from tests.api.server import Server, answer, replay
from tests.shared import needs_shared

QUERY = Raw(b'{"kind":"TrendsQuery"}')


def pages(request):
    """Answer a list of five dashboards two by two, with the address of an internal host."""
    offset = int(request.url.params.get("offset", "0"))
    rows = [{"id": n, "name": f"D{n}"} for n in range(1, 6)][offset : offset + 2]
    link = f"http://internal:8000/wrong/?limit=2&offset={offset + 2}" if offset < 4 else None
    return answer({"count": 5, "next": link, "results": rows})


def test_all_pages_are_read_by_the_query_of_next_alone():
    server = Server(pages)
    rows = server.run(dashboards.rows, 1)
    assert [row.id for row in rows] == [1, 2, 3, 4, 5]
    assert server.asked == [
        "GET /api/projects/1/dashboards/?limit=200",
        "GET /api/projects/1/dashboards/?limit=2&offset=2",
        "GET /api/projects/1/dashboards/?limit=2&offset=4",
    ]
    assert {request.url.host for request in server.requests} == {"posthog.example.com"}


def test_a_next_link_in_a_circle_ends_the_list():
    server = Server(lambda _: answer({"next": "/?limit=200", "results": [{"id": 1}]}))
    assert len(server.run(dashboards.rows, 1)) == 1


@needs_shared
def test_a_recorded_list_of_dashboards_is_read():
    rows = Server([replay("dashboards_list")]).run(dashboards.rows, 1)
    sent = recorded.exchange("dashboards_list")["response"]["json"]["results"]
    assert [row.name for row in rows] == [each["name"] for each in sent]


@needs_shared
def test_a_dashboard_is_read_from_the_servers_cache():
    server = Server([replay("dashboard_retrieve_overview_full")])
    found = server.run(dashboards.get, 1, 5, filters_override={"date_from": "-7d"})
    sent = recorded.exchange("dashboard_retrieve_overview_full")["response"]["json"]["tiles"]
    assert [tile.id for tile in found.tiles] == [tile["id"] for tile in sent]
    request = server.requests[0]
    assert request.url.path == "/api/projects/1/dashboards/5/"
    assert request.url.params["refresh"] == "force_cache"
    assert json.loads(request.url.params["filters_override"]) == {"date_from": "-7d"}


ASKED = {
    "a user": (users.me,),
    "organizations": (users.me_and_organizations,),
    "a project": (projects.get, 1),
    "projects": (projects.list_all,),
    "a dashboard": (dashboards.get, 1, 5),
    "dashboards": (dashboards.rows, 1),
    "an insight": (insights.get, 1, 5),
    "insights": (insights.list_all, 1),
    "properties": (properties.find, 1, "event"),
    "variables": (variables.list_all, 1),
}
ODD = {
    "plain text": b"hello",
    "nothing": b"",
    "null": b"null",
    "a text": b'"hello"',
    "another object": b'{"hello": 1}',
    "cut off": b'{"id": 1, "na',
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
@pytest.mark.parametrize("call", ASKED.values(), ids=ASKED)
def test_an_answer_of_something_else_is_told(call, body):
    server = Server([httpx.Response(200, content=body)])
    with pytest.raises(NotPostHogError) as caught:
        server.run(*call)
    assert str(caught.value) == "posthog.example.com answers, but not like PostHog."
    assert caught.value.failure.detail


@pytest.mark.parametrize("name", ["a user", "a project", "a dashboard", "an insight"])
def test_a_list_in_the_place_of_one_thing_is_no_answer_of_posthogs(name):
    with pytest.raises(NotPostHogError):
        Server([answer([])]).run(*ASKED[name])


@needs_shared
def test_an_insight_is_asked_for_with_everything_in_its_place():
    server = Server([replay("insight_retrieve_from_dashboard")])
    found = server.run(
        insights.get,
        1,
        33,
        refresh="blocking",
        from_dashboard=5,
        client_query_id="abc",
        filters_override=Raw(b'{"date_from":"-7d"}'),
    )
    assert found.id == 33
    assert dict(server.requests[0].url.params) == {
        "refresh": "blocking",
        "from_dashboard": "5",
        "client_query_id": "abc",
        "filters_override": '{"date_from":"-7d"}',
    }


@pytest.mark.parametrize(("refresh", "seconds"), [("blocking", 180), ("force_cache", 60)])
def test_a_calculation_may_take_longer_than_a_reading(refresh, seconds):
    server = Server([answer({"id": 1})])
    server.run(insights.get, 1, 1, refresh=refresh)
    assert server.requests[0].extensions["timeout"]["read"] == seconds
    assert server.requests[0].extensions["timeout"]["connect"] == 10


@needs_shared
def test_a_short_id_is_looked_up_in_the_list():
    def route(request):
        if request.url.params.get("short_id"):
            return answer({"results": [{"id": 25, "short_id": "ZjSV6TmF"}]})
        return replay("insight_retrieve_force_cache")

    server = Server(route)
    assert server.run(insights.get, 1, "ZjSV6TmF").id == 25
    assert server.asked[0] == "GET /api/projects/1/insights/?basic=true&short_id=ZjSV6TmF"
    assert server.requests[1].url.path == "/api/projects/1/insights/25/"


def test_an_unknown_short_id_is_not_found():
    server = Server(lambda _: answer({"results": [{"id": 2, "short_id": "other"}]}))
    with pytest.raises(NotFoundError):
        server.run(insights.get, 1, "nosuch")


def test_a_failure_inside_a_success_is_an_insight_with_a_failure():
    failed = {"id": 1, "result": None, "query_status": {"error": True, "error_message": "No field"}}
    found = Server([answer(failed)]).run(insights.get, 1, 1)
    assert failure_of(found).cause is Cause.INVALID
    assert failure_of(found).message == "No field"


@needs_shared
def test_the_user_and_the_projects_are_read():
    assert Server([replay("me")]).run(users.me).email == "ada@lumenlane.test"
    assert [each.id for each in Server([replay("projects_list")]).run(projects.list_all)] == [2, 1]
    assert Server([replay("project_retrieve")]).run(projects.get, 1).name == "Lumenlane app"


@needs_shared
def test_a_question_is_posted_and_answered_beside_its_query():
    server = Server([replay("query_trends_force_blocking")])
    found = server.run(query.post, 1, QUERY, client_query_id="abc")
    assert found.query == QUERY
    assert json.loads(server.requests[0].content) == {
        "query": {"kind": "TrendsQuery"},
        "refresh": "blocking",
        "client_query_id": "abc",
    }


def running(count):
    """Answer that a calculation runs, `count` times, with growing progress."""
    return [
        answer(
            {
                "query_status": {
                    "id": "q1",
                    "complete": False,
                    "query_progress": {"rows_read": n, "estimated_rows_total": count},
                }
            },
            202,
        )
        for n in range(count)
    ]


@needs_shared
def test_a_background_calculation_is_polled_with_growing_pauses():
    server = Server([*running(7), replay("query_async_poll_done")])
    seen = []
    found = server.run(query.run_async, 1, QUERY, progressed=seen.append)
    sent = recorded.exchange("query_async_poll_done")["response"]["json"]["query_status"]
    assert json.loads(bytes(found.result)) == sent["results"]["results"]
    assert found.query == QUERY
    assert server.waits == pytest.approx([0.5, 0.75, 1.125, 1.6875, 2.53125, 3.0, 3.0])
    assert seen == pytest.approx([n / 7 for n in range(1, 7)])
    assert server.asked[1] == "GET /api/projects/1/query/q1/?show_progress=true"


@needs_shared
@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("dashboard_broken_tile_poll_done", Cause.INVALID),
        ("query_async_failing_hidden_done", Cause.SERVER),
    ],
)
def test_a_calculation_that_failed_is_told_without_being_repeated(name, cause):
    server = Server([*running(1), replay(name)])
    assert failure_of(server.run(query.run_async, 1, QUERY)).cause is cause
    assert len(server.requests) == 2


def test_an_answer_at_once_is_not_polled():
    server = Server([answer({"results": [1], "is_cached": True, "query_status": None})])
    assert server.run(query.run_async, 1, QUERY).result == Raw(b"[1]")


@needs_shared
def test_a_calculation_that_was_cancelled_is_not_found():
    server = Server([*running(1), replay("query_poll_after_cancel")])
    with pytest.raises(NotFoundError):
        server.run(query.run_async, 1, QUERY)


def test_polling_ends_after_ten_minutes():
    still = {"query_status": {"id": "q1", "complete": False}}
    server = Server(lambda _: answer(still, 202))
    with pytest.raises(ServerError, match="longer than 10 minutes"):
        server.run(query.run_async, 1, QUERY)
    assert 600 <= sum(server.waits) < 604


@pytest.mark.parametrize("status", [200, 204, 404])
def test_cancelling_is_fine_even_when_it_is_over(status):
    body = b"" if status == 204 else b'{"type": "invalid_request", "code": "not_found"}'
    server = Server([httpx.Response(status, content=body)])
    server.run(query.cancel, 1, "a/b")
    assert server.asked == ["DELETE /api/projects/1/query/a%2Fb/"]
