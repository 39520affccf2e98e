"""Tiles under temporary filters: what is still of the filters before never looks like an answer."""

import pytest
from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.charts.spec import NoticeBody
from phdesk.core.filters import Filter, Override
from phdesk.models.failure import Cause, Failure
from phdesk.store import changes, tiles
from phdesk.store.overrides import with_override
from phdesk.views import theme as look
from phdesk.views.dashboard.presenting import NEVER_LOADED, own_words
from tests.store.builders import TROUBLE, at, board, tile
from tests.views.dashboard.showing import has_color, trend
from tests.views.dashboard.test_screen import Shown

AWAY = Failure(cause=Cause.NETWORK, message="phdesk cannot reach eu.posthog.com.")
WEEK = Override(filters=Filter(date_from="-7d"))
POINTS = b'{"kind":"SavedInsightNode","shortId":"Ab3dE6gH"}'
SQL = b'{"kind":"DataVisualizationNode","source":{"kind":"HogQLQuery","query":"select 1 %s"}}'


def asked(insight, date_from):
    query = b'{"kind":"TrendsQuery","dateRange":{"date_from":"%s"}}' % date_from.encode()
    return replace(insight, query=Raw(query))


@pytest.fixture
def shown(qtbot):
    made = Shown(qtbot, tile(1, asked(trend(-5), "-30d")), tile(2, asked(trend(-5), "-30d"), x=6))
    made.screen.grid.tiles[1].clearFocus()
    return made


def card(shown, tile_id=1):
    return shown.screen.grid.tiles[tile_id].card_state


def test_while_new_numbers_load_the_old_chart_stays_and_says_what_it_shows(shown):
    before = shown.screen.grid.tiles[1].grab().toImage()
    shown.apply(with_override, 9, WEEK)
    widget = shown.screen.grid.tiles[1]
    assert not isinstance(shown.screen.views[1].body, NoticeBody)
    assert card(shown).before == "Still last 30 days"
    assert card(shown).age == "", "the age of other numbers is none of these"
    assert widget.accessibleDescription().startswith("Still last 30 days: not what is asked for.")
    after = widget.grab().toImage()
    assert has_color(after, look.light().warn)
    assert not has_color(before, look.light().warn)


def test_the_mark_goes_with_the_answer_tile_by_tile(shown):
    shown.apply(with_override, 9, WEEK)
    new = asked(trend(-50, 7, 8, 9), "-7d")
    shown.apply(tiles.with_tile_result, (9, 1), new, now=at(0), asked=2, filters=WEEK.key)
    assert card(shown).before == ""
    assert card(shown).age.endswith("50 min")
    assert shown.screen.views[1].range_label == "last 7 days"
    assert card(shown, 2).before == "Still last 30 days"


def test_a_change_of_other_filters_says_so_without_naming_the_dates(shown):
    shown.apply(with_override, 9, Override(filters=Filter(date_from="-30d", test_accounts=True)))
    assert card(shown).before == "Still the filters before"


def test_without_a_network_what_was_never_loaded_says_so(shown):
    shown.apply(with_override, 9, WEEK)
    shown.apply(changes.with_offline, AWAY)
    view = shown.screen.views[1]
    assert view.body == NoticeBody(
        state="pending",
        headline=NEVER_LOADED,
        detail="phdesk is offline. Reset shows what was kept.",
    )
    assert view.range_label == ""
    assert not view.table.columns
    assert (card(shown).before, card(shown).age) == ("", "")
    shown.apply(with_override, 9, None)
    assert not isinstance(shown.screen.views[1].body, NoticeBody)
    assert card(shown).age


def test_numbers_that_failed_under_new_filters_do_not_hide_behind_the_old_chart(shown):
    shown.apply(with_override, 9, WEEK)
    shown.apply(tiles.with_tile_failure, (9, 1), TROUBLE, now=at(0), asked=2, filters=WEEK.key)
    view = shown.screen.views[1]
    assert (view.body.state, view.body.headline) == ("error", TROUBLE.message)
    assert not isinstance(shown.screen.views[2].body, NoticeBody)


def test_the_oldest_age_counts_only_what_answers_what_is_asked(shown):
    shown.apply(with_override, 9, WEEK)
    assert shown.age == "Nothing calculated yet"
    new = asked(trend(-50), "-7d")
    shown.apply(tiles.with_tile_result, (9, 1), new, now=at(0), asked=2, filters=WEEK.key)
    assert "50 min ago" in shown.age


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (tile(1, trend(0)), ""),
        (replace(tile(1, trend(0)), own_filters=True), "own filters"),
        (tile(1, replace(trend(0), query=Raw(SQL % b""))), "own dates"),
        (tile(1, replace(trend(0), query=Raw(SQL % b"where {filters}"))), ""),
        (tile(1, replace(trend(0), query=Raw(POINTS))), "own filters"),
        (tile(1), ""),
    ],
    ids=["plain", "own filters", "SQL", "SQL with filters", "another insight", "no insight"],
)
def test_tiles_that_the_dates_do_not_reach_are_known(held, words):
    assert own_words(held) == words


def test_a_tile_of_its_own_range_is_marked(shown):
    own = replace(tile(1, trend(-5)), own_filters=True)
    plain = shown.screen.grid.tiles[1].grab().toImage()
    shown.apply(changes.with_dashboard, board(own, tile(2, trend(-5), x=6)), now=at(0), asked=3)
    widget = shown.screen.grid.tiles[1]
    assert card(shown).own == "own filters"
    assert "the dashboard's do not apply" in widget.accessibleDescription()
    assert widget.grab().toImage() != plain
