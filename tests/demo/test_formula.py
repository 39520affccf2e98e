"""Formulas are arithmetic and nothing else."""

import pytest

from phdesk.demo.errors import ApiError
from phdesk.demo.formula import evaluate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A + B", 10.0),
        ("A / (A + B) * 100", 80.0),
        ("-A + 2.5", -5.5),
        ("a * b", 16.0),
        ("A / 0", 0.0),
        ("  B  ", 2.0),
    ],
)
def test_arithmetic(text, expected):
    assert evaluate(text, {"A": 8, "B": 2}) == expected


@pytest.mark.parametrize(
    "text", ["A +* B", "C", "A ** 9", "__import__('os')", "A.real", "A if B else A", "'x'", ""]
)
def test_anything_else_is_refused(text):
    with pytest.raises(ApiError) as refusal:
        evaluate(text, {"A": 8, "B": 2})
    assert refusal.value.status == 500
