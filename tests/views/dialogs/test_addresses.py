import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.views.dialogs.addresses import (
    FLAGS_ONLY,
    ODD_KEY,
    WRITE_ONLY,
    clean_key,
    key_problem,
    project_number,
    read_address,
)


@pytest.mark.parametrize(
    ("pasted", "key"),
    [
        pytest.param("phx_abc", "phx_abc", id="as it is"),
        pytest.param("  phx_abc\n", "phx_abc", id="white space"),
        pytest.param('"phx_abc"', "phx_abc", id="quotes"),
        pytest.param("`phx_abc` ", "phx_abc", id="back ticks"),
        pytest.param("“phx_abc”", "phx_abc", id="quotes of a word processor"),
        pytest.param("Bearer phx_abc", "phx_abc", id="with its header"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_pasted_key_is_cleaned(pasted, key):
    assert clean_key(pasted) == key


@given(st.text())
def test_cleaning_never_adds_a_character(text):
    assert clean_key(text) in text


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        pytest.param("phc_abc", WRITE_ONLY, id="project key"),
        pytest.param("phs_abc", FLAGS_ONLY, id="project secret key"),
        pytest.param("phx_abc def", ODD_KEY, id="two words"),
        pytest.param("phx_äbc", ODD_KEY, id="not ASCII"),
        pytest.param("phx_abc", "", id="personal key"),
        pytest.param("pha_abc", "", id="OAuth token"),
        pytest.param("0123456789abcdef", "", id="old key without prefix"),
        pytest.param("", "", id="nothing yet"),
    ],
)
def test_a_key_that_cannot_work_is_told_at_once(key, problem):
    assert key_problem(key) == problem


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        pytest.param("posthog.example.com", "https://posthog.example.com", id="name only"),
        pytest.param(" https://Ph.Example.com/ ", "https://ph.example.com", id="slash and case"),
        pytest.param("http://localhost:8010", "http://localhost:8010", id="port"),
        pytest.param(
            "https://ph.example.com/project/2/dashboard/7?a=b#c",
            "https://ph.example.com",
            id="address of a page",
        ),
        pytest.param("https://me:secret@ph.example.com", "https://ph.example.com", id="user name"),
        pytest.param("http://[::1]:8000", "http://[::1]:8000", id="IPv6"),
        pytest.param("https://us.posthog.com", "https://us.posthog.com", id="a cloud"),
    ],
)
def test_an_address_is_cut_to_its_origin(typed, host):
    assert read_address(typed).host == host
    assert not read_address(typed).problem


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("https://us.i.posthog.com", "Use us.posthog.com", id="US ingestion"),
        pytest.param("eu.i.posthog.com", "Use eu.posthog.com", id="EU ingestion"),
        pytest.param("app.posthog.com", "Choose US or EU", id="link host"),
        pytest.param("ftp://ph.example.com", "not a web address", id="other scheme"),
        pytest.param("hello world", "not a web address", id="words"),
        pytest.param("http://[::1", "not a web address", id="half an IPv6 address"),
        pytest.param("https://a:99999999", "not a web address", id="no such port"),
    ],
)
def test_an_address_that_cannot_work_says_why(typed, said):
    address = read_address(typed)
    assert said in address.problem
    assert not address.host


@pytest.mark.parametrize(
    ("typed", "warned"),
    [
        pytest.param("http://ph.example.com", True, id="plain text over the network"),
        pytest.param("http://localhost:8000", False, id="plain text to oneself"),
        pytest.param("https://ph.example.com", False, id="encrypted"),
    ],
)
def test_sending_a_key_unencrypted_is_warned_about(typed, warned):
    assert bool(read_address(typed).hint) is warned


@given(st.text())
def test_any_text_gives_a_host_or_a_problem_or_nothing(text):
    address = read_address(text)
    assert not (address.host and address.problem)
    assert "@" not in address.host


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        pytest.param("123", 123, id="number"),
        pytest.param(" 123 ", 123, id="spaces"),
        pytest.param("https://eu.posthog.com/project/45/insights/x", 45, id="address"),
        pytest.param("0", None, id="zero"),
        pytest.param("12a", None, id="letters"),
        pytest.param("²", None, id="no ASCII digit"),
        pytest.param("9" * 30, None, id="far too long"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_project_is_named_by_number_or_address(typed, number):
    assert project_number(typed) == number
