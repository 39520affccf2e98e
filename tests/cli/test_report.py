"""`phdesk report` against the demo: what is written, what is due, what is wrong."""

import json
import os
import time
from datetime import timedelta

import pytest
from pypdf import PdfReader

from phdesk.cli import main, report
from phdesk.core.reporting.schedule import PAUSE
from phdesk.services.only_one import held
from phdesk.services.report_runs import any_due

REVENUE = """
[[section]]
title = "Revenue"
dashboard = 1
tiles = ["Revenue by day", "Nothing"]
show = ["sentences", "table"]
"""


@pytest.fixture
def weekly(place, capfd):
    assert main(["report", "--print-config"]) == 0
    path = place / "weekly.toml"
    path.write_text(capfd.readouterr().out)
    return path


def said(capfd):
    out, err = capfd.readouterr()
    return out, err


def test_the_example_is_good(weekly, capfd):
    assert main(["report", "--check-config", str(weekly)]) == 0
    assert said(capfd)[0] == "weekly.toml: good, 3 sections\n"


def test_markdown_goes_to_stdout(weekly, signed_in, capfd):
    assert main(["report", str(weekly), "-o", "-"]) == 0
    out, err = said(capfd)
    assert err == ""
    for line in ("# Weekly report", "## Sign-ups", "- Sign-ups: ", "## Active users",
                 "### Active users in the period", "Conversion to teammate_invited"):  # fmt: skip
        assert line in out
    assert "in the week before" in out


def test_a_pdf_has_sentences_and_charts(weekly, signed_in, qapp):
    out = weekly.with_name("weekly.pdf")
    assert main(["report", str(weekly), "-o", str(out), "--paper", "letter"]) == 0
    reader = PdfReader(out)
    words = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for part in ("Weekly report", "Period: ", "Compared with the week before", "Sign-ups",
                 "Sign-ups: ", "Page 1 of", "Total conversion rate"):  # fmt: skip
        assert part in words
    assert round(reader.pages[0].mediabox.width) == 612


def test_a_page_has_its_charts_inside(weekly, signed_in, qapp):
    out = weekly.with_name("weekly.html")
    assert main(["report", str(weekly), "-o", str(out)]) == 0
    assert out.read_text().count("<img ") == 4


def test_tiles_of_a_dashboard_are_told_for_the_period_and_a_missing_one_is_named(
    weekly, signed_in, capfd
):
    weekly.write_text(f'title = "W"{REVENUE}')
    assert main(["report", str(weekly), "-o", "-"]) == 5
    out, err = said(capfd)
    assert "- Revenue: $" in out
    assert "in the week before" in out
    assert 'No tile "Nothing" on Company KPIs.' in out
    assert 'No tile "Nothing"' in err


def test_a_fault_is_one_line_with_file_line_and_key(place, capfd):
    path = place / "w.toml"
    path.write_text('title = "W"\n[[section]]\nevnt = "x"\n')
    assert main(["report", str(path), "-o", "-"]) == 5
    lines = said(capfd)[1].splitlines()
    assert lines[0].startswith("w.toml:2: section[1]: must have one of")
    assert lines[1].startswith("w.toml:3: section[1].evnt: is no key here")


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (["report"], 2, "name a file"),
        (["report", "w.toml", "-o", "x.doc"], 2, "ends in one of"),
        (["report", "w.toml"], 2, "name the file to write"),
        (["report", "gone.toml", "-o", "-"], 5, "gone.toml: cannot be read"),
        (["report", "w.toml", "-o", "-"], 3, "There is no key"),
    ],
)
def test_wrong_use_is_told(place, monkeypatch, capfd, words, code, line):
    monkeypatch.chdir(place)
    (place / "w.toml").write_text('title = "W"\n[[section]]\nevent = "x"\n')
    assert main(words) == code
    assert line in said(capfd)[1]


def test_dashboards_of_two_servers_are_no_report(place, capfd):
    path = place / "w.toml"
    at = "https://{}.posthog.com/project/1/dashboard/2"
    sections = "".join(f'[[section]]\ndashboard = "{at.format(r)}"\n' for r in ("us", "eu"))
    path.write_text(f'title = "W"\n{sections}')
    assert main(["report", str(path), "-o", "-"]) == 5
    assert "on several servers" in said(capfd)[1]


