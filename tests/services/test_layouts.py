"""Layouts of one's own: kept, saved, refused, in conflict, offline; and what is sent for them."""

from collections import defaultdict

import httpx
import pytest

from phdesk.models.dashboard import Box
from phdesk.models.failure import Cause
from phdesk.services.layouts import Standing
from phdesk.services.library import load_start
from phdesk.services.settings import Settings
from phdesk.store.documents import unpack_overlay
from tests.services.conftest import ADA
from tests.services.on_dashboard import settled
from tests.services.posthog import BROKEN, NO_ACCESS, Gate, tile
from tests.store.builders import at

LEFT, RIGHT, BELOW = Box(0, 0, 6, 5), Box(6, 0, 6, 5), Box(0, 5, 6, 5)
GRID = {1: LEFT, 2: RIGHT, 3: BELOW}
SWAPPED = {1: RIGHT, 2: LEFT, 3: BELOW}
PATCH = "PATCH dashboards/9/"
NO_SCOPE = {"detail": "API key missing required scope 'dashboard:write'"}


def sent_box(box):
    return {"x": box.x, "y": box.y, "w": box.w, "h": box.h}


def placed(number, box):
    made = tile(number, 0)
    made["layouts"] = {"sm": {**sent_box(box), "minW": 3, "i": str(number)}, "lg": {"x": 1}}
    return made


class Case:
    """The dashboard 9 open, and what the layouts' service said of it, by signal."""

    def __init__(self, online, server, parts, qtbot):
        self.online, self.server, self.parts, self.qtbot = online, server, parts, qtbot
        self.layouts = layouts = online.layouts
        self.said = defaultdict(list)
        layouts.conflict_found.connect(self.said["conflict"].append)
        layouts.saved.connect(self.said["saved"].append)
        layouts.refused.connect(self._refused)
        layouts.standing_changed.connect(self.said["standing"].append)

    def _refused(self, _dashboard_id, failure):
        self.said["refused"].append(failure)

    @property
    def board(self):
        return self.parts.store.state.dashboards[9]

    @property
    def overlay(self):
        return self.parts.store.state.overlays.get(9)

    @property
    def on_disk(self):
        data = self.parts.cache.load_overlay(ADA.id, 7, 9)
        return unpack_overlay(data) if data else None

    @property
    def columns(self):
        return [one.sm.x for one in self.board.dashboard.tiles]

    def started_anew(self):
        settings = Settings(account=ADA.id, projects={ADA.id: 7}, dashboards={ADA.id: 9})
        return load_start(self.parts.cache, settings, [ADA])

    def wait(self, until):
        self.qtbot.waitUntil(until)

    def hears(self, name, *what):
        """Wait for a signal: all that it said, or how often."""
        self.wait(lambda: self.said[name] == list(what) if what else self.said[name])

    def save(self):
        """Save and wait until it is saved."""
        before = len(self.said["saved"])
        self.layouts.save(9)
        self.wait(lambda: len(self.said["saved"]) == before + 1)


@pytest.fixture
def case(online, server, parts, ada, qtbot):
    """Two tiles side by side, one below."""
    server.tiles = [placed(one, box) for one, box in GRID.items()]
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: settled(parts))
    return Case(online, server, parts, qtbot)


def boxes_of(server):
    return {one["id"]: Box(*(one["layouts"]["sm"][key] for key in "xywh")) for one in server.tiles}


def move(server, boxes):
    """Let a colleague move tiles."""
    for held in server.tiles:
        held["layouts"]["sm"] |= sent_box(boxes[held["id"]])


def test_a_change_is_on_screen_at_once_and_soon_on_disk(case):
    case.layouts.keep(9, SWAPPED)
    assert case.overlay.boxes == SWAPPED
    assert case.overlay.base == GRID
    case.wait(lambda: case.on_disk == case.overlay)
    assert case.server.changed == []


def test_a_change_is_there_at_the_next_start(case):
    case.layouts.keep(9, SWAPPED)
    case.wait(lambda: case.on_disk is not None)
    assert case.started_anew().overlays == {9: case.overlay}


