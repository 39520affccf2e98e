"""A person's own board in a report: the tiles of its project, in the order in which they stand."""

import pytest

from phdesk.core.reporting.boards import Own, board_in, picked
from phdesk.core.reporting.reading import Bad, read_report
from phdesk.models.board import Board, Pick
from phdesk.models.dashboard import Box


def pick(number, account="ada", project=7, box=None, **more):
    return Pick(id=number, account=account, project=project, dashboard=9, tile=number, box=box,
                **more)  # fmt: skip


SALES = Board(
    id=1,
    name="Sales",
    picks=(
        pick(1),
        pick(2, box=Box(6, 0, 6, 5)),
        pick(3, box=Box(0, 0, 6, 5)),
        pick(4, account="ben", title="Theirs"),
        pick(5, project=8, known_as="Revenue"),
    ),
)
OWN = Own(boards=(SALES,), accounts={"ada"})


@pytest.mark.parametrize(
    ("text", "name"),
    [("board:Sales", "Sales"), ("board Sales now", "Sales now"), ("Board: Sales", "Sales"),
     ("boards", ""), ("board:", ""), ("12", "")],
)  # fmt: skip
def test_boards_are_named_as_on_walls_and_commands(text, name):
    assert board_in(text) == name


def test_tiles_of_the_project_are_told_as_they_stand_and_others_named():
    found = picked(OWN, "sales", 7)
    assert [one.id for one in found.picks] == [3, 2, 1]
    assert found.problems == ("Of another project, so not in this report: Theirs, Revenue.",)


@pytest.mark.parametrize(
    ("boards", "words"),
    [((), "there is none yet"), ((SALES,), "boards: Sales"), ((SALES, SALES), "2 boards are")],
)
def test_a_board_that_is_not_there_is_told_with_those_that_are(boards, words):
    name = "Sales" if len(boards) == 2 else "Growth"
    found = picked(Own(boards=boards, accounts={"ada"}), name, 7)
    assert found.picks == ()
    assert words in found.problems[0]


def test_a_report_names_a_board():
    found = read_report('title = "W"\n[[section]]\ndashboard = "board Sales"\n', "w.toml")
    assert not isinstance(found, Bad)
    assert found.sections[0].dashboard == "board:Sales"
