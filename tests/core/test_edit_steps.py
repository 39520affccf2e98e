from phdesk.core.edit_steps import EditSteps
from phdesk.core.team_edits import Edit

BLUE = Edit({"color": "blue"}, "Blue.", {"color": None})
GREEN = Edit({"color": "green"}, "Green.", {"color": "blue"})


def made(*edits, board=9):
    steps = EditSteps()
    for edit in edits:
        assert steps.done(board, edit, edit) is False
    return steps


def test_the_newest_goes_first_and_comes_back_last():
    steps = made(BLUE, GREEN)
    back = steps.undo(9)
    assert (back.changes, steps.done(9, back, back)) == (GREEN.back, True)
    again = steps.undo(9)
    assert (again.changes, steps.done(9, again, again)) == (BLUE.back, True)
    assert steps.undo(9) is None
    forth = steps.redo(9)
    assert (forth.changes, steps.done(9, forth, forth)) == (BLUE.changes, False)
    assert steps.redo(9).changes == GREEN.changes
    assert steps.undo(9).changes == BLUE.back


def test_a_new_change_ends_what_could_be_done_again():
    steps = made(BLUE)
    back = steps.undo(9)
    steps.done(9, back, back)
    steps.done(9, GREEN, GREEN)
    assert steps.redo(9) is None


def test_a_step_that_is_refused_stays():
    steps = made(BLUE)
    assert steps.refused(9, steps.undo(9)) is True
    back = steps.undo(9)
    steps.done(9, back, back)
    assert steps.refused(9, steps.redo(9)) is True
    assert steps.redo(9).changes == BLUE.changes
    assert steps.refused(9, GREEN) is False, "it was no step"


def test_each_dashboard_has_its_own_steps():
    steps = made(BLUE)
    assert steps.undo(8) is None
    assert steps.undo(9) is not None


def test_what_has_no_way_back_is_no_step():
    assert made(Edit({}, "Added.")).undo(9) is None


def test_what_was_added_is_brought_back_by_its_number():
    steps = EditSteps()
    asked = Edit({"tiles": [{"text": {"body": "Hi"}}]}, "Added.")
    shown = Edit({"tiles": [{"id": 3, "deleted": False}]}, "Added.", {"tiles": [{"id": 3}]})
    steps.done(9, asked, shown)
    back = steps.undo(9)
    steps.done(9, back, back)
    assert steps.redo(9).changes == shown.changes
