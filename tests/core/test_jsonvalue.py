"""Pickers of values from JSON of which nothing is sure."""

import pytest
from msgspec import Raw

from phdesk.core.jsonvalue import (
    as_bool,
    as_dict,
    as_int,
    as_list,
    as_number,
    as_numbers,
    as_str,
    parse,
)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (12, 12), (12.5, 12.5), (12.0, 12), ("12", 12), ("12.5", 12.5), (" 7 ", 7),
        (18446744073709551615, 18446744073709551615),
        ("18446744073709551615", 18446744073709551615),
        (True, None), (None, None), ("", None), ("x", None), ("1_000", None), ("nan", None),
        ("inf", None), (float("inf"), None), ([], None), ({}, None), (10**400, None),
        ("9" * 5000, None), (1e300, 1e300),
    ],
    ids=lambda value: repr(value)[:20],
)  # fmt: skip
def test_numbers_are_read_exactly_or_not_at_all(value, wanted):
    found = as_number(value)
    assert found == wanted
    assert type(found) is type(wanted)
    assert [(one, type(one)) for one in as_numbers([value, 7])] == [
        (wanted, type(wanted)),
        (7, int),
    ]


@pytest.mark.parametrize(
    ("value", "wanted"), [(3, 3), (3.0, 3), ("3", 3), (3.5, None), (True, None), (None, None)]
)
def test_whole_numbers_are_read(value, wanted):
    assert as_int(value) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(True, True), ("true", True), (1, True), ("0", False), ("maybe", False), (None, False)],
)
def test_truth_is_read(value, wanted):
    assert as_bool(value) is wanted


def test_other_types_become_empty():
    assert as_str(["a"]) == ""
    assert as_str(3) == "3"
    assert as_dict([1]) == {}
    assert as_list({"a": 1}) == []


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[" * 100_000 + b"]" * 100_000])
def test_what_is_not_json_is_nothing(text):
    assert parse(Raw(text)) is None
