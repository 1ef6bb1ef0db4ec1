"""What a query asks, in words, step by step: rdflib's algebra (SPARQL 1.1, section 18) told line by line.

Only for people to read; Oxigraph answers by plans of its own. rdflib takes a second to come, so nothing else imports
this.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pyoxigraph import Literal, NamedNode
from rdflib import BNode, URIRef, Variable
from rdflib import Literal as Text
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, Path, SequencePath
from rdflib.plugins.sparql import algebra, parser

from kg.ask.words import prologue, tokens
from kg.dataset import Dataset
from kg.errors import QueryError
from kg.vocabulary.names import RDF

MOST = 10_000
"""Matches that are counted of one pattern."""

INDENT = "  "

Node = Any
"""rdflib has no types for its algebra."""


@dataclass(slots=True)
class Telling:
    """graph: counts matches, if it is at hand. shorten: IRI -> prefix:name. totals: aggregates by rdflib's variable."""

    graph: Dataset | None
    shorten: Callable[[str], str]
    totals: dict[str, str] = field(default_factory=dict)

    # -------------------------------------------------------------- terms
    def term(self, node: Node) -> str:
        """A variable, an IRI, a literal or a path, as one would write it."""
        if isinstance(node, Variable):
            return self.totals.get(str(node), f"?{node}")
        if isinstance(node, URIRef):
            return self.shorten(str(node))
        if isinstance(node, Path):
            text = self._path(node)
            return text[1:-1] if text[0] == "(" and text[-1] == ")" else text
        if isinstance(node, BNode):
            return f"_:{node}"
        return self._literal(node) if isinstance(node, Text) else str(node)

    def _literal(self, node: Text) -> str:
        made = _ours(node)
        bare = made.datatype.value.rsplit("#", 1)[-1] in ("integer", "decimal", "boolean")
        if bare or made.language or not node.datatype:
            return made.value if bare else str(made)
        return f"{Literal(made.value)}^^{self.shorten(made.datatype.value)}"

    def _path(self, path: Node) -> str:
        """As one would write it; rdflib's own writing knows no prefixes, and not all of its paths."""
        if isinstance(path, URIRef):
            return "a" if str(path) == f"{RDF}type" else self.shorten(str(path))
        if isinstance(path, MulPath):
            inside = self._path(path.path)
            return f"({inside}){path.mod}" if isinstance(path.path, MulPath) else inside + path.mod
        if isinstance(path, SequencePath | AlternativePath):
            sign = "/" if isinstance(path, SequencePath) else "|"
            return f"({sign.join(map(self._path, path.args))})"
        if isinstance(path, NegatedPath):
            return f"!({'|'.join(map(self._path, path.args))})"
        # rdflib 7 loses the name of an inverse inside a negation.
        return f"^{self._path(path.arg)}" if isinstance(path, InvPath) else "^…"

    # -------------------------------------------------------------- expressions
    def say(self, expression: Node) -> str:
        """An expression as one would write it."""
        name = getattr(expression, "name", "")
        if name in OPERATORS:
            return OPERATORS[name](self, expression)
        if name.startswith("Builtin_"):
            return self._call(name.removeprefix("Builtin_"), expression)
        if name == "Function":
            return f"{self.term(expression.iri)}({', '.join(map(self.say, expression.expr))})"
        if isinstance(expression, list):
            return f"({', '.join(map(self.say, expression))})"
        return self.term(expression)

    def part(self, expression: Node) -> str:
        """An expression inside another, in brackets if it is not one thing."""
        many = getattr(expression, "name", "") in ("ConditionalAndExpression", "ConditionalOrExpression", *SUMS)
        return f"({self.say(expression)})" if many else self.say(expression)

    def _call(self, name: str, expression: Node) -> str:
        if name in ("EXISTS", "NOTEXISTS"):
            inside = " . ".join(line.strip() for line in self.steps(_algebra(expression.graph), counted=False))
            return f"{'there is no' if name == 'NOTEXISTS' else 'there is'} {{ {inside} }}"
        values = [value for key, value in expression.items() if key != "_vars"]
        flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
        return f"{name}({', '.join(map(self.say, flat))})"

    def total(self, aggregate: Node) -> str:
        """COUNT(DISTINCT ?x)."""
        name = aggregate.name.removeprefix("Aggregate_")
        name = {"GroupConcat": "GROUP_CONCAT"}.get(name, name.upper())
        inside = "*" if aggregate.vars == "*" else self.say(aggregate.vars)
        between = f"; separated by {self.say(aggregate['separator'])}" if "separator" in aggregate else ""
        distinct = "DISTINCT " if dict(aggregate.items()).get("distinct") else ""
        return f"{name}({distinct}{inside}{between})"

    # -------------------------------------------------------------- patterns
    def steps(self, node: Node, *, counted: bool = True) -> Iterator[str]:
        """The lines of one part of the algebra."""
        told = STEPS.get(node.name)
        if told is None:
            yield f"{node.name}"
            return
        for line in told(self, node):
            yield line if counted else line.split("\t")[0]

    def inside(self, title: str, node: Node) -> Iterator[str]:
        yield title
        yield from (INDENT + line for line in self.steps(node))

    def pattern(self, triple: Sequence[Node]) -> str:
        """One triple pattern; behind a tab how many triples match it by itself."""
        verb = "a" if str(triple[1]) == f"{RDF}type" else self.term(triple[1])
        text = f"{self.term(triple[0])} {verb} {self.term(triple[2])}"
        return f"{text}\t{self._matches(triple)}"

    def _matches(self, triple: Sequence[Node]) -> str:
        if self.graph is None or isinstance(triple[1], Path):
            return "a path" if isinstance(triple[1], Path) else ""
        s, p, o = (None if isinstance(one, Variable | BNode) else _ours(one) for one in triple)
        number = sum(1 for _ in islice(self.graph.quads_for_pattern(s, p, o, None), MOST + 1))
        return f"more than {MOST:,}" if number > MOST else f"{number:,}"


