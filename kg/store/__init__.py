"""The graph as RDF, in an Oxigraph store on disk."""
