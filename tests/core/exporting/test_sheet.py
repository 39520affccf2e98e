import csv
import io
import json

import pytest
from msgspec.structs import replace

from phdesk.core.charts.local import UNTOUCHED, toggled
from phdesk.core.charts.spec import Column, NoticeBody, Table, TableBody
from phdesk.core.exporting.sheet import DataSheet, csv_of, json_of, rows_of
from tests.core.exporting.test_rows import THREE
from tests.store.builders import NOON
from tests.views.charts import bodies

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+SUM(A1)",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "-cmd",
    "+",
    " =1",
    "\u200b@x",
    "\ufeff=1",
)
NUMBERS = (-5, -2.5, 0, 12345678, 1e-7)


def table_view(*cells):
    table = Table((Column("=Name"),), tuple((c,) for c in cells), tuple((str(c),) for c in cells))
    return bodies.view(TableBody(), table)


def sheet_csv(one):
    return "".join(part for _, part in csv_of(one))


def sheet_json(sheet):
    return "".join(part for _, part in json_of(sheet))


@pytest.mark.parametrize("cell", FORMULAS)
def test_csv_runs_nothing(cell):
    (head,), (written,) = csv.reader(io.StringIO(sheet_csv(rows_of(table_view(cell))), newline=""))
    assert (head, written) == ("'=Name", "'" + cell.replace("\r", "\n"))


def test_a_return_in_a_cell_begins_no_row():
    text = sheet_csv(rows_of(table_view("a\r=1+1", "b\r\n=2")))
    assert "\r" not in text
    assert list(csv.reader(io.StringIO(text)))[1:] == [["a\n=1+1"], ["b\n=2"]]


@pytest.mark.parametrize("cell", NUMBERS)
def test_numbers_stay_numbers_in_csv(cell):
    _, (written,) = csv.reader(io.StringIO(sheet_csv(rows_of(table_view(cell)))))
    assert written == str(cell)


def test_json_has_raw_values_and_what_to_know_of_them():
    one = rows_of(
        replace(THREE, title="Signups", computed_at=NOON, range_label="last 4 days"),
        toggled(UNTOUCHED, THREE.body, 0),
        stale="phdesk is offline",
    )
    told = json.loads(
        sheet_json(DataSheet(title="Weekly", facts=("Project: A",), made_at=NOON, tiles=(one,)))
    )
    assert (told["dashboard"], told["facts"]) == ("Weekly", ["Project: A"])
    (tile,) = told["tiles"]
    assert tile["rows"] == [list(row) for row in THREE.table.rows[1:]]
    assert tile["calculated_at"] == NOON.isoformat()
    assert tile["range"] == "last 4 days"
    assert tile["notes"] == ["Stale: phdesk is offline", "Shown: 1 hidden"]


def test_a_tile_without_numbers_says_why():
    notice = NoticeBody(state="error", headline="PostHog could not calculate this tile.")
    assert rows_of(bodies.view(notice)).notes == ("PostHog could not calculate this tile.",)


def test_what_the_server_said_of_a_tile_without_numbers_is_told():
    notice = NoticeBody(state="error", headline="It failed.", detail="No field\n'pan'.")
    one = rows_of(bodies.view(notice))
    assert one.notes == ("It failed.", "No field 'pan'.")
    told = json.loads(sheet_json(DataSheet(title="Weekly", made_at=NOON, tiles=(one,))))
    assert told["tiles"][0]["notes"] == list(one.notes)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_in_parts_is_what_it_would_be_at_once(count):
    tiles = (rows_of(table_view("a\nb", 1.5, None)),) * count
    sheet = DataSheet(title='A "b"', facts=("Café",), made_at=NOON, tiles=tiles)
    assert [done for done, _ in json_of(sheet)] == [0, *range(count), count]
    text = sheet_json(sheet)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


def test_csv_in_parts_is_what_it_would_be_at_once():
    one = rows_of(table_view(*range(1234)))
    assert len(list(csv_of(one))) == 4
    assert sheet_csv(one) == "'=Name\n" + "".join(f"{i}\n" for i in range(1234))