def test_a_change_made_just_before_the_end_is_on_disk(case):
    case.layouts.keep(9, SWAPPED)
    assert case.parts.background.stop()
    assert case.on_disk == case.overlay


def test_a_change_that_is_undone_is_none(case):
    case.layouts.keep(9, SWAPPED)
    case.layouts.keep(9, GRID)
    assert case.overlay is None
    case.wait(lambda: case.on_disk is None)


def test_discarding_goes_back_to_the_team(case):
    case.layouts.keep(9, SWAPPED)
    case.wait(lambda: case.on_disk is not None)
    case.layouts.discard(9)
    assert case.overlay is None
    case.wait(lambda: case.on_disk is None)
    assert case.server.changed == []


def test_saving_sends_the_tiles_that_moved_whole_and_nothing_moves(case):
    case.layouts.keep(9, SWAPPED)
    case.layouts.save(9)
    assert case.layouts.standing(9) == Standing(saving=True)
    case.wait(lambda: case.said["saved"] == [9])
    assert case.server.changed == [
        {
            "tiles": [
                {
                    "id": one,
                    "layouts": {"sm": {**sent_box(box), "minW": 3, "i": str(one)}, "lg": {"x": 1}},
                }
                for one, box in ((1, RIGHT), (2, LEFT))
            ]
        }
    ]
    assert case.overlay is None
    assert case.layouts.standing(9) == Standing()
    assert case.columns == [6, 0, 0]
    case.wait(lambda: case.on_disk is None)


def test_the_servers_layout_is_read_before_anything_is_sent(case):
    case.layouts.keep(9, SWAPPED)
    del case.server.asked[:], case.server.methods[:]
    case.save()
    calls = zip(case.server.methods, case.server.asked, strict=True)
    assert [how for how, (path, _) in calls if path == "dashboards/9/"] == ["GET", "PATCH"]


def test_what_is_saved_is_shown_at_the_next_start(case):
    case.layouts.keep(9, SWAPPED)
    case.save()
    state = case.started_anew()
    assert [one.sm.x for one in state.dashboards[9].dashboard.tiles] == [6, 0, 0]
    assert [held.computed_at for held in state.dashboards[9].tiles.values()] == [at(0)] * 3


def test_results_stay_when_the_answer_has_none(case):
    case.layouts.keep(9, SWAPPED)
    bare = [{"id": one, "layouts": {"sm": sent_box(box)}} for one, box in SWAPPED.items()]
    case.server.special[PATCH] = (200, {"id": 9, "name": "Weekly", "tiles": bare})
    case.save()
    held = case.board
    assert [each.computed_at for each in held.tiles.values()] == [at(0)] * 3
    assert [one.insight.name for one in held.dashboard.tiles] == [
        f"Insight {n}" for n in (101, 102, 103)
    ]
    assert [one.sm.x for one in held.dashboard.tiles] == [6, 0, 0]


def test_an_answer_without_tiles_counts_as_what_was_sent(case):
    case.layouts.keep(9, SWAPPED)
    case.server.special[PATCH] = (200, {"id": 9, "name": "Weekly"})
    case.save()
    assert case.columns == [6, 0, 0]


def test_one_change_is_on_its_way_at_a_time(case):
    gate = case.server.special[PATCH] = Gate()
    case.layouts.keep(9, SWAPPED)
    case.layouts.save(9)
    case.wait(lambda: case.server.running == 1)
    case.layouts.save(9)
    further = {1: BELOW, 2: LEFT, 3: RIGHT}
    case.layouts.keep(9, further)
    case.layouts.save(9)
    case.layouts.discard(9)
    gate.open()
    case.wait(lambda: case.said["saved"] == [9])
    assert case.server.most_running == 1
    assert case.overlay.boxes == further, "what was moved meanwhile is not lost"
    assert case.overlay.base == SWAPPED
    case.wait(lambda: case.on_disk == case.overlay)
    case.layouts.save(9)
    case.wait(lambda: case.said["saved"] == [9, 9])
    assert [one["id"] for one in case.server.changed[1]["tiles"]] == [1, 3]
    assert boxes_of(case.server) == further


