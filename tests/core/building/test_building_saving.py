"""Only what a person changed is sent, and nothing is written over that is news to them."""

import json

import pytest
from msgspec import Raw

from phdesk.core.building.draft import opened, opened_insight, put
from phdesk.core.building.saving import (
    Details,
    change_body,
    create_body,
    details_of,
    over,
    overtaken,
    overtaken_words,
)
from phdesk.core.building.starting import blank
from phdesk.models.insight import Insight, SavedInsight

QUERY = {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery", "series": []}}
RAW = Raw(json.dumps(QUERY).encode())


def saved(query=RAW, dashboards=(5,), by="Ada", **parts):
    insight = Insight(id=3, name="Signups", description="All", tags=("a",), query=query)
    for key, value in parts.items():
        insight = Insight(
            **{**{f: getattr(insight, f) for f in insight.__struct_fields__}, key: value}
        )
    return SavedInsight(insight=insight, dashboards=dashboards, modified_by=by)


def test_a_new_insight_says_only_what_was_said():
    body = create_body(blank("number"), Details(name=" Users "))
    assert sorted(body) == ["name", "query", "saved"]
    assert body["name"] == "Users"
    assert body["saved"] is True


def test_nothing_is_sent_when_nothing_was_changed():
    held = saved()
    assert change_body(held, opened_insight(held.insight), details_of(held)) == {}


def test_only_what_differs_is_sent():
    held = saved()
    draft = opened_insight(held.insight)
    renamed = Details(name="New", description="All", tags=("a",), dashboards=(5,))
    assert change_body(held, draft, renamed) == {"name": "New"}
    asked = change_body(held, put(draft, "interval", "week"), details_of(held))
    assert sorted(asked) == ["query"]
    cleared = Details(name="Signups", dashboards=(5, 6))
    assert change_body(held, draft, cleared) == {
        "description": "",
        "tags": [],
        "dashboards": [5, 6],
    }


def test_dashboards_of_others_stay():
    before, now = saved(dashboards=(5, 6)), saved(dashboards=(6, 8))
    assert over(now, before, {"dashboards": [5, 6, 9]}) == {"dashboards": [6, 8, 9]}
    assert over(now, before, {"dashboards": [5]}) == {"dashboards": [8]}
    assert over(now, before, {"name": "x"}) == {"name": "x"}


@pytest.mark.parametrize(
    ("now", "changes", "part"),
    [
        (saved(Raw(b'{"kind":"InsightVizNode"}')), {"query": RAW}, "what it shows"),
        (saved(name="Theirs"), {"name": "Mine"}, "its name"),
        (saved(description="Theirs"), {"description": "Mine"}, "its description"),
        (saved(tags=("b",)), {"tags": []}, "its tags"),
    ],
)
def test_the_same_part_changed_by_another_is_a_conflict(now, changes, part):
    found = overtaken(saved(), now, changes)
    assert found.parts == (part,)
    assert overtaken_words(found) == f"Ada changed {part} meanwhile, so nothing was saved."
    others = {"query": RAW, "name": "x", "description": "y", "tags": []}
    rest = {key: value for key, value in others.items() if key not in changes}
    assert overtaken(saved(), now, rest) is None


def test_the_same_question_with_parts_that_say_nothing_is_no_conflict():
    padded = {**QUERY, "source": {**QUERY["source"], "compareFilter": None}}
    now = saved(Raw(json.dumps(padded).encode()))
    assert overtaken(saved(), now, {"query": RAW}) is None


def test_several_parts_are_said_in_one_sentence():
    found = overtaken(saved(), saved(name="x", tags=(), by=""), {"name": "y", "tags": []})
    words = "Somebody changed its name and its tags meanwhile, so nothing was saved."
    assert overtaken_words(found) == words


def test_filters_of_a_dashboard_are_never_in_what_is_sent():
    """The draft is opened from the insight read by itself; a tile's query is another one."""
    held = saved()
    tile = {**QUERY, "source": {**QUERY["source"], "dateRange": {"date_from": "-90d"}}}
    draft = put(opened_insight(held.insight), "interval", "week")
    body = json.loads(bytes(change_body(held, draft, details_of(held))["query"]))
    assert "dateRange" not in body["source"]
    assert opened(tile).query != opened_insight(held.insight).query
