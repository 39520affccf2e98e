from datetime import timedelta

import pytest
from msgspec.structs import replace

from phdesk.core.reporting.building import (
    NOT_COMPARED,
    OWN_DATES,
    TOO_EARLY,
    UNKNOWN_TIME,
    Answer,
    Part,
    made,
    whole_title,
)
from phdesk.core.reporting.markdown import as_markdown, escaped, escaped_line
from phdesk.core.reporting.page import as_page
from phdesk.models.report import Report, Section
from tests.core.reporting.asked import MONDAY, PERIOD, PROJECT, WEEK_BEFORE, trend

NOW, BEFORE = trend([10] * 7), trend([20] * 7, days=WEEK_BEFORE)
SECTION = Section(title="Sign-ups", text="Who came.", event="signed_up",
                  show=("sentences", "chart", "table"))  # fmt: skip
REPORT = Report(title="Weekly", sections=(SECTION,))


def built(answer, report=REPORT, section=SECTION, now=MONDAY, **more):
    return made(report, PERIOD, [Part(section=section, answers=(answer,), **more)], PROJECT, now)


def item(*arguments, **more):
    return built(*arguments, **more).sections[0].items[0]


def test_a_tile_is_told_beside_the_period_before():
    found = item(Answer(now=NOW, before=BEFORE))
    assert "down 50% from 140 in the week before" in found.said[0]
    assert found.notes == ()


@pytest.mark.parametrize(
    ("answer", "note"),
    [
        (Answer(now=NOW), NOT_COMPARED),
        (Answer(now=NOW, not_before="Too\nlong."), f"{NOT_COMPARED} Too long."),
        (Answer(now=NOW, before=BEFORE, own_dates=True), OWN_DATES),
        (
            Answer(now=NOW, before=replace(BEFORE, last_refresh=MONDAY - timedelta(days=9))),
            TOO_EARLY,
        ),
        (Answer(now=replace(NOW, last_refresh=None), before=BEFORE), UNKNOWN_TIME),
    ],
)
def test_what_cannot_be_compared_says_why(answer, note):
    found = item(answer)
    assert found.notes == (note,)
    assert "week before" not in " ".join(found.said)


def test_numbers_from_before_the_end_of_the_period_are_not_compared():
    early = MONDAY - timedelta(hours=12)
    found = item(Answer(now=replace(NOW, last_refresh=early), before=BEFORE))
    assert found.notes[0].startswith("Not complete: these are numbers until 29 Nov 20:00")
    assert "week before" not in " ".join(found.said)


def test_only_the_numbers_that_are_named_are_told_and_a_missing_one_is():
    section = replace(SECTION, numbers=("Signed_Up", "other"))
    found = built(Answer(now=NOW, before=BEFORE), section=section).sections[0]
    assert len(found.items[0].said) == 1
    assert found.problems == ('No number "other" on these tiles.',)
    none = built(Answer(now=NOW), section=replace(SECTION, numbers=("other",))).sections[0]
    assert none.items[0].said == ()


def test_who_wants_no_comparison_gets_none_and_no_excuse():
    report = replace(REPORT, compare=False)
    found = built(Answer(now=NOW), report=report)
    assert found.sections[0].items[0].notes == ()
    assert not any("Compared" in fact for fact in found.facts)


def test_a_report_says_of_what_and_when_it_is():
    found = built(Answer(now=NOW, before=BEFORE))
    assert found.facts == (
        "Project: Shop",
        "Period: 23 – 29 Nov 2026 (last week)",
        "Compared with the week before: 16 – 22 Nov 2026",
    )
    assert whole_title(found) == "Weekly 23 – 29 Nov 2026"


def test_a_period_that_goes_on_is_said_to():
    found = built(Answer(now=NOW), now=MONDAY - timedelta(days=2))
    assert found.facts[-1] == "The period is not over yet: its numbers are not compared."
    assert not any("Compared with" in fact for fact in found.facts)
    found = built(Answer(now=NOW), now=MONDAY - timedelta(days=8))
    assert found.facts[-1] == "The period has not begun yet."


def test_markdown_has_all_of_it():
    text = as_markdown(built(Answer(now=NOW, before=BEFORE), problems=('No tile "X".',)))
    for line in (
        "# Weekly",
        "## Sign-ups",
        "Who came.",
        '*No tile "X".*',
        "### Signups",
        "| Series | Total sum |",
    ):
        assert line in text
    assert "\n\n\n" not in text


NASTY = '<img src=x onerror=alert(1)> | *b* [a](javascript:x) `c` "q"'


def nasty():
    section = replace(SECTION, title=NASTY)
    return built(Answer(now=trend([1, 2], event=NASTY, name=NASTY)), section=section)


def test_names_are_no_marks_in_markdown():
    text = as_markdown(nasty())
    assert "<img" not in text.replace("\\<img", "")
    assert "](" not in text.replace("\\](", "")
    heads = [line for line in text.splitlines() if line.startswith("| ")]
    assert len({line.replace("\\|", "").count("|") for line in heads}) == 1
    assert escaped("signed_up") == "signed_up"
    assert escaped("_x_") == "\\_x\\_"


def test_a_page_runs_and_loads_nothing():
    page = as_page(nasty(), {(0, 0): b"<svg/>"})
    assert "<img src=x" not in page
    assert page.count("<img ") == 1
    assert 'src="data:image/svg+xml;base64,' in page
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_page_has_a_table_and_words_for_those_who_see_no_picture():
    page = as_page(built(Answer(now=NOW, before=BEFORE)), {(0, 0): b"<svg/>"})
    assert '<th scope="col">Series</th>' in page
    assert 'alt="Signups: ' in page
    assert "down 50% from 140" in page


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("1. Sign-ups: 5", "1\\. Sign-ups: 5"),
        ("10) Sign-ups", "10\\) Sign-ups"),
        ("- x", "\\- x"),
        ("+ x", "\\+ x"),
        ("AT&amp;T", "AT\\&amp;T"),
        ("a\n\n- b\n===", "a - b ==="),
        ("5.2% of 3 - 1", "5.2% of 3 - 1"),
    ],
)
def test_a_name_stays_on_its_line_and_makes_no_list(name, written):
    assert escaped_line(name) == written
