import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from phdesk.models.account import Account, Project
from phdesk.models.dashboard import DashboardRow
from phdesk.models.insight import NULL
from phdesk.store import changes, tiles
from phdesk.store.state import EMPTY, NOTHING, Changes, Progress
from tests.store.builders import NOON, TROUBLE, answer, at, board, broken, text, tile

HERE = (9, 1)


def drawn(state):
    return state.dashboards[9].tiles[1].insight


def shown(*dashboards):
    state = EMPTY
    for number, dashboard in enumerate(dashboards, start=1):
        state, _ = changes.with_dashboard(state, dashboard, now=NOON, asked=number)
    return state


def test_the_first_answer_is_taken_whole():
    state, changed = changes.with_dashboard(
        EMPTY, board(tile(1, answer(0)), text(2)), now=NOON, asked=1
    )
    held = state.dashboards[9]
    assert held.tiles[1].computed_at == at(0)
    assert list(held.tiles) == [1, 2]
    assert not held.from_cache
    assert changed == Changes(
        dashboards=frozenset({9}), headers=frozenset({9}), tiles=frozenset({(9, 1), (9, 2)})
    )


def test_results_are_held_once():
    held = shown(board(tile(1, answer(0), raw=Raw(b'{"result": [1]}')))).dashboards[9]
    assert held.dashboard.tiles[0].insight.result == NULL
    assert held.dashboard.tiles[0].raw == Raw(b"{}")
    assert held.tiles[1].tile == held.dashboard.tiles[0]


def test_the_same_answer_again_changes_no_tile():
    dashboard = board(tile(1, answer(0)))
    _, changed = changes.with_dashboard(shown(dashboard), dashboard, now=at(1), asked=2)
    assert changed == Changes(headers=frozenset({9}))


def test_nothing_does_not_replace_a_result_but_names_are_new():
    state = shown(board(tile(1, answer(0))), board(tile(1, answer(None, name="Sign-ups"))))
    assert (drawn(state).last_refresh, drawn(state).name) == (at(0), "Sign-ups")


def test_an_error_does_not_replace_a_result():
    state, _ = changes.with_dashboard(
        shown(board(tile(1, answer(0)))),
        board(tile(1, broken())),
        now=at(5),
        asked=2,
        failures={1: TROUBLE},
    )
    held = state.dashboards[9].tiles[1]
    assert (held.computed_at, held.failure, held.failed_since) == (at(0), TROUBLE, at(5))


def test_an_error_dressed_as_an_empty_result_is_no_result():
    dressed = replace(broken(5), result=Raw(b"[]"))
    assert drawn(shown(board(tile(1, answer(0))), board(tile(1, dressed)))).last_refresh == at(0)


def test_an_older_result_of_the_same_question_does_not_win():
    state = shown(
        board(tile(1, answer(5))), board(tile(1, answer(0, query=b'{"kind":"TrendsQuery"}')))
    )
    assert drawn(state).last_refresh == at(5)


def test_a_changed_question_takes_its_own_older_result():
    other = b'{"kind": "TrendsQuery", "dateRange": {"date_from": "-7d"}}'
    state = shown(board(tile(1, answer(5))), board(tile(1, answer(0, query=other))))
    assert (drawn(state).last_refresh, bytes(drawn(state).query)) == (at(0), other)


def test_a_late_answer_brings_neither_name_nor_layout_nor_failure_back():
    old, new = board(tile(1, answer(0)), name="Old"), board(tile(1, answer(1), x=6), name="New")
    state, _ = changes.with_dashboard(EMPTY, new, now=NOON, asked=2)
    state, _ = changes.with_dashboard(state, old, now=at(1), asked=1, failures={1: TROUBLE})
    held = state.dashboards[9]
    assert (held.dashboard.row.name, held.tiles[1].tile.sm.x) == ("New", 6)
    assert (held.tiles[1].computed_at, held.tiles[1].failure) == (at(1), None)


