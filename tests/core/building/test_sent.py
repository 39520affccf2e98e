"""What was sent to be saved is known again, and nothing else is taken for it."""

import msgspec
import pytest
from msgspec import Raw

from phdesk.core.building.draft import put
from phdesk.core.building.saving import Details
from phdesk.core.building.sent import arrived, newest, sent_of
from phdesk.core.building.starting import blank
from phdesk.core.building.work import Work
from phdesk.models.insight import Insight, SavedInsight

DRAFT = blank("trends")
NAMED = Details(name=" Visits ")
SENT = msgspec.structs.replace(sent_of(DRAFT, NAMED, NAMED), after=7)


def saved(number=8, name="Visits", draft=DRAFT, **more):
    query = Raw(msgspec.json.encode({**draft.query, **more}))
    return SavedInsight(insight=Insight(id=number, name=name, query=query))


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (saved(), True),
        (saved(version=2, full=True), True),  # a server may write out what it supposes
        (saved(7), False),  # it was there before
        (saved(name="Visits 2"), False),
        (saved(draft=put(DRAFT, "interval", "week")), False),
        (saved(draft=put(DRAFT, "series", [])), False),
        (saved(draft=blank("funnel")), False),
    ],
)
def test_it_is_newer_of_its_name_and_asks_the_same(one, found):
    assert (arrived(SENT, [saved(3), one]) == one) is found


def test_one_without_a_name_is_known_by_what_it_asks():
    sent = sent_of(DRAFT, Details(), Details())
    other = saved(9, "", put(DRAFT, "interval", "week"))
    assert arrived(sent, [other, saved(8, "")]) == saved(8, "")


def test_the_newest_is_the_one_with_the_highest_id():
    assert newest([saved(3), saved(9), saved(4)]) == 9
    assert newest([]) == 0


def test_a_copy_is_compared_with_what_stood_on_the_page():
    page = Details(name="Visits", dashboards=(9,))
    sent = sent_of(DRAFT, Details(name="Copy"), page)
    assert sent.was(Work(DRAFT, page))
    assert not sent.was(Work(DRAFT, Details(name="Copy")))
    assert not sent.was(Work(put(DRAFT, "interval", "week"), page))
