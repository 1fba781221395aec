"""Inspect the syntax tree of a message: what it refers to, and every text that it can become."""

from collections.abc import Callable, Iterator
from itertools import islice, product
from math import prod
from typing import Any

from fluent.syntax import ast, visitor

MAX_TEXTS = 512
SAMPLE_VALUE = "x"  # stands for the value of any variable


class References(visitor.Visitor):
    """The names that a message refers to: `variables`, `messages`, `terms` and `functions`.

    `attributes` tells whether it refers to an attribute of another message.
    """

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.messages: set[str] = set()
        self.terms: set[str] = set()
        self.functions: set[str] = set()
        self.attributes = False

    def visit(self, node: Any) -> None:
        """Collect the names of a node, and of the nodes below it."""
        match node:
            case ast.VariableReference():
                self.variables.add(node.id.name)
            case ast.MessageReference():
                self.messages.add(node.id.name)
                self.attributes |= node.attribute is not None
            case ast.TermReference():
                self.terms.add(node.id.name)
                self.attributes |= node.attribute is not None
            case ast.FunctionReference():
                self.functions.add(node.id.name)
        super().visit(node)


def references(entry: Any) -> References:
    """Return the names that a message or term refers to."""
    names = References()
    if entry.value is not None:
        names.visit(entry.value)
    return names


def possible_texts(pattern: Any, stand_in: Callable[[str], str] = lambda _: SAMPLE_VALUE) -> Iterator[str]:
    """Return every text that a pattern can become: all variants combined, at most MAX_TEXTS of them.

    `stand_in` says what stands for a variable, by its name. Of very many combinations, each variant is in one at least.
    """
    choices = [list(islice(_element_texts(element, stand_in), MAX_TEXTS)) for element in pattern.elements]
    if prod(len(one) for one in choices) <= MAX_TEXTS:
        yield from ("".join(parts) for parts in product(*choices))
        return
    for turn in range(max(len(one) for one in choices)):
        yield "".join(one[turn % len(one)] for one in choices)


def first_variable(pattern: Any) -> str | None:
    """Return the variable that a text begins with, if it begins with one."""
    first = pattern.elements[0] if pattern.elements else None
    if isinstance(first, ast.Placeable) and isinstance(first.expression, ast.VariableReference):
        return str(first.expression.id.name)
    return None


def _element_texts(element: Any, stand_in: Callable[[str], str]) -> Iterator[str]:
    if isinstance(element, ast.TextElement):
        yield str(element.value)
        return
    expression = element.expression
    while isinstance(expression, ast.Placeable):
        expression = expression.expression
    if isinstance(expression, ast.SelectExpression):
        for variant in expression.variants:
            yield from possible_texts(variant.value, stand_in)
    elif isinstance(expression, ast.StringLiteral):
        yield str(expression.parse()["value"])
    else:
        names = References()
        names.visit(expression)
        yield stand_in(min(names.variables)) if names.variables else SAMPLE_VALUE