def test_a_late_answer_does_not_bring_a_removed_tile_back():
    state, _ = changes.with_dashboard(EMPTY, board(tile(1, answer(0))), now=NOON, asked=2)
    late = board(tile(1, answer(0)), tile(2, answer(0)))
    state, _ = changes.with_dashboard(state, late, now=NOON, asked=1)
    assert list(state.dashboards[9].tiles) == [1]


def test_a_removed_tile_goes():
    state = shown(board(tile(1, answer(0)), tile(2, answer(0))), board(tile(1, answer(0))))
    assert list(state.dashboards[9].tiles) == [1]


def test_the_cache_comes_under_what_the_server_said():
    state = shown(board(tile(1, answer(5)), name="Now"))
    state, _ = changes.with_dashboard(state, board(tile(1, answer(0)), name="Then"), now=at(-60))
    held = state.dashboards[9]
    assert (held.dashboard.row.name, held.fetched_at) == ("Now", NOON)
    assert (drawn(state).last_refresh, held.from_cache) == (at(5), False)


def test_a_user_who_lost_access_keeps_the_name_of_what_was_seen():
    shrunk = replace(answer(None, name=""), no_access=True)
    assert drawn(shown(board(tile(1, answer(0))), board(tile(1, shrunk)))).name == "Signups"


def test_a_failure_says_since_when_and_goes_with_the_next_result():
    state = shown(board(tile(1, answer(0))))
    state, _ = tiles.with_tile_failure(state, HERE, TROUBLE, now=at(1), asked=2)
    state, _ = tiles.with_tile_failure(state, HERE, TROUBLE, now=at(2), asked=3)
    assert state.dashboards[9].tiles[1].failed_since == at(1)
    state, changed = tiles.with_tile_result(state, HERE, answer(3), now=at(3), asked=4)
    held = state.dashboards[9].tiles[1]
    assert (held.failure, held.failed_since, held.computed_at) == (None, None, at(3))
    assert changed == Changes(tiles=frozenset({HERE}))


def test_refreshing_starts_and_ends_with_the_answer():
    state, changed = tiles.refresh_started(shown(board(tile(1, answer(0)))), 9, [1, 77])
    assert state.dashboards[9].tiles[1].refreshing
    assert changed.tiles == {HERE}
    state, _ = tiles.with_tile_failure(state, HERE, TROUBLE, now=NOON, asked=0)
    assert not state.dashboards[9].tiles[1].refreshing


def test_an_answer_for_a_tile_that_is_gone_changes_nothing():
    state = shown(board())
    assert tiles.with_tile_result(state, HERE, answer(0), now=NOON, asked=9) == (state, NOTHING)


def test_a_dashboard_that_cannot_be_read_keeps_what_is_held():
    state, _ = changes.opening(shown(board(tile(1, answer(0)))), 9)
    assert state.dashboards[9].loading
    state, changed = changes.with_dashboard_failure(state, 9, TROUBLE, now=at(1), asked=2)
    held = state.dashboards[9]
    assert (held.loading, held.failure, held.failed_since) == (False, TROUBLE, at(1))
    assert changed == Changes(headers=frozenset({9}))
    assert drawn(state).last_refresh == at(0)


def test_a_dashboard_never_had_is_missing_until_it_is_asked_for_again():
    state, _ = changes.opening(EMPTY, 9)
    assert state.opening == {9}
    state, _ = changes.with_dashboard_failure(state, 9, TROUBLE, now=NOON, asked=1)
    assert (state.opening, state.missing) == (frozenset(), {9: TROUBLE})
    state, _ = changes.opening(state, 9)
    assert (state.opening, state.missing) == ({9}, {})


@pytest.mark.parametrize("before", [EMPTY, shown(board())], ids=["unknown", "known"])
def test_reading_can_stop_without_an_answer(before):
    state, changed = changes.reading_stopped(changes.opening(before, 9)[0], 9)
    assert (state, changed.headers) == (before, {9})
    assert changes.reading_stopped(state, 9) == (state, NOTHING)


