"""Whatever becomes of the file of walls, what was good last holds, also after a restart."""

import asyncio
import os
import re
import stat
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phdesk.api.errors import NetworkError
from phdesk.api.remote_text import Fetched
from phdesk.core.wall.choosing import screen_of
from phdesk.services.wall_source import LARGEST, WallSource

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
GOOD = '[screens.lobby]\nitems = ["dashboard 1"]\n'
OTHER = GOOD.replace("1", "2") + '[screens.office]\nitems = ["#wall"]\n'
BAD = "[screens.lobby]\ndwel = 3\n"
COPY = re.compile(r"Meanwhile its last good copy, of \d+ [A-Z][a-z]{2} \d\d:\d\d, holds\.")
OPEN = Path("/proc/self/fd")
URL = "https://config.example.org/walls.toml?signed=secret"


@pytest.fixture
def home(tmp_path):
    return tmp_path


@pytest.fixture
def path(home):
    return home / "walls.toml"


@pytest.fixture
def opened(home, path):
    def make(source=None, **more):
        pick = partial(screen_of, wanted=None, computer="lobby")
        return WallSource(str(source or path), home / "kept", pick, now=lambda: NOW, **more)

    return make


def look(source):
    glance = asyncio.run(source.look())
    return asyncio.run(source.look()) if glance.soon else glance


def shown(glance):
    return glance.screen.walls[""].items[0].dashboard if glance.screen else None


def test_a_file_is_read_and_what_changes_in_it_is_told(opened, path):
    path.write_text(GOOD)
    source = opened()
    first = source.opened()
    assert (shown(first), first.problem) == (1, "")
    assert look(source).fleet is None
    path.write_text(OTHER)
    assert shown(look(source)) == 2


def test_a_change_of_words_alone_is_no_change(opened, path):
    path.write_text(GOOD)
    source = opened()
    source.opened()
    path.write_text(f"# a note\n{GOOD}")
    glance = look(source)
    assert (glance.fleet, glance.problem) == (None, "")


def test_what_is_being_written_is_not_taken_before_it_stays_the_same(opened, path):
    path.write_text(OTHER)
    source = opened()
    source.opened()
    path.write_text(GOOD)  # the half of a file that happens to be whole
    glance = asyncio.run(source.look())
    assert glance.soon
    assert glance.fleet is None
    path.write_text(f"{OTHER}\n# and the rest")
    assert asyncio.run(source.look()).soon
    assert asyncio.run(source.look()).problem == ""


def test_a_bad_file_changes_nothing_and_is_told_until_it_is_mended(opened, path):
    path.write_text(GOOD)
    source = opened()
    source.opened()
    path.write_text(BAD)
    bad = look(source)
    fault = 'walls.toml:2: screens.lobby.dwel: is no key here; did you mean "dwell"?'
    assert bad.fleet is None
    assert bad.faults == (fault,)
    assert bad.problem == f"{fault} Meanwhile what it said before holds."
    assert look(source) == bad
    path.write_text(GOOD)
    assert look(source).problem == ""


def test_of_several_faults_the_first_is_told_and_the_others_are_counted(opened, path):
    path.write_text(f"{BAD}\nlocked = 1\npalete = 3")
    told = opened().opened().problem
    assert told.endswith('did you mean "dwell"? And 2 faults more.')
    path.write_text(f"{GOOD}\nlocked = 1\npalete = 3")
    told = opened().opened().problem
    assert told.endswith("must be true or false, not 1, and 1 fault more.")


def test_after_a_restart_the_last_good_copy_stands_in_for_a_bad_file(opened, path):
    path.write_text(GOOD)
    opened().opened()
    path.write_text(BAD)
    again = opened()
    glance = again.opened()
    assert shown(glance) == 1
    assert COPY.search(glance.problem)
    assert len(glance.faults) == 1
    path.write_text(OTHER)
    mended = look(again)
    assert (shown(mended), mended.problem) == (2, "")


def test_without_any_good_copy_there_is_only_the_problem(opened, path):
    path.write_text(BAD)
    glance = opened().opened()
    assert glance.fleet is None
    assert glance.problem.startswith("walls.toml:2: ")
    assert "copy" not in glance.problem


def test_the_copy_is_for_its_owner_alone(opened, path, home):
    path.write_text(GOOD)
    opened().opened()
    (kept,) = (home / "kept").iterdir()
    assert kept.read_text() == GOOD
    if os.name == "posix":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_a_damaged_copy_is_no_copy(opened, path, home):
    path.write_text(GOOD)
    opened().opened()
    (kept,) = (home / "kept").iterdir()
    kept.write_bytes(b"\xff\x00")
    path.unlink()
    glance = opened().opened()
    assert glance.fleet is None
    assert glance.problem.startswith("walls.toml is gone")


def test_a_copy_that_cannot_be_kept_is_told_and_the_wall_goes_on(opened, path, home):
    path.write_text(GOOD)
    (home / "kept").write_text("in the way")
    glance = opened().opened()
    assert shown(glance) == 1
    assert glance.problem.startswith("No copy of walls.toml could be kept for a restart: ")
    assert f"{home / 'kept'} could not be written" in glance.problem


def test_what_cannot_be_written_is_called_by_a_name_that_people_know(opened, path, home):
    path.write_text(GOOD)
    source = opened()
    source._kept.mkdir(parents=True)  # in the way
    words = source.opened().problem
    assert f"{home / 'kept'} could not be written" in words
    assert source._kept.name not in words


