"""People -> Wikidata items, linked together as the families they are; and facts from there.

What is asked of Wikidata stands in `source`; `together` weighs candidates by all signals and by each other.
"""
