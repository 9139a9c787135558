"""Which events of different documents are one, by rules and by what people decided."""

from kg.identity.events.contexts import Contexts, Likeness
from kg.identity.events.countries import countries
from kg.identity.events.evidence import explain
from kg.identity.events.happenings import Happening, happenings, stamps
from kg.identity.events.joining import join_events
from kg.identity.events.suggesting import suggest_events

__all__ = [
    "Contexts",
    "Happening",
    "Likeness",
    "countries",
    "explain",
    "happenings",
    "join_events",
    "stamps",
    "suggest_events",
]
