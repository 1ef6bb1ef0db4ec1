"""Whether a graph is sane: shapes by SHACL, circles of ancestors by an algorithm of their own, each finding with the
claims that it rests on. Puts stages together, as kg.build does.
"""
