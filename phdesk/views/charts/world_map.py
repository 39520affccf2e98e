"""Paints a world map in the Equal Earth projection, with a scale from smallest to largest."""

import math
import zlib
from functools import cache

from msgspec import Struct
from PySide6.QtCore import QByteArray, QDataStream, QPointF, QRectF
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)

from phdesk import resources
from phdesk.core.charts.spec import Country, MapBody
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import LEFT, RIGHT, Ink, fill, text

WEAK, EDGE = 0.45, 0.75  # strength up to which a country has an outline, and that of the outline
SMALL = 300  # px of a map whose edges are thin
LISTED = 4  # countries below a small map, at most
DOT = 3.2  # px
SPLIT = "FJ"  # its islands west of the date line would leave a tenth of the map to the ocean
FAR_LEAST = 0.5  # strength of a country with hardly anything, on a wall
LAND = 0.2  # of the muted colour: countries without a value
COARSE = 800  # px: a narrower map has fewer points, off by two thirds of a pixel at most


class World(Struct, frozen=True, gc=False):
    """Shapes and dots in projected units, and what they cover."""

    shapes: dict[str, QPainterPath]
    dots: dict[str, QPointF]
    bounds: QRectF


class Layout(Struct, frozen=True, gc=False):
    """How the world is laid into the rectangle, and where the scale stands."""

    place: QTransform
    scale: QRectF
    first: QRectF  # the strongest countries by name, where there is no room for the scale


def paint(painter: QPainter, rect: QRectF, body: MapBody, ink: Ink) -> None:
    """Paint all countries, those with values in their strength."""
    layout, all_of_it = arrange(rect, body, ink), world_for(rect)
    known = {country.code: country for country in body.countries}
    shapes = all_of_it.shapes
    painter.save()
    if ink.theme.medium == "svg":  # in a scaled one, few programs draw lines of one width
        shapes = {code: layout.place.map(path) for code, path in shapes.items()}
    else:
        painter.setTransform(layout.place, combine=True)
    painter.setPen(_border(ink))
    for code, path in shapes.items():
        painter.setBrush(_fill(known.get(code), body, ink))
        painter.drawPath(path)
    for code in known.keys() & shapes.keys():  # over what their neighbours have painted
        if known[code].strength <= WEAK:
            painter.setPen(_outline(rect, body, ink))
            painter.setBrush(_fill(known[code], body, ink))
            painter.drawPath(shapes[code])
    painter.restore()
    for code, spot in all_of_it.dots.items():
        if code in known:
            weak = known[code].strength <= WEAK
            painter.setPen(_outline(rect, body, ink) if weak else QPen(ink.theme.surface, ink.hair))
            painter.setBrush(_fill(known[code], body, ink))
            painter.drawEllipse(layout.place.map(spot), ink.px(DOT), ink.px(DOT))
    if not layout.scale.isEmpty():
        _scale(painter, layout.scale, body, ink)
    _first(painter, layout.first, body, ink)


