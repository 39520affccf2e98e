"""Project the world map and store it as ready QPainterPaths: reading it takes 3 ms instead of 90.

Stored twice: as it is, and with fewer points for maps on which the others would lie within a pixel.

Run it with the project's own environment after build_world_map.py: it needs PySide6.
"""

import json
import math
import zlib
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QPointF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from phdesk.core.projection import projected

COARSE = 0.3  # degrees by which a border may be off: two thirds of a pixel on a map of 800
Ring = list[list[float]]
MAP = Path(__file__).resolve().parents[2] / "resources" / "map"


def main() -> None:
    """Write `world.paths.z` and `world-small.paths.z` beside `world.json.z`."""
    source = json.loads(zlib.decompress((MAP / "world.json.z").read_bytes()))
    (MAP / "world.paths.z").write_bytes(_stored(source))
    small = {code: [_simple(ring) for ring in rings] for code, rings in source["shapes"].items()}
    (MAP / "world-small.paths.z").write_bytes(_stored({**source, "shapes": small}))


def _stored(source: dict[str, Any]) -> bytes:
    data = QByteArray()
    stream = QDataStream(data, QIODevice.OpenModeFlag.WriteOnly)
    stream.setVersion(QDataStream.Version.Qt_6_5)
    stream.setFloatingPointPrecision(QDataStream.FloatingPointPrecision.SinglePrecision)
    stream.writeUInt32(len(source["shapes"]))
    for code, rings in source["shapes"].items():
        stream.writeQString(code)
        stream << _path(rings)
    stream.writeUInt32(len(source["dots"]))
    for code, spot in source["dots"].items():
        stream.writeQString(code)
        stream << QPointF(*projected(*spot))
    return zlib.compress(data.data(), 9)


def _simple(ring: Ring) -> Ring:
    """Leave out points that are near the line between their neighbours (Douglas and Peucker)."""
    if len(ring) < 8:  # small islands stay as they are
        return ring
    far = max(range(len(ring)), key=lambda i: math.dist(ring[0], ring[i]))
    kept = [*_line(ring[: far + 1])[:-1], *_line([*ring[far:], ring[0]])[:-1]]
    return kept if len(kept) > 3 else ring


def _line(points: Ring) -> Ring:
    first, last = points[0], points[-1]
    away = [_distance(point, first, last) for point in points[1:-1]]
    if not away or max(away) <= COARSE:
        return [first, last]
    at = away.index(max(away)) + 1
    return [*_line(points[: at + 1])[:-1], *_line(points[at:])]


def _distance(point: list[float], start: list[float], end: list[float]) -> float:
    length = math.dist(start, end)
    if not length:
        return math.dist(start, point)
    across = (end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (
        end[1] - start[1]
    )
    return abs(across) / length


def _path(rings: list[list[list[float]]]) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)  # holes are rings like the others
    for ring in rings:
        path.addPolygon(QPolygonF([QPointF(*projected(*spot)) for spot in ring]))
        path.closeSubpath()
    return path


if __name__ == "__main__":
    main()