def test_a_change_that_is_undone_while_it_is_sent_is_a_change_again(case):
    gate = case.server.special[PATCH] = Gate()
    case.layouts.keep(9, SWAPPED)
    case.layouts.save(9)
    case.wait(lambda: case.server.running == 1)
    case.layouts.keep(9, GRID)
    gate.open()
    case.wait(lambda: case.said["saved"] == [9])
    assert (case.overlay.boxes, case.overlay.base) == (GRID, SWAPPED)


def test_a_colleagues_change_of_other_tiles_is_kept(case):
    case.layouts.keep(9, {1: LEFT, 2: Box(6, 0, 6, 9), 3: BELOW})
    move(case.server, {1: BELOW, 2: RIGHT, 3: LEFT})
    case.save()
    assert [one["id"] for one in case.server.changed[0]["tiles"]] == [2]
    assert boxes_of(case.server) == {1: BELOW, 2: Box(6, 0, 6, 9), 3: LEFT}


@pytest.fixture
def conflict(case):
    """A colleague put tile 2 below while it was moved here."""
    case.layouts.keep(9, SWAPPED)
    move(case.server, {1: LEFT, 2: Box(6, 0, 6, 9), 3: BELOW})
    case.layouts.save(9)
    case.wait(lambda: len(case.said["conflict"]) == 1)
    return case.said["conflict"][0]


def test_a_colleagues_change_of_the_same_tile_is_a_choice(case, conflict):
    assert case.server.changed == []
    assert (conflict.dashboard, conflict.tiles) == (9, {2})
    assert conflict.mine == SWAPPED
    assert conflict.theirs == {1: LEFT, 2: Box(6, 0, 6, 9), 3: BELOW}
    assert case.overlay.boxes == SWAPPED, "doing nothing keeps everything as it is"
    assert case.said["saved"] == []


def test_keeping_mine_saves_it_over_the_teams(case, conflict):
    case.layouts.keep_mine(conflict)
    case.wait(lambda: case.said["saved"] == [9])
    assert boxes_of(case.server) == SWAPPED
    assert case.overlay is None


def test_a_third_change_meanwhile_is_asked_about_again(case, conflict):
    move(case.server, {1: LEFT, 2: Box(6, 0, 6, 7), 3: BELOW})
    case.layouts.keep_mine(conflict)
    case.wait(lambda: len(case.said["conflict"]) == 2)
    assert case.server.changed == []


def test_taking_the_teams_discards_mine(case, conflict):
    case.layouts.discard(9)
    assert case.overlay is None
    assert case.board.dashboard.tiles[1].sm.h == 9
    assert case.server.changed == []


def test_saving_again_after_doing_nothing_asks_again(case, conflict):
    case.layouts.save(9)
    case.wait(lambda: len(case.said["conflict"]) == 2)
    assert case.server.changed == []


@pytest.mark.parametrize(
    ("answer", "cause", "words", "can_try"),
    [
        pytest.param((403, NO_SCOPE), Cause.MISSING_SCOPE, "dashboard:write", False, id="scope"),
        pytest.param((403, NO_ACCESS), Cause.FORBIDDEN, "does not allow", False, id="no access"),
        pytest.param((404, {"detail": "No."}), Cause.NOT_FOUND, "deleted", True, id="gone"),
        pytest.param((500, BROKEN), Cause.SERVER, "error", True, id="trouble"),
        pytest.param((200, []), Cause.NOT_POSTHOG, "not like PostHog", True, id="nonsense"),
    ],
)
def test_what_is_refused_is_told_and_kept(case, answer, cause, words, can_try):
    case.server.special[PATCH] = answer
    case.layouts.keep(9, SWAPPED)
    case.layouts.save(9)
    case.wait(lambda: len(case.said["refused"]) == 1)
    assert case.said["refused"][0].cause is cause
    assert words in case.said["refused"][0].message
    standing = case.layouts.standing(9)
    assert (standing.failure, standing.can_try) == (case.said["refused"][0], can_try)
    assert case.overlay.boxes == SWAPPED


