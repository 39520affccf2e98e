"""Which screen of a fleet a computer is."""

import pytest

from phdesk.core.wall.choosing import screen_of
from phdesk.models.wall import Fleet, Screen

LOBBY = Screen(name="lobby", hosts=("pi-7", "spare.example.org"))
OFFICE = Screen(name="office")
FLEET = Fleet(screens={"lobby": LOBBY, "office": OFFICE})

NOWHERE = (
    'No screen has "elsewhere", this computer, among its hosts; there are lobby and office. '
    "Add it to one, or choose by --screen."
)


@pytest.mark.parametrize(
    ("wanted", "computer", "screen"),
    [
        ("office", "pi-7", OFFICE),
        (None, "pi-7", LOBBY),
        (None, "PI-7.local.", LOBBY),
        (None, "spare", LOBBY),
        (None, "office", OFFICE),
        (None, "Office.example.org", OFFICE),
    ],
)
def test_a_screen_is_found_by_name_or_by_the_computers(wanted, computer, screen):
    assert screen_of(FLEET, wanted, computer) == screen


def test_the_only_screen_is_that_of_any_computer():
    assert screen_of(Fleet(screens={"lobby": LOBBY}), None, "elsewhere") == LOBBY


@pytest.mark.parametrize(
    ("fleet", "wanted", "words"),
    [
        (FLEET, "loby", 'There is no screen "loby"; there are lobby and office.'),
        (Fleet(screens={"a": OFFICE}), "b", 'There is no screen "b"; there is a.'),
        (
            FLEET,
            None,
            NOWHERE,
        ),
        (FLEET, "", 'There is no screen ""; there are lobby and office.'),
    ],
)
def test_a_computer_without_a_screen_is_told_which_there_are(fleet, wanted, words):
    assert screen_of(fleet, wanted, "elsewhere") == words
