"""Changes for the team: sent one after another, told, taken back, refused by meaning."""

from collections import defaultdict

import httpx
import pytest

from phdesk.core import team_edits
from phdesk.core.grid.boards import board_boxes
from phdesk.core.refused import is_unsure
from phdesk.models.dashboard import Box
from phdesk.models.failure import Cause
from phdesk.services.edits import OVERTAKEN
from phdesk.services.layouts import NOT_SIGNED_IN, VIEWER
from tests.services.on_dashboard import settled
from tests.services.posthog import Gate, tile
from tests.store.builders import at

PATCH = "PATCH dashboards/9/"
NO_SCOPE = {"detail": "API key missing required scope 'dashboard:write'"}


class Case:
    """The dashboard 9 open with two tiles, and what the service for edits said."""

    def __init__(self, online, server, parts, qtbot):
        self.online, self.server, self.parts, self.qtbot = online, server, parts, qtbot
        self.edits = online.edits
        self.said = defaultdict(list)
        self.edits.done.connect(self._done)
        self.edits.refused.connect(self._refused)

    def _done(self, _dashboard_id, _asked, made):
        self.said["done"].append(made)

    def _refused(self, _dashboard_id, failure, edit):
        self.said["refused"].append(failure)
        self.said["lost"].append(edit)

    @property
    def board(self):
        return self.parts.store.state.dashboards[9]

    def tile(self, number):
        return self.board.tiles[number].tile

    def make(self, edit):
        self.edits.make(9, edit)
        self.wait(lambda: edit.said in [one.said for one in self.said["done"]])

    def wait(self, until):
        self.qtbot.waitUntil(until)


@pytest.fixture
def case(online, server, parts, ada, qtbot):
    server.tiles = [tile(1, 0), tile(2, 0, y=5)]
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: settled(parts))
    return Case(online, server, parts, qtbot)


def test_a_colour_is_changed_and_results_stay(case):
    edit = team_edits.colored(case.tile(1), "Signups", "blue")
    case.make(edit)
    assert case.server.changed == [{"tiles": [{"id": 1, "color": "blue"}]}]
    assert case.tile(1).color == "blue"
    assert [held.computed_at for held in case.board.tiles.values()] == [at(0), at(0)]


def test_a_change_is_taken_back(case):
    edit = team_edits.colored(case.tile(1), "Signups", "blue")
    case.make(edit)
    case.edits.make(9, team_edits.taken_back(edit))
    case.wait(lambda: case.tile(1).color is None)
    assert case.server.changed[1] == {"tiles": [{"id": 1, "color": None}]}


def test_changes_go_one_after_another(case):
    gate = case.server.special[PATCH] = Gate()
    first = team_edits.colored(case.tile(1), "A", "blue")
    second = team_edits.colored(case.tile(2), "B", "green")
    case.edits.make(9, first)
    case.edits.make(9, second)
    case.wait(lambda: case.server.running == 1)
    gate.open()
    case.wait(lambda: case.said["done"] == [first, second])
    assert case.server.most_running == 1
    assert (case.tile(1).color, case.tile(2).color) == ("blue", "green")


def test_a_person_may_think_again_before_the_server_has_answered(case):
    gate = case.server.special[PATCH] = Gate()
    case.edits.make(9, team_edits.colored(case.tile(1), "A", "blue"))
    case.edits.make(9, team_edits.colored(case.tile(1), "A", "green"))
    case.wait(lambda: case.server.running == 1)
    gate.open()
    case.wait(lambda: len(case.said["done"]) == 2)
    assert case.said["refused"] == []
    assert case.tile(1).color == "green"


def test_a_new_name_is_in_the_list_too(case):
    case.make(team_edits.worded(case.board.dashboard.row, "Daily", "", ()))
    assert case.board.dashboard.row.name == "Daily"
    assert case.server.changed == [{"name": "Daily"}]
    assert case.server.methods[-1] in ("GET", "PATCH")
    case.wait(lambda: case.server.paths("dashboards/")[-1] == "dashboards/")


def test_what_changes_nothing_is_not_sent(case):
    case.edits.make(9, team_edits.worded(case.board.dashboard.row, "Weekly", "", ()))
    assert case.server.changed == []


def test_a_refusal_names_the_scope_and_the_next_change_is_tried(case):
    case.server.special[PATCH] = (403, NO_SCOPE)
    case.edits.make(9, team_edits.colored(case.tile(1), "A", "blue"))
    case.wait(lambda: len(case.said["refused"]) == 1)
    failure = case.said["refused"][0]
    assert (failure.cause, failure.scope) == (Cause.MISSING_SCOPE, "dashboard:write")
    assert case.tile(1).color is None
    del case.server.special[PATCH]
    case.make(team_edits.colored(case.tile(1), "A", "green"))


