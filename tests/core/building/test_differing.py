from phdesk.core.building.changing import changed
from phdesk.core.building.differing import differing
from phdesk.core.building.draft import put
from phdesk.core.building.starting import blank, turned


def test_the_same_question_differs_in_nothing():
    assert differing(blank("trends"), blank("trends")) == ()


def test_settings_are_named_as_they_stand_on_the_page():
    before = blank("trends")
    after = changed(changed(before, "interval", "week"), "filterTestAccounts", True)
    assert differing(before, after) == ("Leave out test accounts", "Interval")


def test_of_another_kind_the_kind_alone_is_named():
    assert differing(blank("trends"), turned(blank("trends"), "funnel")) == ("Kind of insight",)


def test_what_has_no_setting_is_the_query():
    before = blank("trends")
    assert differing(before, put(before, "samplingFactor", 0.1)) == ("The query",)


def test_a_setting_that_is_shown_no_more_differs_only_if_it_said_something():
    before = changed(blank("trends"), "trendsFilter.display", "ActionsLineGraph")
    plain = changed(before, "trendsFilter.display", "ActionsPie")
    assert differing(before, plain) == ("Chart",)
    smooth = changed(before, "trendsFilter.smoothingIntervals", 7)
    without = changed(plain, "trendsFilter.smoothingIntervals", None)
    assert set(differing(smooth, without)) == {"Chart", "Smoothing"}
