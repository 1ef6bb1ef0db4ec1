"""The graph over HTTP: SPARQL 1.1 Protocol, Graph Store Protocol, and the page for people.

The process that speaks HTTP opens no store. Whatever touches one runs in worker processes, which a time-out kills.
"""
