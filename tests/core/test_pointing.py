import json

import pytest
from msgspec import Raw

from phdesk.core.charts.spec import NoticeBody, XYBody
from phdesk.core.charts.view import insight_view
from phdesk.core.pointing import filled, pointed_id
from phdesk.models.insight import Insight
from tests.core.charts.asked import CONTEXT, item, made

NODE = {"kind": "SavedInsightNode", "shortId": "Ab3dE6gH"}
OWN = made(NODE, None, id=4, short_id="own")
FOUND = made(
    {"kind": "TrendsQuery", "series": [{"event": "signup"}], "dateRange": {"date_from": "-14d"}},
    [item([1, 2, 3])],
    id=8,
    short_id="Ab3dE6gH",
    name="Signups",
)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        (NODE, "Ab3dE6gH"),
        ({"kind": "InsightVizNode", "source": NODE}, "Ab3dE6gH"),
        ({"kind": "SavedInsightNode"}, ""),
        ({"kind": "SavedInsightNode", "shortId": 7}, ""),
        ({"kind": "HogQLQuery", "query": "select 'SavedInsightNode'", "shortId": "x"}, ""),
        ({"kind": "TrendsQuery"}, ""),
        (None, ""),
    ],
    ids=["node", "wrapped", "no name", "no text", "a word in SQL", "another kind", "nothing"],
)
def test_only_a_node_that_names_an_insight_points(query, name):
    assert pointed_id(Insight(query=Raw(json.dumps(query).encode()))) == name


def test_a_tile_that_points_draws_what_it_points_to_under_its_own_number():
    insight = filled(OWN, FOUND)
    view = insight_view(insight, CONTEXT)
    assert isinstance(view.body, XYBody)
    assert view.body.series[0].values == (1, 2, 3)
    assert (view.title, view.range_label, view.short_id) == ("Signups", "last 14 days", "Ab3dE6gH")
    assert (insight.id, insight.query, insight.last_refresh) == (4, OWN.query, FOUND.last_refresh)


def test_a_name_of_its_own_wins():
    own = made(NODE, None, name="As on the front page")
    assert insight_view(filled(own, FOUND), CONTEXT).title == "As on the front page"


def test_without_a_network_a_tile_that_points_says_so():
    body = insight_view(OWN, CONTEXT).body
    assert isinstance(body, NoticeBody)
    assert "points to another insight" in body.headline
