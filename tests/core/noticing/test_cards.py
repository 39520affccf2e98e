from datetime import UTC, timedelta

import pytest

from phdesk.core.noticing.cards import MORE, QUIET, alone, heading, together
from phdesk.models.notice import Kept
from tests.store.noticed import NOW, notice

ALL = frozenset({"info", "warning", "critical"})


def card(now=NOW, sounds=ALL, **others):
    kept = Kept(number=1, notice=notice(**others), found=NOW)
    return alone(kept, sounds=sounds, zone=UTC, now=now)


def test_a_title_carries_alert_dashboard_and_project():
    assert card().title == "Signups low · Growth, Acme"
    assert card(dashboard_name="").title == "Signups low · Acme"


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("resolved", "Back to normal: Signups low"),
        ("missing", "No data: Signups low"),
        ("reminded", "Still: Signups low"),
        ("snoozed", "Snoozed: Signups low"),
        ("test", "Signups low"),
    ],
)
def test_a_title_begins_with_how_it_stands(kind, title):
    assert heading(notice(kind=kind, project_name="", dashboard_name="")) == title


def test_numbers_say_of_when_they_are():
    assert card().body == "7 signups, below 10. As of 12:00."
    assert card(now=NOW + timedelta(days=1)).body.endswith("As of 23 Nov 2026, 12:00.")


def test_a_body_of_several_lines_is_one():
    assert card(body="one\n\ntwo!").body == "one two! As of 12:00."


@pytest.mark.parametrize(
    ("severity", "kind", "urgency"),
    [
        ("critical", "fired", "critical"),
        ("warning", "reminded", "normal"),
        ("info", "fired", "low"),
        ("critical", "resolved", "low"),
    ],
)
def test_how_urgent_a_card_is_follows_from_severity_while_it_lasts(severity, kind, urgency):
    assert card(severity=severity, kind=kind).urgency == urgency


def test_a_sound_is_for_the_severities_that_have_one_and_not_for_good_news():
    assert card(sounds=frozenset({"warning"})).sound
    assert not card(sounds=frozenset({"critical"})).sound
    assert not card(kind="resolved").sound


def test_buttons_are_those_that_make_sense():
    assert card().buttons == ("open", "snooze")
    assert card(kind="resolved").buttons == ("open",)
    assert card(dashboard=None, tile=None).buttons == ()
    assert card(dashboard=None, tile=None, insight="abcd1234").buttons == ("open", "snooze")
    assert card(kind="test").buttons == ()


def test_several_are_named_by_importance_and_counted_when_they_are_many():
    kept = [
        Kept(number=n, notice=notice(f"n{n}", f"s{n}", title=f"Alert {n}"), found=NOW)
        for n in range(7)
    ]
    kept[2] = Kept(
        number=2, notice=notice("n2", "s2", title="Grave", severity="critical"), found=NOW
    )
    made = together(MORE, kept, sounds=frozenset(), fresh=frozenset({"n2", "n6"}))
    assert made.title == "And 7 more"
    lines = made.body.splitlines()
    assert lines[:2] == ["Grave · Growth, Acme", "Alert 6 · Growth, Acme"]
    assert lines[5:] == ["and 2 more"]
    assert made.urgency == "critical"
    assert made.fresh == ("n2", "n6")
    assert together(QUIET, kept, sounds=ALL, fresh=frozenset()).title == "7 alerts in quiet hours"


def test_a_card_of_several_makes_a_sound_for_what_is_new_in_it():
    old = Kept(number=1, notice=notice("old", severity="critical"), found=NOW)
    new = Kept(number=2, notice=notice("new", "errors"), found=NOW)
    sounds = frozenset({"critical"})
    assert not together(MORE, [old, new], sounds=sounds, fresh=frozenset({"new"})).sound
    assert together(MORE, [old, new], sounds=sounds, fresh=frozenset({"old"})).sound


def test_a_card_holds_one_line_of_each_whatever_a_name_holds():
    odd = notice(title="a\x00b\x1b[31m\nc", body="x" * 200_000, dashboard_name="y" * 5000)
    card = alone(Kept(number=1, notice=odd, found=NOW), sounds=frozenset(), zone=UTC, now=NOW)
    assert card.title.startswith("a b [31m c · yyy")
    assert len(card.title) < 200
    assert card.body.endswith("x… As of 12:00.")
    assert len(card.body) < 600
