"""The room that turns findings into quads: who says what, where, in which words."""

from kg.statements.state import describe_build, fingerprint, parts, shared, state

__all__ = ["describe_build", "fingerprint", "parts", "shared", "state"]
