"""The file of watches: for people to read and edit, and for newer versions to add to."""

import tomllib
from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.core.watching.editing import snoozed, switched, with_watch, without_watch
from phdesk.models.watch import Address, Anomaly, Baseline, Bound, Change, Watch
from phdesk.services.watches_file import WatchesFile

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SIGNUPS = Watch(
    id="k3",
    account="eu.posthog.com-ada",
    project=7,
    dashboard=9,
    tile=1,
    insight="abc",
    known_as="Signups per day",
    number=Address(measure="value", of="signed_up", math="dau"),
    condition=Baseline(side="below", factor=0.5),
    severity="critical",
    checks=2,
    hysteresis=0.1,
)
TEXT = """\
[[watch]]
id = "k3"
account = "eu.posthog.com-ada"
project = 7
dashboard = 9
tile = 1
insight = "abc"
known_as = "Signups per day"
severity = "critical"
checks = 2
hysteresis = 0.1

[watch.number]
measure = "value"
of = "signed_up"
math = "dau"

[watch.condition]
kind = "baseline"
side = "below"
factor = 0.5
days = 7
"""
BY_HAND = """
[[watch]]
account = "a"
project = 1
dashboard = 2
tile = 3
number = { measure = "total", of = "paid" }
condition = { kind = "bound", side = "above", value = 5 }
"""


@pytest.fixture
def file(tmp_path):
    return WatchesFile(tmp_path / "inner" / "watches.toml")


def filled(file, text):
    file.path.parent.mkdir(exist_ok=True)
    file.path.write_text(text, encoding="utf-8")
    return file


def test_a_watch_is_written_as_people_would(file):
    assert file.change([partial(with_watch, watch=SIGNUPS)]) == ((SIGNUPS,), None)
    assert file.path.read_text(encoding="utf-8") == TEXT


def test_no_file_is_no_watch(file):
    assert file.load() == ((), None)


@pytest.mark.parametrize("condition", [
    Bound("above", 5.5), Change(side="below", by=20, against="period"),
    Baseline(side="above", factor=3, days=0), Anomaly(sensitivity="high"),
])  # fmt: skip
def test_every_condition_comes_back(file, condition):
    one = replace(SIGNUPS, condition=condition, snoozed_until=NOON, unfinished=True)
    file.change([partial(with_watch, watch=one)])
    assert file.load() == ((one,), None)


def test_what_is_written_by_hand_needs_no_more_than_it_must(file):
    watches, problem = filled(file, BY_HAND * 2).load()
    assert problem is None
    assert [one.id for one in watches] == ["watch 1", "watch 2"]
    assert watches[0].condition == Bound("above", 5)


def test_entries_that_were_copied_get_ids_of_their_own(file):
    watches, _ = filled(file, TEXT * 3).load()
    assert [one.id for one in watches] == ["k3", "k3 2", "k3 3"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "baseline"', 'kind = "forecast"'),
        ("checks = 2", "checks = 0"),
        ('severity = "critical"', 'severity = "urgent"'),
        ("factor = 0.5", "factor = -1"),
        ("project = 7", ""),
        ("tile = 1", 'tile = "one"'),
        ("tile = 1", "tile = 99999999999999999999"),
        ("checks = 2", "remind_minutes = 999999999999999"),
        ("checks = 2", "cooldown_minutes = 999999999999999"),
    ],
)
def test_a_watch_that_is_not_understood_is_left_as_it_is(file, old, new):
    filled(file, TEXT.replace(old, new) + BY_HAND)
    watches, problem = file.load()
    assert len(watches) == 1
    assert problem == "Not understood in watches.toml: an entry."
    file.change([partial(switched, watch_id="watch 2", on=False)])
    assert new in file.path.read_text(encoding="utf-8")
    assert len(tomllib.loads(file.path.read_text(encoding="utf-8"))["watch"]) == 2


def test_what_a_newer_version_wrote_beside_ours_stays(file):
    text = f'theme = "x"\n{TEXT}shape = "new"\n'.replace('math = "dau"', 'math = "dau"\nunit = 1')
    filled(file, text.replace("project = 7", 'project = 7\ncolor = "red"'))
    file.change([partial(snoozed, watch_id="k3", until=NOON)])
    table = tomllib.loads(file.path.read_text(encoding="utf-8"))
    entry = table["watch"][0]
    assert (table["theme"], entry["color"]) == ("x", "red")
    assert (entry["number"]["unit"], entry["condition"]["shape"]) == (1, "new")
    assert entry["snoozed_until"] == NOON


def test_what_belonged_to_another_kind_of_condition_goes_with_it(file):
    filled(file, TEXT + 'shape = "new"\n')
    edited = replace(SIGNUPS, condition=Bound("above", 5))
    file.change([partial(with_watch, watch=edited)])
    assert file.load()[0] == (edited,)
    table = tomllib.loads(file.path.read_text(encoding="utf-8"))
    assert table["watch"][0]["condition"] == {"kind": "bound", "side": "above", "value": 5}


def test_a_setting_that_is_taken_back_is_no_longer_in_the_file(file):
    filled(file, TEXT)
    file.change([partial(with_watch, watch=replace(SIGNUPS, checks=1))])
    assert "checks" not in file.path.read_text(encoding="utf-8")


def test_a_watch_is_removed(file):
    filled(file, TEXT + BY_HAND)
    watches, _ = file.change([partial(without_watch, watch_id="k3")])
    assert [one.id for one in watches] == ["watch 2"]


def test_a_file_that_is_no_toml_is_left_for_its_person_to_correct(file):
    watches, problem = filled(file, TEXT + "[[watch").load()
    assert watches == ()
    assert problem.startswith("watches.toml could not be read (")
    assert file.change([partial(with_watch, watch=SIGNUPS)]) == (None, problem)
    assert file.path.read_text(encoding="utf-8") == TEXT + "[[watch"
    assert list(file.path.parent.glob("*.bad-*")) == []


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("2026-12-24T18:00:00", datetime(2026, 12, 24, 18, tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", datetime(9998, 12, 31, tzinfo=UTC)),
    ],
)
def test_a_time_that_is_typed_can_be_shown_by_any_clock(file, written, known):
    (one,) = filled(
        file, BY_HAND.replace("project = 1", f"project = 1\nsnoozed_until = {written}")
    ).load()[0]
    assert one.snoozed_until == known
    assert one.snoozed_until.astimezone(timezone(timedelta(hours=14)))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["id", "number"]), inner)
    ),
    max_leaves=10,
)


@given(anything)
def test_no_table_whatever_breaks_the_reading(tmp_path_factory, value):
    file = WatchesFile(tmp_path_factory.getbasetemp() / "watches.toml")
    watches, strange = file.taken({"watch": value})
    assert file.taken(file.put({"watch": value}, watches)) == (watches, strange)
