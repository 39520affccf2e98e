"""The colours for colour-blind eyes: enough contrast, far enough apart for each kind of eyes."""

from itertools import combinations

import pytest
from PySide6.QtGui import QColor

from phdesk.core import palette
from phdesk.views import theme
from phdesk.views.charts.ink import contrast, readable_on
from tests.views.color_vision import MACHADO, difference, seen

GRAPHICS, TEXT = 3.0, 4.5  # WCAG 2.2
APART = 15.0  # six times what is just noticeable side by side
SERIES = [f"preset-{number}" for number in range(1, 9)]
STATES = [f"lifecycle-{state}" for state in ("new", "returning", "resurrecting", "dormant")]
BLIND = [eyes for eyes in MACHADO if eyes != "none"]

both = pytest.mark.parametrize("make", [theme.light, theme.dark], ids=["light", "dark"])


def nearest(make, tokens, eyes, *, colorblind=True):
    one = make(colorblind=colorblind)
    names = [one.color(token).name() for token in tokens]
    return min(difference(first, second, eyes) for first, second in combinations(names, 2))


@both
@pytest.mark.parametrize("token", [*SERIES, *STATES])
def test_each_colour_stands_out_from_its_surface(make, token):
    one = make(colorblind=True)
    assert contrast(one.color(token), one.surface) >= GRAPHICS


@both
@pytest.mark.parametrize("token", SERIES)
def test_words_on_a_coloured_bar_can_be_read(make, token):
    color = make(colorblind=True).color(token)
    assert contrast(readable_on(color), color) >= TEXT


@both
@pytest.mark.parametrize("role", ["text", "muted"])
@pytest.mark.parametrize("ground", ["bg", "sidebar", "surface"])
def test_words_beside_them_can_be_read(make, role, ground):
    one = make(colorblind=True)
    assert contrast(one.color(role), one.color(ground)) >= TEXT


@both
@pytest.mark.parametrize("eyes", MACHADO)
@pytest.mark.parametrize("tokens", [SERIES, STATES], ids=["series", "lifecycle"])
def test_no_two_colours_look_alike(make, eyes, tokens):
    assert nearest(make, tokens, eyes) >= APART


@both
def test_the_usual_colours_would_not_do(make):
    assert min(nearest(make, SERIES, eyes, colorblind=False) for eyes in BLIND) < APART


@pytest.mark.parametrize("eyes", MACHADO)
@pytest.mark.parametrize("grey", ["#000000", "#808080", "#ffffff"])
def test_simulated_eyes_see_greys_as_they_are(eyes, grey):
    share = QColor(grey).redF()
    linear = share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
    assert seen(grey, eyes) == pytest.approx([linear] * 3, abs=1e-3)


def test_simulated_eyes_confuse_what_such_eyes_confuse():
    orange_green = "#a68200", "#7f9400"
    assert difference(*orange_green, "deuteranopia") < difference(*orange_green, "none") / 3
    assert difference(*orange_green, "tritanopia") > difference(*orange_green, "deuteranopia")


def test_what_a_team_chose_stays():
    assert palette.hex_of("#7c440e", dark=False, safe=True) == "#7c440e"
