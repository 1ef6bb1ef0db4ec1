"""Services: any SPARQL 1.1 endpoint and any JSON API, with every way they fail told apart.

An answer is handed on only when it is there in full and of the kind that was asked for; else a ServiceError says what
happened (`kind` names the fault) and what to do. Nothing here knows what is asked, or of whom.
"""

from kg.endpoint.access import Access, Patience, access_from
from kg.endpoint.faults import KINDS
from kg.endpoint.sparql import ASKED, Endpoint
from kg.endpoint.web import Api

__all__ = ["ASKED", "KINDS", "Access", "Api", "Endpoint", "Patience", "access_from"]
