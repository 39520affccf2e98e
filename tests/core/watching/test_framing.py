"""What a tile says of its watches, and the lines on its chart."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from phdesk.core.charts.spec import NumberBody, TileView, XYBody, XYSeries
from phdesk.core.formatting import Format
from phdesk.core.watching.framing import framed, known_at, rule_text
from phdesk.core.watching.states import rule_of
from phdesk.models.watch import Baseline, Bound
from tests.core.watching.making import new_state, watch

LINE = XYSeries(label="Signups", color="series-1", values=(1.0, 2.0), texts=("1", "2"))
BODY = XYBody(x_labels=("a", "b"), x_titles=("a", "b"), series=(LINE,))
VIEW = TileView(
    title="Signups",
    kind="TrendsQuery",
    kind_label="Trends",
    display="ActionsLineGraph",
    body=BODY,
    summary="Signups.",
)
LIMIT = watch(Bound("above", 100))
FIRING = replace(new_state(), phase="firing", threshold=90.0)


def lines(view):
    return [(one.label, one.value) for one in view.body.goal_lines]


def test_a_limit_is_a_line_whether_or_not_it_is_passed():
    shown = framed(VIEW, [(LIMIT, new_state())])
    assert shown.alert == ""
    assert lines(shown) == [("Watch: above 100", 100)]


def test_what_fires_is_said_in_the_unit_of_the_chart():
    money = replace(VIEW, body=replace(BODY, format=Format(prefix="$")))
    shown = framed(money, [(LIMIT, FIRING), (watch(id="w2", name="Mine"), FIRING)])
    assert shown.alert == "Watch: above $100 and 1 more"


@pytest.mark.parametrize(
    ("phase", "words"),
    [("missing", "Watch: no data"), ("error", "Watch: cannot be kept"), ("ok", ""), ("short", "")],
)
def test_other_states_have_words_of_their_own(phase, words):
    assert framed(VIEW, [(LIMIT, replace(new_state(), phase=phase))]).alert == words


def test_posthogs_own_alert_stays_beside_it():
    shown = framed(replace(VIEW, alert="Alert: above 2"), [(LIMIT, FIRING)])
    assert shown.alert == "Alert: above 2 · Watch: above 100"


def test_a_moving_limit_is_drawn_only_while_it_is_passed():
    moving = watch(Baseline(side="below", factor=0.5))
    assert lines(framed(VIEW, [(moving, FIRING)])) == [("Watch: 90", 90)]
    assert framed(VIEW, [(moving, replace(new_state(), threshold=90.0))]) is VIEW


def test_where_the_axis_shows_something_else_no_line_is_drawn():
    pile = replace(BODY, stacked=True, series=(LINE, LINE))
    beside = replace(BODY, series=(replace(LINE, right_axis=True),))
    for body in (pile, beside, replace(BODY, percent=True)):
        assert lines(framed(replace(VIEW, body=body), [(LIMIT, new_state())])) == []


def test_a_watch_that_is_off_says_and_draws_nothing():
    assert framed(VIEW, [(replace(LIMIT, enabled=False), FIRING)]) is VIEW


def test_a_number_without_axes_has_the_words_that_its_judgement_found():
    known = replace(FIRING, rule=rule_of(LIMIT), rule_text="above $100.00")
    assert rule_text(LIMIT, known) == "above $100.00"
    assert framed(replace(VIEW, body=NumberBody(text="$120.00")), [(LIMIT, known)]).alert == (
        "Watch: above $100.00"
    )


def test_words_of_another_rule_are_not_taken_for_this_ones():
    known = replace(FIRING, rule="another", rule_text="above $90.00")
    assert rule_text(LIMIT, known) == "above 100"


def test_one_that_is_snoozed_is_a_note_until_its_snooze_is_over():
    until = datetime(2026, 11, 23, 12, tzinfo=UTC)
    asleep = replace(LIMIT, snoozed_until=until)
    shown = framed(VIEW, [known_at(asleep, FIRING, until - timedelta(minutes=1))])
    assert (shown.alert, shown.alert_note) == ("", "Watch snoozed")
    both = framed(VIEW, [(asleep, FIRING), (LIMIT, FIRING)])
    assert (both.alert, both.alert_note) == ("Watch: above 100", "Watch snoozed")
    assert framed(VIEW, [known_at(asleep, FIRING, until)]).alert == "Watch: above 100"
    assert framed(VIEW, [(asleep, new_state())]).alert_note == ""
