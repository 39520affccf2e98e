import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.sources import Noun, Source, SourceError, parse_source

BOARD, INSIGHT = Noun.DASHBOARD, Noun.INSIGHT
US = "https://us.posthog.com"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("9", Source(noun=BOARD, id=9)),
        (" 12345678 ", Source(noun=BOARD, id=12345678)),
        ("Ab3dE6gH", Source(noun=INSIGHT, short_id="Ab3dE6gH")),
        (f"{US}/project/77/dashboard/9", Source(noun=BOARD, id=9, host=US, project=77)),
        (f"{US}/project/77/dashboard/9?x=1#y", Source(noun=BOARD, id=9, host=US, project=77)),
        ("us.posthog.com/dashboard/9/", Source(noun=BOARD, id=9, host=US)),
        (
            f"{US}/project/77/insights/Ab3dE6gH/edit",
            Source(noun=INSIGHT, short_id="Ab3dE6gH", host=US, project=77),
        ),
        (
            f"{US}/project/7/insights/12345678",
            Source(noun=INSIGHT, short_id="12345678", host=US, project=7),
        ),
        (
            "http://localhost:8000/api/projects/1/dashboards/5/",
            Source(noun=BOARD, id=5, host="http://localhost:8000", project=1),
        ),
        (
            f"{US}/api/environments/1/insights/25/",
            Source(noun=INSIGHT, id=25, host=US, project=1),
        ),
        ("phdesk://eu.posthog.com/project/7/dashboard/9",
         Source(noun=BOARD, id=9, host="https://eu.posthog.com", project=7)),
        ("https://ada:pw@h.example/dashboard/9",
         Source(noun=BOARD, id=9, host="https://h.example")),
        ("http://[::1]:8000/dashboard/9", Source(noun=BOARD, id=9, host="http://[::1]:8000")),
    ],
    ids=str,
)  # fmt: skip
def test_a_source_is_understood(text, source):
    assert parse_source(text) == source


@pytest.mark.parametrize(
    "text",
    [
        "", "dashboard", "-3", "²", f"{US}/", f"{US}/project/7/dashboard/", f"{US}/insights/new",
        "ftp://h/dashboard/9", "https:///dashboard/9", "http://[::1/dashboard/9",
        "https://h:x/dashboard/9", "javascript:alert(1)", "https://h\u2028/dashboard/9", "9" * 30,
    ],
)  # fmt: skip
def test_what_names_nothing_is_refused_in_one_line(text):
    with pytest.raises(SourceError) as caught:
        parse_source(text)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=40))
def test_any_text_is_understood_or_refused(text):
    for whole in (text, f"https://{text}/dashboard/9"):
        with contextlib.suppress(SourceError):
            assert isinstance(parse_source(whole), Source)


@pytest.mark.parametrize(
    "text",
    [
        f"{2**32 + 9}",
        f"{US}/project/7/dashboard/{2**32 + 9}",
        f"{US}/project/7/insights/{2**32 + 9}",
        f"{US}/project/{2**32 + 7}/dashboard/9",
        f"{US}/project/{10**30}/dashboard/9",
    ],
)
def test_a_number_that_no_window_can_carry_is_never_taken_for_another(text):
    with pytest.raises(SourceError):
        parse_source(text)
