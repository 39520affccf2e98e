"""The PIN that is asked before a wall is left: kept as a salted hash, tried a few times only."""

import binascii
import hashlib
import hmac
from base64 import b64decode, b64encode

from msgspec import Struct

KIND = "scrypt"
COST, BLOCK, LANES = 2**14, 8, 1  # 16 MB and some 50 ms a try
LENGTH = 32  # bytes of the hash
SALT = 16  # bytes
SHORTEST, LONGEST = 4, 64  # characters of a PIN
FREE_TRIES = 5
PAUSES = (30.0, 60.0, 300.0)  # seconds, after that many wrong ones and each one more


class Tries(Struct, frozen=True, gc=False):
    """Wrong tries so far, and when the last one was; seconds of a steady clock."""

    wrong: int = 0
    last: float = 0.0


NO_TRIES = Tries()


def hashed(pin: str, salt: bytes) -> str:
    """Write the hash of a PIN as it stands in the file; the salt is new and random each time."""
    parts = (KIND, str(COST), str(BLOCK), str(LANES), _written(salt), _written(_hash(pin, salt)))
    return "$".join(parts)


def is_hash(line: str) -> bool:
    """Tell what `hashed` wrote."""
    return _parts(line) is not None


def matches(pin: str, line: str) -> bool:
    """Tell whether a PIN is the one of a hash, in the same time for near ones and far ones."""
    parts = _parts(line)
    return parts is not None and hmac.compare_digest(_hash(pin, parts[0]), parts[1])


def weakness(pin: str) -> str:
    """Say why a PIN is not taken; empty when it is fine."""
    if not SHORTEST <= len(pin) <= LONGEST:
        return f"A PIN has {SHORTEST} to {LONGEST} characters."
    if len(set(pin)) == 1:
        return "A PIN of one character, repeated, is the first that people try."
    return ""


def wait_before(tries: Tries, now: float) -> float:
    """Give the seconds until the next try is taken."""
    if tries.wrong < FREE_TRIES:
        return 0.0
    pause = PAUSES[min(tries.wrong - FREE_TRIES, len(PAUSES) - 1)]
    return max(0.0, tries.last + pause - now)


def after_wrong(tries: Tries, now: float) -> Tries:
    """Note a wrong try; a right one begins anew with NO_TRIES."""
    return Tries(tries.wrong + 1, now)


def _hash(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        pin.encode(), salt=salt, n=COST, r=BLOCK, p=LANES, maxmem=64 * 2**20, dklen=LENGTH
    )


def _parts(line: str) -> tuple[bytes, bytes] | None:
    """Give salt and hash of a line; other costs than ours would let a file slow a wall down."""
    kind, _, rest = line.strip().partition("$")
    numbers, _, last = rest.rpartition("$")
    costs, _, salt = numbers.rpartition("$")
    if kind != KIND or costs != f"{COST}${BLOCK}${LANES}":
        return None
    try:
        found = b64decode(salt, validate=True), b64decode(last, validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if len(found[0]) == SALT and len(found[1]) == LENGTH else None


def _written(data: bytes) -> str:
    return b64encode(data).decode()
