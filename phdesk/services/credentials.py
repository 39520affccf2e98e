"""Keys: in the system's keyring, or in memory for this run only.

A keyring may hang for ever (a locked one without a prompter does), so each call has a thread of
its own and a limit. Nothing here writes a key to disk itself.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from enum import Enum

import keyring
import keyring.errors
from msgspec import Struct

SERVICE = "phdesk"
LIMIT = 5.0  # seconds
AGAIN = 3600.0  # seconds before a read that hangs is tried beside it; twice as long each time
LOCKED_ERRORS = (keyring.errors.KeyringLocked, keyring.errors.InitError)
NO_ANSWER = "The keyring did not answer; it may be locked."
LOCKED = "The keyring is locked."
KEY_STAYS = "The account is kept for its key: unlock the keyring and forget it again."
NO_KEYRING = "This computer has no keyring that phdesk can use."
PLACES = {  # by the module of keyring's backend
    "SecretService": "the system's keyring",
    "libsecret": "the system's keyring",
    "kwallet": "KWallet",
    "macOS": "the macOS keychain",
    "Windows": "Windows Credential Manager",
}


class Keeping(Enum):
    """Where a key is, or why it is not there."""

    STORED = "stored"  # in the keyring
    SESSION = "session"  # in memory, until phdesk ends
    ENVIRONMENT = "environment"
    LOCKED = "locked"  # the keyring may have it, but does not open
    ABSENT = "absent"


class Kept(Struct, frozen=True, gc=False):
    """What came of storing, reading or removing a key; `why` is a sentence or empty."""

    keeping: Keeping
    key: str | None = None
    why: str = ""

    def __repr__(self) -> str:
        """Show all but the key."""
        return f"Kept({self.keeping}, {'a key' if self.key else 'no key'}, {self.why!r})"


class _Read:
    """A call that may hang; all who wait in a loop share one future, which stays with the call."""

    def __init__(self, begun: float, account: str) -> None:
        self.begun = begun
        self.outcome = _begun(_read, account)
        self._heard: asyncio.Future[Kept] | None = None

    def heard(self) -> asyncio.Future[Kept]:
        """Give what tells the running loop."""
        if self._heard is None or self._heard.get_loop() is not asyncio.get_running_loop():
            self._heard = asyncio.wrap_future(self.outcome)
        return self._heard


class Credentials:
    """Keys by account id. The `…_later` forms are for the worker, the others wait."""

    def __init__(self, limit: float = LIMIT, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._clock = limit, clock
        self._session: dict[str, str] = {}
        self._reads: dict[str, list[_Read]] = {}  # of keyrings that may wait for a person

    def store(self, account: str, key: str, *, remember: bool = True) -> Kept:
        """Keep a key; in memory only when asked to, or when the keyring refuses."""
        if not remember:
            return self._in_memory(account, key, "")
        return self._stored(account, key, self._waited(_store, account, key))

    async def store_later(self, account: str, key: str, *, remember: bool = True) -> Kept:
        """Do as `store` does, without blocking the loop."""
        if not remember:
            return self._in_memory(account, key, "")
        return self._stored(account, key, await self._awaited(_store, account, key))

    def read(self, account: str) -> Kept:
        """Look a key up."""
        return self._held(account) or self._in_time(self._reading(account).outcome)

    async def read_later(self, account: str) -> Kept:
        """Do as `read` does, without blocking the loop."""
        return self._held(account) or await self._soon(self._reading(account).heard())

    def forget(self, account: str) -> Kept:
        """Remove a key; the outcome is ABSENT, or LOCKED if the keyring may still have it."""
        self._session.pop(account, None)
        return _gone(self._waited(_forget, account))

    async def forget_later(self, account: str) -> Kept:
        """Do as `forget` does, without blocking the loop."""
        self._session.pop(account, None)
        return _gone(await self._awaited(_forget, account))

    async def probe_later(self) -> Kept:
        """Say where keys would be kept, without opening anything; STORED when they can be."""
        return await self._awaited(_probe)

    def _held(self, account: str) -> Kept | None:
        key = self._session.get(account)
        return Kept(Keeping.SESSION, key) if key else None

    def _in_memory(self, account: str, key: str, why: str) -> Kept:
        self._session[account] = key
        return Kept(Keeping.SESSION, key, why)

    def _stored(self, account: str, key: str, outcome: Kept) -> Kept:
        self._reads.pop(account, None)  # it may have begun before
        if outcome.keeping is Keeping.STORED:
            self._session.pop(account, None)
            return outcome
        return self._in_memory(account, key, outcome.why)

    def _reading(self, account: str) -> _Read:
        """Read a key, or wait with who reads it already: a wall asks each minute, for a year.

        One that hangs may never hear that the keyring answers again. Beside it others are tried,
        ever later: in a year no more than 14 threads hang.
        """
        now = self._clock()
        reads = [one for one in self._reads.get(account, ()) if not one.outcome.done()]
        if not reads or now - reads[-1].begun >= AGAIN * 2 ** (len(reads) - 1):
            reads.append(_Read(now, account))
        self._reads[account] = reads
        return reads[-1]

    def _waited(self, call: Callable[..., Kept], *args: str) -> Kept:
        return self._in_time(_begun(call, *args))

    async def _awaited(self, call: Callable[..., Kept], *args: str) -> Kept:
        return await self._soon(asyncio.wrap_future(_begun(call, *args)))

    def _in_time(self, outcome: Future[Kept]) -> Kept:
        try:
            return outcome.result(self._limit)
        except TimeoutError:
            return Kept(Keeping.LOCKED, why=NO_ANSWER)

    async def _soon(self, heard: asyncio.Future[Kept]) -> Kept:
        done, _ = await asyncio.wait({heard}, timeout=self._limit)  # others may wait for it too
        return heard.result() if done else Kept(Keeping.LOCKED, why=NO_ANSWER)


def _begun(call: Callable[..., Kept], *args: str) -> Future[Kept]:
    """Call in a thread of its own: executors join theirs at exit, and this one may hang."""
    future: Future[Kept] = Future()

    def run() -> None:
        try:
            outcome = call(*args)
        except LOCKED_ERRORS:
            outcome = Kept(Keeping.LOCKED, why=LOCKED)
        except keyring.errors.NoKeyringError:
            outcome = Kept(Keeping.ABSENT, why=NO_KEYRING)
        except Exception as error:  # noqa: BLE001 - a backend raises whatever its system raises
            outcome = Kept(Keeping.ABSENT, why=f"The keyring failed ({type(error).__name__}).")
        with suppress(InvalidStateError):  # nobody waits any more
            future.set_result(outcome)

    threading.Thread(target=run, name="phdesk-keyring", daemon=True).start()
    return future


def _probe() -> Kept:
    """Look at the backend alone: reading an entry would ask the person to unlock a keyring."""
    backend = keyring.get_keyring()
    backend = next(iter(getattr(backend, "backends", ())), backend)  # a chain of several
    if backend.priority <= 0:  # the null and the failing backend
        return Kept(Keeping.ABSENT, why=NO_KEYRING)
    place = PLACES.get(type(backend).__module__.rpartition(".")[2], "the keyring")
    return Kept(Keeping.STORED, why=f"The key is kept in {place}.")


def _store(account: str, key: str) -> Kept:
    keyring.set_password(SERVICE, account, key)
    if keyring.get_password(SERVICE, account) != key:  # the null backend loses it silently
        return Kept(Keeping.ABSENT, why=NO_KEYRING)
    return Kept(Keeping.STORED, key)


def _read(account: str) -> Kept:
    key = keyring.get_password(SERVICE, account)
    return Kept(Keeping.STORED, key) if key else Kept(Keeping.ABSENT)


def _gone(outcome: Kept) -> Kept:
    """Take a keyring that failed in any way for one that may still have the key."""
    if outcome.why in ("", NO_KEYRING):
        return outcome
    return Kept(Keeping.LOCKED, why=outcome.why)


def _forget(account: str) -> Kept:
    if keyring.get_password(SERVICE, account) is not None:
        keyring.delete_password(SERVICE, account)
    return Kept(Keeping.ABSENT)