def test_a_scope_that_the_key_lacks_is_known_until_the_dashboard_is_read_again(case):
    case.server.special[PATCH] = (403, NO_SCOPE)
    case.edits.make(9, team_edits.colored(case.tile(1), "A", "blue"))
    case.wait(lambda: len(case.said["refused"]) == 1)
    assert case.edits.obstacle(9).scope == "dashboard:write"
    case.online.refresh(9)
    case.wait(lambda: case.edits.obstacle(9) is None)


def test_a_viewer_is_told_without_a_call(case):
    case.server.fields["user_access_level"] = "viewer"
    case.online.refresh(9)
    case.wait(lambda: not case.board.dashboard.row.editable)
    case.edits.make(9, team_edits.colored(case.tile(1), "A", "blue"))
    assert (case.said["refused"], case.server.changed) == ([VIEWER], [])


def test_without_a_network_nothing_changes_and_it_is_told(case):
    case.server.special[PATCH] = httpx.ConnectError("down")
    case.edits.make(9, team_edits.colored(case.tile(1), "A", "blue"))
    case.wait(lambda: len(case.said["refused"]) == 1)
    assert case.said["refused"][0].cause is Cause.NETWORK
    assert case.tile(1).color is None
    assert case.parts.store.state.offline is not None


def test_a_removed_tile_goes_and_comes_back(case):
    edit = team_edits.removed(case.tile(1), "Signups")
    case.make(edit)
    assert list(case.board.tiles) == [2]
    case.edits.make(9, team_edits.taken_back(edit))
    case.wait(lambda: 1 in case.board.tiles and case.board.tiles[1].computed_at == at(0))


def test_a_new_text_card_is_shown(case):
    case.make(team_edits.text_added("## Notes", Box(0, 10, 6, 2), Box(0, 10, 1, 2)))
    case.wait(lambda: settled(case.parts))
    card = case.board.dashboard.tiles[-1]
    assert (card.text.body, card.sm.y) == ("## Notes", 10)


def test_an_answer_without_tiles_is_followed_by_a_reading(case):
    case.server.special[PATCH] = (200, {"id": 9, "name": "Weekly"})
    before = len(case.server.paths("dashboards/9/"))
    case.make(team_edits.removed(case.tile(1), "Signups"))
    case.wait(lambda: len(case.server.paths("dashboards/9/")) == before + 2)


def test_a_dashboard_that_was_left_before_the_answer_is_not_kept_up_to_date(case):
    gate = case.server.special[PATCH] = Gate()
    case.edits.make(9, team_edits.text_added("Hello", Box(0, 10, 6, 2), Box(0, 10, 1, 2)))
    case.wait(lambda: "PATCH" in case.server.methods)
    case.online.dashboards.close(9)
    gate.open()
    case.wait(lambda: len(case.said["done"]) == 1)
    assert not case.board.loading
    case.server.asked.clear()
    case.online.dashboards.read_all()
    assert not case.board.loading
    assert case.server.asked == []


def test_tags_that_a_plan_does_not_include_are_told(case):
    case.server.special[PATCH] = (200, {"id": 9, "name": "Weekly", "tags": [], "tiles": []})
    case.edits.make(9, team_edits.worded(case.board.dashboard.row, "Weekly", "", ["a"]))
    case.wait(lambda: len(case.said["refused"]) == 1)
    assert case.said["refused"][0].cause is Cause.PLAN
    assert case.said["done"] == []


def test_an_insight_is_added_and_can_be_taken_off_again(case):
    case.edits.make(9, team_edits.insight_added(101, "Insight 101"))
    case.wait(lambda: len(case.said["done"]) == 1)
    assert case.server.changed == [{"dashboards": [5, 9]}]
    assert list(case.board.tiles) == [1, 2, 3]
    assert case.said["done"][0].back == {"tiles": [{"id": 3, "deleted": True}]}
    case.edits.make(9, team_edits.taken_back(case.said["done"][0]))
    case.wait(lambda: list(case.board.tiles) == [1, 2])


