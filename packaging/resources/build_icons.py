"""Copy the Lucide icons the app uses, and render the app icon to PNG with Qt."""

import argparse
import re
import tarfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[2]

ICONS = [
    "arrow-down-right",
    "arrow-right",
    "arrow-up-right",
    "bell",
    "calendar",
    "chart-column",
    "chart-line",
    "chart-pie",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "circle-alert",
    "circle-help",
    "clock",
    "command",
    "copy",
    "download",
    "ellipsis",
    "ellipsis-vertical",
    "external-link",
    "eye",
    "eye-off",
    "filter",
    "folder",
    "globe",
    "grip",
    "history",
    "info",
    "key-round",
    "layout-dashboard",
    "link",
    "log-in",
    "log-out",
    "maximize-2",
    "minimize-2",
    "minus",
    "monitor",
    "moon",
    "pencil",
    "pin",
    "plus",
    "redo-2",
    "refresh-cw",
    "search",
    "settings",
    "star",
    "sun",
    "table",
    "tag",
    "trash-2",
    "trending-down",
    "trending-up",
    "triangle-alert",
    "undo-2",
    "user-round",
    "wifi-off",
    "x",
]

APP_ICON_SIZES = (32, 64, 128, 256, 512)


def read_member(package: tarfile.TarFile, name: str) -> str:
    """Return the text of the file `name` in an npm tarball."""
    member = package.extractfile(f"package/{name}")
    if member is None:
        raise FileNotFoundError(name)
    return member.read().decode()


def compact(svg: str) -> str:
    """Return `svg` on one line, without its comment and class."""
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\s+class="[^"]*"', "", svg)
    svg = re.sub(r"\s+", " ", svg).strip()
    return re.sub(r"\s*(/?>)\s*", r"\1", svg) + "\n"


def render(svg: Path, size: int) -> QImage:
    """Return the picture of `svg`, `size` pixels wide and high, on nothing."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    return image


def main() -> None:
    """Write the icons and their licence below `--out`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lucide", type=Path, help="tarball of the npm package lucide-static")
    parser.add_argument("--out", type=Path, default=ROOT / "resources")
    arguments = parser.parse_args()
    icons: Path = arguments.out / "icons"
    licences: Path = arguments.out / "LICENSES"
    icons.mkdir(parents=True, exist_ok=True)
    licences.mkdir(exist_ok=True)
    with tarfile.open(arguments.lucide) as package:
        for name in ICONS:
            svg = compact(read_member(package, f"icons/{name}.svg"))
            (icons / f"{name}.svg").write_text(svg, encoding="utf-8")
        licence = read_member(package, "LICENSE")
        (licences / "Lucide-ISC.txt").write_text(licence, encoding="utf-8")
    for size in APP_ICON_SIZES:
        target = icons / f"phdesk-{size}.png"
        if not render(icons / "phdesk.svg", size).save(str(target)):
            raise OSError(f"Qt could not write {target}")


if __name__ == "__main__":
    main()
