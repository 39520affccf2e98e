"""Which events a program hears that reads them as lines: each one, whoever tells it on screen.

Of what was found in quiet hours it hears, after them, each alert's last event. What waited for
longer than a day, quiet hours not counted, is no news any more.
"""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from phdesk.core.noticing.rules import Due, Rules, is_late, is_quiet
from phdesk.core.wall.hours import next_change
from phdesk.models.notice import Kept


def to_hear(waiting: Sequence[Kept], rules: Rules, now: datetime, zone: tzinfo) -> Due:
    """Choose among what was never heard, in the order in which it was found."""
    newest = {one.notice.group: one for one in waiting}
    kept, passed = [], []
    for one in waiting:
        was_held = one.notice.kind != "test" and is_quiet(rules, one.found, zone)
        is_outrun = was_held and newest[one.notice.group] is not one
        if is_outrun or is_late(one, rules, now, zone):
            passed.append(one)
        else:
            kept.append(one)
    ids = tuple(one.notice.id for one in passed)
    if not is_quiet(rules, now, zone):
        return Due(tuple(kept), ids)
    tests = tuple(one for one in kept if one.notice.kind == "test")
    late = tuple(one.notice.id for one in passed if is_late(one, rules, now, zone))
    return Due(tests, late, next_change(rules.quiet, now, zone))
