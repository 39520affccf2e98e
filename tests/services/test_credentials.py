import asyncio
import gc
import threading

import keyring
import pytest
from keyring.backends import fail, null

from phdesk.services.credentials import (
    AGAIN,
    LOCKED,
    NO_ANSWER,
    NO_KEYRING,
    Credentials,
    Keeping,
    Kept,
)
from tests.services import keyrings


@pytest.fixture
def use():
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def memory(use):
    backend = keyrings.MemoryKeyring()
    use(backend)
    return backend


@pytest.fixture
def hanging(use):
    backend = keyrings.HangingKeyring()
    use(backend)
    yield backend
    backend.release.set()
    for thread in threading.enumerate():
        if thread.name == "phdesk-keyring":
            thread.join(5)


def test_a_stored_key_is_found_by_the_next_run(memory):
    assert Credentials().store("a", "phx_1").keeping is Keeping.STORED
    assert Credentials().read("a") == Kept(Keeping.STORED, "phx_1")
    assert memory.kept == {("phdesk", "a"): "phx_1"}


def test_a_key_for_this_run_never_reaches_the_keyring(memory):
    credentials = Credentials()
    assert credentials.store("a", "phx_1", remember=False) == Kept(Keeping.SESSION, "phx_1")
    assert credentials.read("a") == Kept(Keeping.SESSION, "phx_1")
    assert memory.kept == {}


def test_a_forgotten_key_is_gone(memory):
    credentials = Credentials()
    credentials.store("a", "phx_1")
    credentials.store("b", "phx_2", remember=False)
    assert credentials.forget("a").keeping is Keeping.ABSENT
    assert credentials.forget("b").keeping is Keeping.ABSENT
    assert credentials.read("a") == Kept(Keeping.ABSENT)
    assert credentials.read("b") == Kept(Keeping.ABSENT)


@pytest.mark.parametrize(
    ("backend", "why", "keeping"),
    [
        (keyrings.FailingKeyring(keyrings.LOCKED), LOCKED, Keeping.LOCKED),
        (keyrings.FailingKeyring(keyrings.MISSING), NO_KEYRING, Keeping.ABSENT),
        (keyrings.FailingKeyring(OSError("x")), "The keyring failed (OSError).", Keeping.ABSENT),
    ],
    ids=["locked", "missing", "failing"],
)
def test_a_keyring_that_refuses_leaves_the_key_in_memory(use, backend, why, keeping):
    use(backend)
    credentials = Credentials()
    assert credentials.read("a") == Kept(keeping, why=why)
    assert credentials.store("a", "phx_1") == Kept(Keeping.SESSION, "phx_1", why)
    assert credentials.read("a") == Kept(Keeping.SESSION, "phx_1")
    gone = backend.error is keyrings.MISSING
    assert credentials.forget("a") == Kept(Keeping.ABSENT if gone else Keeping.LOCKED, why=why)


def test_a_keyring_that_loses_writes_is_found_out(use):
    use(keyrings.ForgetfulKeyring())
    assert Credentials().store("a", "phx_1") == Kept(Keeping.SESSION, "phx_1", NO_KEYRING)


def test_a_keyring_that_hangs_is_given_up(hanging):
    credentials = Credentials(limit=0.01)
    assert credentials.read("a") == Kept(Keeping.LOCKED, why=NO_ANSWER)
    assert hanging.asked.is_set()
    assert credentials.store("a", "phx_1") == Kept(Keeping.SESSION, "phx_1", NO_ANSWER)


def test_a_keyring_that_hangs_does_not_stop_the_loop(hanging):
    async def both():
        return await asyncio.gather(
            Credentials(limit=0.01).read_later("a"),
            Credentials(limit=0.01).store_later("a", "phx_1"),
        )

    read, stored = asyncio.run(both())
    assert read == Kept(Keeping.LOCKED, why=NO_ANSWER)
    assert stored == Kept(Keeping.SESSION, "phx_1", NO_ANSWER)


def test_a_keyring_that_hangs_is_asked_once_however_often_it_is_looked_into(hanging):
    async def often(credentials):
        return [await credentials.read_later("a") for _ in range(5)]

    credentials = Credentials(limit=0.01)
    found = [credentials.read("a"), *asyncio.run(often(credentials)), credentials.read("a")]
    assert {one.why for one in found} == {NO_ANSWER}
    assert threads() == 1
    hanging.kept["phdesk", "a"] = "phx_1"
    hanging.release.set()
    credentials._limit = 10.0
    assert credentials.read("a").key == "phx_1"


def test_beside_a_read_that_hangs_another_one_is_tried_ever_later(hanging, use):
    now = [0.0]
    credentials = Credentials(limit=0.01, clock=lambda: now[0])
    tried = []
    for minute in range(7 * 60 + 1):
        now[0] = minute * 60.0
        before = threads()
        credentials.read("a")
        tried += [minute / 60] if threads() > before else []
        credentials._limit = 0.0
    assert tried == [0, 1, 3, 7]
    memory = keyrings.MemoryKeyring()
    memory.kept["phdesk", "a"] = "phx_1"
    use(memory)  # it answers again, but not to who asked before
    credentials._limit = 10.0
    now[0] += 8 * AGAIN
    assert [credentials.read("a").key for _ in range(3)] == ["phx_1"] * 3


def threads():
    return sum(one.name == "phdesk-keyring" for one in threading.enumerate())


def test_who_gave_up_waiting_for_a_keyring_leaves_nothing_behind(hanging):
    async def often():
        credentials = Credentials(limit=0.001)
        counts = []
        for _ in range(2):
            for _ in range(20):
                await credentials.read_later("a")
            gc.collect()
            counts.append(sum(isinstance(one, asyncio.Future) for one in gc.get_objects()))
        return counts

    first, second = asyncio.run(often())
    assert second <= first


def test_the_loop_gets_what_the_keyring_has(memory):
    async def all_of_it():
        credentials = Credentials()
        await credentials.store_later("a", "phx_1")
        return await credentials.read_later("a"), await credentials.forget_later("a")

    found = asyncio.run(all_of_it())
    assert found == (Kept(Keeping.STORED, "phx_1"), Kept(Keeping.ABSENT))


def test_keys_do_not_show_in_descriptions():
    assert "phx_1" not in repr(Kept(Keeping.STORED, "phx_1"))


def test_a_probe_says_where_keys_would_be_kept_without_reading_any(hanging):
    probed = asyncio.run(Credentials().probe_later())
    assert (probed.keeping, probed.why) == (Keeping.STORED, "The key is kept in the keyring.")
    assert not hanging.asked.is_set()


@pytest.mark.parametrize(
    "backend",
    [
        pytest.param(null.Keyring, id="null"),
        pytest.param(fail.Keyring, id="none"),
    ],
)
def test_a_probe_finds_no_keyring(use, backend):
    use(backend())
    assert asyncio.run(Credentials().probe_later()) == Kept(Keeping.ABSENT, why=NO_KEYRING)


def test_a_probe_names_what_people_know(use):
    backend = type("Keyring", (keyrings.MemoryKeyring,), {"__module__": "keyring.backends.kwallet"})
    use(backend())
    assert asyncio.run(Credentials().probe_later()).why == "The key is kept in KWallet."
