"""Which part of a picture is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

import networkx as nx

from kg.errors import NothingToShowError
from kg.view.picture import Node, Picture

__all__ = ["Choice", "choose", "find"]

#: Above so many things the picture is cut down to the most connected ones: a picture of
#: the twelve sample reports (about 300) can still be read, one of a thousand is a hairball.
MOST, KEPT = 300, 250
#: So many things the page holds that can be found in it though they are not drawn: the sentences
#: behind five thousand make a page of about ten megabytes, which a browser opens in a second.
FINDABLE = 5000


@dataclass(frozen=True, slots=True)
class Choice:
    """A part of a picture, and in words why it is not the whole."""

    picture: Picture  #: what is drawn
    findable: Picture  #: what can be found and opened: that, and what there was no room for
    notice: str


def choose(
    picture: Picture, *, around: str | None = None, depth: int = 1, about: str | None = None
) -> Choice:
    """What stands near a name or an event, or all of it when it is not too much.

    A claim never stands without those who make it and those who pass it on. No step goes through
    a document: else everything in one document would stand near everything else.

    Raises:
        NothingToShowError: If nothing has that name.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(picture.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in picture.edges)
    parts, notes = [], []
    for words, kinds in ((around, _is_entity), (about, _is_event)):
        if words is not None:
            found = find({n.id: n.names for n in picture.nodes.values() if kinds(n)}, words)
            parts.append((found, _near(picture, graph, found, depth)))
            notes.append(_named(picture, found, words))
    if parts:
        found = frozenset().union(*(seeds for seeds, _ in parts))
        kept = found | frozenset.intersection(*(near for _, near in parts))
        steps = "step" if depth == 1 else "steps"
        notice = f"Only what stands within {depth} {steps} of {' and '.join(notes)}. "
    else:
        kept = frozenset(node for node, degree in graph.degree if degree)
        notice = ""
    total = len(kept)
    findable = _with_sources(picture, kept)
    if total > MOST:
        kept = _most_connected(graph, kept)
    kept = _with_sources(picture, kept)
    if len(findable) > FINDABLE:
        findable = kept
    if total > MOST:
        others = (
            "use --around or --about to see the others"
            if findable == kept
            else "Find knows the others too"
        )
        notice += f"Drawn are {len(kept):,} of {total:,}, the most connected ones; {others}. "
    elif not parts and (alone := graph.number_of_nodes() - total):
        some = "name; it is" if alone == 1 else "names; they are"
        notice += f"Nothing is stated about {alone:,} more {some} left out. "
    return Choice(_part(picture, kept), _part(picture, findable), notice.strip())


def _is_entity(node: Node) -> bool:
    return node.kind in {"person", "organization", "group", "place", "work"}


def _is_event(node: Node) -> bool:
    return node.kind == "event"


def find(names: Mapping[str, Iterable[str]], words: str) -> frozenset[str]:
    """Those with just this name; if there is none, those whose name holds the words.

    >>> sorted(find({"a": ["Sund"], "b": ["Sund Bay"]}, "sund"))
    ['a']

    Raises:
        NothingToShowError: If nothing has that name.
    """
    asked = " ".join(words.casefold().split())
    folded = {id_: [name.casefold() for name in called] for id_, called in names.items()}
    same = frozenset(id_ for id_, called in folded.items() if asked in called)
    near = frozenset(
        id_ for id_, called in folded.items() if asked and any(asked in name for name in called)
    )
    if not (same or near):
        raise NothingToShowError(words, {name for called in names.values() for name in called})
    return same or near


def _near(picture: Picture, graph: nx.Graph[str], found: Set[str], depth: int) -> frozenset[str]:
    """Everything within some steps, none of which goes through a document."""
    reached, rim = set(found), set(found)
    for _ in range(depth):
        steps = {n for node in rim for n in graph[node]}
        rim = {node for node in steps - reached if picture.nodes[node].kind != "document"}
        reached |= steps
    return frozenset(reached)


def _most_connected(graph: nx.Graph[str], kept: Set[str]) -> frozenset[str]:
    ranked = sorted(kept, key=lambda node: (-graph.degree[node], node))
    return frozenset(ranked[:KEPT])


def _with_sources(picture: Picture, kept: Set[str]) -> frozenset[str]:
    """With those who say it, and those who pass that on, up to the document."""
    sources: dict[str, list[str]] = {}
    for edge in picture.edges:
        if edge.relation in {"says", "passes on"}:
            sources.setdefault(edge.target, []).append(edge.source)
    all_, rim = set(kept), set(kept)
    while rim:
        rim = {source for node in rim for source in sources.get(node, ())} - all_
        all_ |= rim
    return frozenset(all_)


def _part(picture: Picture, kept: Set[str]) -> Picture:
    nodes = {id_: node for id_, node in picture.nodes.items() if id_ in kept}
    edges = tuple(e for e in picture.edges if e.source in kept and e.target in kept)
    behind = {saying for node in nodes.values() for saying in node.sayings}
    behind |= {saying for edge in edges for saying in edge.sayings}
    sayings = {id_: saying for id_, saying in picture.sayings.items() if id_ in behind}
    return Picture(nodes, edges, sayings)


def _named(picture: Picture, found: Set[str], words: str) -> str:
    if len(found) == 1:
        return f"“{picture.nodes[min(found)].names[0]}”"
    return f"{len(found)} things that are called “{words}”"
