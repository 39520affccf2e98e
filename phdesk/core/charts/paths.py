"""Draw user paths as a Sankey of steps (reference 6.6)."""

import re
from collections import defaultdict
from urllib.parse import urlsplit

from msgspec import Raw, Struct, structs

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.funnel_groups import actors_of
from phdesk.core.charts.rates import counted, known, total
from phdesk.core.charts.results import PathItem, decode
from phdesk.core.charts.spec import (
    Column,
    NoticeBody,
    SankeyBody,
    SankeyLink,
    SankeyNode,
    Table,
    Value,
)
from phdesk.core.formatting import Format, number
from phdesk.core.names import event_name
from phdesk.core.question import Question
from phdesk.models.insight import Insight

NOBODY = "Nobody took a path of more than one step in this period."
CIRCLES = "These paths only lead back or count nobody; they are listed."
LONGEST_LABEL = 15
HEAD, TAIL = 6, 8
TIME = Format(style="duration_ms")
_STEP = re.compile(r"(\d+)_(.*)", re.DOTALL)


class _Link(Struct, frozen=True, gc=False, kw_only=True):
    """A flow between two nodes by name; `time` in milliseconds."""

    source: str
    target: str
    value: int | float
    time: int | float | None


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Draw the flows between steps."""
    links, actors = _links(insight.result), actors_of(question, context)
    if not links:
        notice = NoticeBody(state="empty", headline=NOBODY)
        return Drawn(body=notice, summary=NOBODY)
    layers = _layers(links)
    forward = [
        link for link in links if link.value > 0 and layers[link.source] < layers[link.target]
    ]
    if not forward:
        notice = NoticeBody(state="unsupported", headline=CIRCLES)
        return Drawn(body=notice, summary=CIRCLES, table=_table(links, forward, actors))
    body = structs.replace(
        _body(forward, layers, full=question.filter.get("showFullUrls") is True),
        actors=actors,
        undrawn=len(links) - len(forward),
    )
    return Drawn(body=body, summary=_summary(body, links), table=_table(links, forward, actors))


def _links(raw: Raw) -> list[_Link]:
    return [
        _Link(
            source=item.source,
            target=item.target,
            value=counted(item.value),
            time=known(item.average_conversion_time),
        )
        for item in decode(raw, list[PathItem])
    ]


def _split(name: str) -> tuple[int | None, str]:
    """Part "2_/pricing" into 2 and "/pricing"; a name without a step has none."""
    match = _STEP.fullmatch(name)
    return (int(match[1][:9]), match[2]) if match else (None, name)


def _layers(links: list[_Link]) -> dict[str, int]:
    """Give each node its layer, from 0 and without gaps; a name without a step follows others."""
    steps = {name: _split(name)[0] for link in links for name in (link.source, link.target)}
    found = {name: step for name, step in steps.items() if step is not None}
    for link in links:
        found.setdefault(link.source, 1)
        found.setdefault(link.target, found[link.source] + 1)
    ranks = {step: rank for rank, step in enumerate(sorted(set(found.values())))}
    return {name: ranks[step] for name, step in found.items()}


def _body(links: list[_Link], layers: dict[str, int], *, full: bool) -> SankeyBody:
    """Draw the links that lead forward; nodes of a layer are largest first."""
    coming: dict[str, list[_Link]] = defaultdict(list)
    going: dict[str, list[_Link]] = defaultdict(list)
    for link in links:
        coming[link.target].append(link)
        going[link.source].append(link)
    names = dict.fromkeys(name for link in links for name in (link.source, link.target))
    nodes = {name: _node(name, layers[name], coming[name], going[name], full) for name in names}
    placed = sorted(nodes, key=lambda name: (nodes[name].layer, -nodes[name].value))
    index = {name: place for place, name in enumerate(placed)}
    return SankeyBody(
        nodes=tuple(nodes[name] for name in placed),
        links=tuple(
            SankeyLink(source=index[link.source], target=index[link.target], value=link.value)
            for link in links
        ),
    )


def _node(
    name: str,
    layer: int,
    coming: list[_Link],
    going: list[_Link],
    full: bool,  # noqa: FBT001  passed on
) -> SankeyNode:
    inward = total(link.value for link in coming)
    outward = total(link.value for link in going)
    value = max(inward, outward)
    title = event_name(_split(name)[1])
    dropoff = max(total((inward, -outward)), 0) if coming else 0
    return SankeyNode(
        layer=layer,
        label=title if full else _label(title, [link.source for link in coming]),
        title=title,
        value=value,
        text=number(value),
        dropoff=dropoff,
        came_text=number(inward) if coming else "",
        went_text=number(outward),
        dropoff_text=number(dropoff) if dropoff > 0 else "",
    )


def _label(title: str, sources: list[str]) -> str:
    """Shorten a node's name as PostHog does.

    A page reached from pages of one domain alone is named by its path; a first page, or one
    that several domains lead to, keeps its domain.
    """
    page = _page(title)
    if page is None:
        return _shortened(title)
    domains = {origin for origin, _, _ in filter(None, (_page(_split(s)[1]) for s in sources))}
    _, domain, path = page
    return _shortened(path if len(domains) == 1 else domain + path)


def _page(text: str) -> tuple[str, str, str] | None:
    """Part a page's address into origin, domain and path, None if it is no address."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if not parts.scheme or not parts.netloc:
        return None
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    path = f"{parts.path or '/'}{query}{fragment}"
    return f"{parts.scheme}://{parts.netloc}", parts.netloc, path


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_LABEL:
        return text
    return f"{text[:HEAD]}...{text[-TAIL:]}"


