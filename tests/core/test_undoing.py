from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.undoing import Steps

VALUES = st.lists(st.integers(0, 5), max_size=12)


@given(VALUES)
def test_undoing_all_leads_to_the_beginning_and_redoing_all_to_the_end(values):
    steps = Steps(-1)
    for value in values:
        steps = steps.did(value)
    end = steps.now
    while steps.past:
        steps = steps.undone()
    assert steps.now == -1
    while steps.future:
        steps = steps.redone()
    assert steps.now == end


def test_what_is_typed_into_one_field_is_one_step():
    steps = Steps("").did("a", "name").did("ab", "name").did("abc", "name")
    assert steps.undone().now == ""
    assert steps.undone().redone().now == "abc"
    apart = steps.rested().did("abcd", "name")
    assert apart.undone().now == "abc"


def test_a_new_step_forgets_what_was_undone_and_no_change_is_no_step():
    steps = Steps(1).did(2).undone()
    assert steps.did(1) is steps
    assert steps.did(3).future == ()


def test_after_undo_the_same_field_begins_a_new_step():
    steps = Steps("").did("a", "name").did("ab", "other").undone().did("ac", "name")
    assert steps.undone().now == "a"
