"""User paths: nodes, flows and names as in the picture."""

import pytest

from phdesk.core.charts.spec import NoticeBody, SankeyBody
from tests.core.charts.sent import all_sent, asking, fixture, of_json, shown
from tests.shared import SHARED, needs_shared

KIND = "PathsQuery"
PICTURE = [
    (1, "amazin...ore.com/", "5,248"),
    (2, "/product", "3,740"),
    (2, "/cart", "1,276"),
    (2, "/checkout", "464"),
    (3, "/cart", "1,596"),
    (3, "/", "555"),
    (3, "/product", "490"),
    (4, "/checkout", "842"),
    (4, "/cart", "485"),
]


def link(source, target, value=1, time=0.0):
    return {
        "source": source,
        "target": target,
        "value": value,
        "average_conversion_time": time,
    }


def labels(links, own=None):
    return {node.title: node.label for node in asking(KIND, links, own).body.nodes}


@needs_shared
def test_nodes_are_written_as_in_the_picture():
    body = shown(fixture("userPaths")).body
    assert isinstance(body, SankeyBody)
    written = [(node.layer + 1, node.label, node.text) for node in body.nodes]
    assert [card for card in written if card in PICTURE] == PICTURE


@needs_shared
@pytest.mark.parametrize(
    "item",
    [pytest.param(item, id=name) for name, item in (all_sent(KIND) if SHARED.is_dir() else [])],
)
def test_the_table_holds_every_link_that_was_sent(item):
    view = shown(of_json(item))
    keys = ("source", "target", "value", "average_conversion_time")
    sent = [tuple(one[key] for key in keys) for one in item["result"]]
    rows = [
        (f"{step}_{source}", f"{step + 1}_{target}", value, time)
        for step, source, target, value, time, *_totals in view.table.rows
    ]
    assert rows == sent
    if sent:
        assert sorted(one.value for one in view.body.links) == sorted(one[2] for one in sent)
        layers = [node.layer for node in view.body.nodes]
        assert all(layers[one.source] + 1 == layers[one.target] for one in view.body.links)


def test_a_node_is_as_large_as_its_larger_side_and_loses_the_rest():
    body = asking(KIND, [link("1_a", "2_b", 10), link("1_c", "2_b", 2), link("2_b", "3_d", 5)]).body
    nodes = {node.title: (node.layer, node.value, node.dropoff) for node in body.nodes}
    assert nodes == {"a": (0, 10, 0), "c": (0, 2, 0), "b": (1, 12, 7), "d": (2, 5, 5)}


@pytest.mark.parametrize(
    ("links", "title", "label"),
    [
        pytest.param([link("1_a", "2_b")], "a", "a", id="an event"),
        pytest.param([link("1_$pageview", "2_b")], "Pageview", "Pageview", id="a known event"),
        pytest.param(
            [link("1_a", "2_exactly_15_char")],
            "exactly_15_char",
            "exactly_15_char",
            id="15 letters",
        ),
        pytest.param(
            [link("1_a", "2_sixteen_letters_")],
            "sixteen_letters_",
            "sixtee...letters_",
            id="16 letters",
        ),
        pytest.param(
            [link("1_https://a.io/x", "2_https://a.io/y?q=1#z")],
            "https://a.io/y?q=1#z",
            "/y?q=1#z",
            id="one domain before",
        ),
        pytest.param(
            [
                link("1_https://a.io/x", "2_https://a.io/y"),
                link("1_https://b.io", "2_https://a.io/y"),
            ],
            "https://a.io/y",
            "a.io/y",
            id="two domains before",
        ),
        pytest.param([link("1_https://a.io", "2_b")], "https://a.io", "a.io/", id="a first page"),
        pytest.param([link("1_http://[", "2_b")], "http://[", "http://[", id="a broken address"),
    ],
)
def test_nodes_have_short_names(links, title, label):
    assert labels(links)[title] == label


def test_whole_addresses_are_kept_when_asked_for():
    address = "https://a.io/a/long/way/home"
    assert labels([link(f"1_{address}", "2_b")], {"showFullUrls": True})[address] == address


def test_times_are_milliseconds():
    table = asking(KIND, [link("1_a", "2_b", 1234, 45_225.27)]).table
    assert table.rows == ((1, "a", "b", 1234, 45_225.27, 1234, 1234),)
    assert table.texts == (("1", "a", "b", "1,234", "45.2s", "1,234", "1,234"),)


def test_what_leads_back_is_listed_and_not_drawn():
    view = asking(KIND, [link("1_a", "2_b", 3), link("2_b", "1_a", 2), link("2_b", "2_b", 1)])
    assert len(view.body.links) == 1
    assert len(view.table.rows) == 3
    assert view.table.note == "2 of these are not drawn: they lead back or count nobody"


def test_names_without_a_step_follow_one_another():
    body = asking(KIND, [link("a", "b"), link("b", "c")]).body
    assert [(node.title, node.layer) for node in body.nodes] == [("a", 0), ("b", 1), ("c", 2)]


def test_layers_have_no_gaps():
    body = asking(KIND, [link("7_a", "900000000_b")]).body
    assert [node.layer for node in body.nodes] == [0, 1]


def test_circles_alone_are_listed():
    view = asking(KIND, [link("1_a", "1_a")])
    assert view.body.state == "unsupported"
    assert len(view.table.rows) == 1


def test_without_paths_it_says_so():
    body = asking(KIND, []).body
    assert isinstance(body, NoticeBody)
    assert body.state == "empty"
