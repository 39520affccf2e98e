"""Paints user paths: stops as bars, flows between them, and who left.

What does not fit is left out, the weakest first, and counted below; each drawn stop has its name.
"""

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPen

from phdesk.core.charts.paths_thinning import Thinned, layer_count, size_of, thinned
from phdesk.core.charts.spec import SankeyBody, SankeyLink
from phdesk.core.formatting import number
from phdesk.views.charts import sankey_list
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import LEFT, RIGHT, Ink, box, text

NODE = 10  # px wide
BESIDE = 4  # px between a node and its name
THINNEST = 2  # px of a node
NAME = 72  # px; with narrower ones than this there are less layers
NARROWEST_NAME = 40  # px, of the two layers that are always shown
WIDEST_NAME = 230
LEAST_NAME = 38  # px beside a value
PAD = 6  # px inside a card
COVERED = 0.75  # of the way to the next layer: the rest shows the flows
FAR_COVERED = 0.92  # on a wall, where no tooltip says a name whole
FREE_NAME = 110  # px; narrower names may cover all of it
GAP = 8  # px between nodes
APART = 2  # px between names
IN_TABLE = " in the table"
STRONG = 0.62  # opacity of flows under the pointer


class Flow(NamedTuple):
    """A flow with where it leaves and arrives."""

    link: SankeyLink
    start: float
    end: float
    thickness: float


class Layout(NamedTuple):
    """The rectangles of nodes and of their names, by node, each flow's ends, and the rest."""

    nodes: dict[int, QRectF]
    cards: dict[int, QRectF]
    flows: list[Flow]
    slot: float
    note: QRectF  # where the number of hidden paths stands; empty when there is no room
    hidden: int
    listed: QRectF = QRectF()  # where the largest stops are named that have no cards
    valued: frozenset[int] = frozenset()  # nodes with room for their value, all of a layer or none


class Frame(NamedTuple):
    """The room for nodes; `card` is the height of a name, or of a bare node without names."""

    area: QRectF
    slot: float
    card: float
    gap: float
    named: bool

    @property
    def rows(self) -> int:
        """Count the nodes that fit below each other."""
        return max(int((self.area.height() + APART) // (self.card + APART)), 1)


def paint(painter: QPainter, rect: QRectF, body: SankeyBody, ink: Ink) -> None:
    """Paint flows, then what dropped off, then nodes, then their names."""
    layout = arrange(rect, body, ink)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_flow_color(ink, 0.3 if ink.theme.is_dark else 0.24))
    for flow in layout.flows:
        painter.drawPath(_ribbon(layout, flow))
    for index in layout.nodes:
        _dropoff(painter, body, index, layout, ink)
    for place in layout.nodes.values():
        box(painter, place, ink.color("path-node"), ink.px(1.5))
    for index in layout.cards:
        _card(painter, body, index, layout, ink)
    sankey_list.paint(painter, layout.listed, body, layout.nodes, ink)
    if not layout.note.isEmpty():
        full = _more(layout)
        short = full.removesuffix(IN_TABLE).replace(" more", "")
        fits = ink.width(full, 11) <= layout.note.width()
        text(painter, layout.note, full if fits else short, ink)


def highlight(painter: QPainter, rect: QRectF, body: SankeyBody, ink: Ink, index: int) -> None:
    """Paint the flows into and out of a node, over what `paint` has painted."""
    layout = arrange(rect, body, ink)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_flow_color(ink, STRONG))
    near = [flow for flow in layout.flows if index in {flow.link.source, flow.link.target}]
    for flow in near:
        painter.drawPath(_ribbon(layout, flow))
    ends = {end for flow in near for end in (flow.link.source, flow.link.target)} | {index}
    for end in sorted(ends & layout.nodes.keys()):
        box(painter, layout.nodes[end], ink.color("path-node"), ink.px(1.5))
        if end in layout.cards:
            _card(painter, body, end, layout, ink, edge=ink.color("path-node"))
    painter.restore()


