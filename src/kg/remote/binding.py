"""Terms in the place of a query's variables: the protocol has no other way to bind them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Term

__all__ = ["bound"]

#: What of a query is no variable, and then the variables.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|'
    r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'(?:[^'\\\n]|\\.)*'|"
    r'<[^<>"{}|^`\\\s]*>|'
    r"#[^\n]*|"
    r"\bBOUND\s*\(\s*[?$](?P<bound>\w+)\s*\)|"
    r"[?$](?P<variable>\w+)|"
    r"(?P<columns>\bSELECT\b|\bGROUP\s+BY\b)|(?P<rest>[{}]|\b(?:HAVING|ORDER|LIMIT|OFFSET)\b)|"
    r"(?P<open>\()|(?P<close>\))",
    re.IGNORECASE | re.DOTALL,
)


def bound(sparql: str, substitutions: Mapping[str, Term]) -> str:
    """A query with terms in the place of variables, but for the names of its columns.

    >>> from pyoxigraph import NamedNode
    >>> bound("SELECT ?a (STR(?b) AS ?c) WHERE { ?a ?b '?b' }", {"b": NamedNode("urn:x")})
    "SELECT ?a (STR(<urn:x>) AS ?c) WHERE { ?a <urn:x> '?b' }"
    """
    depth = -1  # of brackets where columns are named; less than nought elsewhere

    def replace(match: re.Match[str]) -> str:
        nonlocal depth
        if match["columns"]:
            depth = 0
        elif match["rest"]:
            depth = -1
        elif depth >= 0 and (match["open"] or match["close"]):
            depth += 1 if match["open"] else -1
        elif match["bound"] in substitutions:
            return "true"
        elif match["variable"] in substitutions and depth != 0:
            return str(substitutions[match["variable"]])
        return match[0]

    return _TOKEN.sub(replace, sparql)
