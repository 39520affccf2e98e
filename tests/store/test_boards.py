"""A page of tiles from several projects: what is drawn, where it is from, and what is missing."""

import pytest
from msgspec.structs import replace

from phdesk.core.filters import AS_SAVED, Filter, Override
from phdesk.models.account import Account, Project
from phdesk.models.board import Board, Pick
from phdesk.models.dashboard import Box, StoredBox
from phdesk.models.failure import Cause, Failure
from phdesk.store.boards import NOWHERE, Source, board_state, origins_said, with_page
from phdesk.store.changes import (
    opening,
    with_account,
    with_dashboard,
    with_dashboard_failure,
    with_progress,
)
from phdesk.store.overrides import with_override
from phdesk.store.state import EMPTY, NOTHING, Progress
from phdesk.store.tiles import refresh_started, with_tile_failure, with_tile_result
from tests.store.builders import NOON, TROUBLE, answer, at, board, text, tile

ADA = Account(id="ada", host="https://eu.posthog.com", email="ada@example.org")
BEN = Account(id="ben", host="https://us.posthog.com", email="ben@example.org")
WEB, SHOP = Project(id=7, name="Web app"), Project(id=8, name="Shop")
SIGNUPS = Pick(id=1, account="ada", project=7, dashboard=9, tile=4, known_as="Signups")
ORDERS = Pick(id=2, account="ben", project=8, dashboard=9, tile=4, box=Box(6, 0, 6, 5))
MINE = Board(id=5, name="Mine", picks=(SIGNUPS, ORDERS))
GONE = Failure(cause=Cause.NOT_FOUND, message="It does not exist.")
WEEK = Override(filters=Filter(date_from="-7d"))


def project(account, where, *tiles):
    """The state of a window over a project, with dashboard 9."""
    state, _ = with_account(EMPTY, account, where)
    return with_dashboard(state, board(*tiles), now=NOON, asked=1)[0] if tiles else state


def known(state, **more):
    return Source(state=state, account=state.account, **more)


def sources(ada=None, ben=None):
    ada = ada or known(project(ADA, WEB, tile(4, answer(-5)), tile(5, answer(-9))))
    ben = ben or known(project(BEN, SHOP, tile(4, answer(-7, value=2, name="Orders"), x=6, y=90)))
    return {("ada", 7): ada, ("ben", 8): ben}


def held(page, tile_id=1):
    return page.tiles[tile_id]


def test_a_board_shows_what_its_tiles_show_on_their_dashboards():
    given = sources()
    page = board_state(MINE, given)
    assert page.dashboard.row.name == "Mine"
    assert page.dashboard.row.id == MINE.page
    for tile_id, where in ((1, ("ada", 7)), (2, ("ben", 8))):
        source = given[where].state.dashboards[9].tiles[4]
        assert held(page, tile_id).insight is source.insight
        assert held(page, tile_id).tile.id == tile_id


def test_a_tile_lies_where_the_board_has_it_and_not_its_dashboard():
    page = board_state(MINE, sources())
    assert held(page, 1).tile.sm is None
    assert held(page, 2).tile.sm == StoredBox(6, 0, 6, 5)
    assert [one.id for one in page.dashboard.tiles] == [1, 2]


def test_what_a_chart_needs_comes_from_its_own_project():
    state = project(ADA, replace(WEB, timezone="Asia/Tokyo"), tile(4, answer(-5)))
    colored = replace(
        state.dashboards[9].dashboard, breakdown_colors=(("a", "preset-2"),), data_color_theme_id=3
    )
    state, _ = with_dashboard(state, colored, now=NOON, asked=2)
    origin = held(board_state(MINE, sources(known(state)))).origin
    assert origin.project.timezone == "Asia/Tokyo"
    assert (origin.account, origin.dashboard, origin.tile) == (ADA, 9, 4)
    assert (origin.breakdown_colors, origin.color_theme) == ((("a", "preset-2"),), 3)
    assert origin.dashboard_name == "Weekly"