def hit(rect: QRectF, body: SankeyBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the node, its name, or the flow under a point, or what the note counts."""
    layout = arrange(rect, body, ink)
    for index, place in layout.nodes.items():
        if place.adjusted(-3, -2, 3, 2).contains(point):
            return _node_hit(body, index)
    for index, card in layout.cards.items():
        if card.contains(point):
            return _node_hit(body, index)
    for flow in reversed(layout.flows):
        if _is_beside(layout, flow, point) and _ribbon(layout, flow).contains(point):
            source, target = body.nodes[flow.link.source], body.nodes[flow.link.target]
            title = f"{source.title} → {target.title}"
            return Hit(title, (HitLine("path-node", _actors(body), number(flow.link.value)),))
    if layout.note.contains(point):
        return Hit(_more(layout), (HitLine("", "The table lists all paths", ""),))
    return None


def hit_at(_rect: QRectF, body: SankeyBody, _ink: Ink, item: int) -> Hit | None:
    """Give what a tooltip says about a stop, wherever the pointer is."""
    return _node_hit(body, item) if 0 <= item < len(body.nodes) else None


def place_of(rect: QRectF, body: SankeyBody, ink: Ink, item: int) -> QRectF:
    """Give where a stop is drawn; empty for one that is left out."""
    return arrange(rect, body, ink).nodes.get(item, QRectF())


def _is_beside(layout: Layout, flow: Flow, point: QPointF) -> bool:
    """Tell quickly whether a point may lie on a flow: making its shape takes longer."""
    source, target = layout.nodes[flow.link.source], layout.nodes[flow.link.target]
    low, high = sorted((flow.start, flow.end))
    across = source.right() <= point.x() <= target.left()
    return across and low <= point.y() <= high + flow.thickness


def _node_hit(body: SankeyBody, index: int) -> Hit:
    node = body.nodes[index]
    lines = [HitLine("path-node", _actors(body), node.text)]
    if node.came_text:
        lines.append(HitLine("", "From the step before", node.came_text))
    if node.went_text:
        lines.append(HitLine("", "Went on", node.went_text))
    if node.dropoff > 0:
        lines.append(HitLine("dropoff", "Dropped off", node.dropoff_text or number(node.dropoff)))
    return Hit(node.title, tuple(lines), item=index)


def _actors(body: SankeyBody) -> str:
    return body.actors[:1].upper() + body.actors[1:]


def _more(layout: Layout) -> str:
    paths = "path" if layout.hidden == 1 else "paths"
    return f"+ {layout.hidden:,} more {paths}{IN_TABLE}"


def arrange(rect: QRectF, body: SankeyBody, ink: Ink) -> Layout:
    """Place nodes layer by layer, as high as their value, the largest on top."""
    return _arranged(rect.getRect(), body, ink)


@lru_cache(maxsize=4)  # a pointer that moves over a crowd asks for each pixel
def _arranged(place: tuple[float, float, float, float], body: SankeyBody, ink: Ink) -> Layout:
    rect, count = QRectF(*place), layer_count(body)
    if not count:
        return Layout({}, {}, [], rect.width(), QRectF(), 0)
    needed = ink.px(NODE + 2 * BESIDE + NAME)
    layers = min(count, max(int(rect.width() // needed), 2))
    frame, listed = _framed(rect, layers, ink)
    chosen = thinned(body, layers, frame.rows)
    note = QRectF()
    if chosen.hidden:
        lower, note = _with_note(rect, ink)
        frame, listed = _framed(lower, layers, ink)
        chosen = thinned(body, layers, frame.rows)
    nodes, cards = _placed(frame, body, chosen, ink)
    flows = _flows(body, [body.links[i] for i in chosen.links], nodes)
    valued = frozenset(
        index
        for layer in chosen.layers
        if all(_has_room(cards.get(index), body, index, ink) for index in layer)
        for index in layer
    )
    return Layout(nodes, cards, flows, frame.slot, note, chosen.hidden, listed, valued)


def _framed(rect: QRectF, layers: int, ink: Ink) -> tuple[Frame, QRectF]:
    """Give the room for nodes, and below it for a list of the largest where none has a card."""
    frame = _frame(rect, rect.width() / layers, ink)
    listed = QRectF() if frame.named else sankey_list.room(rect, ink)
    if not listed.isEmpty():
        frame = frame._replace(area=rect.adjusted(0, 0, 0, -listed.height()))
    return frame, listed


def _frame(area: QRectF, slot: float, ink: Ink) -> Frame:
    card = ink.line(11) + ink.px(7)
    narrow = slot < ink.px(NODE + 2 * BESIDE + NARROWEST_NAME)
    if narrow or area.height() < card:
        return Frame(area, slot, THINNEST, APART, named=False)
    return Frame(area, slot, card, ink.px(GAP), named=True)


def _with_note(rect: QRectF, ink: Ink) -> tuple[QRectF, QRectF]:
    """Part the rectangle into room for the chart and a line below it, if there is any."""
    line = ink.line(11)
    chart = rect.adjusted(0, 0, 0, -line - ink.px(4))
    if chart.height() < line + ink.px(7):
        return rect, QRectF()
    return chart, QRectF(rect.x(), rect.bottom() - line, rect.width(), line)


def _placed(
    frame: Frame, body: SankeyBody, chosen: Thinned, ink: Ink
) -> tuple[dict[int, QRectF], dict[int, QRectF]]:
    """Give the nodes and their names, in cells that do not touch."""
    area, unit = frame.area, _unit(frame, body, chosen)
    largest = _largest(body, chosen)
    wide = min(ink.px(NODE), frame.slot / 3)
    nodes, cards = {}, {}
    for layer, members in enumerate(chosen.layers):
        x, y = area.x() + layer * frame.slot, area.y()
        for index in members:
            high = max(size_of(index, body) / largest * unit, THINNEST)
            inset = max(frame.card - high, 0) / 2
            nodes[index] = QRectF(x, y + inset, wide, high)
            if frame.named:
                cards[index] = _name_place(nodes[index], y, frame, ink)
            y += _step(high, frame)
    return nodes, cards


def _name_place(node: QRectF, top: float, frame: Frame, ink: Ink) -> QRectF:
    """Place a name beside its node: in its middle, or near the top of a high one."""
    high = node.height()
    down = ink.px(4) if high > frame.card * 1.4 else max(high - frame.card, 0) / 2
    left = node.right() + ink.px(BESIDE)
    free = frame.slot - node.width() - 2 * ink.px(BESIDE)
    covered = frame.slot * (FAR_COVERED if ink.is_far else COVERED)
    wide = min(free, max(covered, ink.px(FREE_NAME)), ink.px(WIDEST_NAME))
    return QRectF(left, top + down, wide, frame.card)


def _has_room(card: QRectF | None, body: SankeyBody, index: int, ink: Ink) -> bool:
    """Tell whether a card takes a value beside a name that still says something."""
    node = body.nodes[index]
    room = 0.0 if card is None else card.width() - ink.px(3 * PAD) - ink.width(node.text, 11)
    return room >= min(ink.width(node.label, 11, 600), ink.px(LEAST_NAME))


def _unit(frame: Frame, body: SankeyBody, chosen: Thinned) -> float:
    """Find the height of the largest node at which the fullest layer still fits."""
    largest = _largest(body, chosen)
    sizes = [[size_of(index, body) / largest for index in layer] for layer in chosen.layers]
    low, high = 0.0, frame.area.height()
    for _ in range(30):
        middle = (low + high) / 2
        fits = all(_extent(layer, middle, frame) <= frame.area.height() for layer in sizes)
        low, high = (middle, high) if fits else (low, middle)
    return low


def _extent(sizes: list[float], unit: float, frame: Frame) -> float:
    heights = [max(size * unit, THINNEST) for size in sizes]
    steps = sum(_step(high, frame) for high in heights[:-1])
    return steps + max(heights[-1], frame.card) if heights else 0.0


def _step(high: float, frame: Frame) -> float:
    return max(high + frame.gap, frame.card + APART)


def _largest(body: SankeyBody, chosen: Thinned) -> float:
    return max((size_of(i, body) for layer in chosen.layers for i in layer), default=0.0) or 1.0


def _flows(body: SankeyBody, links: list[SankeyLink], places: dict[int, QRectF]) -> list[Flow]:
    leaving: dict[int, float] = defaultdict(float)
    arriving: dict[int, float] = defaultdict(float)
    starts, ends = {}, {}
    by_target = sorted(range(len(links)), key=lambda i: places[links[i].target].y())
    by_source = sorted(range(len(links)), key=lambda i: places[links[i].source].y())
    for i in by_target:
        starts[i] = _take(leaving, links[i].source, links[i].value, body, places)
    for i in by_source:
        ends[i] = _take(arriving, links[i].target, links[i].value, body, places)
    made = []
    for i, link in enumerate(links):
        thickness = min(_part(link, link.source, body, places), starts[i][1], ends[i][1])
        made.append(Flow(link, starts[i][0], ends[i][0], max(thickness, 0.4)))
    return sorted(made, key=lambda flow: -flow.thickness)


def _part(link: SankeyLink, index: int, body: SankeyBody, places: dict[int, QRectF]) -> float:
    size = size_of(index, body)
    return places[index].height() * min(link.value / size, 1.0) if size else 0.0


def _take(
    used: dict[int, float], index: int, value: float, body: SankeyBody, places: dict[int, QRectF]
) -> tuple[float, float]:
    """Take a piece of a node's side; give where it begins and its height."""
    size, place = size_of(index, body), places[index]
    part = place.height() * min(value / size, 1.0) if size else 0.0
    start = min(used[index], place.height())
    used[index] += part
    return place.y() + start, max(min(part, place.height() - start), 0.4)


def _ribbon(layout: Layout, flow: Flow) -> QPainterPath:
    source, target = layout.nodes[flow.link.source], layout.nodes[flow.link.target]
    x1, x2, h = source.right(), target.left(), flow.thickness
    bend = (x1 + x2) / 2
    path = QPainterPath(QPointF(x1, flow.start))
    path.cubicTo(QPointF(bend, flow.start), QPointF(bend, flow.end), QPointF(x2, flow.end))
    path.lineTo(x2, flow.end + h)
    path.cubicTo(
        QPointF(bend, flow.end + h), QPointF(bend, flow.start + h), QPointF(x1, flow.start + h)
    )
    path.closeSubpath()
    return path


def _flow_color(ink: Ink, opacity: float) -> QColor:
    color = QColor(ink.color("path-node"))
    color.setAlphaF(opacity)
    return color


def _dropoff(painter: QPainter, body: SankeyBody, index: int, layout: Layout, ink: Ink) -> None:
    place, size = layout.nodes[index], size_of(index, body)
    height = place.height() * min(body.nodes[index].dropoff / size, 1.0) if size else 0.0
    if height < 1:
        return
    width = min(ink.px(28), layout.slot * 0.3)
    shade = QRectF(place.right(), place.bottom() - height, width, height)
    strong, none = QColor(ink.color("dropoff")), QColor(ink.color("dropoff"))
    strong.setAlphaF(0.55)
    none.setAlphaF(0.0)
    fade = QLinearGradient(shade.topLeft(), shade.bottomLeft())
    fade.setColorAt(0, strong)
    fade.setColorAt(1, none)
    path = QPainterPath(shade.topLeft())
    bend = min(height, width * 0.8)
    path.lineTo(shade.right() - bend, shade.top())
    path.quadTo(shade.topRight(), QPointF(shade.right(), shade.top() + bend))
    path.lineTo(shade.bottomRight())
    path.lineTo(shade.bottomLeft())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(path, fade)


def _card(
    painter: QPainter,
    body: SankeyBody,
    index: int,
    layout: Layout,
    ink: Ink,
    *,
    edge: QColor | None = None,
) -> None:
    """Write a node's name on a card, and its value where both fit."""
    node, card = body.nodes[index], layout.cards[index]
    pen = QPen(edge or ink.theme.line, ink.hair)
    box(painter, card.adjusted(0.5, 0.5, -0.5, -0.5), ink.theme.surface, ink.px(4), pen)
    inner = card.adjusted(ink.px(PAD), 0, -ink.px(PAD), 0)
    used = 0.0
    if index in layout.valued:
        used = text(painter, inner, node.text, ink, align=RIGHT) + ink.px(PAD)
    name = inner.adjusted(0, 0, -used, 0)
    words = sankey_list.shortened(node.label, name.width(), ink, 600)
    text(painter, name, words, ink, weight=600, color=ink.theme.text, align=LEFT)
