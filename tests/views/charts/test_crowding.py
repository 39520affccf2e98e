"""Charts over buckets stay readable from the smallest tile to a full screen."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phdesk.core.charts.spec import AxisMark, GoalLine, Side
from phdesk.core.formatting import Format
from phdesk.views import theme
from tests.views.charts import bodies, canvas
from tests.views.charts.test_xy import series

SIZES = [(92, 110), (118, 172), (169, 110), (288, 170), (588, 372), (1254, 716), (1920, 1080)]
SCALES = [1.0, 1.5, 2.0]
DAYS = tuple(f"{day} Nov" for day in range(1, 31))
LATENCIES = tuple(f"api_response_time (p{n} of duration_ms)" for n in (50, 90, 99))
RISING, FALLING = tuple(range(3, 33)), tuple(range(90, 0, -3))
GOALS = (GoalLine("Target", 50, "50"), GoalLine("A stretch that is hard to reach", 55, "55"))
CHARTS = {
    "lines": {"series": [series(*RISING, label=name) for name in LATENCIES]},
    "goals over bars": {
        "series": [series(*FALLING, mark="bar"), series(*RISING, mark="bar", right_axis=True)],
        "goal_lines": GOALS,
        "right_format": Format(style="currency"),
    },
    "bars with labels": {
        "series": [series(*FALLING, mark="bar")],
        "value_labels": tuple(f"{value / 3:.1f}%" for value in FALLING),
    },
    "bins": {
        "series": [series(*FALLING, mark="bar"), series(*RISING, mark="bar", previous=True)],
        "x_end": "1 Dec",
        "foot": ("Average time to convert", "17m 41s"),
    },
    "all values": {
        "series": [series(*FALLING, label="now"), series(*RISING, label="then")],
        "all_values": True,
        "goal_lines": GOALS,
    },
    "marks": {
        "series": [series(*RISING, mark="area"), series(*FALLING, mark="area", previous=True)],
        "stacked": True,
        "marks": (AxisMark(at=3, texts=("a", "b")), AxisMark(at=20, texts=("c",))),
    },
    "zeros": {"series": [series(*[0.0] * 30), series(*[0.0] * 30, label="y" * 90)]},
    "both sides of zero": {
        "series": [series(*RISING, mark="bar"), series(*(-v for v in FALLING), mark="bar")],
        "stacked": True,
    },
    "names at the left": {
        "series": [series(*RISING, label=name) for name in (*LATENCIES, "a", "b")],
        "legend_place": "left",
        "foot": ("Average", "17"),
    },
    "names at the right": {
        "series": [series(*RISING, label=name, mark="area") for name in LATENCIES],
        "legend_place": "right",
        "stacked": True,
        "marks": (AxisMark(at=29, texts=("a",)),),
    },
    "names on top": {
        "series": [series(*RISING, label=name) for name in LATENCIES],
        "legend_place": "top",
        "goal_lines": GOALS,
        "left": Side(label="Requests"),
    },
    "log": {"series": [series(*(10.0 ** (i / 6) for i in range(30)))], "log": True},
}


@pytest.fixture(autouse=True)
def _application(qapp):
    """Fonts need one."""


@pytest.fixture
def written(monkeypatch):
    record: list[canvas.Written] = []
    canvas.listen(monkeypatch, lambda *one: record.append(canvas.Written(*one)))
    return record


def view_of(name):
    more = dict(CHARTS[name])
    return bodies.view(bodies.xy(*more.pop("series"), labels=DAYS, **more))


def check(written, size, scale):
    assert written or size[1] < 110 * scale
    room = canvas.body_rect(*size).adjusted(-0.6, -0.6, 0.6, 0.6)
    for one in written:
        assert one.px >= 9
        assert room.contains(one.rect), one
    for one, other in itertools.combinations(written, 2):
        assert not one.rect.intersects(other.rect), (one, other)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", CHARTS)
def test_words_are_inside_apart_and_large_enough(name, size, scale, written):
    for look in (theme.light(), theme.dark()):
        written.clear()
        canvas.painted(view_of(name), *size, look, scale=scale)
        check(written, size, scale)


@pytest.mark.parametrize("ratio", SCALES)
@pytest.mark.parametrize("name", CHARTS)
def test_nothing_is_painted_outside_at_any_pixel_ratio(name, ratio):
    for size in SIZES[:5]:
        image = canvas.painted(view_of(name), *size, theme.dark(), ratio)
        assert canvas.margin_is_untouched(image), size


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from(sorted(CHARTS)),
    width=st.integers(92, 1920),
    height=st.integers(110, 1080),
    scale=st.floats(1, 2),
)
def test_words_are_apart_at_sizes_between(name, width, height, scale, written):
    written.clear()
    canvas.painted(view_of(name), width, height, theme.light(), scale=scale)
    check(written, (width, height), scale)
