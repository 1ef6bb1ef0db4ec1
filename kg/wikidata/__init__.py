"""The store and Wikidata brought together: people out, links and facts in. Composes store, link and endpoint."""
