import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.finding import MOST, Entry, found, index

ENTRIES = (
    Entry("dashboard", "1", "Company KPIs", "weekly company"),
    Entry("dashboard", "2", "Engineering health", "errors"),
    Entry("dashboard", "3", "Überblick Café"),
    Entry("tile", "11", "Monthly recurring revenue"),
    Entry("tile", "12", "Errors by region"),
    Entry("action", "Refresh all tiles", "Refresh all tiles", "Shift+R"),
    Entry("action", "Light or dark", "Light or dark", "Ctrl+Shift+L"),
)
INDEX = index(ENTRIES)


def texts(query, recent=()):
    return [entry.text for entry in found(INDEX, query, recent)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        pytest.param("comp", "Company KPIs", id="start"),
        pytest.param("kpi", "Company KPIs", id="start of a word"),
        pytest.param("health eng", "Engineering health", id="words in any order"),
        pytest.param("mrr", "Monthly recurring revenue", id="letters"),
        pytest.param("UBERBLICK cafe", "Überblick Café", id="capitals and accents"),
        pytest.param("shift+r", "Refresh all tiles", id="hint"),
        pytest.param("ark", "Light or dark", id="inside"),
    ],
)
def test_a_few_letters_find_it(query, first):
    assert texts(query)[0] == first


def test_the_start_comes_before_the_hint():
    assert texts("errors")[:2] == ["Errors by region", "Engineering health"]


def test_what_fits_no_word_is_left_out():
    assert texts("company zebra") == []
    assert texts("[.*") == []


def test_without_words_what_was_used_last_comes_first():
    recent = ["action:Light or dark", "dashboard:2"]
    assert texts("", recent)[:3] == ["Light or dark", "Engineering health", "Company KPIs"]
    assert len(texts("  ")) == len(ENTRIES)


def test_among_equals_what_was_used_last_comes_first():
    assert texts("r", ["tile:11"])[0] == "Refresh all tiles", "a start is better than any word"
    assert texts("re", ["tile:11"])[:2] == ["Refresh all tiles", "Monthly recurring revenue"]
    assert texts("e", ["dashboard:2"])[0] == "Engineering health"
    assert texts("e", ["tile:12"])[0] == "Errors by region"


def test_no_more_is_given_than_can_be_read():
    many = index(Entry("tile", str(i), f"Tile {i}") for i in range(300))
    assert len(found(many, "tile")) == MOST


@given(st.lists(st.text(max_size=12), max_size=12), st.text(max_size=6))
def test_each_result_is_an_entry_and_comes_once(names, query):
    held = index(Entry("tile", str(i), name) for i, name in enumerate(names))
    results = found(held, query)
    assert len({one.name for one in results}) == len(results)
    assert set(results) <= set(held.entries)
    for entry in held.entries:
        if entry.text.strip() and entry.text.split() == [entry.text]:
            assert entry in found(held, entry.text), "a name finds itself"
