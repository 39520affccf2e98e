"""`render` draws in the colours that were asked for."""

import json

import pytest
from PySide6.QtGui import QImage

from phdesk.cli import main
from phdesk.cli.parser import make_parser
from phdesk.core import palette

PIE = {
    "id": 1,
    "short_id": "abc",
    "name": "Plans",
    "query": {
        "kind": "InsightVizNode",
        "source": {"kind": "TrendsQuery", "trendsFilter": {"display": "ActionsPie"}},
    },
    "result": [
        {"action": {"order": order}, "label": name, "aggregated_value": 10}
        for order, name in enumerate(("Free", "Paid"))
    ],
}


def colors_of(path):
    image = QImage(str(path))
    points = ((x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))
    return {image.pixelColor(x, y).name() for x, y in points}


@pytest.mark.parametrize(
    ("options", "drawn", "other"),
    [
        ([], palette.PRESETS_LIGHT, palette.SAFE_LIGHT),
        (["--colorblind"], palette.SAFE_LIGHT, palette.PRESETS_LIGHT),
        (["--theme", "dark", "--colorblind"], palette.SAFE_DARK, palette.PRESETS_DARK),
    ],
    ids=["usual", "safe", "safe and dark"],
)
def test_a_picture_has_the_colours_that_were_asked_for(options, drawn, other, tmp_path, qapp):
    file, out = tmp_path / "pie.json", tmp_path / "out.png"
    file.write_text(json.dumps(PIE))
    assert main(["render", "--file", str(file), "-o", str(out), "--size", "600", *options]) == 0
    seen = colors_of(out)
    assert set(drawn[:2]) <= seen
    assert not set(other[:2]) & seen


@pytest.mark.parametrize(
    "command", [["open"], ["demo"], ["render", "1", "-o", "x.png"]], ids=lambda one: one[0]
)
def test_every_command_that_draws_knows_the_option(command):
    assert make_parser().parse_args([*command, "--colorblind"]).colorblind
    assert not make_parser().parse_args(command).colorblind
