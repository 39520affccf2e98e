import pytest
from msgspec import Raw, structs

from phdesk.core import team_edits as edits
from phdesk.models.dashboard import Box, Dashboard, DashboardRow, TextCard, Tile
from phdesk.models.insight import Insight

TILE = Tile(id=5, color="green", show_description=None)
ROW = DashboardRow(id=9, name="Weekly", description="Old", tags=("a",), pinned=False)


def of_tile(**fields):
    return {"tiles": [{"id": 5, **fields}]}


@pytest.mark.parametrize(
    ("edit", "changes", "back"),
    [
        (edits.removed(TILE, "Signups"), of_tile(deleted=True), of_tile(deleted=False)),
        (edits.colored(TILE, "S", "blue"), of_tile(color="blue"), of_tile(color="green")),
        (edits.colored(TILE, "S", None), of_tile(color=None), of_tile(color="green")),
        (
            edits.described(TILE, "S", shown=False),
            of_tile(show_description=False),
            of_tile(show_description=None),
        ),
        (edits.pinned(ROW, on=True), {"pinned": True}, {"pinned": False}),
        (edits.worded(ROW, "Daily", "Old", ["a"]), {"name": "Daily"}, {"name": "Weekly"}),
        (
            edits.worded(ROW, "Weekly", "", ["b", "c"]),
            {"description": "", "tags": ["b", "c"]},
            {"description": "Old", "tags": ["a"]},
        ),
        (edits.worded(ROW, "Weekly", "Old", ["a"]), {}, {}),
    ],
)
def test_a_change_names_only_what_it_changes_and_knows_the_way_back(edit, changes, back):
    assert (edit.changes, edit.back) == (changes, back)


def test_a_new_text_card_has_its_place():
    edit = edits.text_added("## Notes", Box(0, 9, 6, 2), Box(0, 30, 1, 2))
    wide = {"x": 0, "y": 9, "w": 6, "h": 2, "minW": 1, "minH": 1}
    layouts = {"sm": wide, "xs": {"x": 0, "y": 30, "w": 1, "h": 2}}
    assert edit.changes == {"tiles": [{"text": {"body": "## Notes"}, "layouts": layouts}]}
    assert edit.back is None


def test_a_text_card_is_copied_with_its_text_and_an_insight_by_its_number():
    card = edits.duplicated(Tile(id=5, text=TextCard("Hi"), color="blue"), "Text card")
    assert card.changes == {"tiles": [{"text": {"body": "Hi"}, "color": "blue"}]}
    copy = edits.duplicated(Tile(id=5, insight=Insight(id=7)), "x" * 400)
    assert (copy.changes, copy.put.insight, len(copy.put.copy)) == ({}, 7, 400)
    assert card.beside == copy.beside == 5
    assert edits.duplicated(Tile(id=5), "?") is None


WHOLE = Raw(b'{"id": 3, "body": "Hi", "created_by": {"id": 1}, "team": 1.0}')
CARD = Tile(id=5, text=TextCard("Hi", WHOLE))


def test_another_text_takes_along_what_else_is_known_of_the_card():
    edit = edits.text_changed(CARD, CARD.text, "Ho")
    kept = {"id": 3, "created_by": {"id": 1}, "team": 1.0}
    assert edit.changes == of_tile(text={**kept, "body": "Ho"})
    assert edit.back == of_tile(text={**kept, "body": "Hi"})


def board(tile=CARD, **row):
    return Dashboard(row=structs.replace(ROW, **row), tiles=(tile,))


TEXT = edits.text_changed(CARD, CARD.text, "Ho")
BLUE_TILE = structs.replace(TILE, color="blue")
BLUE = edits.colored(TILE, "S", "blue")
SHOWN = edits.described(TILE, "S", shown=True)
NAMED = edits.worded(ROW, "Daily", "Old", ["a"])


@pytest.mark.parametrize(
    ("edit", "fresh", "lost"),
    [
        pytest.param(TEXT, board(), False, id="text as it was"),
        pytest.param(TEXT, board(Tile(id=5, text=TextCard("Hey"))), True, id="another text"),
        pytest.param(TEXT, board(Tile(id=6)), True, id="the card is gone"),
        pytest.param(NAMED, board(), False, id="name as it was"),
        pytest.param(NAMED, board(name="Hourly"), True, id="another name"),
        pytest.param(NAMED, board(description="New"), False, id="another description"),
        pytest.param(
            edits.worded(ROW, "Weekly", "Old", ["b"]), board(tags=("c",)), True, id="other tags"
        ),
        pytest.param(edits.taken_back(NAMED), board(name="Daily"), False, id="undo of one's own"),
        pytest.param(edits.taken_back(NAMED), board(name="X"), True, id="undo over another's"),
        pytest.param(BLUE, board(TILE), False, id="colour as it was"),
        pytest.param(BLUE, board(structs.replace(TILE, color="purple")), True, id="another colour"),
        pytest.param(BLUE, Dashboard(row=ROW), False, id="the tile is gone"),
        pytest.param(
            edits.taken_back(BLUE),
            board(structs.replace(TILE, color="blue")),
            False,
            id="uncoloured",
        ),
        pytest.param(SHOWN, board(TILE), False, id="description as it was"),
        pytest.param(
            SHOWN, board(structs.replace(TILE, show_description=False)), True, id="hidden meanwhile"
        ),
        pytest.param(edits.pinned(ROW, on=True), board(), False, id="pin as it was"),
        pytest.param(edits.pinned(ROW, on=True), board(pinned=True), True, id="pinned meanwhile"),
    ],
)
def test_what_somebody_else_changed_is_not_written_over(edit, fresh, lost):
    assert edits.guarded(edit)
    assert edits.overtaken(edit, fresh) is lost


def test_what_writes_over_nothing_is_not_guarded():
    assert not edits.guarded(edits.removed(TILE, "S"))
    assert not edits.guarded(edits.text_added("Hi", Box(0, 0, 1, 1), Box(0, 0, 1, 1)))


def test_an_insight_is_added_by_its_number():
    edit = edits.insight_added(7, "Signups")
    assert (edit.changes, edit.put, edit.back) == ({}, edits.Put(7), None)
    assert edits.taken_off([3, 4])["tiles"][1] == {"id": 4, "deleted": True}
    assert edits.put_back([3])["tiles"] == [{"id": 3, "deleted": False}]


def test_words_say_that_it_is_for_everyone():
    assert "“Signups”" in edits.removed(TILE, "Signups").said
    assert "everyone" in edits.removed(TILE, "Signups").said
