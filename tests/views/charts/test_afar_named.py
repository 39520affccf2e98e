"""Nobody can point at a chart on a wall: what it shows is named, whole, and can be told apart."""

import pytest
from msgspec import structs
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from phdesk.core.charts.spec import BarsBody, GoalLine, PieBody, Share
from phdesk.core.names import NONE, OTHER
from phdesk.core.wall.pages import DESK_LABEL, scale_for
from phdesk.views.charts import bars, funnel, funnel_columns, funnel_rows, paint
from phdesk.views.charts.ink import Ink, contrast
from phdesk.views.charts.plot import arrange
from phdesk.views.theme.wall import wall_theme
from tests.views.charts import bodies
from tests.views.charts.test_xy import chart, series

CHANNELS = ("www.google.com", "$direct", "www.linkedin.com", "github.com",
            "news.ycombinator.com", "newsletter.example", OTHER)  # fmt: skip
STEPS = ("Saw the prices", "Signed up", "Created a project", "Invited a teammate", "Subscribed")


def ink(size="room", grown=1.0):
    return Ink(wall_theme("dark"), scale_for(1920, 1080, size), DESK_LABEL).grown(grown)


def painted(body, width, height, brush):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint.paint_with(painter, QRectF(0, 0, width, height), bodies.view(body), brush)
    painter.end()


def steps():
    body = bodies.funnel(columns=True, groups=1, steps=5)
    named = (structs.replace(one, name=name, event=f"{name.lower()} event of the app")
             for one, name in zip(body.steps, STEPS, strict=True))  # fmt: skip
    return structs.replace(body, steps=tuple(named))


@pytest.mark.parametrize(("width", "height", "size"), [(570, 600, "room"), (780, 740, "hall")])
def test_all_slices_of_a_pie_are_named(written, width, height, size):
    shares = tuple(Share(label=name, value=9.0 - i, text=str(9 - i), color="preset-1")
                   for i, name in enumerate(CHANNELS))  # fmt: skip
    painted(PieBody(shares=shares, total_text="42"), width, height, ink(size))
    words = [one.words for one in written]
    assert all(name in words or name.partition(" (")[0] in words for name in CHANNELS)
    assert not [one for one in words if one.startswith("+")]


@pytest.mark.parametrize("width", [380, 440, 600])
def test_names_beside_a_pie_are_whole_before_it_is_large(written, width):
    shares = tuple(
        Share(label=name, value=9.0 - i, text=str(9 - i), color="preset-1")
        for i, name in enumerate(CHANNELS[:-1])
    )
    brush = ink("desk")
    painted(PieBody(shares=shares, total_text="42"), width, 230, brush)
    assert set(CHANNELS[:-1]) <= {one.words for one in written}


@pytest.mark.parametrize("width", [600, 900, 1800])
def test_names_say_other_and_none_and_not_what_they_mean(written, width):
    body = chart(*(series(3, 4, 5, label=name, mark="area")
                   for name in ("google", "linkedin", OTHER, NONE)))  # fmt: skip
    painted(structs.replace(body.body, legend=True, stacked=True), width, 320, ink())
    words = [one.words for one in written]
    assert {"google", "linkedin", "Other", "None"} <= set(words)


@pytest.mark.parametrize(
    ("width", "form"), [(1700, funnel_columns), (1000, funnel_rows)], ids=["wide", "narrow"]
)
def test_steps_whose_words_would_be_cut_stand_in_rows(written, width, form):
    body, brush = steps(), ink()
    assert funnel._form(QRectF(0, 0, width, 560), body, brush) is form
    painted(body, width, 640, brush)
    words = " ".join(one.words for one in written)
    assert "…" not in words
    assert all(word in words for name in STEPS for word in name.split())
    assert all(step.rate_text.strip("()") in words for step in body.steps)


def test_at_a_desk_columns_stay(qapp):
    brush = Ink(wall_theme("dark"), 1.0)
    assert funnel._form(QRectF(0, 0, 460, 300), steps(), brush) is funnel_columns


@pytest.mark.parametrize("groups", [1, 6])
@pytest.mark.parametrize("height", [540, 600, 740])
def test_bars_of_a_funnel_are_no_threads(written, monkeypatch, groups, height):
    bars = []
    monkeypatch.setattr(funnel_rows, "box", lambda _painter, place, *_: bars.append(place.height()))
    brush = ink("hall", 1.35)
    body = structs.replace(bodies.funnel(columns=False, groups=groups, steps=5), groups=())
    if groups > 1:
        body = bodies.funnel(columns=False, groups=groups, steps=3)
    painted(body, 1780, height, brush)
    assert min(bars) >= brush.px(2)
    assert not [one.words for one in written if one.words.endswith("…")]


@pytest.mark.parametrize("count", [3, 4, 6])
def test_rows_of_bars_fill_their_tile(qapp, count):
    shares = tuple(
        Share(label=name, value=9.0 - i, text=str(9 - i), color="preset-1")
        for i, name in enumerate(CHANNELS[:count])
    )
    layout = bars.arrange(QRectF(0, 0, 900, 640), BarsBody(shares=shares), ink())
    assert len(layout.shares) == count
    assert layout.row * count == pytest.approx(640)


def test_bars_without_room_of_their_own_lie_behind_their_names(written, monkeypatch):
    bars = []
    monkeypatch.setattr(funnel_rows, "box", lambda _painter, place, *_: bars.append(place.height()))
    body, brush = steps(), ink("hall")
    painted(body, 955, 520, brush)
    assert len(bars) == 10
    assert min(bars) >= brush.line(13)
    words = " ".join(one.words for one in written)
    assert all(step.name in words and step.rate_text in words for step in body.steps)


@pytest.mark.parametrize("palette", ["light", "dark", "contrast"])
def test_words_on_a_bar_can_be_read(palette):
    brush = Ink(wall_theme(palette), 2.0, DESK_LABEL)
    for one in range(1, 16):
        ground = brush.mixed(brush.color(f"preset-{one}"), funnel_rows.TINT)
        assert contrast(brush.theme.text, ground) >= 4.5
        assert contrast(brush.theme.muted, ground) >= 3


@pytest.mark.parametrize("size", ["room", "hall"])
def test_names_at_the_ends_of_lines_are_whole(qapp, size):
    names = ("Sign-ups", "Subscriptions", "Cancellations")
    body = chart(*(series(1, 2, 3, label=name) for name in names)).body
    brush = ink(size)
    plot = arrange(QRectF(0, 0, 860, 500), body, brush)
    assert len(plot.end_labels) == 3
    assert all(brush.width(one.text, 11, 600) <= one.rect.width() for _, one in plot.end_labels)


def test_the_name_of_a_limit_is_whole(written):
    limit = GoalLine(value=800, label="Alert: above 800ms", text="")
    body = chart(series(350, 700, 400, 300, label="p99"), goal_lines=(limit,)).body
    painted(body, 620, 500, ink("hall"))
    assert "Alert: above 800ms" in [one.words for one in written]
