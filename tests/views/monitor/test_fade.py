import pytest

from phdesk.views.monitor.fade import LASTS, Fade, lasting


@pytest.mark.parametrize(("dwell", "ms"), [(30.0, LASTS), (5.0, LASTS), (1.0, 400), (0.3, 120)])
def test_a_page_is_seen_for_most_of_its_time(dwell, ms):
    assert lasting(dwell) == ms


def test_a_fade_goes_from_nothing_to_all_and_says_when_it_is_over(qtbot):
    fade = Fade()
    with qtbot.waitSignal(fade.ended):
        fade.start(0.3)
        assert (fade.runs, fade.share) == (True, 0.0)
    assert (fade.runs, fade.share) == (False, 1.0)
