import pytest

from tests.views.monitor.hall import Hall


@pytest.fixture
def hall(qtbot, tmp_path):
    made = Hall(tmp_path, qtbot)
    yield made
    made.close()
