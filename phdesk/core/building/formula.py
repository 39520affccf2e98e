"""Check a formula over series: `A / (A + B) * 100`, where letters stand for series (6.1.5)."""

import ast

ALLOWED = (
    ast.Expression,
    ast.BinOp,
    ast.UnaryOp,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.Mod,
    ast.Pow,
    ast.UAdd,
    ast.USub,
    ast.Name,
    ast.Load,
    ast.Constant,
)
LONGEST = 1000


def formula_fault(text: str, count: int) -> str:
    """Say in a sentence what is wrong with a formula over so many series; nothing if it is fine.

    PostHog answers to one that it cannot read with a failure that says nothing.
    """
    if not text.strip():
        return "Write a formula, such as A / B * 100."
    if len(text) > LONGEST:
        return "This formula is too long."
    try:
        tree = ast.parse(text.strip().replace("^", "**"), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "This formula cannot be read. Write it as A / B * 100."
    for node in ast.walk(tree):
        problem = _problem(node, count)
        if problem:
            return problem
    return ""


def _problem(node: ast.AST, count: int) -> str:
    if not isinstance(node, ALLOWED):
        return "A formula is made of letters, numbers, + - * / and brackets."
    if isinstance(node, ast.Constant) and type(node.value) not in (int, float):
        return "A formula is made of letters, numbers, + - * / and brackets."
    if isinstance(node, ast.Name):
        name = node.id.upper()
        if len(name) != 1 or not "A" <= name <= "Z":
            return f"A formula names series by one letter, not “{node.id}”."
        if ord(name) - ord("A") >= count:
            return f"There is no series {name}."
    return ""