def test_a_text_card_comes_along():
    page = board_state(MINE, sources(known(project(ADA, WEB, text(4, "Hello")))))
    assert held(page).tile.text.body == "Hello"


def test_refreshing_and_failing_are_the_tile_s_own():
    state = project(ADA, WEB, tile(4, answer(-5)))
    running, _ = refresh_started(state, 9, [4])
    assert held(board_state(MINE, sources(known(running)))).refreshing
    failed, _ = with_tile_failure(state, (9, 4), TROUBLE, now=at(2), asked=2)
    shown = held(board_state(MINE, sources(known(failed))))
    assert (shown.failure, shown.failed_since) == (TROUBLE, at(2))
    assert shown.has_result


def test_a_newer_answer_is_on_the_board_with_the_next_page():
    state = project(ADA, WEB, tile(4, answer(-5)))
    state, _ = with_tile_result(state, (9, 4), answer(-1, value=7), now=NOON, asked=2)
    assert held(board_state(MINE, sources(known(state)))).computed_at == at(-1)


def test_temporary_filters_of_a_dashboard_are_not_the_board_s():
    own, other = answer(-5), answer(-1, value=7)
    state, _ = with_override(project(ADA, WEB, tile(4, own)), 9, WEEK)
    waiting = held(board_state(MINE, sources(known(state))))
    assert (waiting.computed_at, waiting.is_other) == (at(-5), False)
    state, _ = with_tile_result(state, (9, 4), other, now=NOON, asked=2, filters=WEEK.key)
    kept = held(board_state(MINE, sources(known(state, kept={9: {4: own}}))))
    assert (kept.insight, kept.filters, kept.wanted) == (own, AS_SAVED, AS_SAVED)
    forgotten = held(board_state(MINE, sources(known(state))))
    assert not forgotten.has_result, "rather nothing than the numbers of other filters"


def test_a_failure_under_temporary_filters_is_not_the_board_s():
    state, _ = with_override(project(ADA, WEB, tile(4, answer(-5))), 9, WEEK)
    state, _ = with_tile_failure(state, (9, 4), TROUBLE, now=NOON, asked=2, filters=WEEK.key)
    assert held(board_state(MINE, sources(known(state)))).failure is None


def test_a_tile_that_was_put_on_its_dashboard_anew_is_found_by_its_insight():
    found = replace(SIGNUPS, insight="abc")
    mine = replace(MINE, picks=(found,))
    state = project(ADA, WEB, tile(5, answer(-5)), tile(77, answer(-3, short_id="abc")))
    page = board_state(mine, sources(known(state)))
    assert held(page).computed_at == at(-3)
    assert held(page).origin.tile == 77


def test_a_tile_that_was_removed_says_so():
    state = project(ADA, WEB, tile(5, answer(-5)))
    shown = held(board_state(MINE, sources(known(state))))
    assert "no longer on its dashboard" in shown.failure.message
    assert shown.insight.name == "Signups"
    assert not shown.origin.loading


@pytest.mark.parametrize("cached", [True, False])
def test_a_dashboard_that_was_deleted_is_the_tile_s_own_failure(cached):
    state = project(ADA, WEB, *[tile(4, answer(-5))] * cached)
    state, _ = with_dashboard_failure(state, 9, GONE, now=at(1), asked=9)
    shown = held(board_state(MINE, sources(known(state))))
    assert shown.failure == GONE
    assert shown.has_result is cached
    assert shown.failed_since == (at(1) if cached else None)


def test_a_server_that_is_away_for_a_moment_is_no_failure_of_a_tile():
    state = project(ADA, WEB, tile(4, answer(-5)))
    state, _ = with_dashboard_failure(state, 9, TROUBLE, now=at(1), asked=9)
    assert held(board_state(MINE, sources(known(state)))).failure is None


