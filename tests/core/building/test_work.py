from phdesk.core.building.draft import is_changed, opened, put
from phdesk.core.building.starting import blank
from phdesk.core.building.work import Work, is_unsaved, over_saved, tags_of, tags_text


def test_a_step_back_over_a_saving_is_a_change_of_what_is_saved_now():
    first = opened(blank("trends").query)
    second = put(first, "interval", "week")
    saved = Work(opened(second.query))
    back = Work(first)
    assert not is_changed(first)
    assert is_unsaved(back, saved)
    assert is_changed(over_saved(back, saved))


def test_tags_are_written_with_commas_and_read_once_each():
    assert tags_of(" weekly, company ,, weekly") == ("weekly", "company")
    assert tags_of(tags_text(("a", "b"))) == ("a", "b")
