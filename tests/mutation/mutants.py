"""The changes that are tried: one node of a module's syntax tree at a time."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_SIGNS: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLS: Final = {"any": "all", "all": "any", "min": "max", "max": "min"}


@dataclass(frozen=True)
class Mutant:
    """One changed module.

    Args:
        change: the old and the new code of the changed node.
        source: the whole module with the change.
    """

    module: str
    line: int
    change: str
    source: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.change}"


def mutants_of(module: str, path: Path) -> list[Mutant]:
    """Every mutant of one module."""
    tree = ast.parse(path.read_text("utf-8"))
    found = []
    for place, node in enumerate(_code_of(tree)):
        for changed in _changes_of(node):
            copied = copy.deepcopy(tree)
            _put(list(_code_of(copied))[place], changed, copied)
            change = f"{ast.unparse(node)}  ->  {ast.unparse(changed)}"
            found.append(Mutant(module, node.lineno, change, ast.unparse(copied)))
    return found


def _code_of(tree: ast.AST) -> Iterator[ast.expr]:
    """Expressions that decide something: no annotations, decorators, options of a class or TYPE_CHECKING."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        skips: list[ast.AST | None] = [
            getattr(node, name, None) for name in ("annotation", "returns")
        ]
        skips += getattr(node, "decorator_list", [])
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            skips.append(node)
        if isinstance(node, ast.ClassDef):
            skips += node.keywords  # ``frozen=True``
        if isinstance(node, (ast.ImportFrom, ast.Import)):
            skips.append(node)
        skipped.update(id(child) for skip in skips if skip for child in ast.walk(skip))
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and id(node) not in skipped:
            yield node


def _changes_of(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Compare):
        for place, op in enumerate(node.ops):
            ops = [*node.ops[:place], _COMPARISONS[type(op)](), *node.ops[place + 1 :]]
            yield ast.Compare(node.left, ops, node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        yield ast.BinOp(node.left, _SIGNS[type(node.op)](), node.right)
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
        yield ast.Call(ast.Name(_CALLS[node.func.id], ast.Load()), node.args, node.keywords)


def _put(old: ast.expr, new: ast.expr, tree: ast.AST) -> None:
    """Replace one node, wherever in the tree it hangs."""
    ast.copy_location(new, old)
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list):
                value[:] = [new if child is old else child for child in value]
