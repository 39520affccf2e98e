from datetime import UTC, datetime

from msgspec.structs import replace

from phdesk.core.charts.spec import Column, NoticeBody, Table, TableBody, TileView
from phdesk.core.charts.text import text_view
from phdesk.core.plain import as_csv, as_json, as_text, table_text
from phdesk.models.dashboard import TextCard

TABLE = Table(
    (Column("Series"), Column("Total", numeric=True)),
    (("Pageview", 702), ("=cmd()", 1598.5)),
    (("Pageview", "702"), ("=cmd()", "1,598.5")),
)
VIEW = TileView(
    title="Visits",
    kind="TrendsQuery",
    kind_label="Trends",
    display="ActionsTable",
    summary="Visits: 2 series.",
    body=TableBody(),
    table=TABLE,
    range_label="last 7 days",
    computed_at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC),
)


def test_text_has_title_context_sentence_and_aligned_table():
    assert as_text(VIEW).splitlines() == [
        "Visits",
        "Trends · last 7 days · calculated 22 Nov 2026, 14:05 UTC",
        "Visits: 2 series.",
        "",
        "Series      Total",
        "────────  ───────",
        "Pageview      702",
        "=cmd()    1,598.5",
    ]


def test_json_carries_raw_values():
    assert as_json(VIEW) == {
        "title": "Visits",
        "kind": "TrendsQuery",
        "display": "ActionsTable",
        "summary": "Visits: 2 series.",
        "columns": ["Series", "Total"],
        "rows": [["Pageview", 702], ["=cmd()", 1598.5]],
    }


def test_csv_disarms_formulas_and_keeps_numbers_raw():
    assert as_csv(VIEW) == "Series,Total\nPageview,702\n'=cmd(),1598.5\n"


def test_a_long_row_of_days_is_turned_on_its_side():
    days = [f"{day} Nov 2026" for day in range(1, 31)]
    table = Table(
        (Column("Series"), *(Column(day, numeric=True) for day in days)),
        (("Visits", *range(30)),),
        (("Visits", *map(str, range(30))),),
    )
    lines = table_text(table).splitlines()
    assert lines[0].split() == ["Series", "Visits"]
    assert lines[-1].split() == ["30", "Nov", "2026", "29"]


def test_control_characters_never_reach_the_terminal():
    table = Table((Column("x"),), (("a\x1b[31m",),), (("a\x1b[31m",),))
    assert "\x1b" not in table_text(table)


CARD = text_view(TextCard("# Notes\n\n- one\n\t- =two\x1b[31m\n"))


def test_a_text_card_is_written_line_by_line():
    assert as_text(CARD).splitlines() == [
        "Notes",
        "Text",
        "Text: Notes",
        "",
        "# Notes",
        "",
        "- one",
        "    - =two [31m",
    ]


def test_a_text_card_is_one_cell_of_json_and_csv():
    assert (as_json(CARD)["columns"], as_json(CARD)["rows"]) == (
        ["Text"],
        [["# Notes\n\n- one\n\t- =two\x1b[31m\n"]],
    )
    assert as_csv(text_view(TextCard("=cmd()"))) == "Text\n'=cmd()\n"


def test_an_empty_text_card_has_no_rows():
    empty = text_view(TextCard(" \n"))
    assert as_text(empty).splitlines() == ["Text", "Text", "An empty text card"]
    assert (as_json(empty)["rows"], as_csv(empty)) == ([], "")


FAILED = NoticeBody(state="error", headline="It failed.", detail="No field:\nspeed")


def test_why_a_calculation_failed_is_written():
    view = replace(VIEW, body=FAILED, table=Table(), summary="Visits: It failed.")
    assert as_text(view).splitlines()[-2:] == ["Visits: It failed.", "No field: speed"]
    assert as_json(view)["summary"] == "Visits: It failed. No field: speed"


def test_words_that_name_the_kind_once_more_are_left_out():
    body = replace(FAILED, detail=VIEW.kind)
    assert VIEW.kind not in as_text(replace(VIEW, body=body))
