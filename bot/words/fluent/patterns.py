"""Inspect the syntax tree of a message: what it refers to, and every text that it can become."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
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
    choices = [list(dict.fromkeys(_element_texts(element, stand_in))) for element in pattern.elements]
    if prod(len(one) for one in choices) <= MAX_TEXTS:
        yield from ("".join(parts) for parts in product(*choices))
        return
    for turn in range(max(len(one) for one in choices)):
        yield "".join(one[turn % len(one)] for one in choices)


class ReferenceCycleError(ValueError):
    """A message that refers to itself, perhaps by way of others. The message names it."""


def inlined(node: Any, patterns: Mapping[str, Any], *, above: tuple[str, ...] = ()) -> Any:
    """Return a copy of a node in which the words of `patterns` stand in place of what refers to them.

    Raises ReferenceCycleError.
    """
    return _Inlining(patterns, above).visit(node.clone())


class _Inlining(visitor.Transformer):
    def __init__(self, patterns: Mapping[str, Any], above: tuple[str, ...]) -> None:
        self._patterns = patterns
        self._above = above

    def visit_Placeable(self, node: Any) -> Any:  # noqa: N802 - the library finds it by the node's name
        name = _referred(node.expression)
        if name in self._above:
            raise ReferenceCycleError(name)
        if name is None or self._patterns.get(name) is None:
            return self.generic_visit(node)
        node.expression = inlined(self._patterns[name], self._patterns, above=(*self._above, name))
        return node


def _referred(expression: Any) -> str | None:
    match expression:
        case ast.MessageReference(attribute=None):
            return str(expression.id.name)
        case ast.TermReference(attribute=None):
            return f"-{expression.id.name}"
    return None


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
    if isinstance(expression, ast.Pattern):  # inlined
        yield from possible_texts(expression, stand_in)
    elif isinstance(expression, ast.SelectExpression):
        for variant in expression.variants:
            yield from possible_texts(variant.value, stand_in)
    elif isinstance(expression, ast.StringLiteral):
        yield str(expression.parse()["value"])
    else:
        names = References()
        names.visit(expression)
        yield stand_in(min(names.variables)) if names.variables else SAMPLE_VALUE
