"""Facts from around the tiles: kept per project, on disk too; alerts follow the newest answer."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from phdesk.models.account import Account, Project
from phdesk.models.alert import Alert
from phdesk.models.annotation import Annotation
from phdesk.models.color_theme import ColorTheme
from phdesk.models.group_type import GroupType
from phdesk.store import changes
from phdesk.store.cache import Cache
from phdesk.store.cache_wipe import forget_account
from phdesk.store.cache_writing import Writer
from phdesk.store.documents import (
    unpack_annotations,
    unpack_color_themes,
    unpack_dashboard,
    unpack_group_types,
)
from phdesk.store.packing import (
    pack_annotations,
    pack_color_themes,
    pack_dashboard,
    pack_group_types,
)
from phdesk.store.state import EMPTY, NOTHING, Around, Changes
from phdesk.store.tiles import chosen
from tests.store.builders import NOON, answer, board, tile

NOTE = Annotation(id=1, content="Release", at=datetime(2026, 11, 20, tzinfo=UTC))
OCEAN = ColorTheme(id=3, name="Ocean", colors=("#0b132b",))
ADA = Account(id="a", host="https://eu.posthog.com")
CALM = (Alert(id="1", state="Not firing", upper=2),)
FIRING = (Alert(id="1", state="Firing", upper=2),)


def test_new_facts_are_announced_and_the_same_ones_are_not():
    state, change = changes.with_annotations(EMPTY, [NOTE])
    assert (state.around, change) == (Around(annotations=(NOTE,)), Changes(around=True))
    assert changes.with_annotations(state, [NOTE]) == (state, NOTHING)
    state, change = changes.with_color_themes(state, [OCEAN])
    assert (state.around, change) == (Around((NOTE,), (OCEAN,)), Changes(around=True))


def test_announcements_join():
    joined = Changes(rows=True) | Changes(around=True)
    assert (joined.rows, joined.around) == (True, True)


def test_facts_stay_with_their_project():
    state, _ = changes.with_account(EMPTY, ADA, Project(id=7))
    state, _ = changes.with_annotations(state, [NOTE])
    same, _ = changes.with_account(state, ADA, Project(id=7, name="Shop"))
    other, _ = changes.with_account(state, ADA, Project(id=8))
    assert (same.around, other.around) == (Around((NOTE,)), Around())


def test_they_come_back_from_bytes():
    assert unpack_annotations(pack_annotations([NOTE])) == (NOTE,)
    assert unpack_color_themes(pack_color_themes([OCEAN])) == (OCEAN,)
    shops = GroupType(index=0, one="shop", several="shops")
    assert unpack_group_types(pack_group_types([shops])) == (shops,)
    assert unpack_group_types(b"[5]") is None
    assert unpack_annotations(b"[5]") is None
    assert unpack_color_themes(b"{") is None


@pytest.fixture
def cache(tmp_path):
    cache = Cache(tmp_path / "cache.sqlite3")
    yield cache
    cache.close()


def test_the_cache_keeps_each_kind_per_project(cache):
    Writer(cache).save_around("a", 7, "annotations", b"old")
    Writer(cache).save_around("a", 7, "annotations", b"new")
    Writer(cache).save_around("a", 7, "color themes", b"themes")
    assert cache.load_around("a", 7, "annotations") == b"new"
    assert cache.load_around("a", 7, "color themes") == b"themes"
    assert cache.load_around("a", 8, "annotations") is None
    assert cache.load_around("b", 7, "annotations") is None


def test_a_forgotten_account_leaves_none_behind(cache):
    Writer(cache).save_around("a", 7, "annotations", b"note")
    forget_account(cache, "a")
    assert cache.load_around("a", 7, "annotations") is None


@pytest.mark.parametrize(
    ("held", "new", "kept"),
    [
        (CALM, FIRING, FIRING),
        (FIRING, (), ()),
        (FIRING, None, FIRING),
        (None, FIRING, FIRING),
        (None, None, None),
    ],
    ids=["fires", "deleted", "not said", "new", "never said"],
)
@pytest.mark.parametrize("minute", [5, None, -5], ids=["newer", "no result", "older"])
def test_alerts_follow_the_newest_answer_that_names_them(held, new, kept, minute):
    best = chosen(answer(0, alerts=held), answer(minute, alerts=new), late=False)
    assert best.alerts == kept
    assert best.last_refresh is not None


def test_a_late_answer_brings_no_alerts_back():
    best = chosen(answer(0, alerts=CALM), answer(-5, alerts=FIRING), late=True)
    assert best.alerts == CALM


def test_alerts_are_kept_with_a_dashboard():
    packed = pack_dashboard(board(tile(1, answer(0, alerts=FIRING))), NOON)
    assert unpack_dashboard(packed).tiles[0].insight.alerts == FIRING


def test_the_frame_knows_newer_alerts_than_a_kept_answer():
    old = pack_dashboard(board(tile(1, answer(0, alerts=FIRING))), NOON)
    new = pack_dashboard(board(tile(1, answer(None, alerts=CALM))), NOON)
    mixed = replace(new, tiles=old.tiles)
    assert unpack_dashboard(mixed).tiles[0].insight.alerts == CALM
