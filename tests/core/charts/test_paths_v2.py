"""Paths of the second version: drawn only when they are sent as the first, else listed."""

import pytest

from phdesk.core.charts.spec import NoticeBody, SankeyBody
from tests.core.charts.sent import asking

HOME, PRICING = {"event": "$pageview", "label": "/home"}, {"event": "$screen"}
SENT = {
    "steps": [
        {"stepIndex": 0, "rows": [{"item": HOME, "count": 500}, {"item": PRICING, "count": 7}],
         "otherCount": 40, "dropOffCount": 120},
        {"stepIndex": 1, "rows": [{"item": PRICING, "count": 210}]},
    ],
    "edges": [
        {"stepIndex": 0, "source": HOME, "target": PRICING, "count": 210},
        {"stepIndex": 0, "source": None, "target": PRICING, "count": 3},
    ],
    "prefixes": [{"items": [HOME, PRICING], "count": 199}],
}  # fmt: skip


def test_steps_and_their_flows_are_listed_under_a_notice():
    view = asking("PathsV2Query", SENT)
    assert view.body == NoticeBody(
        state="unsupported",
        headline="Paths of the second version are not drawn yet; these are their steps.",
    )
    assert view.table.rows == (
        (1, "/home", 500),
        (1, "Screen", 7),
        (1, "Other", 40),
        (1, "Dropped off", 120),
        (2, "Screen", 210),
        (1, "/home → Screen", 210),
        (1, "Other or end → Screen", 3),
        (None, "/home → Screen", 199),
    )


def test_links_as_in_the_first_version_are_drawn():
    links = [{"source": "1_/home", "target": "2_/pricing", "value": 312}]
    view = asking("PathsV2Query", links)
    assert isinstance(view.body, SankeyBody)
    assert [node.text for node in view.body.nodes] == ["312", "312"]


@pytest.mark.parametrize("result", [[], {"steps": []}], ids=["no links", "no steps"])
def test_without_paths_it_says_so(result):
    view = asking("PathsV2Query", result)
    assert (view.body.state, view.table.rows) == ("empty", ())


@pytest.mark.parametrize(
    ("result", "rows"),
    [
        pytest.param([{"a": 1, "b": "x"}], 1, id="other rows"),
        pytest.param({"what": 1}, 1, id="another object"),
        pytest.param(5, 0, id="a number"),
        pytest.param({"steps": [{"rows": 3}], "edges": "x"}, 1, id="broken steps"),
    ],
)
def test_another_shape_is_shown_as_it_came(result, rows):
    view = asking("PathsV2Query", result)
    assert view.body.state == "unsupported"
    assert len(view.table.rows) == rows
