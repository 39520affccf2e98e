from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.charts import local as cuts
from phdesk.core.charts.linked import linked, stop_of
from phdesk.core.charts.local import UNTOUCHED, localised
from phdesk.core.charts.spec import SankeyBody, SankeyLink, SankeyNode


def paths(*flows):
    """Make paths of flows such as "1a 2b": layer and name at both ends."""
    names = sorted({end for flow in flows for end in flow.split()})
    nodes = tuple(
        SankeyNode(layer=int(name[0]), label=name, title=name, value=1.0, text="1")
        for name in names
    )
    links = tuple(
        SankeyLink(source=names.index(a), target=names.index(b), value=float(i))
        for i, (a, b) in enumerate(flow.split() for flow in flows)
    )
    return SankeyBody(nodes=nodes, links=links)


def flows(body):
    titles = [node.title for node in body.nodes]
    return {(titles[one.source], titles[one.target], one.value) for one in body.links}


BODY = paths("1a 2b", "1a 2c", "2b 3d", "2c 3d", "2c 3e", "3d 4f")


def stop(name):
    return stop_of(next(node for node in BODY.nodes if node.title == name))


def test_what_leads_to_a_stop_and_what_it_leads_to_is_kept():
    shown = linked(BODY, stop("2b"))
    assert {node.title for node in shown.nodes} == {"1a", "2b", "3d", "4f"}
    assert flows(shown) == {("1a", "2b", 0.0), ("2b", "3d", 2.0), ("3d", "4f", 5.0)}


def test_a_stop_that_is_gone_changes_nothing():
    assert linked(BODY, (1, "gone")) is BODY


def test_a_circle_comes_to_an_end():
    body = paths("1a 2b", "2b 1a")
    assert flows(linked(body, stop_of(body.nodes[0]))) == flows(body)


def test_following_a_stop_again_shows_all():
    index = next(i for i, node in enumerate(BODY.nodes) if node.title == "2c")
    local = cuts.followed(UNTOUCHED, BODY, index)
    assert cuts.described(BODY, local) == "linked with 2c"
    assert localised(BODY, local) == linked(BODY, stop("2c"))
    assert localised(BODY, cuts.followed(local, BODY, index)) is BODY


ends = st.sampled_from(["1a", "1b", "2a", "2b", "2c", "3a", "3b", "4a"])


@given(st.lists(st.tuples(ends, ends).map(" ".join), min_size=1, max_size=14), st.data())
def test_no_flow_changes_its_ends_or_its_number(made, data):
    body = paths(*made)
    index = data.draw(st.integers(0, len(body.nodes) - 1))
    shown = linked(body, stop_of(body.nodes[index]))
    assert flows(shown) <= flows(body)
    assert set(shown.nodes) <= set(body.nodes)
    assert body.nodes[index] in shown.nodes
    touched = {name for source, target, _ in flows(shown) for name in (source, target)}
    assert {node.title for node in shown.nodes} == touched | {body.nodes[index].title}