def explained(sparql: str, known: Mapping[str, str], graph: Dataset | None, shorten: Callable[[str], str]) -> list[str]:
    """A query, told line by line.

    Args:
        known: prefixes that need no declaration. graph: in which matches are counted. shorten: IRI -> prefix:name.

    Raises:
        QueryError: rdflib does not know what Oxigraph knows, such as the triple terms of SPARQL 1.2.
    """
    try:
        query = algebra.translateQuery(parser.parseQuery(sparql), initNs=dict(known)).algebra
    except Exception as error:  # pyparsing's and rdflib's own, of many kinds
        problem = "this query is valid, but cannot be explained: it uses more than SPARQL 1.1"
        raise QueryError(problem, hint=str(error).split("\n")[0][:200]) from error
    if any(found[0] == "*" for found in islice(tokens(sparql[len(prologue(sparql)) :]), 3)):
        query["PV"] = sorted(query.PV or ())  # rdflib gives them in any order
    return _aligned([*_head(query, Telling(graph, shorten)), *_body(query, Telling(graph, shorten))])


def _aligned(lines: Sequence[str]) -> list[str]:
    """What stands behind tabs in one column."""
    parts = [line.partition("\t") for line in lines]
    width = max((len(text) for text, tab, _ in parts if tab), default=0)
    return [f"{text:{width}}  {rest}".rstrip() if tab else text for text, tab, rest in parts]


def _head(query: Node, telling: Telling) -> Iterator[str]:
    verbs = {"SelectQuery": "Gives", "AskQuery": "Says whether there is anything", "DescribeQuery": "Describes"}
    if query.name == "ConstructQuery":
        yield "Makes triples"
        yield from (INDENT + telling.pattern(one).split("\t")[0] for one in query.template or ())
    else:
        named = () if query.name == "AskQuery" else query.get("PV") or ()
        yield f"{verbs[query.name]} {', '.join(map(telling.term, named))}".rstrip()
    graphs = [
        telling.term(iri) for clause in query.datasetClause or () for key, iri in clause.items() if key != "_vars"
    ]
    yield f"from {', '.join(graphs)}" if graphs else "from all graphs together"


def _body(query: Node, telling: Telling) -> Iterator[str]:
    node = query.p
    if node is None:  # DESCRIBE of names
        return
    while node.name == "Project" or (query.name == "DescribeQuery" and node.name == "Distinct"):
        node = node.p
    yield from telling.steps(node)


# ------------------------------------------------------------------ one function a node of the algebra
def _bgp(telling: Telling, node: Node) -> Iterator[str]:
    yield from (telling.pattern(triple) for triple in node.triples)


def _join(telling: Telling, node: Node) -> Iterator[str]:
    yield from telling.steps(node.p1)
    yield from telling.steps(node.p2)


def _optional(telling: Telling, node: Node) -> Iterator[str]:
    yield from telling.steps(node.p1)
    yield from telling.inside("and, where there is,", node.p2)
    if getattr(node.expr, "name", "") != "TrueFilter":
        yield f"{INDENT}only where {telling.say(node.expr)}"


def _union(telling: Telling, node: Node) -> Iterator[str]:
    yield from telling.inside("either", node.p1)
    other = node.p2
    while other.name == "Union":
        yield from telling.inside("or", other.p1)
        other = other.p2
    yield from telling.inside("or", other)


