import pytest

from phdesk.core.whereabouts import whereabouts
from phdesk.models.account import EU_HOST, US_HOST, Account, Project

ADA = Account(id="eu-ada", host=EU_HOST, name="Ada", email="ada@example.org", project_id=7)
BEN = Account(id="eu-ben", host=EU_HOST, email="ben@example.org")
EVE = Account(id="us-eve", host=US_HOST, name="Eve")
FIRST, OTHER = (
    Account(id=f"demo-{port}", host=f"http://127.0.0.1:{port}", name="Ada", is_demo=True)
    for port in (8001, 8002)
)
SHOP, LAB = Project(id=7, name="Shop"), Project(id=8, name="Lab")


@pytest.mark.parametrize(
    ("places", "names"),
    [
        pytest.param([(ADA, SHOP), (ADA, LAB)], ["Shop · EU", "Lab · EU"], id="two projects"),
        pytest.param([(ADA, SHOP), (EVE, SHOP)], ["Shop · EU", "Shop · US"], id="two regions"),
        pytest.param(
            [(ADA, SHOP), (BEN, SHOP), (EVE, SHOP)],
            ["Shop · EU · Ada", "Shop · EU · ben@example.org", "Shop · US"],
            id="two accounts in one project",
        ),
        pytest.param(
            [(ADA, SHOP), (ADA, Project(id=9, name="Shop"))],
            ["Shop · EU · project 7", "Shop · EU · project 9"],
            id="two projects of one name",
        ),
        pytest.param(
            [(FIRST, SHOP), (OTHER, SHOP)],
            ["Shop · demo · 127.0.0.1:8001", "Shop · demo · 127.0.0.1:8002"],
            id="two demos",
        ),
        pytest.param([(ADA, SHOP), (ADA, SHOP)], ["Shop · EU", "Shop · EU"], id="the same"),
        pytest.param(
            [(ADA, Project(id=7)), (ADA, None), (None, None)],
            ["Project 7 · EU", "EU", "Not signed in"],
            id="names not known yet",
        ),
    ],
)
def test_what_is_open_side_by_side_is_told_apart(places, names):
    assert whereabouts(places) == names
