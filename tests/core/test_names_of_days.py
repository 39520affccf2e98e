"""Days and months are named in English on every machine; Qt sets the locale of a process."""

import re
from datetime import date
from pathlib import Path

from phdesk.core.dates import WEEKDAYS, short_month

PHDESK = Path(__file__).parents[2] / "phdesk"
NAMES = re.compile(r"%-?[aAbBcxXp]\b")
OURS = [one for one in PHDESK.rglob("*.py") if "demo" not in one.parts]  # which has no Qt


def test_months_are_named_in_three_letters():
    assert [short_month(date(2026, month, 1)) for month in (1, 5, 12)] == ["Jan", "May", "Dec"]
    assert WEEKDAYS[date(2026, 12, 1).weekday()] == "Tuesday"


def test_no_name_of_a_day_or_month_is_left_to_the_locale():
    named = {one.relative_to(PHDESK).as_posix(): NAMES.findall(one.read_text(encoding="utf-8"))
             for one in OURS}  # fmt: skip
    assert {path: found for path, found in named.items() if found} == {}
