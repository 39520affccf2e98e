import sqlite3
import stat

import pytest
from msgspec import Raw
from msgspec.structs import replace

from phdesk.cli.gui import demo_places
from phdesk.models.alert import Alert
from phdesk.models.watch import WatchState
from phdesk.services.places import places
from phdesk.store.alerts_file import IN_MEMORY, AlertsFile, beside
from phdesk.store.alerts_found import (
    Seen,
    Watched,
    add_notices,
    forget_account,
    look_at_alerts,
    look_at_watches,
    seen_alerts,
    watch_states,
)
from phdesk.store.alerts_inbox import acknowledge, acknowledge_group, page, standing
from phdesk.store.alerts_told import claim, give_back, hand, pass_over, told, waiting
from tests.store.noticed import NOW, later, notice


@pytest.fixture
def said():
    return []


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "alerts.sqlite3"


@pytest.fixture
def open_file(path, said):
    made = []

    def open_one():
        made.append(AlertsFile(path, said.append))
        return made[-1]

    yield open_one
    for each in made:
        each.close()


@pytest.fixture
def file(open_file):
    return open_file()


def ids(kept):
    return [each.notice.id for each in kept]


def judged(*notices, **states):
    made = [WatchState(watch=name, phase=phase) for name, phase in states.items()]
    return lambda _known: Watched(states=made, notices=notices)


def test_states_and_notices_of_watches_are_kept_together(file, open_file):
    assert look_at_watches(file, "a", judged(notice(), w="firing"), NOW) == (notice(),)
    other = open_file()
    assert watch_states(other, "a")["w"].phase == "firing"
    assert ids(page(other)) == ["n1"]


def test_what_fails_while_it_judges_leaves_nothing_behind(file):
    look_at_watches(file, "a", judged(w="ok"), NOW)

    def fail(_known):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        look_at_watches(file, "a", fail, NOW)
    assert watch_states(file, "a")["w"].phase == "ok"


def test_a_watch_is_judged_on_what_another_phdesk_has_written(file, open_file):
    look_at_watches(open_file(), "a", judged(w="firing"), NOW)
    known = []
    look_at_watches(file, "a", lambda states: known.append(states["w"].phase) or Watched(), NOW)
    assert known == ["firing"]


def test_a_notice_that_two_find_is_new_to_one(file, open_file):
    assert add_notices(file, [notice()], NOW) == (notice(),)
    assert add_notices(open_file(), [notice(), notice("n2")], NOW) == (notice("n2"),)
    assert ids(page(file)) == ["n2", "n1"]


def test_alerts_of_posthog_are_compared_with_how_they_were_last_seen(file):
    one = Alert(id="x", state="Firing", config=Raw(b'{"series_index": 2}'), lower=10.0)
    look_at_alerts(file, ("a", 1), lambda _known: Seen(alerts=[one, replace(one, id="y")]), NOW)
    assert look_at_alerts(
        file, ("a", 1), lambda _known: Seen(notices=[notice()], gone=["y"]), NOW
    ) == (notice(),)
    assert seen_alerts(file, "a", 1)["x"].state == "Firing"
    assert list(seen_alerts(file, "a", 1)) == ["x"]
    assert seen_alerts(file, "a", 2) == {}


def test_the_first_look_ever_is_known_from_one_that_found_no_alerts(file, open_file):
    known = []
    for _ in range(2):
        look_at_alerts(open_file(), ("a", 1), lambda before: known.append(before) or Seen(), NOW)
    look_at_alerts(file, ("a", 2), lambda before: known.append(before) or Seen(), NOW)
    forget_account(file, "a")
    look_at_alerts(file, ("a", 1), lambda before: known.append(before) or Seen(), NOW)
    assert known == [None, {}, None, None]


def test_while_the_file_is_busy_nothing_is_done_and_nothing_is_lost(file, path, said, monkeypatch):
    monkeypatch.setattr("phdesk.store.alerts_file.BUSY_SECONDS", 0.01)
    add_notices(file, [notice()], NOW)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    assert add_notices(file, [notice("n2")], NOW) is None
    assert claim(file, ["n1"], NOW) == ()
    assert ids(page(file)) == ["n1"]  # reading goes on
    other.close()
    assert add_notices(file, [notice("n2")], NOW) == (notice("n2"),)
    assert said == []


def test_a_page_of_the_history_goes_on_below_the_one_above(file):
    add_notices(file, [notice(f"n{number}") for number in range(5)], NOW)
    first = page(file, limit=2)
    assert ids(first) == ["n4", "n3"]
    assert ids(page(file, before=first[-1].number, limit=2)) == ["n2", "n1"]
    assert page(file, account="b") == ()


def test_each_alert_stands_as_its_last_notice_says(file):
    fired, resolved = notice("f"), notice("r", kind="resolved")
    add_notices(file, [fired, notice("o", subject="errors"), resolved], NOW)
    add_notices(file, [notice("t", source="test", subject="t", kind="test")], NOW)
    assert ids(standing(file)) == ["r", "o"]
    assert ids(page(file)) == ["t", "r", "o", "f"]


def test_what_a_person_acknowledged_keeps_when_they_did_first(file):
    add_notices(file, [notice("a"), notice("b"), notice("c", subject="errors")], NOW)
    assert acknowledge(file, ["a"], later(1))
    assert acknowledge_group(file, notice().group, later(2))
    times = {each.notice.id: each.acknowledged for each in page(file)}
    assert times == {"a": later(1), "b": later(2), "c": None}


