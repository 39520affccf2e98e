"""A button breaks its words on a small tile rather than cut them."""

import pytest

from phdesk.core.charts.spec import ButtonBody
from phdesk.views import theme
from phdesk.views.charts import button
from phdesk.views.charts.ink import Ink
from tests.views.charts import bodies, canvas

BODY = ButtonBody(text="How we count active users", url="https://example.com")


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(90, 128, 1), (162, 128, 1), (590, 380, 1), (180, 256, 2), (1256, 740, 1.5)],
    ids=str,
)
def test_the_words_of_a_button_are_whole_and_inside_it(written, width, height, scale):
    canvas.painted(bodies.view(BODY), width, height, theme.light(), scale=scale)
    place = button.button_rect(canvas.body_rect(width, height), BODY, Ink(theme.light(), scale))
    assert " ".join(one.words for one in written) == BODY.text
    assert all(place.contains(one.rect) for one in written)


def test_a_low_button_keeps_one_line(written):
    canvas.painted(bodies.view(BODY), 90, 30, theme.light())
    assert written[0].words.endswith("…")
    assert len(written) == 1
