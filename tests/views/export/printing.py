"""Pages to be printed, and what a reader of PDFs finds in them."""

from io import BytesIO

from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QIODevice

from phdesk.core.grid.placement import Want, place
from phdesk.views import theme as look
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.export.paper import Paper, Print
from phdesk.views.picture import Page

AGE = CardState(age="14:05 · 12 min")


def page(views, wants=None):
    wanted = [Want(None, *size) for size in wants or [(6, 5)] * len(views)]
    return Page("Weekly", "What counts", views, place(wanted), [AGE] * len(views))


A4 = Paper()


def pdf_of(shown, paper=A4, theme=None):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    done = list(Print(shown, theme or look.light(), paper).write(buffer))
    assert done == list(range(1, len(shown.views) + 1))
    return PdfReader(BytesIO(bytes(buffer.data().data())))


def words_of(reader):
    """Give the words of each page, in whatever order they were written."""
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def fonts_of(reader):
    """Name the fonts of a file, and tell of each whether it is inside."""
    found = {}
    for one in reader.pages:
        for font in one["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            described = inner["/FontDescriptor"].get_object()
            found[str(inner["/BaseFont"])] = any(
                name in described for name in ("/FontFile", "/FontFile2", "/FontFile3")
            )
    return found
