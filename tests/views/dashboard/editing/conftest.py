import pytest

from tests.views.dashboard.editing.hands import Hands


@pytest.fixture
def viewing(qtbot):
    """A dashboard that is only looked at."""
    return Hands(qtbot)


@pytest.fixture
def hands(viewing):
    """A dashboard whose layout is being edited."""
    return viewing.edit()
