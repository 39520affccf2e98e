"""Work out formulas such as ``A / (A + B) * 100`` without ever calling eval."""

import ast
import operator
from collections.abc import Callable, Mapping

from phdesk.demo.errors import hidden

_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}


def evaluate(text: str, values: Mapping[str, float]) -> float:
    """Compute a formula over named numbers; dividing by zero gives 0, as in PostHog.

    A formula that cannot be read is a hidden server error there, so it is one here.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError as error:
        raise hidden() from error
    return _value(tree.body, {name.upper(): value for name, value in values.items()})


def _value(node: ast.expr, values: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name) if name.upper() in values:
            return values[name.upper()]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, values)
        case ast.UnaryOp(op=ast.UAdd(), operand=inner):
            return _value(inner, values)
        case ast.BinOp(left=left, op=sign, right=right):
            return _combine(sign, _value(left, values), _value(right, values))
        case _:
            raise hidden()


def _combine(sign: ast.operator, left: float, right: float) -> float:
    if isinstance(sign, ast.Div):
        return left / right if right else 0.0
    if type(sign) not in _OPERATORS:
        raise hidden()
    return _OPERATORS[type(sign)](left, right)