def _minus(telling: Telling, node: Node) -> Iterator[str]:
    yield from telling.steps(node.p1)
    yield from telling.inside("but not (MINUS)", node.p2)


def _filter(telling: Telling, node: Node) -> Iterator[str]:
    yield from telling.steps(node.p)
    yield f"only where {telling.say(node.expr)}"


def _extend(telling: Telling, node: Node) -> Iterator[str]:
    yield from telling.steps(node.p)
    told = telling.say(node.expr)
    if told != f"?{node.var}" and not told.startswith("SAMPLE("):
        yield f"?{node.var} is {told}"


def _graph(telling: Telling, node: Node) -> Iterator[str]:
    yield from telling.inside(f"in one graph, {telling.term(node.term)},", node.p)


def _service(telling: Telling, node: Node) -> Iterator[str]:
    yield from telling.inside(f"asked of the service {telling.term(node.term)}", _algebra(node.graph))


def _values(telling: Telling, node: Node) -> Iterator[str]:
    for row in node.res:
        yield "with " + ", ".join(f"{telling.term(name)} = {telling.term(value)}" for name, value in row.items())


def _subquery(telling: Telling, node: Node) -> Iterator[str]:
    if node.p.name == "values":
        yield from telling.steps(node.p)
    else:
        yield from telling.inside("by a query of its own", node.p)


def _grouped(telling: Telling, node: Node) -> Iterator[str]:
    yield from telling.steps(node.p.p)
    by = node.p.expr
    yield f"one row for each {', '.join(map(telling.say, by))}" if by else "all in one row"
    telling.totals |= {str(one.res): telling.total(one) for one in node.A}


def _ordered(telling: Telling, node: Node) -> Iterator[str]:
    yield from telling.steps(node.p)
    down = {"DESC": ", highest first"}
    yield "sorted by " + "; ".join(f"{telling.say(one.expr)}{down.get(one.order, '')}" for one in node.expr)


def _distinct(telling: Telling, node: Node) -> Iterator[str]:
    yield from telling.steps(node.p)
    yield "no row twice"


def _slice(telling: Telling, node: Node) -> Iterator[str]:
    yield from telling.steps(node.p)
    if node.start:
        yield f"leaving out the first {node.start:,}"
    if node.length is not None:
        yield f"at most {node.length:,} rows"


def _through(telling: Telling, node: Node) -> Iterator[str]:
    yield from telling.steps(node.p)


STEPS: Mapping[str, Callable[[Telling, Node], Iterator[str]]] = {
    "BGP": _bgp,
    "Join": _join,
    "LeftJoin": _optional,
    "Union": _union,
    "Minus": _minus,
    "Filter": _filter,
    "Extend": _extend,
    "Graph": _graph,
    "ServiceGraphPattern": _service,
    "values": _values,
    "ToMultiSet": _subquery,
    "AggregateJoin": _grouped,
    "OrderBy": _ordered,
    "Distinct": _distinct,
    "Reduced": _distinct,
    "Slice": _slice,
    "Project": _through,
}
"""Node of rdflib's algebra -> its lines."""


def _chain(sign: str) -> Callable[[Telling, Node], str]:
    return lambda telling, node: f" {sign} ".join(telling.part(one) for one in [node.expr, *node.other])


def _sums(telling: Telling, node: Node) -> str:
    rest = zip(node.op, node.other, strict=True)
    return " ".join([telling.part(node.expr), *(f"{sign} {telling.part(one)}" for sign, one in rest)])


def _unary(sign: str) -> Callable[[Telling, Node], str]:
    return lambda telling, node: f"{sign}{telling.part(node.expr)}"


SUMS = ("AdditiveExpression", "MultiplicativeExpression")

OPERATORS: Mapping[str, Callable[[Telling, Node], str]] = {
    "RelationalExpression": lambda telling, node: f"{telling.say(node.expr)} {node.op} {telling.say(node.other)}",
    "ConditionalAndExpression": _chain("and"),
    "ConditionalOrExpression": _chain("or"),
    **dict.fromkeys(SUMS, _sums),
    "UnaryNot": _unary("not "),
    "UnaryMinus": _unary("-"),
    "UnaryPlus": _unary("+"),
}


# ------------------------------------------------------------------ rdflib's values as ours
def _algebra(group: Node) -> Node:
    """rdflib leaves the patterns of EXISTS and SERVICE as they were parsed."""
    return algebra.translateGroupGraphPattern(group) if group.name.startswith("GroupGraphPattern") else group


def _ours(node: Node) -> Any:
    if isinstance(node, Text):
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))
    return NamedNode(str(node))
