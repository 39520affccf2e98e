"""Results under temporary filters, whatever comes in whatever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.filters import AS_SAVED, Filter, Override
from phdesk.store.changes import with_dashboard, without_dashboard
from phdesk.store.freshness import needs_answer
from phdesk.store.overrides import (
    is_modern,
    saved_of,
    with_known_results,
    with_override,
    with_override_saved,
)
from phdesk.store.state import EMPTY, TileState
from phdesk.store.tiles import best, merged, put_tiles, with_tile_failure, with_tile_result
from tests.store.builders import NOON, TROUBLE, answer, at, board, broken, text, tile

WEEK = Override(filters=Filter(date_from="-7d"))
DAY = Override(filters=Filter(date_from="-24h"))
MONTH = Raw(b'{"date_from": "-30d"}')


def shown(*tiles, **more):
    """A dashboard whose own filters are the last 30 days."""
    sent = replace(board(*tiles), filters=MONTH, **more)
    return with_dashboard(EMPTY, sent, now=NOON, asked=1)[0]


def held(state, tile_id=1):
    return state.dashboards[9].tiles[tile_id]


def test_other_filters_leave_the_old_chart_and_mark_it():
    state, changes = with_override(shown(tile(1, answer(0))), 9, WEEK)
    assert held(state).has_result
    assert held(state).is_other
    assert needs_answer(held(state), NOON)
    assert (9, 1) in changes.tiles
    assert 9 in changes.headers


def test_the_answer_for_the_new_filters_takes_the_place_even_when_it_is_older():
    state, _ = with_override(shown(tile(1, answer(0))), 9, WEEK)
    state, _ = with_tile_result(state, (9, 1), answer(-50), now=NOON, asked=2, filters=WEEK.key)
    assert held(state).computed_at == at(-50)
    assert not held(state).is_other


def test_a_late_answer_for_the_filters_before_changes_nothing():
    before = shown(tile(1, answer(0)))
    state, _ = with_override(before, 9, WEEK)
    for asked in (2, 99):
        late, changes = with_tile_result(state, (9, 1), answer(5), now=NOON, asked=asked)
        assert not changes
        assert late is state
        late, changes = with_dashboard(state, board(tile(1, answer(5))), now=NOON, asked=asked)
        assert not changes
        late, changes = with_tile_failure(state, (9, 1), TROUBLE, now=NOON, asked=asked)
        assert not changes
        late, changes = with_known_results(state, 9, AS_SAVED, {1: answer(5)})
        assert not changes


@pytest.mark.parametrize("nothing", [answer(None), broken()], ids=["not calculated", "broken"])
def test_an_answer_without_a_result_leaves_the_old_chart_marked(nothing):
    state, _ = with_override(shown(tile(1, answer(0))), 9, WEEK)
    sent = board(tile(1, nothing))
    state, _ = with_dashboard(state, sent, now=NOON, asked=2, filters=WEEK.key)
    assert held(state).computed_at == at(0)
    assert held(state).is_other


def test_going_back_to_a_set_draws_what_is_kept_of_it_with_its_true_age():
    state, _ = with_override(shown(tile(1, answer(0)), tile(2, answer(0))), 9, WEEK)
    state, _ = with_tile_result(state, (9, 1), answer(5), now=NOON, asked=2, filters=WEEK.key)
    state, _ = with_override(state, 9, None)
    assert held(state, 1).is_other
    assert not held(state, 2).is_other
    state, _ = with_known_results(state, 9, AS_SAVED, {1: answer(0)})
    assert held(state, 1).computed_at == at(0)
    assert not held(state, 1).is_other
    assert state.dashboards[9].override is None


def test_what_failed_under_other_filters_is_no_failure_of_these():
    state = shown(tile(1, answer(0)))
    state, _ = with_tile_failure(state, (9, 1), TROUBLE, now=NOON, asked=2)
    state, _ = with_override(state, 9, WEEK)
    assert held(state).failure is None


def test_the_same_set_again_changes_nothing():
    state, _ = with_override(shown(tile(1, answer(0))), 9, WEEK)
    again, changes = with_override(state, 9, Override(filters=Filter(date_from="-7d")))
    assert not changes
    assert again is state
    assert not with_override(shown(), 9, None)[1]
    assert not with_override(EMPTY, 9, WEEK)[1]


def test_a_tile_that_comes_with_the_new_filters_belongs_to_them():
    state, _ = with_override(shown(tile(1, answer(0))), 9, WEEK)
    sent = board(tile(1, answer(1)), tile(2, answer(1)))
    state, _ = with_dashboard(state, sent, now=NOON, asked=2, filters=WEEK.key)
    assert (held(state, 2).filters, held(state, 2).wanted) == (WEEK.key, WEEK.key)


def test_a_tile_that_came_by_another_way_asks_for_what_the_dashboard_asks_for():
    state, _ = with_override(shown(tile(1, answer(0))), 9, WEEK)
    state, _ = put_tiles(state, 9, {2: TileState(tile=tile(2, answer()))})
    sent = board(tile(1, answer(1)), tile(2, answer()))
    state, _ = with_dashboard(state, sent, now=NOON, asked=2, filters=WEEK.key)
    state, changes = with_tile_result(state, (9, 2), answer(5), now=NOON, asked=3, filters=WEEK.key)
    assert changes
    assert held(state, 2).computed_at == at(5)


def test_the_saved_filters_are_known_also_while_others_are_laid_over():
    state = shown(tile(1, answer(0)))
    assert saved_of(state.dashboards[9]).date_from == "-30d"
    assert not is_modern(state.dashboards[9])
    state, _ = with_override(state, 9, WEEK)
    old = replace(board(tile(1, answer(1))), filters=Raw(b'{"date_from": "-7d"}'))
    state, _ = with_dashboard(state, old, now=NOON, asked=2, filters=WEEK.key)
    assert saved_of(state.dashboards[9]).date_from == "-30d"
    new = replace(old, saved_filters=Raw(b'{"date_from": "-90d"}'))
    state, _ = with_dashboard(state, new, now=NOON, asked=3, filters=WEEK.key)
    assert saved_of(state.dashboards[9]).date_from == "-90d"
    assert is_modern(state.dashboards[9])


def test_when_a_colleague_saves_other_filters_old_results_are_marked():
    state = shown(tile(1, answer(0)), tile(2, answer(0)))
    sent = replace(board(tile(1, answer(None)), tile(2, answer(-5))), filters=Raw(b"{}"))
    state, _ = with_dashboard(state, sent, now=NOON, asked=2)
    assert held(state, 1).is_other
    assert not held(state, 2).is_other
    assert held(state, 2).computed_at == at(-5)


def test_saving_makes_the_results_of_the_set_the_dashboards_own():
    state, _ = with_override(shown(tile(1, answer(0)), tile(2, answer(0))), 9, WEEK)
    state, _ = with_tile_result(state, (9, 1), answer(5), now=NOON, asked=2, filters=WEEK.key)
    state, changes = with_override_saved(state, WEEK.key, board())
    assert state.dashboards[9].override is None
    assert not held(state, 1).is_other
    assert held(state, 2).is_other, "its result is of the filters before"
    assert (9, 1) in changes.tiles


def test_saving_one_set_leaves_another_that_was_chosen_meanwhile():
    state, _ = with_override(shown(tile(1, answer(0))), 9, WEEK)
    state, _ = with_override(state, 9, DAY)
    state, _ = with_override_saved(state, WEEK.key, board())
    assert state.dashboards[9].override == DAY
    assert held(state).is_other


def test_a_forgotten_dashboard_forgets_its_temporary_filters():
    state, _ = with_override(shown(tile(1, answer(0))), 9, WEEK)
    state, _ = without_dashboard(state, 9)
    state, _ = with_dashboard(state, board(tile(1, answer(0))), now=NOON, asked=2)
    assert state.dashboards[9].override is None


SETS = st.sampled_from([None, WEEK, DAY])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("turn"), SETS, st.none(), st.none()),
        st.tuples(
            st.sampled_from(["tile", "board", "cached"]),
            SETS,
            st.integers(-9, 9) | st.none(),
            st.integers(0, 9),
        ),
    ),
    max_size=12,
)


def key(override):
    return override.key if override is not None else AS_SAVED


@given(STEPS)
def test_no_order_of_answers_lets_one_set_pass_for_another(steps):
    values = {AS_SAVED: 1, WEEK.key: 7, DAY.key: 24}
    state = shown(tile(1, answer(0, value=1)))
    for kind, override, minute, asked in steps:
        name = key(override)
        sent = answer(minute, value=values[name])
        if kind == "turn":
            state, _ = with_override(state, 9, override)
        elif kind == "tile":
            state, _ = with_tile_result(state, (9, 1), sent, now=NOON, asked=asked, filters=name)
        elif kind == "board":
            answered = replace(board(tile(1, sent)), filters=MONTH)
            state, _ = with_dashboard(state, answered, now=NOON, asked=asked, filters=name)
        else:
            state, _ = with_known_results(state, 9, name, {1: sent})
        drawn = held(state)
        assert drawn.has_result, "a good result is never replaced by nothing"
        value = int(bytes(drawn.insight.result).strip(b"[]").split(b",")[1])
        assert value == values[drawn.filters]
        assert drawn.is_other == (drawn.filters != drawn.wanted)
        assert drawn.wanted == key(state.dashboards[9].override)


def test_a_late_answer_without_an_insight_lets_no_result_pass_for_the_wanted_filters():
    held = TileState(tile=tile(1, answer(1)), insight=answer(1), wanted="new", filters="old")
    drawn, key = best(held, None, late=True)
    assert (drawn, key) == (held.insight, "old")
    assert merged(replace(held, asked=5), text(1), None, asked=3, now=NOON, wanted="new").is_other