def test_progress_is_told_once():
    state, changed = changes.with_progress(shown(board()), 9, Progress(1, 4))
    assert changed.headers == {9}
    assert changes.with_progress(state, 9, Progress(1, 4))[1] == NOTHING


def test_cached_rows_do_not_replace_fetched_ones():
    fetched = [DashboardRow(id=1, name="Now")]
    state, _ = changes.with_rows(EMPTY, fetched, now=NOON)
    state, changed = changes.with_rows(state, [], now=at(-5), from_cache=True)
    assert (changed, state.rows.items) == (NOTHING, tuple(fetched))


def test_rows_survive_a_failure():
    state, _ = changes.with_rows(EMPTY, [DashboardRow(id=1, name="One")], now=NOON)
    state, _ = changes.with_rows_failure(changes.with_rows_loading(state)[0], TROUBLE)
    assert (len(state.rows.items), state.rows.failure, state.rows.loading) == (1, TROUBLE, False)


def test_another_project_forgets_the_dashboards_of_the_last():
    account = Account(id="a", host="https://eu.posthog.com")
    state, _ = changes.with_account(EMPTY, account, Project(id=1))
    state, _ = changes.with_dashboard(state, board(), now=NOON, asked=1)
    assert changes.with_account(state, account, Project(id=1, name="x"))[0].dashboards
    assert not changes.with_account(state, account, Project(id=2))[0].dashboards


def test_offline_is_told_once():
    state, changed = changes.with_offline(EMPTY, TROUBLE)
    assert changed.offline
    assert changes.with_offline(state, TROUBLE)[1] == NOTHING
    assert changes.with_online(state)[0].offline is None


MINUTES = st.none() | st.integers(0, 20)
ANSWERS = st.tuples(
    st.sampled_from(["dashboard", "tile", "failure", "broken"]), st.integers(0, 9), MINUTES
)


def arrive(state, kind, asked, minute):
    if kind == "dashboard":
        return changes.with_dashboard(state, board(tile(1, answer(minute))), now=NOON, asked=asked)
    if kind == "tile":
        return tiles.with_tile_result(state, HERE, answer(minute), now=NOON, asked=asked)
    if kind == "broken":
        return tiles.with_tile_result(
            state, HERE, replace(broken(), last_refresh=at(30)), now=NOON, asked=asked
        )
    return tiles.with_tile_failure(state, HERE, TROUBLE, now=NOON, asked=asked)


@given(st.lists(ANSWERS, max_size=12))
def test_no_order_of_arrival_makes_a_result_older_or_loses_it(arrivals):
    state = shown(board(tile(1, answer(None))))
    best = None
    for kind, asked, minute in arrivals:
        state, _ = arrive(state, kind, asked, minute)
        if kind in ("dashboard", "tile") and minute is not None:
            best = max(minute, best if best is not None else minute)
        held = state.dashboards[9].tiles[1]
        assert held.computed_at == (None if best is None else at(best))
        assert best is None or drawn(state).result == answer(best).result


@given(st.lists(ANSWERS, max_size=12))
def test_announced_changes_are_all_the_changes(arrivals):
    state = shown(board(tile(1, answer(None))))
    for arrival in arrivals:
        old = state.dashboards[9].tiles[1]
        state, changed = arrive(state, *arrival)
        new = state.dashboards[9].tiles[1]
        assert (HERE in changed.tiles) >= (replace(old, asked=0) != replace(new, asked=0))


def test_a_deleted_dashboard_leaves_the_list_at_once():
    rows = [DashboardRow(id=1, name="One"), DashboardRow(id=2, name="Two")]
    state, _ = changes.with_rows(EMPTY, rows, now=NOON)
    state, changed = changes.without_row(state, 1)
    assert [row.id for row in state.rows.items] == [2]
    assert (state.rows.fetched_at, changed) == (NOON, Changes(rows=True))
