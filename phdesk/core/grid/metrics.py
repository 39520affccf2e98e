"""Where cells and pixels meet: nowhere else does code know both (reference section 3.8)."""

from collections.abc import Sequence

from msgspec import Struct

from phdesk.models.dashboard import Box

ROW_HEIGHT = 80  # pixels
NARROW = 768  # below this width of the container, in pixels, there is one column


class Metrics(Struct, frozen=True, gc=False):
    """A grid drawn at a width: all lengths in pixels, `columns` is 12 or 1."""

    width: int
    columns: int = 12
    margin: int = 12
    row_height: int = ROW_HEIGHT

    def rectangle(self, box: Box) -> tuple[int, int, int, int]:
        """Give left, top, width and height of a box."""
        cell = (self.width - self.margin * (self.columns - 1)) / self.columns
        left = round(box.x * (cell + self.margin))
        right = round((box.x + box.w) * (cell + self.margin) - self.margin)
        top = box.y * (self.row_height + self.margin)
        height = box.h * self.row_height + (box.h - 1) * self.margin
        return left, top, max(right - left, 1), height

    def cells(self, dx: float, dy: float) -> tuple[int, int]:
        """Give the whole columns and rows that are nearest to a way in pixels."""
        cell = (self.width - self.margin * (self.columns - 1)) / self.columns
        return round(dx / (cell + self.margin)), round(dy / (self.row_height + self.margin))

    def height(self, boxes: Sequence[Box]) -> int:
        """Give the height of the page that holds these boxes."""
        bottom = max((box.y + box.h for box in boxes), default=0)
        return max(bottom * (self.row_height + self.margin) - self.margin, 0)


def metrics_for(width: int, *, margin: int = 12) -> Metrics:
    """Choose the breakpoint for a container's width."""
    return Metrics(width, 12 if width >= NARROW else 1, margin)
