"""What follows from what a text says, by the ontology's axioms: inverse, symmetric, more general, gendered, chained.

Pure Python over facts, so that every inferred fact keeps the facts that it follows from. (Rules that need more than one
document, and validation, are SPARQL and SHACL.)
"""

from kg.infer.closure import closure

__all__ = ["closure"]
