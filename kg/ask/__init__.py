"""Asking a graph: SPARQL, the saved questions, and all that is known of one person."""
