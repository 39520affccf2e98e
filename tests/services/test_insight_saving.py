"""An insight is opened by itself and saved over nothing that is news."""

import asyncio
import json

import pytest

from phdesk.api.errors import UnreadableError
from phdesk.core.building.draft import put
from phdesk.core.building.saving import Details, Overtaken, details_of
from phdesk.core.building.starting import blank
from phdesk.models.account import Project
from phdesk.services.insight_saving import (
    check_sql,
    open_saved,
    read_schema,
    save_new,
    save_over,
)
from tests.api.server import Server, answer

QUERY = {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery", "series": []}}


class PostHog:
    """Holds one insight."""

    def __init__(self):
        self.insight = {
            "id": 3,
            "short_id": "abcdefgh",
            "name": "Signups",
            "query": QUERY,
            "dashboards": [5],
            "last_modified_by": {"first_name": "Ada"},
        }
        self.bodies = []

    def __call__(self, request):
        if request.method == "GET":
            return answer(self.insight)
        body = json.loads(request.content)
        self.bodies.append((request.method, body))
        if request.url.path.endswith("/query/"):
            if body["query"]["kind"] == "DatabaseSchemaQuery":
                fields = {"event": {"name": "event", "type": "string"}}
                return answer({"tables": {"events": {"fields": fields}}, "timings": []})
            return answer({"errors": [{"message": "No field", "start": 7, "end": 8}]})
        self.insight = {**self.insight, **body}
        return answer(self.insight)


def run(posthog, work, *args):
    class Session:
        project = Project(id=7)

        def client(self):
            return client

    client = None

    async def main():
        nonlocal client
        async with Server(posthog).client() as client:
            return await work(Session(), *args)

    return asyncio.run(main())


def test_an_opened_insight_is_saved_with_what_was_changed():
    posthog = PostHog()
    opened = run(posthog, open_saved, 3)
    assert opened.saved.insight.name == "Signups"
    draft = put(opened.draft, "interval", "week")
    saved = run(posthog, save_over, opened.saved, draft, details_of(opened.saved))
    weekly = {**QUERY, "source": {**QUERY["source"], "interval": "week"}}
    assert posthog.bodies == [("PATCH", {"query": weekly})]
    assert json.loads(bytes(saved.insight.query)) == weekly


def test_nothing_is_sent_of_an_insight_that_was_not_changed():
    posthog = PostHog()
    opened = run(posthog, open_saved, 3)
    same = run(posthog, save_over, opened.saved, opened.draft, details_of(opened.saved))
    assert same == opened.saved
    assert posthog.bodies == []


def test_what_somebody_else_changed_is_not_written_over_but_on_purpose():
    posthog = PostHog()
    opened = run(posthog, open_saved, 3)
    posthog.insight["query"] = {"kind": "InsightVizNode", "source": {"kind": "PathsQuery"}}
    draft, details = put(opened.draft, "interval", "week"), details_of(opened.saved)
    found = run(posthog, save_over, opened.saved, draft, details)
    assert isinstance(found, Overtaken)
    assert found.parts == ("what it shows",)
    assert posthog.bodies == []
    run(posthog, save_over, found.now, draft, found.details)
    assert [method for method, _ in posthog.bodies] == ["PATCH"]


def test_saving_over_the_same_part_leaves_what_else_somebody_changed():
    posthog = PostHog()
    opened = run(posthog, open_saved, 3)
    posthog.insight |= {"name": "Theirs", "description": "News", "dashboards": [5, 8]}
    mine = Details(name="Mine", dashboards=(5, 9))
    found = run(posthog, save_over, opened.saved, opened.draft, mine)
    assert found.parts == ("its name",)
    run(posthog, save_over, found.now, opened.draft, found.details)
    assert posthog.bodies == [("PATCH", {"name": "Mine", "dashboards": [5, 8, 9]})]


def test_a_dashboard_is_added_beside_those_that_others_added():
    posthog = PostHog()
    opened = run(posthog, open_saved, 3)
    posthog.insight["dashboards"] = [5, 8]
    details = Details(name="Signups", dashboards=(5, 9))
    run(posthog, save_over, opened.saved, opened.draft, details)
    assert posthog.bodies == [("PATCH", {"dashboards": [5, 8, 9]})]


def test_a_new_insight_is_made_once():
    posthog = PostHog()
    saved = run(posthog, save_new, blank("number"), Details(name="Users", dashboards=(5,)))
    ((method, body),) = posthog.bodies
    assert method == "POST"
    assert body["dashboards"] == [5]
    assert saved.insight.id == 3


def test_an_insight_of_old_filters_is_not_copied_as_an_empty_one():
    posthog = PostHog()
    posthog.insight |= {"query": None, "filters": {"events": ["{SIGNUP}"]}}
    opened = run(posthog, open_saved, 3)
    with pytest.raises(UnreadableError, match="before 2024"):
        run(posthog, save_new, opened.draft, Details(name="Copy"))
    assert posthog.bodies == []


def test_an_insight_of_old_filters_is_saved_as_a_query_once_it_is_changed():
    posthog = PostHog()
    posthog.insight |= {"query": None, "filters": {"events": [{"id": "a"}]}}
    opened = run(posthog, open_saved, 3)
    saved = opened.saved
    assert run(posthog, save_over, saved, opened.draft, details_of(saved)) == saved
    assert posthog.bodies == []
    draft = put(opened.draft, "interval", "week")
    run(posthog, save_over, saved, draft, details_of(saved))
    ((method, body),) = posthog.bodies
    assert (method, body.keys()) == ("PATCH", {"query"})
    assert body["query"]["source"]["interval"] == "week"
    assert body["query"]["source"]["series"][0]["event"] == "a"


def test_sql_is_checked_with_its_place():
    posthog = PostHog()
    draft = put(blank("sql"), "query", "select x from events")
    (fault,) = run(posthog, check_sql, draft)
    assert (fault.name, fault.start, fault.end, fault.blocking) == ("query", 7, 8, True)
    ((_, body),) = posthog.bodies
    assert set(body["query"]) == {"kind", "language", "query"}


def test_tables_are_read():
    posthog = PostHog()
    assert run(posthog, read_schema) == {"events": {"event": "string"}}


def test_what_arrived_though_its_answer_was_lost_is_no_change_of_somebody_else():
    posthog = PostHog()
    opened = run(posthog, open_saved, 3)
    draft = put(opened.draft, "interval", "week")
    mine = Details(name="Mine", tags=("a",), dashboards=(5, 9))
    run(posthog, save_over, opened.saved, draft, mine)
    (sent,) = posthog.bodies
    again = run(posthog, save_over, opened.saved, draft, mine)
    assert posthog.bodies == [sent]
    assert (again.insight.name, again.dashboards) == ("Mine", (5, 9))


def test_a_name_that_nobody_touched_is_not_sent_whatever_spaces_it_has():
    posthog = PostHog()
    posthog.insight |= {"name": " Signups ", "description": "Why?\n"}
    opened = run(posthog, open_saved, 3)
    draft = put(opened.draft, "interval", "week")
    run(posthog, save_over, opened.saved, draft, details_of(opened.saved))
    assert [set(body) for _, body in posthog.bodies] == [{"query"}]
