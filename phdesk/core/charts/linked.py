"""The part of user paths that is linked with one stop: what leads there, and where it leads."""

from collections.abc import Iterable

from msgspec import structs

from phdesk.core.charts.spec import SankeyBody, SankeyLink, SankeyNode

Stop = tuple[int, str]  # layer and title


def stop_of(node: SankeyNode) -> Stop:
    """Give what a stop is known by in later results too."""
    return (node.layer, node.title)


def linked(body: SankeyBody, stop: Stop) -> SankeyBody:
    """Keep stops and flows before and after a stop, with their numbers as sent.

    What PostHog sends are flows between two stops, not whole paths: a flow that is kept counts all
    who took it, not only those who came by this stop. Without the stop all stays.
    """
    start = next((i for i, node in enumerate(body.nodes) if stop_of(node) == stop), None)
    if start is None:
        return body
    after = _reached(start, [(one.source, one.target) for one in body.links])
    before = _reached(start, [(one.target, one.source) for one in body.links])
    links = [
        one
        for one in body.links
        if {one.source, one.target} <= after or {one.source, one.target} <= before
    ]
    kept = sorted(after | before)
    place = {old: new for new, old in enumerate(kept)}
    return structs.replace(
        body,
        nodes=tuple(body.nodes[i] for i in kept),
        links=tuple(
            SankeyLink(source=place[one.source], target=place[one.target], value=one.value)
            for one in links
        ),
    )


def _reached(start: int, steps: Iterable[tuple[int, int]]) -> set[int]:
    onward: dict[int, list[int]] = {}
    for source, target in steps:
        onward.setdefault(source, []).append(target)
    seen, left = {start}, [start]
    while left:
        for target in onward.get(left.pop(), ()):
            if target not in seen:
                seen.add(target)
                left.append(target)
    return seen
