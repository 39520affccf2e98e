"""User paths: whatever came, names never touch, and what is left out is counted."""

import itertools
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from phdesk.core.charts.spec import SankeyBody, SankeyLink, SankeyNode
from phdesk.views import theme
from phdesk.views.charts import ink as inks
from phdesk.views.charts import paint, sankey, sankey_list
from phdesk.views.charts.ink import Ink
from tests.core.charts.sent import asking
from tests.views.charts import bodies, canvas

SMALL, LARGE = (336, 202), (1152, 742)  # the bodies of tiles of 360x260 and of 1200x800


@pytest.fixture(autouse=True)
def _application(qapp):
    """Fonts need one."""


def crowd(nodes=120, links=200, layers=5):
    """Make a result of many nodes and links, all of them of different strength."""
    each = nodes // layers
    pairs = [
        (layer, a, (a * 7 + turn) % each)
        for turn in range(2 * links // nodes + 1)
        for a in range(each)
        for layer in range(layers - 1)
    ]
    page = "https://example.com/section/page"
    return [
        {"source": f"{layer + 1}_{page}-{a}", "target": f"{layer + 2}_{page}-{b}",
         "value": 9000 // (i + 3) + links - i, "average_conversion_time": 1.0}
        for i, (layer, a, b) in enumerate(pairs[:links])
    ]  # fmt: skip


def view(links):
    return asking("PathsQuery", links)


def layout(body, size, scale=1.0):
    return sankey.arrange(canvas.body_rect(*size), body, Ink(theme.light(), scale))


def apart(places):
    return not any(one.intersects(other) for one, other in itertools.combinations(places, 2))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_two_hundred_paths_can_be_read_in_any_tile(size):
    shown = view(crowd())
    made = layout(shown.body, size)
    assert len(shown.body.links) == len(shown.table.rows) == 200
    assert len(made.flows) + made.hidden == 200
    assert made.cards.keys() == made.nodes.keys()
    assert apart(made.cards.values())
    assert apart(made.nodes.values())
    assert all(canvas.body_rect(*size).contains(card) for card in made.cards.values())


def test_a_small_tile_shows_less_and_says_how_much(monkeypatch):
    record: list[str] = []
    real = inks.put

    def put(painter, rect, shown, font, color, align):
        record.append(shown)
        real(painter, rect, shown, font, color, align)

    monkeypatch.setattr(inks, "put", put)
    shown = view(crowd())
    canvas.painted(shown, *SMALL, theme.light())
    made = layout(shown.body, SMALL)
    assert 0 < len(made.flows) < len(layout(shown.body, LARGE).flows)
    assert f"+ {made.hidden} more paths in the table" in record
    found = sankey.hit(canvas.body_rect(*SMALL), shown.body, Ink(theme.light()), made.note.center())
    assert found.title == f"+ {made.hidden} more paths in the table"


def test_what_leads_back_is_counted_below():
    shown = view([{"source": "1_a", "target": "2_b", "value": 3},
                  {"source": "2_b", "target": "1_a", "value": 2},
                  {"source": "2_b", "target": "2_b", "value": 1}])  # fmt: skip
    made = layout(shown.body, LARGE)
    assert (len(made.flows), made.hidden) == (1, 2)


def test_where_all_fits_nothing_is_said():
    made = layout(bodies.paths(), LARGE)
    assert (made.hidden, made.note) == (0, QRectF())
    assert len(made.nodes) == 10


def test_a_stop_tells_who_came_went_on_and_left():
    shown = view([{"source": "1_a", "target": "2_b", "value": 10},
                  {"source": "1_c", "target": "2_b", "value": 2},
                  {"source": "2_b", "target": "3_d", "value": 5}])  # fmt: skip
    names = {node.title: index for index, node in enumerate(shown.body.nodes)}
    made = layout(shown.body, LARGE)

    def lines(name):
        point = made.nodes[names[name]].center()
        found = paint.hit(canvas.body_rect(*LARGE), shown, theme.light(), point)
        assert found.item == names[name]
        return [(line.label, line.text) for line in found.lines]

    assert lines("a") == [("Persons", "10"), ("Went on", "10")]
    assert lines("b") == [
        ("Persons", "12"), ("From the step before", "12"), ("Went on", "5"), ("Dropped off", "7")
    ]  # fmt: skip
    assert lines("d")[-1] == ("Dropped off", "5")


def test_paths_of_groups_count_groups():
    links = [{"source": "1_a", "target": "2_b", "value": 3}]
    shown = asking("PathsQuery", links, aggregation_group_type_index=0)
    flow = layout(shown.body, LARGE).flows[0]
    point = QPointF(canvas.MARGIN + LARGE[0] / 4 * 1.9, flow.start + flow.thickness / 2)
    found = paint.hit(canvas.body_rect(*LARGE), shown, theme.light(), point)
    assert [(line.label, line.text) for line in found.lines] == [("Groups", "3")]


@pytest.mark.parametrize("one", [theme.light, theme.dark], ids=["light", "dark"])
def test_a_highlight_strengthens_the_flows_of_one_stop_alone(one):
    body, rect = bodies.paths(), canvas.body_rect(*LARGE)
    plain = canvas.painted(bodies.view(body), *LARGE, one())
    lit = plain.copy()
    painter = QPainter(lit)
    sankey.highlight(painter, rect, body, Ink(one()), 4)
    painter.end()
    made = layout(body, LARGE)

    def middle(flow):
        x = (made.nodes[flow.link.source].right() + made.nodes[flow.link.target].left()) / 2
        y = (flow.start + flow.end + flow.thickness) / 2
        return int(x), int(y)

    for flow in made.flows:
        x, y = middle(flow)
        changed = lit.pixelColor(x, y) != plain.pixelColor(x, y)
        hidden = any(card.contains(QPointF(x, y)) for card in made.cards.values())
        if 4 in (flow.link.source, flow.link.target) and not hidden:
            assert changed
    assert canvas.margin_is_untouched(lit)


NAMES = st.sampled_from([f"{step}_{page}" for step in (1, 2, 3, 9) for page in "abcdef"] + ["x"])
EDGE = st.fixed_dictionaries(
    {"source": NAMES, "target": NAMES, "value": st.integers(0, 10**6) | st.floats(0, 1e9)}
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(EDGE, min_size=1, max_size=60),
    st.integers(40, 700),
    st.integers(24, 500),
    st.sampled_from([1.0, 1.7]),
)
def test_random_paths_stay_apart_inside_and_true(links, width, height, scale):
    shown = view(links)
    if not isinstance(shown.body, SankeyBody):
        return
    rect = canvas.body_rect(width, height)
    made = layout(shown.body, (width, height), scale)
    everything = rect.adjusted(-0.01, -0.01, 0.01, 0.01)
    assert apart(made.cards.values())
    assert all(everything.contains(place) for place in made.cards.values())
    if height >= 60 * scale:  # below it even the thinnest nodes of one layer may be squeezed
        assert apart(made.nodes.values())
        assert all(everything.contains(place) for place in made.nodes.values())
    assert len(made.flows) + made.hidden == len(links) == len(shown.table.rows)
    by_name: dict[str, list[float]] = {}
    for link in links:
        by_name.setdefault(link["source"], []).append(link["value"])
        by_name.setdefault(link["target"], []).append(link["value"])
    for node in shown.body.nodes:
        mine = [v for name, values in by_name.items() for v in values
                if name.partition("_")[2] == node.title or name == node.title]  # fmt: skip
        assert 0 <= node.value <= sum(mine) * (1 + 1e-9)
    assert canvas.margin_is_untouched(canvas.painted(shown, width, height, theme.dark(), 1, scale))


def test_nodes_without_flows_are_drawn_as_far_as_they_fit():
    nodes = tuple(SankeyNode(layer=0, label=str(i), title=str(i), value=9 - i, text="")
                  for i in range(9))  # fmt: skip
    body = SankeyBody(nodes, (SankeyLink(source=0, target=99, value=1),))
    assert layout(body, LARGE).nodes.keys() == set(range(9))
    assert len(layout(body, (200, 60)).nodes) < 9


def test_values_are_written_for_all_stops_of_a_layer_or_for_none():
    shown = view(crowd())
    for size in (SMALL, (300, 450), (620, 300), LARGE):
        made = layout(shown.body, size)
        for layer in {shown.body.nodes[index].layer for index in made.nodes}:
            members = {i for i in made.nodes if shown.body.nodes[i].layer == layer}
            assert members & made.valued in (set(), members)
    assert layout(shown.body, LARGE).valued == made.nodes.keys()


def test_a_narrow_tile_names_the_stops_of_two_layers():
    made = layout(view(crowd()).body, (150, 120))
    assert len(made.cards) == len(made.nodes) > 4
    assert {round(card.left()) for card in made.cards.values()} == {
        round(canvas.MARGIN + 14), round(canvas.MARGIN + 75 + 14)
    }  # fmt: skip


def test_a_small_chart_of_paths_names_its_largest_stops_with_their_step(written):
    canvas.painted(bodies.view(bodies.paths()), 90, 128, theme.light())
    words = [one.words for one in written]
    assert words[:3] == ["5,248", "1", "/"]
    assert words[3:5] == ["3,740", "2"]
    assert not [one for one in words if one.startswith("+") and one.endswith("…")]


def test_a_long_name_in_the_list_keeps_its_end(written):
    node = structs.replace(bodies.paths().nodes[0], label="app.lumen...example/home")
    body = structs.replace(bodies.paths(), nodes=(node, *bodies.paths().nodes[1:]))
    canvas.painted(bodies.view(body), 90, 128, theme.light())
    assert any(re.fullmatch(r"….*ome", one.words) for one in written)


@pytest.mark.parametrize(
    ("like", "wanted"),
    [("app.l…ple/home", "app.lu…le/home"), ("app…home", "…le/home"), ("ap…me", "…ome")],
)
def test_a_start_that_says_nothing_goes_before_the_end(qapp, like, wanted):
    brush = Ink(theme.light())
    made = sankey_list.shortened("app.lu...ple/home", brush.width(like, 11), brush)
    assert made == wanted


def test_names_have_more_of_the_way_on_a_wall(qapp):
    room = canvas.body_rect(*LARGE)
    near = sankey.arrange(room, bodies.paths(), Ink(theme.light()))
    far = sankey.arrange(room, bodies.paths(), Ink(theme.light(), least=11))
    assert far.cards.keys() == near.cards.keys()
    assert all(far.cards[i].width() > near.cards[i].width() for i in far.cards)
    assert all(room.contains(card) for card in far.cards.values())
