"""What a test lets go of is destroyed between tests, never in the middle of one.

A chart of pyqtgraph is a cycle. Collected while its own scene paints, it ends the process.
"""

import gc

import pytest
from shiboken6 import isValid

from phdesk.views import theme as look
from phdesk.views.explore.plot import Plot
from tests.conftest import pytest_runtest_teardown


def end_of_a_test():
    """Do what is done after each test."""
    around = pytest_runtest_teardown()
    next(around)
    with pytest.raises(StopIteration):
        next(around)


def test_no_cycle_is_collected_in_the_middle_of_a_test():
    assert not gc.isenabled()


def test_a_chart_to_be_deleted_later_lives_until_the_test_is_over_and_is_gone_then(qapp):
    plot = Plot(look.light())
    plot.deleteLater()
    assert isValid(plot)
    end_of_a_test()
    assert not isValid(plot)
