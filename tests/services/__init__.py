"""Servers that the tests talk HTTP to: a SPARQL 1.1 service, Wikidata's two API calls, and a proxy that fails."""