def hit(rect: QRectF, body: MapBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the country under a point that has a value; dots reach a little further."""
    layout, all_of_it = arrange(rect, body, ink), world_for(rect)
    known = {country.code: country for country in body.countries}
    reach = ink.px(DOT) + 3
    for code, spot in all_of_it.dots.items():
        away = layout.place.map(spot) - point
        if code in known and math.hypot(away.x(), away.y()) <= reach:
            return _hit(known[code], body)
    back, invertible = layout.place.inverted()
    where = back.map(point)
    for code, country in known.items():
        path = all_of_it.shapes.get(code) if invertible else None
        if path is not None and path.contains(where):
            return _hit(country, body)
    return None


def arrange(rect: QRectF, body: MapBody, ink: Ink) -> Layout:
    """Fit the world into the rectangle, above its scale."""
    scale, area = QRectF(), QRectF(rect)
    if rect.height() >= ink.px(120) and rect.width() >= ink.px(180) and body.countries:
        scale = QRectF(rect)
        scale.setTop(rect.bottom() - ink.line(11))
        area.setBottom(scale.top() - ink.px(6))
    first = QRectF() if not scale.isEmpty() else _room_below(rect, body, ink)
    if not first.isEmpty():
        area.setBottom(first.top() - ink.px(6))
    area.adjust(2, 2, -2, -2)
    bounds = world_for(rect).bounds
    unit = min(area.width() / bounds.width(), area.height() / bounds.height())
    place = QTransform()
    place.translate(area.center().x(), area.center().y())
    place.scale(unit, unit)
    place.translate(-bounds.center().x(), -bounds.center().y())
    return Layout(place, scale, first)


def _room_below(rect: QRectF, body: MapBody, ink: Ink) -> QRectF:
    """Give what a map that is bound by its width leaves, in whole lines."""
    bounds, line = world_for(rect).bounds, ink.line(11) + ink.px(3)
    high = rect.width() * bounds.height() / bounds.width() + ink.px(10)
    rows = min(int((rect.height() - high) // line), LISTED, len(body.countries))
    if rows < 1:
        return QRectF()
    return QRectF(rect.x(), rect.bottom() - rows * line, rect.width(), rows * line)


def world_for(rect: QRectF) -> World:
    """Give the shapes for a map in this rectangle."""
    return world("world-small" if rect.width() < COARSE else "world")


@cache
def world(name: str) -> World:
    """Read the shapes, which are stored projected: projecting them here took 90 ms."""
    data = QByteArray(zlib.decompress(resources.read_bytes(f"map/{name}.paths.z")))
    stream = QDataStream(data)
    stream.setVersion(QDataStream.Version.Qt_6_5)
    stream.setFloatingPointPrecision(QDataStream.FloatingPointPrecision.SinglePrecision)
    shapes = dict(_shape(stream) for _ in range(stream.readUInt32()))
    dots = dict(_dot(stream) for _ in range(stream.readUInt32()))
    bounds = QRectF()
    for code, path in shapes.items():
        bounds = bounds.united(path.boundingRect() if code != SPLIT else _eastern(path))
    return World(shapes, dots, bounds)


def _eastern(path: QPainterPath) -> QRectF:
    """Give the half of a country at the date line that lies east of all others."""
    whole = path.boundingRect()
    return QRectF(0, whole.y(), whole.right(), whole.height())


def _shape(stream: QDataStream) -> tuple[str, QPainterPath]:
    code, path = stream.readQString(), QPainterPath()
    stream >> path
    return code, path


def _dot(stream: QDataStream) -> tuple[str, QPointF]:
    """Read a point by its numbers; `>>` would make Python's classes for all that it can read."""
    return stream.readQString(), QPointF(stream.readFloat(), stream.readFloat())


def _border(ink: Ink) -> QPen:
    pen = QPen(ink.theme.surface, 0.6)
    pen.setCosmetic(ink.theme.medium != "svg")
    return pen


def _outline(rect: QRectF, body: MapBody, ink: Ink) -> QPen:
    """Give the edge of a country whose colour is hardly stronger than that of land."""
    width = 0.9 if rect.width() >= ink.px(SMALL) else 0.5  # edges fill all of a small country
    pen = QPen(_strong(EDGE, body, ink), width)
    pen.setCosmetic(ink.theme.medium != "svg")
    return pen


def _fill(country: Country | None, body: MapBody, ink: Ink) -> QColor:
    """Give a country's colour; nobody there is land, as where nothing was sent."""
    if country is None or country.strength <= 0:
        return ink.mixed(ink.theme.muted, LAND)
    return _strong(country.strength, body, ink)


def _strong(strength: float, body: MapBody, ink: Ink) -> QColor:
    """Give a colour; seen from afar, where outlines are lost, the weakest stands out from land."""
    if ink.is_far:
        strength = FAR_LEAST + (1 - FAR_LEAST) * strength
    return ink.mixed(ink.color(body.color), strength)


def _hit(country: Country, body: MapBody) -> Hit:
    return Hit(country.name, (HitLine(body.color, country.name, country.text),), near=0)


def _shade(
    painter: QPainter, bar: QRectF, ends: tuple[float, float], body: MapBody, ink: Ink
) -> None:
    """Paint the strip in slices; naming QGradient would make its 180 presets first."""
    first, last = ends
    slices = max(round(bar.width() / ink.px(1)), 2)
    for i in range(slices):  # each up to the end: slices side by side would show their seams
        piece = QRectF(bar)
        piece.setLeft(bar.left() + bar.width() * i / slices)
        strength = first + (last - first) * i / (slices - 1)
        fill(painter, piece, _strong(strength, body, ink))


def _first(painter: QPainter, place: QRectF, body: MapBody, ink: Ink) -> None:
    """Name the strongest countries with their figures; by their codes where a name is too long."""
    line, color = ink.line(11) + ink.px(3), ink.theme.text
    band = QRectF(place.x(), place.y(), place.width(), line)
    ranked = sorted(body.countries, key=lambda one: -one.value)[: round(place.height() / line)]
    gap = ink.px(6)
    whole = all(
        ink.width(one.name, 11) + gap + ink.width(one.text, 11, 600) <= band.width()
        for one in ranked
    )
    for country in ranked:
        used = text(painter, band, country.text, ink, weight=600, color=color, align=RIGHT)
        rest = band.adjusted(0, 0, -used - gap, 0)
        if rest.width() > 0:
            text(painter, rest, country.name if whole else country.code, ink)
        band.translate(0, line)


def _scale(painter: QPainter, place: QRectF, body: MapBody, ink: Ink) -> None:
    """Paint the strip of colours between the smallest and the largest value."""
    low = min(body.countries, key=lambda one: one.value)
    high = max(body.countries, key=lambda one: one.value)
    x, strip = place.x(), min(ink.px(120), place.width() * 0.35)
    if len({low.text, high.text}) > 1:
        used = text(
            painter, QRectF(x, place.y(), place.width() * 0.3, place.height()), low.text, ink
        )
        bar = QRectF(x + used + ink.px(6), place.center().y() - ink.px(3), strip, ink.px(6))
        _shade(painter, bar, (low.strength, high.strength), body, ink)
        x = bar.right() + ink.px(6)
    used = text(painter, QRectF(x, place.y(), place.width() * 0.3, place.height()), high.text, ink)
    x += used + ink.px(16)
    if body.unplaced and place.right() - x > ink.px(80):
        rest = QRectF(x, place.y(), place.right() - x, place.height())
        words = f"Not on the map: {', '.join(body.unplaced[:20])}"
        text(painter, rest, words, ink, align=RIGHT if x > place.x() else LEFT)
