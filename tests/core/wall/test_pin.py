"""A PIN is kept as a salted hash, and guessing it takes long."""

import pytest

from phdesk.core.wall.pin import (
    FREE_TRIES,
    NO_TRIES,
    after_wrong,
    hashed,
    is_hash,
    matches,
    wait_before,
    weakness,
)

SALT = bytes(range(16))
LINE = hashed("2468", SALT)


def test_a_pin_is_known_again_by_its_hash_alone():
    assert "2468" not in LINE
    assert matches("2468", LINE)
    assert not matches("2469", LINE)
    assert not matches("", LINE)


def test_the_same_pin_has_another_hash_with_another_salt():
    other = hashed("2468", bytes(16))
    assert other != LINE
    assert matches("2468", other)


@pytest.mark.parametrize(
    "line",
    [
        "2468",
        "",
        LINE[:-4],
        LINE.replace("scrypt", "md5"),
        LINE.replace("$16384$", "$1073741824$"),  # a file must not slow a wall down
        LINE.replace("$8$1$", "$8$1$é"),
        f"{LINE}$",
    ],
)
def test_what_is_no_hash_of_ours_matches_nothing(line):
    assert is_hash(LINE)
    assert not is_hash(line)
    assert not matches("2468", line)


@pytest.mark.parametrize("pin", ["", "123", "0000", "x" * 65])
def test_a_pin_that_is_guessed_at_once_is_not_taken(pin):
    assert weakness(pin)
    assert not weakness("2468")


def test_after_some_wrong_tries_each_one_has_to_wait_longer():
    tries, now, waits = NO_TRIES, 100.0, []
    for _ in range(FREE_TRIES + 4):
        waits.append(wait_before(tries, now))
        now += waits[-1]
        assert wait_before(tries, now) == 0
        tries = after_wrong(tries, now)
    assert waits == [0] * FREE_TRIES + [30, 60, 300, 300]