def test_a_tile_is_duplicated_with_the_insights_own_query(case):
    edit = team_edits.duplicated(case.tile(1), "Insight 101")
    case.edits.make(9, edit)
    case.wait(lambda: len(case.said["done"]) == 1)
    assert case.server.changed[:1] == [
        {
            "query": {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery"}},
            "name": "Insight 101 (copy)",
            "saved": True,
            "dashboards": [9],
        }
    ]
    case.wait(lambda: settled(case.parts))
    assert case.board.tiles[3].insight.id == 300


def boxes(case):
    return {
        one: (box.x, box.y, box.w, box.h) for one, box in board_boxes(case.board.dashboard).items()
    }


def test_a_copy_is_beside_its_original(case):
    case.make(team_edits.duplicated(case.tile(1), "Insight 101"))
    assert boxes(case) == {1: (0, 0, 6, 5), 2: (0, 5, 6, 5), 3: (6, 0, 6, 5)}
    box = {"x": 6, "y": 0, "w": 6, "h": 5}
    assert case.server.changed[1:] == [{"tiles": [{"id": 3, "layouts": {"sm": box}}]}]


def test_a_copy_without_room_beside_it_is_below_and_undo_closes_the_gap(case):
    for tile_ in case.server.tiles:
        tile_["layouts"]["sm"]["w"] = 12
    case.online.refresh(9)
    case.wait(lambda: boxes(case)[1][2] == 12)
    case.make(team_edits.duplicated(case.tile(1), "Insight 101"))
    assert boxes(case) == {1: (0, 0, 12, 5), 2: (0, 10, 12, 5), 3: (0, 5, 12, 5)}
    assert [one["id"] for one in case.server.changed[1]["tiles"]] == [2, 3]
    case.edits.make(9, team_edits.taken_back(case.said["done"][0]))
    case.wait(lambda: 3 not in case.board.tiles)
    assert boxes(case) == {1: (0, 0, 12, 5), 2: (0, 5, 12, 5)}
    assert case.server.tiles[1]["layouts"]["sm"]["y"] == 5, "as it was stored"


def test_a_copy_is_there_even_if_it_cannot_be_placed(case):
    case.server.special[PATCH] = (500, {"detail": "A server error occurred."})
    case.make(team_edits.duplicated(case.tile(1), "Insight 101"))
    assert list(case.board.tiles) == [1, 2, 3]
    assert case.said["refused"] == []


@pytest.fixture
def text(case):
    """A text card on the dashboard, as the app knows it."""
    case.make(team_edits.text_added("## Notes", Box(0, 10, 6, 2), Box(0, 10, 1, 2)))
    case.wait(lambda: settled(case.parts))
    return case.tile(3)


def changed_to(text, body):
    return team_edits.text_changed(text, text.text, body)


def test_a_text_card_gets_another_text_and_its_old_one_back(case, text):
    edit = changed_to(text, "## News")
    case.make(edit)
    assert case.tile(3).text.body == "## News"
    case.edits.make(9, team_edits.taken_back(edit))
    case.wait(lambda: case.tile(3).text.body == "## Notes")


def test_a_text_that_somebody_else_changed_is_not_written_over(case, text):
    case.server.tiles[2]["text"] = {"body": "Theirs"}
    sent = len(case.server.changed)
    mine = changed_to(text, "Mine")
    case.edits.make(9, mine)
    case.wait(lambda: len(case.said["refused"]) == 1)
    assert (case.said["refused"], case.said["lost"]) == ([OVERTAKEN], [mine])
    assert len(case.server.changed) == sent
    assert case.tile(3).text.body == "Theirs", "it is shown at once"
    case.make(changed_to(case.tile(3), "Mine"))
    assert case.server.tiles[2]["text"]["body"] == "Mine"


def test_why_nothing_can_be_changed_is_known_before_anybody_writes(case):
    assert case.edits.obstacle(9) is None
    case.server.fields["user_access_level"] = "viewer"
    case.online.refresh(9)
    case.wait(lambda: case.edits.obstacle(9) == VIEWER)
    case.edits.use(None)
    assert case.edits.obstacle(9) == NOT_SIGNED_IN


def test_a_list_of_insights_is_given_up_with_the_account(case):
    came = []
    gate = case.server.special["GET insights/"] = Gate()
    case.edits.insights_came.connect(came.append)
    case.edits.list_insights(9)
    case.wait(lambda: case.server.running == 1)
    case.edits.use(None)
    gate.open()
    case.wait(lambda: case.server.cancelled == 1)
    assert came == []


def test_the_scope_for_insights_is_named(case):
    detail = "API key missing required scope 'insight:write'"
    case.server.special["PATCH insights/101/"] = (403, {"detail": detail})
    case.edits.make(9, team_edits.insight_added(101, "Insight 101"))
    case.wait(lambda: len(case.said["refused"]) == 1)
    assert case.said["refused"][0].scope == "insight:write"


def test_insights_are_listed_to_choose_from(case):
    came = []
    case.edits.insights_came.connect(came.append)
    case.edits.list_insights(9)
    case.wait(lambda: bool(came))
    assert [one.id for one in came[0]] == [101]


def test_a_copy_that_cannot_be_read_afterwards_may_be_there(case, server):
    server.special["GET dashboards/9/"] = httpx.ConnectError("gone")
    case.edits.make(9, team_edits.duplicated(case.tile(1), "Visits"))
    case.wait(lambda: len(case.said["refused"]) == 1)
    assert len(server.changed) == 1, "the copy is made"
    assert is_unsure(case.said["refused"][0])
