import pytest
from PySide6.QtCore import QRectF

from phdesk.core.charts.spec import MarkdownBody
from phdesk.views import theme
from phdesk.views.charts import section
from phdesk.views.charts.ink import Ink


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("## Revenue", True),
        ("## Revenue\nWhat customers paid, by day.", True),
        ("## Revenue\n\nWhat customers paid.", True),
        ("## **Revenue**", False),
        ("## Revenue\n[docs](https://example.org)", False),
        ("## Revenue\nsee https://example.org", False),
        ("## Revenue\n- a list", False),
        ("## Revenue\nOne.\nTwo.", False),
        ("Revenue", False),
        ("## " + "long " * 80, False),
    ],
)
def test_only_a_plain_heading_is_painted_without_a_document(qapp, source, plain):
    rect = QRectF(0, 0, 600, 80)
    assert section.fits(rect, MarkdownBody(source), Ink(theme.light(), 1.0)) is plain