def test_a_file_that_has_no_screen_for_this_computer_any_more_changes_nothing(opened, path):
    path.write_text(GOOD)
    source = opened()
    source.opened()
    path.write_text('[screens.a]\n[screens.b]\nitems = ["#x"]')
    glance = look(source)
    assert glance.screen is None
    assert (
        'No screen has "lobby", this computer, among its hosts; there are a and b.'
        in glance.problem
    )


def folder(path):
    path.mkdir()


def pipe(path):
    os.mkfifo(path)


def device(path):
    path.symlink_to("/dev/zero")


def dangling(path):
    path.symlink_to(path.with_name("nowhere"))


def ring(path):
    path.symlink_to(path)


def large(path):
    path.write_bytes(b"#" * (LARGEST + 1))


def binary(path):
    path.write_bytes(b"# fine\n\xff\xfe")


def key(path):
    path.write_text(f"{GOOD}# phx_abcdefghijk\n")


def empty(path):
    path.write_text("")


ODD = [folder, pipe, device, dangling, ring, large, binary, key, empty]


def gone(path):
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such files")
@pytest.mark.parametrize("odd", ODD)
def test_nothing_that_can_be_put_in_the_place_of_the_file_does_harm(odd, opened, path):
    path.write_text(GOOD)
    source = opened()
    source.opened()
    gone(path)
    odd(path)
    glance = look(source)
    assert glance.fleet is None
    assert glance.problem.endswith("Meanwhile what it said before holds.")
    assert shown(opened().opened()) == 1


@pytest.mark.skipif(not OPEN.is_dir(), reason="needs Linux")
@pytest.mark.parametrize("odd", ODD)
def test_looking_at_it_for_a_year_leaves_nothing_open(odd, opened, path):
    source = opened()
    odd(path)
    before = len(list(OPEN.iterdir()))
    for _ in range(20):
        look(source)
    assert len(list(OPEN.iterdir())) == before


def linked(path):
    target = path.with_name("target.toml")
    target.write_text(GOOD)
    path.symlink_to(target)


def good(path):
    path.write_text(GOOD)


def other(path):
    path.write_text(OTHER)


def bad(path):
    path.write_text(BAD)


WANTED = {good: 1, linked: 1, other: 2}


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such files")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([good, linked, other, bad, gone, *ODD])), st.data())
def test_through_any_history_of_the_file_the_last_good_one_holds(opened, home, path, acts, data):
    for each in (home / "kept").glob("*"):
        each.unlink()
    gone(path)
    path.write_text(GOOD)
    source, now = opened(), 1
    source.opened()
    for act in acts:
        gone(path)
        if act is not gone:
            act(path)
        if data.draw(st.booleans()):
            source = opened()  # a restart
            glance = source.opened()
            assert shown(glance) == WANTED.get(act, now)
        else:
            glance = look(source)
            assert shown(glance) in (None, WANTED.get(act, now))
        now = WANTED.get(act, now)
        assert bool(glance.problem) == (act not in WANTED)
        assert source._fleet.screens["lobby"].walls[""].items[0].dashboard == now


class Address:
    """A file at an address, which may be away."""

    def __init__(self, text):
        self.text, self.asked, self.away = text, [], False

    async def __call__(self, _address, etag):
        self.asked.append(etag)
        if self.away:
            raise NetworkError("config.example.org is out of reach.")
        mark = f'"{hash(self.text)}"'
        return Fetched(None, mark) if etag == mark else Fetched(self.text.encode(), mark)


def test_an_address_is_asked_only_for_what_is_new(opened):
    address = Address(GOOD)
    source = opened(URL, fetch=address)
    assert shown(source.opened()) == 1
    assert look(source).fleet is None
    assert address.asked[0] == ""
    assert address.asked[1]
    address.text = OTHER
    assert shown(look(source)) == 2


def test_an_address_that_is_away_at_the_start_holds_nobody_up(opened):
    address = Address(GOOD)
    opened(URL, fetch=address).opened()
    address.away, address.asked = True, []
    source = opened(URL, fetch=address)
    glance = source.opened()
    assert (shown(glance), glance.problem, address.asked) == (1, "", [])
    assert look(source).problem == ""  # once: networks have their moments
    gone = look(source)
    assert gone.problem.startswith("config.example.org is out of reach. Meanwhile its last good")
    address.away = False
    back = look(source)
    assert (back.fleet, back.problem) == (None, "")


def test_a_bad_answer_stays_told_while_the_address_says_that_nothing_changed(opened):
    address = Address(GOOD)
    source = opened(URL, fetch=address)
    source.opened()
    address.text = BAD
    first, second = look(source), look(source)
    assert first == second
    assert first.faults[0].startswith("config.example.org/walls.toml:2: ")
    assert "secret" not in first.problem


def test_a_moment_without_network_clears_no_fault_and_starts_anew_after_each_answer(opened):
    address = Address(GOOD)
    source = opened(URL, fetch=address)
    source.opened()
    address.text = BAD
    bad = look(source)
    address.away = True
    assert look(source) == bad
    address.away, address.text = False, GOOD
    assert look(source).problem == ""
    address.away = True
    assert look(source).problem == ""
    assert "out of reach" in look(source).problem


def test_an_address_that_never_gave_anything_is_told(opened):
    address = Address(GOOD)
    address.away = True
    glance = opened(URL, fetch=address).opened()
    assert (glance.fleet, glance.problem) == (None, "config.example.org is out of reach.")
