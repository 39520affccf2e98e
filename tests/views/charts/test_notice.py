"""A notice says its headline whole while there is room."""

import pytest

from phdesk.core.charts.spec import NoticeBody
from phdesk.views import theme
from tests.views.charts import bodies, canvas

HEADLINES = [
    "Nobody entered this funnel in the last 30 days",
    "The query ran out of memory",
    "PostHog is still counting; the first answer comes soon",
]


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(90, 128, 1), (120, 128, 1), (245, 110, 1), (590, 380, 1), (180, 256, 2), (1256, 740, 2)],
    ids=str,
)
@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_is_said_to_its_end(written, headline, width, height, scale):
    body = NoticeBody(state="empty", headline=headline, detail="Try a longer range." * 9)
    canvas.painted(bodies.view(body), width, height, theme.light(), scale=scale)
    said = " ".join(one.words for one in written)
    assert said.startswith(headline)


def test_a_headline_gives_way_when_there_is_no_room(written):
    body = NoticeBody(state="empty", headline=HEADLINES[0])
    canvas.painted(bodies.view(body), 90, 40, theme.light())
    assert written[-1].words.endswith("…")
