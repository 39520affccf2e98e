"""Which paths are drawn where there is no room for all: the strongest, and none is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phdesk.core.charts.paths_thinning import layer_count, thinned
from phdesk.core.charts.spec import SankeyBody, SankeyLink, SankeyNode


def body(layers, flows, **more):
    """Make paths of nodes that are as large as their flows."""
    values = [0.0] * len(layers)
    for source, target, value in flows:
        values[source] = values[source] + value
        values[target] = max(values[target], value)
    return SankeyBody(
        nodes=tuple(
            SankeyNode(layer=layer, label=str(i), title=str(i), value=value, text="")
            for i, (layer, value) in enumerate(zip(layers, values, strict=True))
        ),
        links=tuple(SankeyLink(source=a, target=b, value=v) for a, b, v in flows),
        **more,
    )


FLOWS = st.lists(
    st.tuples(st.integers(-1, 12), st.integers(-1, 12), st.sampled_from([0, 1, 2.5, 40, 1e301])),
    max_size=40,
)
BODIES = st.builds(
    lambda layers, links, undrawn: SankeyBody(
        nodes=tuple(
            SankeyNode(layer=layer, label="a", title="a", value=value, text="")
            for layer, value in layers
        ),
        links=tuple(SankeyLink(source=a, target=b, value=v) for a, b, v in links),
        undrawn=undrawn,
    ),
    st.lists(st.tuples(st.integers(-1, 6), st.floats(-1, 1e308)), max_size=12),
    FLOWS,
    st.integers(0, 3),
)


def test_the_strongest_flows_are_kept():
    flows = [(0, 2, 5), (0, 3, 50), (1, 3, 9), (1, 2, 40)]
    chosen = thinned(body([0, 0, 1, 1], flows), layers=2, rows=1)
    assert chosen.links == (1,)
    assert chosen.layers == ((0,), (3,))
    assert chosen.hidden == 3


def test_what_fits_is_all_kept_with_the_largest_first():
    flows = [(0, 2, 5), (1, 3, 50)]
    chosen = thinned(body([0, 0, 1, 1], flows), layers=9, rows=9)
    assert (chosen.layers, chosen.links, chosen.hidden) == (((1, 0), (3, 2)), (0, 1), 0)


def test_layers_without_room_are_counted():
    chosen = thinned(body([0, 1, 2], [(0, 1, 5), (1, 2, 4)]), layers=2, rows=9)
    assert (chosen.layers, chosen.hidden) == (((0,), (1,)), 1)


def test_paths_that_only_the_table_has_are_counted():
    assert thinned(body([0, 1], [(0, 1, 5)], undrawn=2), layers=2, rows=9).hidden == 2


@pytest.mark.parametrize(
    "flow", [(0, 0, 3), (1, 0, 3), (0, 7, 3), (0, -1, 3), (0, 1, 0), (0, 1, float("nan"))], ids=str
)
def test_flows_that_lead_nowhere_are_hidden_and_counted(flow):
    nodes = body([0, 1], [(0, 1, 5)]).nodes
    source, target, value = flow
    odd = SankeyBody(nodes, (SankeyLink(source=source, target=target, value=value),))
    chosen = thinned(odd, layers=2, rows=2)
    assert (chosen.links, chosen.hidden, chosen.layers) == ((), 1, ((0,), (1,)))


def able(paths, layers=99):
    """Find the flows that can be drawn in so many layers, by their own reading."""
    found = []
    for i, link in enumerate(paths.links):
        ends = (link.source, link.target)
        if all(0 <= end < len(paths.nodes) for end in ends) and 0 < link.value < 1e300:
            first, last = (max(paths.nodes[end].layer, 0) for end in ends)
            found += [i] if first < last < max(layers, 1) else []
    return found


@settings(max_examples=150, deadline=None)
@given(BODIES, st.integers(0, 8), st.integers(0, 6))
def test_no_flow_is_drawn_without_its_nodes_and_none_is_lost(paths, layers, rows):
    chosen = thinned(paths, layers, rows)
    drawn = {node for layer in chosen.layers for node in layer}
    assert len(drawn) == sum(map(len, chosen.layers))
    assert len(chosen.layers) <= max(layers, 1)
    assert all(len(layer) <= max(rows, 1) for layer in chosen.layers)
    assert all({paths.links[i].source, paths.links[i].target} <= drawn for i in chosen.links)
    assert chosen.hidden + len(chosen.links) == len(paths.links) + paths.undrawn
    if layers >= layer_count(paths) and rows >= len(paths.nodes):
        assert list(chosen.links) == able(paths)


@settings(max_examples=100, deadline=None)
@given(BODIES, st.integers(0, 8), st.integers(0, 6))
def test_the_strongest_flow_is_drawn_and_so_are_all_between_drawn_nodes(paths, layers, rows):
    chosen = thinned(paths, layers, rows)
    drawn = {node for layer in chosen.layers for node in layer}
    for i in able(paths, layers):
        link = paths.links[i]
        assert ({link.source, link.target} <= drawn) == (i in chosen.links)
    strongest = max((paths.links[i].value for i in able(paths, layers)), default=0)
    assert max((paths.links[i].value for i in chosen.links), default=0) == strongest
