"""What is written tile by tile ends well, or is said not to have."""

import pytest

from phdesk.views.export.stepping import BROKEN, Stepper


def breaking():
    yield 1
    raise RuntimeError("a painter broke")


def full():
    yield 1
    raise OSError("no room")


@pytest.mark.parametrize(
    ("work", "said", "error"), [(breaking, BROKEN, RuntimeError), (full, "no room", None)]
)
def test_what_breaks_is_never_told_as_done(qapp, work, said, error):
    stepper, heard = Stepper(), []
    stepper.failed.connect(lambda why: heard.append(("failed", why)))
    stepper.finished.connect(lambda _: heard.append(("finished", "")))
    stepper.begin(work())
    stepper.step()
    if error is None:
        stepper.step()
    else:
        with pytest.raises(error):
            stepper.step()
    assert not stepper.busy
    stepper.step()
    assert heard == [("failed", said)]