def test_the_history_is_cut_at_its_end_but_nothing_that_is_still_to_be_told(file, monkeypatch):
    monkeypatch.setattr("phdesk.store.alerts_found.MOST_KEPT", 2)
    add_notices(file, [notice("waits"), notice("quiet", loud=False), notice("told")], NOW)
    claim(file, ["told"], NOW)
    told(file, ["told"], "desktop", NOW)
    add_notices(file, [notice("n1"), notice("n2")], NOW)
    assert ids(page(file)) == ["n2", "n1", "waits"]
    assert add_notices(file, [notice("told")], NOW) == ()  # it is still known to be told


def test_one_of_two_has_a_claim(file, open_file):
    other = open_file()
    add_notices(file, [notice()], NOW)
    assert claim(file, ["n1"], NOW) == ("n1",)
    assert claim(other, ["n1"], NOW) == ()
    assert ids(waiting(file)) == []
    assert hand(file, ["n1"], NOW)
    assert told(file, ["n1"], "desktop", NOW)
    assert ids(waiting(other)) == []
    assert page(other)[0].way == "desktop"


def test_what_was_found_quiet_is_never_told(file):
    add_notices(file, [notice(loud=False)], NOW)
    assert waiting(file) == ()


def test_a_claim_of_one_who_is_gone_is_told_by_another(file, open_file):
    add_notices(file, [notice()], NOW)
    gone = open_file()
    claim(gone, ["n1"], NOW)
    gone.presence.leave()
    assert ids(waiting(file)) == ["n1"]
    assert claim(file, ["n1"], NOW) == ("n1",)
    assert not hand(gone, ["n1"], NOW)


def test_what_was_being_handed_over_by_one_who_is_gone_is_not_shown_again(file, open_file):
    add_notices(file, [notice()], NOW)
    gone = open_file()
    claim(gone, ["n1"], NOW)
    hand(gone, ["n1"], NOW)
    gone.presence.leave()
    assert waiting(file) == ()
    assert claim(file, ["n1"], NOW) == ()
    assert page(file)[0].way == ""  # the inbox has it, and says no way


def test_what_is_given_back_may_be_told_by_another_but_not_what_is_on_its_way(file, open_file):
    add_notices(file, [notice("a"), notice("b", "errors")], NOW)
    claim(file, ["a", "b"], NOW)
    hand(file, ["b"], NOW)
    give_back(file, ["a", "b"])
    assert claim(open_file(), ["a", "b"], NOW) == ("a",)


def test_what_is_passed_over_is_not_told_and_a_claim_is_not_passed_over(file, open_file):
    add_notices(file, [notice("a"), notice("b")], NOW)
    claim(file, ["b"], NOW)
    other = open_file()
    pass_over(other, ["a", "b"], NOW)
    assert claim(file, ["a"], NOW) == ()
    assert hand(file, ["b"], NOW)


def test_an_account_is_forgotten_to_the_last_byte(file, path):
    add_notices(file, [notice(body="unmistakable"), notice("b", account="b", subject="s")], NOW)
    look_at_watches(file, "a", judged(w="ok"), NOW)
    claim(file, ["n1", "b"], NOW)
    path.with_name(f"{path.name}.bad-2026-01-01-000000").write_bytes(b"unmistakable")
    forget_account(file, "a")
    assert ids(page(file)) == ["b"]
    assert watch_states(file, "a") == {}
    assert not hand(file, ["n1"], NOW)  # what was about to be told is not
    held = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert b"unmistakable" not in held


def test_looking_and_forgetting_make_no_file(file, path):
    assert waiting(file) == ()
    assert standing(file) == ()
    forget_account(file, "a")
    assert not path.exists()


def test_others_cannot_read_the_file(file, path):
    add_notices(file, [notice()], NOW)
    claim(file, ["n1"], NOW)
    path.chmod(0o644)
    acknowledge(file, ["n1"], NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_damaged_file_is_set_aside_and_begun_anew(file, path, said):
    path.parent.mkdir()
    path.write_bytes(b"no database at all" * 100)
    assert add_notices(file, [notice()], NOW) == (notice(),)
    assert ids(page(file)) == ["n1"]
    assert len(said) == 1
    assert "set aside" in said[0]
    assert len(list(path.parent.glob("*.bad-*"))) == 1


def test_a_newer_file_is_left_alone_and_alerts_go_on_in_memory(file, path, said):
    path.parent.mkdir()
    with sqlite3.connect(path) as db:
        db.execute("pragma user_version=99")
    db.close()
    before = path.read_bytes()
    assert add_notices(file, [notice()], NOW) == (notice(),)
    assert claim(file, ["n1"], NOW) == ("n1",)
    assert hand(file, ["n1"], NOW)
    assert path.read_bytes() == before
    assert said == [f"{path} was written by a newer phdesk, and is left alone. {IN_MEMORY}"]


def test_where_nothing_can_be_written_what_was_known_is_still_known(file, path, said, monkeypatch):
    add_notices(file, [notice()], NOW)
    claim(file, ["n1"], NOW)
    told(file, ["n1"], "desktop", NOW)

    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("phdesk.store.alerts_file._connected", refuse)
    assert add_notices(file, [notice(), notice("n2")], NOW) == (notice("n2"),)
    assert ids(waiting(file)) == ["n2"]
    assert "Permission denied" in said[0]


def test_what_fires_in_the_demo_is_in_nobodys_inbox_but_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("PHDESK_HOME", str(tmp_path))
    demo, real = beside(demo_places().cache), beside(places({"PHDESK_HOME": str(tmp_path)}).cache)
    add_notices(demo, [notice()], NOW)
    assert [one.notice.id for one in page(demo)] == ["n1"]
    assert page(real) == ()
    demo.close()
    real.close()
