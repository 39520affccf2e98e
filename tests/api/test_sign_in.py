"""Signing in tells what a key opens, or what a person can do about it."""

import pytest

from phdesk.api.errors import ForbiddenError, WrongKeyError, WrongRegionError
from phdesk.api.resources import dashboards
from phdesk.api.sign_in import check_key
from tests.api.server import Server, answer, replay
from tests.shared import needs_shared


def routes(**names):
    """Answer each path by its last part with a recording."""

    def route(request):
        part = request.url.path.strip("/").split("/")[-1].strip("@")
        return replay(names[f"p{part}" if part.isdigit() else part])

    return route


@needs_shared
def test_a_good_key_lists_its_projects_by_organization():
    server = Server(routes(me="me", projects="projects_list"))
    found = server.run(check_key)
    assert found.user.first_name == "Ada"
    assert [(each.name, [p.name for p in each.projects]) for each in found.organizations] == [
        ("Lumenlane", ["Lumenlane app", "Lumenlane staging"])
    ]
    assert found.project_id == 1
    assert not found.needs_project


@needs_shared
def test_when_projects_are_refused_those_of_the_user_are_listed():
    names = {"me": "me", "projects": "key_scoped_to_project_lists_projects"}
    found = Server(routes(**names)).run(check_key, 2)
    assert [p.id for each in found.organizations for p in each.projects] == [1, 2]
    assert found.project_id == 2


@needs_shared
def test_a_key_that_may_not_say_whose_it_is_needs_a_project():
    found = Server(routes(me="me_key_without_user_scope")).run(check_key)
    assert found.needs_project
    assert found.organizations == ()


@needs_shared
def test_such_a_key_is_tried_on_the_project():
    server = Server(
        routes(me="me_key_without_user_scope", dashboards="dashboards_list", p1="project_retrieve")
    )
    found = server.run(check_key, 1)
    assert found.organizations[0].projects[0].name == "Lumenlane app"
    assert found.project_id == 1
    assert server.asked[1] == "GET /api/projects/1/dashboards/?limit=1"


@needs_shared
def test_a_project_that_is_closed_to_the_key_is_told():
    names = {"me": "me_key_without_user_scope", "dashboards": "error_other_organization_project"}
    with pytest.raises(ForbiddenError):
        Server(routes(**names)).run(check_key, 1)


async def read_rows(client):
    await dashboards.rows(client, 1)


ELSEWHERE = "This key is unknown in the {} region; if it was made in the {} region, use {}."
UNKNOWN = [
    (
        "https://us.posthog.com",
        "phx_x",
        ELSEWHERE.format("US", "EU", "https://eu.posthog.com"),
    ),
    (
        "https://eu.posthog.com",
        "phx_x",
        ELSEWHERE.format("EU", "US", "https://us.posthog.com"),
    ),
    ("https://ph.example.com", "phx_x", "This key is unknown at ph.example.com."),
    (
        "https://us.posthog.com",
        "phc_x",
        "This is a project key (phc_…), which can only send events; make a personal API key.",
    ),
]


@pytest.mark.parametrize(("host", "key", "message"), UNKNOWN, ids=["US", "EU", "own", "project"])
@pytest.mark.parametrize("work", [check_key, read_rows], ids=["signing in", "reading"])
def test_an_unknown_key_is_explained_and_tried_nowhere_else(work, host, key, message):
    refusal = {"type": "authentication_error", "code": "authentication_failed", "detail": "x"}
    server = Server([answer(refusal, 401)])
    with pytest.raises(WrongKeyError) as caught:
        server.run(work, host=host, key=key)
    assert str(caught.value) == message
    assert isinstance(caught.value, WrongRegionError) == ("region" in message)
    assert [request.url.host for request in server.requests] == [host.split("//")[1]]
