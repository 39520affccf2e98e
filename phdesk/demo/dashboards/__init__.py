"""Gather the six dashboards that a product team starts with."""

from phdesk.demo.dashboards import (
    company,
    customers,
    engineering,
    experiment,
    growth,
    product,
)
from phdesk.demo.dashboards.parts import Board

BOARDS: tuple[Board, ...] = (
    company.BOARD,
    product.BOARD,
    growth.BOARD,
    engineering.BOARD,
    experiment.BOARD,
    customers.BOARD,
)

__all__ = ["BOARDS", "Board"]
