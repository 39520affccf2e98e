import pytest

from phdesk.core.cells import as_tsv, one_line, safe_cell
from phdesk.core.charts.spec import Column, Table

TABLE = Table(
    (Column("Series"), Column("Total", numeric=True)),
    (("Pageview", 702), ("=cmd()", 1598.5)),
    (("Pageview", "702"), ("=cmd()", "1,598.5")),
)


def test_the_clipboard_gets_what_the_screen_shows():
    assert as_tsv(TABLE) == "Series\tTotal\nPageview\t702\n'=cmd()\t1,598.5"


def test_what_stands_for_a_number_stays_one_on_the_clipboard():
    table = Table((Column("Change", numeric=True),), ((-5,), ("-5 apples",)), (("-5%",), ("-5",)))
    assert as_tsv(table) == "Change\n-5%\n'-5"


@pytest.mark.parametrize("cell", [-5, 3.5, None, "plain", ""])
def test_a_harmless_cell_stays_as_it_is(cell):
    assert safe_cell(cell) == cell


def test_a_cell_stays_on_its_line():
    assert one_line("two\nlines\tand a tab\x00") == "two lines and a tab "