def test_a_scope_that_was_added_is_tried_after_the_next_reading(case):
    case.server.special[PATCH] = (403, NO_SCOPE)
    case.layouts.keep(9, SWAPPED)
    case.layouts.save(9)
    case.wait(lambda: len(case.said["refused"]) == 1)
    del case.server.special[PATCH]
    before = len(case.server.asked)
    case.layouts.save(9)
    assert (len(case.said["refused"]), len(case.server.asked)) == (2, before), (
        "refused without a call"
    )
    case.online.refresh(9)
    case.wait(lambda: case.layouts.standing(9) == Standing())
    case.save()


def test_a_viewer_may_arrange_here_but_not_save(case):
    case.server.fields["user_access_level"] = "viewer"
    case.online.refresh(9)
    case.wait(lambda: not case.board.dashboard.row.editable)
    case.layouts.keep(9, SWAPPED)
    standing = case.layouts.standing(9)
    assert (standing.can_try, standing.failure.cause) == (False, Cause.FORBIDDEN)
    case.layouts.save(9)
    assert case.said["refused"] == [standing.failure]
    assert (case.overlay.boxes, case.server.changed) == (SWAPPED, [])


def test_offline_it_waits_and_is_offered_when_there_is_an_answer_again(case):
    case.server.special["dashboards/9/"] = httpx.ConnectError("down")
    case.layouts.keep(9, SWAPPED)
    case.layouts.save(9)
    case.wait(lambda: len(case.said["refused"]) == 1)
    assert case.parts.store.state.offline is not None
    standing = case.layouts.standing(9)
    assert (standing.can_try, standing.failure.cause) == (False, Cause.NETWORK)
    del case.server.special["dashboards/9/"]
    case.online.refresh(9)
    case.wait(lambda: case.layouts.standing(9) == Standing())
    assert case.overlay.boxes == SWAPPED
    assert case.server.changed == [], "nothing is sent that nobody asks for"
    case.save()
    assert boxes_of(case.server) == SWAPPED


def test_an_answer_that_was_lost_is_found_out_by_the_next_reading(case):
    case.layouts.keep(9, SWAPPED)
    case.server.special[PATCH] = httpx.ReadTimeout("slow")
    case.layouts.save(9)
    case.wait(lambda: len(case.said["refused"]) == 1)
    move(case.server, SWAPPED)  # it had arrived
    case.online.refresh(9)
    case.wait(lambda: case.overlay is None)
    assert case.server.changed == []


def test_a_slow_answer_from_before_saving_moves_nothing_back(case):
    case.layouts.keep(9, SWAPPED)
    gate = case.server.special["GET dashboards/9/"] = Gate()
    gate.answer = case.server.answer("dashboards/9/")  # made before, on its way for long
    case.online.refresh(9)
    case.wait(lambda: case.server.running == 1)
    del case.server.special["GET dashboards/9/"]
    case.save()
    gate.open()
    case.wait(lambda: settled(case.parts))
    assert case.columns == [6, 0, 0]


def test_tiles_that_came_meanwhile_get_their_results(case):
    case.layouts.keep(9, SWAPPED)
    case.server.tiles.append(placed(4, Box(0, 10, 12, 5)))
    case.save()
    case.wait(lambda: settled(case.parts))
    assert case.board.tiles[4].computed_at == at(0)


def test_a_layout_without_a_dashboard_is_not_kept(case):
    case.layouts.keep(77, SWAPPED)
    case.layouts.save(77)
    case.layouts.discard(77)
    assert case.parts.store.state.overlays == {}


def test_signed_out_it_can_be_kept_but_not_saved(case):
    case.layouts.use(None)
    case.layouts.keep(9, SWAPPED)
    standing = case.layouts.standing(9)
    assert (standing.can_try, standing.failure.cause) == (False, Cause.NO_KEY)
    case.layouts.save(9)
    assert (len(case.said["refused"]), case.overlay.boxes) == (1, SWAPPED)


def test_forgetting_the_account_forgets_its_layouts(case, heard):
    case.layouts.keep(9, SWAPPED)
    case.online.forget(ADA.id)
    case.wait(lambda: bool(heard["signed_out"]))
    assert (case.overlay, case.on_disk) == (None, None)
