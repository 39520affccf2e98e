"""A saved insight is deleted only when nothing uses it, and what cannot be read is a use."""

import pytest

from phdesk.api.errors import ApiError
from phdesk.services.insight_deleting import UNTOLD, bring_back, delete_unused
from tests.api.server import answer
from tests.services.test_insight_saving import PostHog, run

NO_SCOPE = {
    "type": "authentication_error",
    "code": "permission_denied",
    "detail": "API key missing required scope 'alert:read'",
}
PLAN = {"type": "authentication_error", "code": "payment_required", "detail": "Upgrade."}


class Project(PostHog):
    """Holds one insight, and what may use it."""

    def __init__(self):
        super().__init__()
        self.insight["dashboards"] = []
        self.around = {
            "alerts/": answer({"results": [], "next": None}),
            "subscriptions/": answer({"results": [], "next": None}),
            "sharing/": answer({"enabled": False}),
        }

    def __call__(self, request):
        path = request.url.path
        found = next((one for end, one in self.around.items() if path.endswith(end)), None)
        return found or super().__call__(request)


@pytest.fixture
def project():
    return Project()


def test_what_nothing_uses_is_deleted_and_comes_back(project):
    assert run(project, delete_unused, 3) == ""
    assert project.bodies == [("PATCH", {"deleted": True})]
    assert run(project, bring_back, 3).insight.id == 3
    assert project.bodies[-1] == ("PATCH", {"deleted": False})


@pytest.mark.parametrize(
    ("path", "found", "said"),
    [
        ("alerts/", {"results": [{"id": "a", "insight": 3}], "next": None}, "an alert"),
        ("subscriptions/", {"results": [{"id": 1, "insight": 3}], "next": None}, "a subscription"),
        ("sharing/", {"enabled": True, "access_token": "t"}, "its link"),
    ],
)
def test_what_is_used_stays(project, path, found, said):
    project.around[path] = answer(found)
    assert said in run(project, delete_unused, 3)
    assert project.bodies == []


@pytest.mark.parametrize(
    ("dashboards", "said"), [([5], "it is on a dashboard now"), (None, UNTOLD)]
)
def test_what_a_dashboard_may_show_stays(project, dashboards, said):
    project.insight["dashboards"] = dashboards
    assert run(project, delete_unused, 3) == said
    assert project.bodies == []


def test_what_cannot_be_read_counts_as_a_use(project):
    project.around["alerts/"] = answer(NO_SCOPE, 403)
    with pytest.raises(ApiError) as raised:
        run(project, delete_unused, 3)
    assert raised.value.failure.scope == "alert:read"
    assert project.bodies == []


def test_a_plan_without_subscriptions_sends_nothing(project):
    project.around["subscriptions/"] = answer(PLAN, 402)
    assert run(project, delete_unused, 3) == ""