@pytest.fixture
def due(weekly, place):
    """A report in the folder that was due this minute, every day."""
    folder = place / "reports"
    folder.mkdir()
    path = folder / "daily.toml"
    schedule = (
        '[schedule]\nevery = "day"\nat = "00:00"\n'
        f'folder = \'{place / "out"}\'\nformats = ["md", "pdf"]\n'
        'command = ["sh", "-c", "echo made >&2"]\n'
    )
    path.write_text(weekly.read_text() + schedule)
    long_ago = time.time() - 90_000
    os.utime(path, (long_ago, long_ago))
    return path


@pytest.mark.skipif(os.name == "nt", reason="the command is a shell's")
def test_what_is_due_is_made_once_and_the_command_run(due, signed_in, place, qapp, capfd):
    assert main(["report", "--folder"]) == 0
    assert said(capfd)[0].strip() == str(due.parent)
    assert main(["report", "--due"]) == 0
    out, err = said(capfd)
    names = sorted(one.suffix for one in (place / "out").iterdir())
    assert names == [".md", ".pdf"]
    assert len(out.splitlines()) == 2
    assert "made" in err
    assert main(["report", "--due"]) == 0
    assert said(capfd) == ("", "")


def test_what_fails_is_told_kept_and_due_again(due, place, monkeypatch, capfd):
    monkeypatch.setenv("PHDESK_API_KEY", "phx_x")
    monkeypatch.setenv("PHDESK_HOST", "http://127.0.0.1:9")
    assert main(["report", "--due"]) == 4
    assert "daily.toml: " in said(capfd)[1]
    kept = json.loads((due.parent / ".made.json").read_text())
    assert kept["daily.toml"]["done"] is None
    assert kept["daily.toml"]["problem"]
    assert main(["report", "--due"]) == 0, "not again at once"
    said(capfd)
    main(["doctor"])
    line = next(one for one in said(capfd)[0].splitlines() if "daily.toml" in one)
    assert line.startswith("BAD  report ")
    assert "every day at 00:00; not made yet; failed since: " in line


def test_two_at_a_time_make_nothing_twice(due, signed_in, place):
    lock = held(due.parent / ".lock")
    try:
        assert main(["report", "--due"]) == 0
        assert not (place / "out").exists()
    finally:
        os.close(lock)


def test_what_cannot_be_noted_is_not_made_again_and_again(due, signed_in, place, capfd):
    (due.parent / ".made.json").mkdir()  # a place that takes no file
    assert main(["report", "--due"]) == 5
    assert "daily.toml: not made, as nobody would know of it" in said(capfd)[1]
    assert not (place / "out").exists()


def test_what_ended_phdesk_is_not_begun_again_at_once(due, signed_in, place, monkeypatch, capfd):
    def ends(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(report, "_made_for", ends)
    with pytest.raises(KeyboardInterrupt):
        report.make_due(None, report._now())
    monkeypatch.undo()
    assert json.loads((due.parent / ".made.json").read_text())["daily.toml"]["problem"]
    assert not any_due(due.parent, report._now())
    assert any_due(due.parent, report._now() + PAUSE + timedelta(seconds=5))


def test_a_file_that_is_not_there_is_never_due_in_silence(place, capfd):
    assert main(["report", "--due", str(place / "gone" / "w.toml")]) == 5
    assert "there is no such file" in said(capfd)[1]
    assert not (place / "gone").exists()


@pytest.mark.parametrize(
    ("title", "name"),
    [("A/B: week 23 – 29", "AB week 23 - 29"), ("///", "Report"), ("数" * 90, "数" * 66)],
)
def test_a_file_has_a_name_that_disks_take(title, name):
    assert report.file_name(title) == name


def test_two_reports_of_one_title_are_not_written_over_each_other(due, signed_in, place, capfd):
    text = due.read_text().replace('formats = ["md", "pdf"]', 'formats = ["md"]')
    for path in (due, due.with_name("other.toml")):
        path.write_text(text)
        long_ago = time.time() - 90_000
        os.utime(path, (long_ago, long_ago))
    assert main(["report", "--due"]) == 0
    names = sorted(one.name for one in (place / "out").iterdir())
    assert [name.rpartition(" ")[2] for name in names] == ["(daily).md", "(other).md"]


def test_a_wrong_setting_is_noted_as_why_it_was_not_made(due, place, monkeypatch, capfd):
    monkeypatch.setenv("PHDESK_PROJECT", "seven")
    assert main(["report", "--due"]) == 2
    assert "PHDESK_PROJECT must be a number" in said(capfd)[1]
    known = json.loads((due.parent / ".made.json").read_text())
    assert "PHDESK_PROJECT must be a number" in known["daily.toml"]["problem"]
