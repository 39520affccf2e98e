"""Workbooks are read as a spreadsheet would: by their XML."""

import io
import zipfile
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from phdesk.core.charts.spec import Column, Table, TableBody
from phdesk.core.exporting.sheet import DataSheet, rows_of
from phdesk.services.workbook import LONGEST, sheet_names, workbook
from tests.core.exporting.test_sheet import FORMULAS, NUMBERS, table_view
from tests.store.builders import NOON
from tests.views.charts import bodies

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def book_of(*views, title="Weekly", facts=("Project: Acme",)):
    tiles = tuple(rows_of(view) for view in views)
    data = finished(workbook(DataSheet(title=title, facts=facts, made_at=NOON, tiles=tiles)))
    return zipfile.ZipFile(io.BytesIO(data))


def finished(steps):
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def cells_of(book, number):
    """Give the cells of a sheet: kind, value, and whether it is marked as text."""
    looks = ET.fromstring(book.read("xl/styles.xml")).find(f"{MAIN}cellXfs")
    found = {}
    for cell in ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")).iter(f"{MAIN}c"):
        assert cell.find(f"{MAIN}f") is None, "nothing is a formula"
        kind = cell.get("t", "n")
        inside = cell.iterfind(f"{MAIN}is/{MAIN}t") if kind == "inlineStr" else ()
        text = "".join(part.text or "" for part in inside)
        marked = looks[int(cell.get("s", 0))].get("quotePrefix") == "1"
        found[cell.get("r")] = (
            ("s", text, marked) if inside else (kind, cell.findtext(f"{MAIN}v"), marked)
        )
    return found


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_workbook_runs_nothing_and_edits_nothing_into_a_formula(cell):
    kind, value, marked = cells_of(book_of(table_view(cell)), 2)["A2"]
    assert (kind, marked) == ("s", True)
    assert value.replace("_x000D_", "\r") == cell


@pytest.mark.parametrize("cell", NUMBERS)
def test_numbers_stay_numbers(cell):
    kind, value, _ = cells_of(book_of(table_view(cell)), 2)["A2"]
    assert kind == "n"
    assert float(value) == cell


@pytest.mark.parametrize("cell", ["https://example.com", "plain", 2**60])
def test_texts_and_long_whole_numbers_stay_as_they_came(cell):
    kind, value, _ = cells_of(book_of(table_view(cell)), 2)["A2"]
    assert (kind, value) == ("s", str(cell))


def test_what_is_odd_does_not_end_the_writing():
    cells = (None, True, float("nan"), "x" * (LONGEST + 5), "\x00\x01")
    found = cells_of(book_of(table_view(*cells)), 2)
    assert "A2" not in found
    assert found["A3"][:2] == ("b", "1")
    assert len(found["A5"][1]) == LONGEST


def test_the_first_sheet_says_what_the_others_are():
    tile = replace(bodies.view(TableBody(), Table((Column("n"),), ((1,),), (("1",),))),
                   title="=Signups", computed_at=NOON, warning="Old")  # fmt: skip
    book = book_of(tile)
    found = [value for kind, value, _ in cells_of(book, 1).values() if kind == "s"]
    assert found[:2] == ["Weekly", "Project: Acme"]
    assert {"=Signups", "Old"} <= set(found)
    kind, days, _ = cells_of(book, 1)["D6"]
    assert (kind, days_since_1900(float(days))) == ("n", NOON.replace(tzinfo=None))
    linked = [name for name in book.namelist() if b"External" in book.read(name)]
    assert linked == []


def days_since_1900(days):
    return datetime(1899, 12, 30) + timedelta(days=days)


def test_columns_of_dates_are_dates_and_others_are_not():
    cells = [
        ("2026-11-30T16:32:12.500000Z", "2026-11-30", "2026-11-30"),
        (None, "2026-12-01", "soon"),
    ]
    columns = (Column("Time"), Column("Day"), Column("When"))
    table = Table(columns, tuple(cells), tuple(tuple(map(str, row)) for row in cells))
    found = cells_of(book_of(bodies.view(TableBody(), table)), 2)
    assert found["A1"][1] == "Time (UTC)"
    assert days_since_1900(float(found["A2"][1])) == datetime(2026, 11, 30, 16, 32, 12, 500000)
    assert [found[at][:2] for at in ("B2", "B3")] == [("n", "46356"), ("n", "46357")]
    assert [found[at][:2] for at in ("C2", "C3")] == [("s", "2026-11-30"), ("s", "soon")]
    assert "A3" not in found


def test_sheets_have_names_that_spreadsheets_take():
    names = sheet_names(["A/B", "a b", "", "History", "About", "x" * 40, "x" * 41, "'quoted'"])
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 for name in names)
    assert not {"history", "about"} & {name.lower() for name in names}
    assert names[:3] == ["A B", "a b 2", "Tile"]


def test_names_of_sheets_are_as_short_as_spreadsheets_count_them():
    names = sheet_names(["😀" * 20, "😀" * 20, "a\uffff b\x7f"])
    assert names == ["😀" * 15, "😀" * 14 + " 2", "a  b"]
    assert all(len(name.encode("utf-16-le")) <= 2 * 31 for name in names)


def test_a_workbook_of_very_many_sheets_keeps_no_file_open_for_each(monkeypatch):
    monkeypatch.setattr("phdesk.services.workbook.MOST_OPEN", 2)
    book = book_of(*[table_view("a")] * 3)
    strings = ET.fromstring(book.read("xl/sharedStrings.xml"))
    assert [part.text for part in strings.iter(f"{MAIN}t")].count("a") == 1


def test_what_is_given_up_leaves_no_rows_on_the_disk(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    tiles = (rows_of(table_view(*range(1000))),)
    steps = workbook(DataSheet(title="Weekly", made_at=NOON, tiles=tiles))
    next(steps)
    assert list(tmp_path.glob("phdesk-*/*"))
    steps.close()
    assert list(tmp_path.iterdir()) == []
