"""Choose which part of user paths is drawn when there is no room for all of it.

The strongest flows win: they are taken from the largest down, each with the two nodes that it
joins, as long as their layers have room. Flows between nodes that are drawn are always drawn.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec import Struct

from phdesk.core.charts.spec import SankeyBody, SankeyLink

LARGEST = 1e300  # sums of such values still are finite numbers


class Thinned(Struct, frozen=True, gc=False):
    """What is drawn: nodes of each layer, the largest first, and flows; and how many are not."""

    layers: tuple[tuple[int, ...], ...]
    links: tuple[int, ...]
    hidden: int = 0  # flows that are left out, whatever the reason


def thinned(body: SankeyBody, layers: int, rows: int) -> Thinned:
    """Keep what fits into so many layers, from the first, of so many nodes each."""
    able = [i for i, link in enumerate(body.links) if _leads_on(link, body)]
    joined = {end for i in able for end in (body.links[i].source, body.links[i].target)}
    room = Counter({layer: max(rows, 1) for layer in range(max(layers, 1))})
    kept: set[int] = set()
    links = []
    for i in sorted(able, key=lambda i: (-body.links[i].value, i)):
        ends = {body.links[i].source, body.links[i].target} - kept
        if _take(ends, body, room):
            kept |= ends
            links.append(i)
    for node in _largest_first(set(range(len(body.nodes))) - joined, body):
        if _take({node}, body, room):
            kept.add(node)
    hidden = len(body.links) - len(links) + body.undrawn
    return Thinned(_layers(kept, body), tuple(sorted(links)), hidden)


def layer_count(body: SankeyBody) -> int:
    """Count the layers of the whole."""
    return max((_layer(node, body) for node in range(len(body.nodes))), default=-1) + 1


def size_of(node: int, body: SankeyBody) -> float:
    """Give a node's value as a size that can be drawn."""
    value = body.nodes[node].value
    return float(value) if 0 < value < LARGEST else 0.0


def _leads_on(link: SankeyLink, body: SankeyBody) -> bool:
    count = len(body.nodes)
    if not (0 <= link.source < count and 0 <= link.target < count and 0 < link.value < LARGEST):
        return False
    return _layer(link.source, body) < _layer(link.target, body)


def _take(nodes: Iterable[int], body: SankeyBody, room: Counter[int]) -> bool:
    """Take places for nodes, all or none."""
    wanted = Counter(_layer(node, body) for node in nodes)
    if any(room[layer] < count for layer, count in wanted.items()):
        return False
    room.subtract(wanted)
    return True


def _layer(node: int, body: SankeyBody) -> int:
    return max(body.nodes[node].layer, 0)


def _layers(nodes: set[int], body: SankeyBody) -> tuple[tuple[int, ...], ...]:
    piles: dict[int, list[int]] = defaultdict(list)
    for node in _largest_first(nodes, body):
        piles[_layer(node, body)].append(node)
    return tuple(tuple(piles[layer]) for layer in range(max(piles, default=-1) + 1))


def _largest_first(nodes: Iterable[int], body: SankeyBody) -> list[int]:
    return sorted(nodes, key=lambda node: (-size_of(node, body), node))
