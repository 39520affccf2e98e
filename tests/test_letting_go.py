"""What a test lets go of is destroyed between tests, never in the middle of one.

A chart of pyqtgraph is a cycle. Collected while its own scene paints, it ends the process.
"""

import gc

import pytest
from shiboken6 import isValid

from phdesk.views import theme as look
from phdesk.views.explore.plot import Plot

dropped = []


def test_no_cycle_is_collected_in_the_middle_of_a_test():
    assert not gc.isenabled()


def test_a_chart_to_be_deleted_later_lives_until_the_test_is_over(qapp):
    plot = Plot(look.light())
    dropped.append(plot)
    plot.deleteLater()
    assert isValid(plot)


def test_then_it_is_gone():
    if not dropped:
        pytest.skip("a chart is dropped by the test before this one, which was not run")
    assert not isValid(dropped.pop())
