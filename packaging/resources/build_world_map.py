"""Make the world map: countries as rings of longitude and latitude, dots for the small ones."""

import argparse
import json
import tarfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycountry

ROOT = Path(__file__).resolve().parents[2]

Point = tuple[float, float]
Ring = list[Point]  # closed: the last point is the first again
Shapes = dict[str, list[Ring]]

DECIMALS = 1  # a tenth of a degree is half a pixel on a map 2,000 pixels wide

LEFT_OUT = {"AQ"}  # nobody browses from there, and it takes a third of the height

NAMED = {"Kosovo": "XK"}  # Natural Earth gives it no number

# ISO countries that Natural Earth draws as a part of another, with the box
# (west, south, east, north) their rings lie in.
PARTS = {
    "BQ": ("NL", (-69, 12, -68, 13)),
    "BV": ("NO", (3, -55, 4, -54)),
    "CC": ("Indian Ocean Ter.", (96, -13, 97, -12)),
    "CX": ("Indian Ocean Ter.", (105, -11, 106, -10)),
    "GF": ("FR", (-55, 2, -51, 6)),
    "GP": ("FR", (-62, 15.5, -60.9, 17)),
    "MQ": ("FR", (-61.5, 14, -60.5, 15.2)),
    "RE": ("FR", (55, -22, 56, -20)),
    "SJ": ("NO", (8, 74, 34, 81)),
    "TK": ("NZ", (-173, -10, -171, -8)),
    "YT": ("FR", (45, -13.1, 45.5, -12.5)),
}


def read_member(package: tarfile.TarFile, name: str) -> bytes:
    """Return the content of the file `name` in an npm tarball."""
    member = package.extractfile(f"package/{name}")
    if member is None:
        raise FileNotFoundError(name)
    return member.read()


def decode_arcs(topology: dict[str, Any]) -> list[Ring]:
    """Return the arcs in degrees; TopoJSON stores them as steps of whole numbers."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"].values()
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(arc)
    return arcs


def join_arcs(indices: list[int], arcs: list[Ring]) -> Ring:
    """Return the ring made of `indices`; ~i is arc i backwards, and arcs share their ends."""
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def decode_shapes(topology: dict[str, Any]) -> Shapes:
    """Return alpha-2 code to rings, holes among them; a shape without a code keeps its name."""
    codes = {country.numeric: country.alpha_2 for country in pycountry.countries} | NAMED
    arcs = decode_arcs(topology)
    shapes: Shapes = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        key = codes.get(geometry.get("id", name), name)
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings = [join_arcs(indices, arcs) for polygon in polygons for indices in polygon]
        shapes.setdefault(key, []).extend(rings)
    return split_parts(shapes)


def split_parts(shapes: Shapes) -> Shapes:
    """Return `shapes` with the rings of PARTS under their own codes."""
    shapes = dict(shapes)
    for code, (owner, box) in PARTS.items():
        rings = shapes.get(owner, [])
        own = [ring for ring in rings if lies_in(ring, box)]
        if own:
            shapes[code] = own
            shapes[owner] = [ring for ring in rings if ring not in own]
    return {key: rings for key, rings in shapes.items() if rings}


def lies_in(ring: Ring, box: tuple[float, float, float, float]) -> bool:
    """Tell whether all of `ring` is inside `box` (west, south, east, north)."""
    west, south, east, north = box
    return all(west <= lon <= east and south <= lat <= north for lon, lat in ring)


def unwrap(ring: Ring) -> Ring:
    """Return `ring` without jumps at the date line: longitudes run on past 180 degrees."""
    turned = [ring[0]]
    for lon, lat in ring[1:]:
        step = (lon - turned[-1][0] + 180) % 360 - 180
        turned.append((turned[-1][0] + step, lat))
    return turned


def clip(ring: Ring, edge: float, side: int) -> Ring:
    """Return the part of `ring` east (side 1) or west (side -1) of the longitude `edge`."""
    kept: Ring = []
    for (lon, lat), (next_lon, next_lat) in pairwise(ring):
        inside = (lon - edge) * side >= 0
        if inside:
            kept.append((lon, lat))
        if inside != ((next_lon - edge) * side >= 0):
            share = (edge - lon) / (next_lon - lon)
            kept.append((edge, lat + share * (next_lat - lat)))
    return [*kept, kept[0]] if kept else []


def tidy(ring: Ring) -> Ring:
    """Return `ring` rounded, without points that fall together; empty if nothing is left."""
    rounded = [(round(lon, DECIMALS) + 0.0, round(lat, DECIMALS) + 0.0) for lon, lat in ring]
    kept = rounded[:1] + [point for last, point in pairwise(rounded) if point != last]
    return kept if centroid(kept)[0] > 0 else []


def pieces(ring: Ring) -> Iterator[Ring]:
    """Cut `ring` at the date line and yield its rounded parts, each within ±180 degrees."""
    turned = unwrap(ring)
    for shift in (-360, 0, 360):
        moved = [(lon + shift, lat) for lon, lat in turned]
        part = tidy(clip(clip(moved, -180, 1), 180, -1))
        if part:
            yield part


def centroid(ring: Ring) -> tuple[float, Point]:
    """Return the area of `ring` in square degrees and its centre."""
    area = x = y = 0.0
    for (lon, lat), (next_lon, next_lat) in pairwise(ring):
        cross = lon * next_lat - next_lon * lat
        area += cross / 2
        x += (lon + next_lon) * cross / 6
        y += (lat + next_lat) * cross / 6
    return (abs(area), (x / area, y / area)) if area else (0.0, (0.0, 0.0))


def find_dot(code: str, sources: list[Shapes]) -> Point:
    """Return the centre of the largest ring of `code` in the first source that has it."""
    rings = next(shapes[code] for shapes in sources if code in shapes)
    _, (lon, lat) = max(centroid(unwrap(ring)) for ring in rings)
    return round((lon + 180) % 360 - 180, DECIMALS), round(lat, DECIMALS)


def build(coarse: Shapes, finer: list[Shapes]) -> dict[str, Any]:
    """Return the map: `coarse` as shapes, and dots from `finer` for all other countries."""
    countries = sorted(country.alpha_2 for country in pycountry.countries)
    known = {*countries, "XK"}
    nameless = iter(range(1, len(coarse)))
    shapes: Shapes = {}
    for name in sorted(coarse):
        rings = [piece for ring in coarse[name] for piece in pieces(ring)]
        if rings and name not in LEFT_OUT:
            shapes[name if name in known else f"-99-{next(nameless)}"] = rings
    missing = [code for code in countries if code not in shapes and code not in LEFT_OUT]
    return {"shapes": shapes, "dots": {code: find_dot(code, finer) for code in missing}}


def main() -> None:
    """Write `map/world.json.z` and the licence of its source below `--out`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("atlas", type=Path, help="tarball of the npm package world-atlas")
    parser.add_argument("--out", type=Path, default=ROOT / "resources")
    arguments = parser.parse_args()
    with tarfile.open(arguments.atlas) as package:
        coarse, *finer = (
            decode_shapes(json.loads(read_member(package, f"countries-{resolution}.json")))
            for resolution in ("110m", "50m", "10m")
        )
        licence = read_member(package, "LICENSE")
    text = json.dumps(build(coarse, finer), separators=(",", ":"))
    out: Path = arguments.out
    for folder in ("map", "LICENSES"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    (out / "map" / "world.json.z").write_bytes(zlib.compress(text.encode(), 9))
    (out / "LICENSES" / "world-atlas-ISC.txt").write_bytes(licence)


if __name__ == "__main__":
    main()
