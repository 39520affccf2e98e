"""Cut Inter down to the letters, weights and features that the app uses."""

import argparse
from importlib.util import find_spec
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[2]

# The optical size for text; the display cut is not needed at dashboard sizes.
OPTICAL_SIZE = 14
WEIGHTS = (400, 400, 800)  # thinner is never used, and costs a third of the file

FEATURES = ["calt", "case", "ccmp", "kern", "locl", "mark", "mkmk", "ss01", "tnum", "zero"]

BLOCKS = [
    (0x0020, 0x024F),  # Latin, Latin-1, Latin Extended-A and -B
    (0x02B0, 0x036F),  # modifier letters, combining marks
    (0x0370, 0x052F),  # Greek, Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese, Welsh
    (0x2000, 0x20CF),  # punctuation, super- and subscripts, currency signs
    (0x2100, 0x23FF),  # letterlike, fractions, arrows, mathematics, key caps
    (0x2460, 0x24FF),  # circled figures
    (0x2500, 0x25FF),  # box drawing, blocks, geometric shapes
    (0x2600, 0x27BF),  # stars, ticks and crosses
    (0xFFFD, 0xFFFD),
]


def source_folder() -> Path:
    """Return where the package fontpkg-inter keeps the font and its licence."""
    spec = find_spec("fontpkg_inter")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install fontpkg-inter first")
    return Path(spec.origin).parent


def subset(font: TTFont) -> TTFont:
    """Return `font` with one optical size, fewer weights, letters and features."""
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False  # Qt is told PreferNoHinting
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[c for first, last in BLOCKS for c in range(first, last + 1)])
    subsetter.subset(font)
    return instantiateVariableFont(font, {"opsz": OPTICAL_SIZE, "wght": WEIGHTS})


def main() -> None:
    """Write the font and its licence below `--out`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "resources")
    out = parser.parse_args().out
    source = source_folder()
    (out / "fonts").mkdir(parents=True, exist_ok=True)
    (out / "LICENSES").mkdir(exist_ok=True)
    # Keep the date of the source, so that a second run gives the same bytes.
    font = TTFont(source / "files" / "Inter[opsz,wght].ttf", recalcTimestamp=False)
    subset(font).save(out / "fonts" / "Inter.ttf")
    (out / "LICENSES" / "Inter-OFL.txt").write_bytes((source / "LICENSE").read_bytes())


if __name__ == "__main__":
    main()
