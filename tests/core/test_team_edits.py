import pytest

from phdesk.core import team_edits as edits
from phdesk.models.dashboard import Box, DashboardRow, TextCard, Tile
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
    edit = edits.text_added("## Notes", Box(0, 9, 6, 2))
    sides = {"x": 0, "y": 9, "w": 6, "h": 2}
    assert edit.changes == {"tiles": [{"text": {"body": "## Notes"}, "layouts": {"sm": sides}}]}
    assert edit.back is None


def test_a_text_card_is_copied_with_its_text_and_an_insight_by_its_number():
    card = edits.duplicated(Tile(id=5, text=TextCard("Hi")), "Text card", Box(0, 9, 6, 2))
    assert card.changes["tiles"][0]["text"] == {"body": "Hi"}
    copy = edits.duplicated(Tile(id=5, insight=Insight(id=7)), "x" * 400, Box(0, 9, 6, 2))
    assert (copy.changes, copy.put.insight, len(copy.put.copy)) == ({}, 7, 400)
    assert edits.duplicated(Tile(id=5), "?", Box(0, 0, 1, 1)) is None


def test_an_insight_is_added_by_its_number():
    edit = edits.insight_added(7, "Signups")
    assert (edit.changes, edit.put, edit.back) == ({}, edits.Put(7), None)
    assert edits.taken_off([3, 4])["tiles"][1] == {"id": 4, "deleted": True}


def test_words_say_that_it_is_for_everyone():
    assert "“Signups”" in edits.removed(TILE, "Signups").said
    assert "everyone" in edits.removed(TILE, "Signups").said
