import pytest

from phdesk.core.hogql.offering import Offer, offers_at, with_offer

SCHEMA = {
    "events": {"event": "string", "timestamp": "datetime", "person_id": "string"},
    "persons": {"id": "string", "created_at": "datetime"},
}


def offered(text, kind=None):
    cursor = text.index("|")
    found = offers_at(text.replace("|", ""), cursor, SCHEMA)
    return [one.text for one in found.offers if kind is None or one.kind == kind]


@pytest.mark.parametrize("text", ["select * from |", "select 1 from events e left join |"])
def test_tables_are_offered_where_one_is_named(text):
    assert offered(text) == ["events", "persons"]


def test_letters_choose_among_the_tables():
    assert offered("select * from pe|") == ["persons"]


def test_a_second_table_is_offered_after_a_comma_of_from_alone():
    assert offered("select * from events, pe|") == ["persons"]
    assert offered("select event, per| from events", "column") == ["person_id"]


def test_columns_of_the_tables_that_are_read_come_first():
    assert offered("select ti| from events")[0] == "timestamp"
    assert "created_at" not in offered("select c| from events", "column")


@pytest.mark.parametrize(
    "text",
    ["select e.| from events e", "select e.| from events as e", "select events.| from events"],
)
def test_after_a_dot_come_the_columns_of_that_table(text):
    assert offered(text) == ["event", "timestamp", "person_id"]


def test_functions_come_with_their_brackets_and_the_cursor_between_them():
    found = offers_at("select toStartOfD", 17, SCHEMA)
    day = next(one for one in found.offers if one.text == "toStartOfDay")
    assert with_offer("select toStartOfD", 17, day) == ("toStartOfDay()", 13)
    assert with_offer("select toStartOfD(x)", 17, day) == ("toStartOfDay", 12)
    assert with_offer("ev", 2, Offer("events", "table")) == ("events", 6)


@pytest.mark.parametrize("text", ["select 'ev|", "-- ev|", "select 12|"])
def test_nothing_is_offered_in_strings_comments_and_numbers(text):
    assert offered(text) == []


def test_an_empty_query_begins_with_select():
    assert offered("|") == ["SELECT", "WITH"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("event", "event"),
        ("stripe.prod_charges", "stripe.prod_charges"),
        ("my column", "`my column`"),
        ("größe", "`größe`"),
        ("a` or 1=1 --", "`a\\` or 1=1 --`"),
    ],
)
def test_a_name_that_is_no_plain_word_is_quoted(name, written):
    assert with_offer("", 0, Offer(name, "column")) == (written, len(written))
