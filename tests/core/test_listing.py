import pytest

from phdesk.core.listing import sections
from phdesk.models.dashboard import DashboardRow

ROWS = (
    DashboardRow(id=1, name="Web", tags=("marketing",)),
    DashboardRow(id=2, name="Company KPIs", pinned=True),
    DashboardRow(id=3, name="api errors", description="5xx by route"),
    DashboardRow(id=4, name="", folder="Team/Growth"),
    DashboardRow(id=5, name="Weekly web", pinned=True),
)


def shown(parts):
    return [(part.title, [row.id for row in part.rows]) for part in parts]


def test_pinned_stand_first_then_folders_by_name():
    assert shown(sections(ROWS)) == [
        ("Pinned", [2, 5]),
        ("Dashboards", [3, 1]),
        ("Team/Growth", [4]),
    ]


def test_one_s_own_boards_stand_together_below_the_favourites():
    own = DashboardRow(id=-7, name="Mornings"), DashboardRow(id=-8, name="Evenings")
    assert shown(sections((*own, *ROWS), favourites={1}))[:3] == [
        ("Favourites", [1]),
        ("Boards", [-8, -7]),
        ("Pinned", [2, 5]),
    ]
    assert shown(sections((*own, *ROWS), favourites={-7}))[:2] == [
        ("Favourites", [-7]),
        ("Boards", [-8]),
    ]
    assert shown(sections((*own, *ROWS), query="morn")) == [("Found", [-7])]


def test_a_favourite_stands_once():
    assert shown(sections(ROWS, favourites={5, 3}))[:2] == [("Favourites", [3, 5]), ("Pinned", [2])]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("web", [1, 5]),
        ("MARKETING", [1]),
        ("5xx route", [3]),
        ("growth", [4]),
        ("nothing like it", []),
    ],
)
def test_a_search_looks_at_names_tags_folders_and_descriptions(query, found):
    assert shown(sections(ROWS, query=query)) == [("Found", found)]


def test_recent_ones_are_offered_when_the_list_is_long():
    many = [DashboardRow(id=n, name=f"Board {n:02}") for n in range(20)]
    parts = sections(many, recent=[7, 3, 999, 1])
    assert shown(parts)[0] == ("Recent", [7, 3, 1])