def _summary(body: SankeyBody, links: list[_Link]) -> str:
    steps = len({node.layer for node in body.nodes})
    largest = max(links, key=lambda link: link.value)
    ends = " → ".join(_split(name)[1] for name in (largest.source, largest.target))
    over = f" over {steps} steps" if steps else ""
    return f"{len(links)} paths{over}; most taken {ends} ({number(largest.value)})."


def _table(links: list[_Link], forward: list[_Link], actors: str) -> Table:
    columns = (
        Column("Step", numeric=True),
        Column("Source"),
        Column("Target"),
        Column(actors[:1].upper() + actors[1:], numeric=True),
        Column("Average time", numeric=True),
        Column("Source total", numeric=True),
        Column("Target total", numeric=True),
    )
    back = len(links) - len(forward)
    note = f"{back} of these are not drawn: they lead back or count nobody" if back else ""
    ends = _totals(forward)
    rows = tuple((*_row(link), ends.get(link.source), ends.get(link.target)) for link in links)
    texts = tuple(
        (*_texts(link), *map(_total_text, row[-2:])) for link, row in zip(links, rows, strict=True)
    )
    return Table(columns, rows, texts, note)


def _totals(links: list[_Link]) -> dict[str, int | float]:
    """Count who passed each node: the larger of those who came and those who went on."""
    coming: dict[str, int | float] = defaultdict(int)
    going: dict[str, int | float] = defaultdict(int)
    for link in links:
        coming[link.target] = total((coming[link.target], link.value))
        going[link.source] = total((going[link.source], link.value))
    return {name: max(coming[name], going[name]) for name in {**coming, **going}}


def _total_text(value: Value) -> str:
    return number(value) if isinstance(value, int | float) else ""


def _row(link: _Link) -> tuple[Value, ...]:
    step, source = _split(link.source)
    return step, source, _split(link.target)[1], link.value, link.time


def _texts(link: _Link) -> tuple[str, ...]:
    step, source = _split(link.source)
    return (
        "" if step is None else str(step),
        source,
        _split(link.target)[1],
        number(link.value),
        number(link.time, TIME),
    )
