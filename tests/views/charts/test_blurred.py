"""Of a blurred tile no painter writes a figure: what it paints from holds none."""

import re

import pytest
from msgspec.structs import replace

from phdesk.core.charts.spec import MarkdownBody, NoticeBody
from phdesk.core.formatting import BLOCK
from phdesk.core.wall.privacy import blurred
from phdesk.views.theme import light
from tests.views.charts.bodies import FAIR
from tests.views.charts.canvas import painted

SCALES = {"0%", "20%", "25%", "40%", "50%", "60%", "75%", "80%", "100%"}  # of all that are 0 to 100
FIGURE = re.compile(r"\d,\d{3}|\d\.\d|\d\s?%|\d\s?[kM]\b|[$€£]\s?\d|\b\d{3,}\b")
TOLD = re.compile(r"\d\d (?:Oct|Nov) 2026|First 100 rows")  # days and how much is shown
CHARTS = [
    name for name, view in FAIR.items() if not isinstance(view.body, MarkdownBody | NoticeBody)
]


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("size", [(1600, 900), (420, 300)], ids=["large", "small"])
def test_no_figure_is_written(name, size, written):
    view = blurred(replace(FAIR[name], title="Revenue at $5"), ["amounts"])
    painted(view, *size, light())
    words = [each.words for each in written]
    assert not [each for each in words if FIGURE.search(TOLD.sub("", each)) and each not in SCALES]


def test_an_axis_of_hidden_amounts_has_all_its_lines(written):
    painted(blurred(replace(FAIR["line"], title="Revenue at $5"), ["amounts"]), 900, 500, light())
    assert len([each for each in written if each.words == BLOCK]) > 2
