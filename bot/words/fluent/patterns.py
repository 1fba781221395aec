"""What a message holds, read from its syntax tree: variables, references, and every text it can become."""

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from fluent.syntax import ast, visitor

MOST_VARIANTS = 512
STAND_IN = "x"  # for whatever a variable will bring


class _Found(visitor.Visitor):
    """Collects names: `variables`, `messages`, `terms`, `functions`, and whether an attribute is referred to."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.messages: set[str] = set()
        self.terms: set[str] = set()
        self.functions: set[str] = set()
        self.attributes = False

    def visit_VariableReference(self, node: Any) -> None:
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: Any) -> None:
        self.messages.add(node.id.name)
        self.attributes |= node.attribute is not None

    def visit_TermReference(self, node: Any) -> None:
        self.terms.add(node.id.name)
        self.attributes |= node.attribute is not None
        self.generic_visit(node)

    def visit_FunctionReference(self, node: Any) -> None:
        self.functions.add(node.id.name)
        self.generic_visit(node)


def found(entry: Any) -> _Found:
    """Names that a message or term refers to."""
    names = _Found()
    if entry.value is not None:
        names.visit(entry.value)
    return names


def texts(pattern: Any) -> Iterator[str]:
    """Every text that a pattern can become, all choices combined, STAND_IN for variables; at most MOST_VARIANTS."""
    choices = [list(islice(_element(element), MOST_VARIANTS)) for element in pattern.elements]
    return ("".join(parts) for parts in islice(product(*choices), MOST_VARIANTS))


def opening_variable(pattern: Any) -> str | None:
    """The variable with which a text opens, if it opens with one."""
    first = pattern.elements[0] if pattern.elements else None
    if isinstance(first, ast.Placeable) and isinstance(first.expression, ast.VariableReference):
        return str(first.expression.id.name)
    return None


def _element(element: Any) -> Iterator[str]:
    if isinstance(element, ast.TextElement):
        yield str(element.value)
        return
    expression = element.expression
    while isinstance(expression, ast.Placeable):
        expression = expression.expression
    if isinstance(expression, ast.SelectExpression):
        for variant in expression.variants:
            yield from texts(variant.value)
    elif isinstance(expression, ast.StringLiteral):
        yield str(expression.parse()["value"])
    else:
        yield STAND_IN
