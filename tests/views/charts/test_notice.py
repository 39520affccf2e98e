"""A notice says its headline whole while there is room."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF

from phdesk.core.charts.spec import IN_POSTHOG, Column, NoticeBody, Table
from phdesk.views import theme
from phdesk.views.charts import paint
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


@pytest.mark.parametrize("width", [90, 118, 150])
def test_a_banner_of_a_small_tile_is_short_rather_than_cut(written, width):
    body = NoticeBody(state="unsupported", headline="“Web stats table” is not drawn yet; its rows.")
    canvas.painted(bodies.view(body, bodies.TABLE), width, 128, theme.light())
    assert written[0].words == "Shown as rows"
    assert canvas.body_rect(width, 128).contains(written[0].rect)


def test_a_banner_with_room_says_all(written):
    body = NoticeBody(state="unsupported", headline="“Web stats table” is not drawn yet; its rows.")
    canvas.painted(bodies.view(body, bodies.TABLE), 588, 372, theme.light())
    assert written[0].words == body.headline


ODD = NoticeBody(
    state="unsupported", headline="“Odd” is not drawn yet", detail="OddQuery", link=IN_POSTHOG
)
ROWS = Table((Column("a"),), (("1",),), (("1",),))


def linked_points(view, width, height, scale):
    """Give where a click follows the link: looked for coarsely, then finely around that."""
    rect = QRectF(0, 0, width, height)

    def linked(xs, ys, step):
        return {
            (x, y)
            for x in xs[::step]
            for y in ys[::step]
            if paint.link_at(rect, view, theme.light(), QPointF(x, y), scale=scale) == IN_POSTHOG
        }

    coarse = linked(range(width), range(height), 8)
    if not coarse:
        return coarse
    across, down = sorted(x for x, _ in coarse), sorted(y for _, y in coarse)
    xs, ys = range(across[0] - 8, across[-1] + 9), range(down[0] - 8, down[-1] + 9)
    return linked(xs, ys, 2)


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(245, 110, 1), (590, 380, 1), (180, 60, 1), (600, 400, 2)],
    ids=str,
)
@pytest.mark.parametrize("table", [Table(), ROWS], ids=["alone", "above rows"])
def test_the_link_is_seen_and_followed_in_the_same_place(written, table, width, height, scale):
    view = replace(bodies.view(ODD), table=table)
    canvas.painted(view, width, height, theme.light(), scale=scale)
    assert IN_POSTHOG in [one.words for one in written]
    points = linked_points(view, width, height, scale)
    across, down = {x for x, _ in points}, {y for _, y in points}
    assert max(down) - min(down) >= 22 * scale
    assert max(across) - min(across) >= 24 * scale


def test_a_notice_without_a_link_has_none(written):
    body = replace(ODD, link="")
    canvas.painted(bodies.view(body), 300, 200, theme.light())
    assert IN_POSTHOG not in [one.words for one in written]
    assert not linked_points(bodies.view(body), 300, 200, 1)