def test_a_dashboard_that_is_still_being_read_is_waited_for():
    state, _ = opening(project(ADA, WEB), 9)
    shown = held(board_state(MINE, sources(known(state))))
    assert (shown.failure, shown.origin.loading) == (None, True)
    assert shown.insight.name == "Signups"


def test_a_dashboard_of_the_cache_may_have_the_tile_soon():
    state = with_dashboard(project(ADA, WEB), board(tile(5)), now=NOON)[0]
    assert held(board_state(MINE, sources(known(state)))).origin.loading


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param(NOWHERE, "You are signed out", id="account unknown"),
        pytest.param(
            known(project(ADA, WEB), away=TROUBLE), "Nothing of this tile is kept", id="away"
        ),
    ],
)
def test_a_tile_of_which_nothing_is_known_says_why(source, words):
    shown = held(board_state(MINE, sources(source)))
    assert words in shown.failure.message
    assert not shown.origin.loading


def test_a_tile_whose_project_is_away_keeps_what_is_kept():
    state = project(ADA, WEB, tile(4, answer(-5)))
    shown = held(board_state(MINE, sources(known(state, away=TROUBLE))))
    assert (shown.has_result, shown.failure, shown.origin.away) == (True, None, TROUBLE)


def test_the_board_is_away_when_all_of_it_is():
    away = known(project(ADA, WEB, tile(4, answer(-5))), away=TROUBLE)
    assert board_state(MINE, sources(away)).failure is None
    assert board_state(MINE, sources(away, replace(away, state=EMPTY))).failure == TROUBLE
    assert board_state(replace(MINE, picks=()), {}).failure is None


def test_the_refresh_of_all_dashboards_is_the_board_s():
    ada, _ = with_progress(project(ADA, WEB, tile(4, answer(-5))), 9, Progress(1, 3))
    ben, _ = with_progress(project(BEN, SHOP, tile(4, answer(-5))), 9, Progress(0, 2))
    assert board_state(MINE, sources(known(ada), known(ben))).progress == Progress(1, 5)
    twice = replace(MINE, picks=(SIGNUPS, replace(SIGNUPS, id=3, tile=5)))
    assert board_state(twice, sources(known(ada))).progress == Progress(1, 3)
    assert board_state(MINE, sources()).progress is None


def said(*accounts_and_projects):
    picks = [
        replace(SIGNUPS, account=account.id, project=where.id)
        for account, where in accounts_and_projects
    ]
    given = {
        (account.id, where.id): known(project(account, where))
        for account, where in accounts_and_projects
    }
    return list(origins_said(picks, given).values())


SAME = replace(ADA, id="ada2", email="ada2@example.org")


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        pytest.param([(ADA, WEB)], [], id="one project"),
        pytest.param(
            [(ADA, WEB), (BEN, SHOP)], [("Web app · EU", "WA"), ("Shop · US", "S")], id="names"
        ),
        pytest.param(
            [(ADA, WEB), (BEN, replace(WEB, id=9))],
            [("Web app · EU", "1"), ("Web app · US", "2")],
            id="one name",
        ),
        pytest.param(
            [(ADA, WEB), (SAME, WEB)],
            [("Web app · EU · ada@example.org", "1"), ("Web app · EU · ada2@example.org", "2")],
            id="one name and region",
        ),
    ],
)
def test_projects_are_named_so_that_they_can_be_told_apart(places, expected):
    assert said(*places) == expected


def test_a_page_is_announced_by_what_is_new_of_it():
    first = board_state(MINE, sources())
    state, changes = with_page(EMPTY, first)
    assert changes.tiles == {(-5, 1), (-5, 2)}
    assert with_page(state, board_state(MINE, sources()))[1] == NOTHING
    newer = known(project(ADA, WEB, tile(4, answer(-1))))
    _, changes = with_page(state, board_state(MINE, sources(newer)))
    assert changes.tiles == {(-5, 1)}
    assert not changes.dashboards
    named = board_state(replace(MINE, name="Ours"), sources())
    assert with_page(state, named)[1].dashboards == {-5}
