"""RDF of other people into the store: read by the ontology's alignments, and kept as a document.

The document's text is the triples, so that every fact has the line that says it. Puts stages together, as kg.build.
"""
