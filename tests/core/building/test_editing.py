"""An insight in the editor: its steps, and what becomes of them once something is saved."""

import pytest
from msgspec.structs import replace

from phdesk.core.building.draft import at, body, put
from phdesk.core.building.editing import CHANGED, NEW, OLDER, SAVED, begun, work_of
from phdesk.core.building.sent import sent_of
from phdesk.core.building.starting import blank
from phdesk.core.building.work import Work
from phdesk.models.insight import Insight, SavedInsight

TRENDS = blank("trends")
VISITS = SavedInsight(insight=Insight(id=101, name="Visits", query=body(TRENDS)))


@pytest.fixture
def editing():
    return begun(work_of(VISITS), VISITS)


def weekly(editing):
    return editing.edited(put(editing.work.draft, "interval", "week"))


def test_kinds_that_are_tried_in_turn_lose_nothing_on_the_way(editing):
    tried = weekly(editing).turned("funnel").turned("trends")
    assert at(tried.work.draft, "interval") == "week"
    once = weekly(editing).turned("number")
    assert once.turned_from is not None
    assert weekly(once).turned_from is None, "an edit is no try"


def test_words_typed_into_one_field_are_one_step(editing):
    typed = editing.worded("V", "", "").worded("Vi", "", "a, b")
    assert typed.work.details.tags == ("a", "b")
    assert typed.undone().work == editing.work
    assert len(typed.rested().worded("Vis", "", "a, b").steps.past) == 2


def test_where_there_is_no_step_nothing_changes(editing):
    assert editing.undone() is editing
    assert editing.redone() is editing


@pytest.mark.parametrize(
    ("made", "words"),
    [
        pytest.param(lambda _: begun(Work(TRENDS)), NEW, id="new"),
        pytest.param(lambda known: known, SAVED, id="as saved"),
        pytest.param(weekly, CHANGED, id="changed"),
        pytest.param(lambda known: weekly(older(known)), OLDER, id="of before"),
    ],
)
def test_it_says_how_it_stands_to_what_is_saved(editing, made, words):
    assert made(editing).standing == words


def older(editing):
    draft = replace(editing.work.draft, older=True)
    return begun(replace(editing.base, draft=draft), editing.saved)


def test_what_was_saved_is_what_there_is_and_undo_goes_on_from_there(editing):
    changed = weekly(editing)
    sent = sent_of(changed.work.draft, changed.work.details, changed.work.details)
    saved = SavedInsight(
        insight=replace(VISITS.insight, query=body(changed.work.draft)), dashboards=(9,)
    )
    after = changed.arrived(saved, sent)
    assert (after.is_unsaved, after.standing) == (False, SAVED)
    back = after.undone()
    assert at(back.work.draft, "interval") == "day"
    assert back.work.details.dashboards == (9,), "no step of a person put it there"


def test_what_was_written_while_it_was_saved_stays(editing):
    changed = weekly(editing)
    sent = sent_of(changed.work.draft, changed.work.details, changed.work.details)
    after = changed.worded("Later", "", "").arrived(VISITS, sent)
    assert after.is_unsaved
    assert after.work.details.name == "Later"


def test_undo_leads_from_theirs_back_to_ones_own(editing):
    theirs = SavedInsight(insight=replace(VISITS.insight, name="Theirs"))
    shown = weekly(editing).overtaken(theirs)
    assert (shown.work.details.name, shown.standing) == ("Theirs", SAVED)
    mine = shown.undone().work
    assert at(mine.draft, "interval") == "week"
    assert mine.details.name == "Theirs", "a person did not change it"
