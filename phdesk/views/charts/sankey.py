"""Paints user paths: stops as bars, flows between them, and who left."""

from collections import defaultdict
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPen

from phdesk.core.charts.spec import SankeyBody, SankeyLink
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import LEFT, RIGHT, Ink, box, text

NODE = 10  # px wide
THINNEST = 2  # px of a node


class Flow(NamedTuple):
    """A flow with where it leaves and arrives."""

    link: SankeyLink
    start: float
    end: float
    thickness: float


class Layout(NamedTuple):
    """Each node's rectangle and each flow's ends."""

    nodes: list[QRectF]
    flows: list[Flow]
    slot: float
    unit: float


def paint(painter: QPainter, rect: QRectF, body: SankeyBody, ink: Ink) -> None:
    """Paint flows, then what dropped off, then nodes, then their names."""
    layout = arrange(rect, body, ink)
    color = QColor(ink.color("path-node"))
    color.setAlphaF(0.3 if ink.theme.is_dark else 0.24)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for flow in layout.flows:
        painter.drawPath(_ribbon(layout, flow))
    for index, place in enumerate(layout.nodes):
        _dropoff(painter, place, body, index, layout, ink)
    for place in layout.nodes:
        box(painter, place, ink.color("path-node"), ink.px(1.5))
    _cards(painter, rect, body, layout, ink)


def hit(rect: QRectF, body: SankeyBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the node, its card's slot, or the flow under a point."""
    layout = arrange(rect, body, ink)
    for index, place in enumerate(layout.nodes):
        if place.adjusted(-3, -2, 3, 2).contains(point):
            return _node_hit(body, index)
    for index, card in _places(rect, body, layout, ink):
        if card.contains(point):
            return _node_hit(body, index)
    for flow in reversed(layout.flows):
        if _ribbon(layout, flow).contains(point):
            source, target = body.nodes[flow.link.source], body.nodes[flow.link.target]
            title = f"{source.title} → {target.title}"
            return Hit(title, (HitLine("path-node", "People", f"{flow.link.value:,.10g}"),))
    return None


def _node_hit(body: SankeyBody, index: int) -> Hit:
    node = body.nodes[index]
    lines = [HitLine("path-node", "People", node.text)]
    if node.dropoff > 0:
        lines.append(HitLine("dropoff", "Dropped off", f"{node.dropoff:,.10g}"))
    return Hit(node.title, tuple(lines), item=index)


def arrange(rect: QRectF, body: SankeyBody, ink: Ink) -> Layout:
    """Place nodes layer by layer, as high as their value, the largest on top."""
    layers = _layers(body)
    if not layers:
        return Layout([], [], rect.width(), 0.0)
    slot = rect.width() / (max(layers) + 1)
    gap = ink.px(10)
    largest = max(_size(body, index) for index in range(len(body.nodes))) or 1.0
    unit = min(
        max(rect.height() - gap * (len(members) - 1), rect.height() * 0.3)
        / max(sum(_size(body, index) / largest for index in members), 1e-9)
        for members in layers.values()
    )
    places = [QRectF()] * len(body.nodes)
    for layer, members in sorted(layers.items()):
        heights = [max(_size(body, i) / largest * unit, THINNEST) for i in members]
        free = rect.height() - sum(heights)
        between = min(gap, max(free, 0.0) / max(len(members) - 1, 1))
        squeeze = min(1.0, rect.height() / max(sum(heights), 1e-9))
        y = rect.y()
        for index, height in zip(members, heights, strict=True):
            x = rect.x() + layer * slot
            places[index] = QRectF(x, y, min(ink.px(NODE), slot / 3), height * squeeze)
            y += height * squeeze + between
    return Layout(places, _flows(body, places), slot, unit / largest)


def _size(body: SankeyBody, index: int) -> float:
    value = body.nodes[index].value
    return value if 0 < value < 1e300 else 0.0


def _links(body: SankeyBody) -> list[SankeyLink]:
    """Give the flows that lead from a node to one in a later layer."""
    nodes = body.nodes
    return [
        link
        for link in body.links
        if 0 <= link.source < len(nodes)
        and 0 <= link.target < len(nodes)
        and nodes[link.source].layer < nodes[link.target].layer
        and 0 < link.value < 1e300
    ]


def _layers(body: SankeyBody) -> dict[int, list[int]]:
    """Sort each layer, the largest on top."""
    layers: dict[int, list[int]] = defaultdict(list)
    for index, node in enumerate(body.nodes):
        layers[max(node.layer, 0)].append(index)
    for members in layers.values():
        members.sort(key=lambda index: -_size(body, index))
    return layers


def _flows(body: SankeyBody, places: list[QRectF]) -> list[Flow]:
    links = _links(body)
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
        thickness = min(_thickness(link, link.source, body, places), starts[i][1], ends[i][1])
        made.append(Flow(link, starts[i][0], ends[i][0], max(thickness, 0.4)))
    return sorted(made, key=lambda flow: -flow.thickness)


def _thickness(link: SankeyLink, index: int, body: SankeyBody, places: list[QRectF]) -> float:
    size = _size(body, index)
    return places[index].height() * min(link.value / size, 1.0) if size else 0.0


def _take(
    used: dict[int, float], index: int, value: float, body: SankeyBody, places: list[QRectF]
) -> tuple[float, float]:
    """Take a piece of a node's side; give where it begins and its height."""
    size, place = _size(body, index), places[index]
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


def _dropoff(
    painter: QPainter, place: QRectF, body: SankeyBody, index: int, layout: Layout, ink: Ink
) -> None:
    size = _size(body, index)
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


def _places(rect: QRectF, body: SankeyBody, layout: Layout, ink: Ink) -> list[tuple[int, QRectF]]:
    """Give the cards that fit without touching each other, those of large nodes first."""
    height = ink.line(11) + ink.px(7)
    width = layout.slot - ink.px(NODE) - ink.px(10)
    if width < ink.px(44) or rect.height() < height:
        return []
    taken: dict[int, list[QRectF]] = defaultdict(list)
    made = []
    for index in sorted(range(len(body.nodes)), key=lambda i: -_size(body, i)):
        place = layout.nodes[index]
        y = (
            place.y() + ink.px(4)
            if place.height() > height * 1.4
            else place.center().y() - height / 2
        )
        y = min(max(y, rect.y() + 1), rect.bottom() - height - 1)
        card = QRectF(place.right() + ink.px(4), y, min(width, ink.px(230)), height)
        others = taken[body.nodes[index].layer]
        if not any(card.adjusted(0, -2, 0, 2).intersects(other) for other in others):
            others.append(card)
            made.append((index, card))
    return made


def _cards(painter: QPainter, rect: QRectF, body: SankeyBody, layout: Layout, ink: Ink) -> None:
    for index, card in _places(rect, body, layout, ink):
        node = body.nodes[index]
        edge = QPen(ink.theme.line, 1)
        box(painter, card.adjusted(0.5, 0.5, -0.5, -0.5), ink.theme.surface, ink.px(4), edge)
        inner = card.adjusted(ink.px(6), 0, -ink.px(6), 0)
        used = 0.0
        name_room = inner.width() - ink.width(node.text, 11) - ink.px(6)
        if name_room >= min(ink.width(node.label, 11, 600), ink.px(36)):
            used = text(painter, inner, node.text, ink, align=RIGHT) + ink.px(6)
        name = inner.adjusted(0, 0, -used, 0)
        text(painter, name, node.label, ink, weight=600, color=ink.theme.text, align=LEFT)
