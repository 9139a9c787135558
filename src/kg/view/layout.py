"""Where things stand in the picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

__all__ = ["place"]

#: Pixels left free around a thing, for its edges and their words.
_MARGIN = 42
#: The picture is made about this much wider than high, as screens are.
_WIDE = 1.6

type Points = NDArray[np.float64]


def place(
    sizes: Mapping[str, tuple[float, float]], links: Iterable[tuple[str, str, float]]
) -> dict[str, tuple[int, int]]:
    """The middle of each thing in pixels, so that no two of them overlap.

    ``sizes`` are widths and heights; the third value of a link is how hard it pulls. Linked
    things stand near each other; parts without a link between them stand side by side, the
    largest first. Equal input gives equal places.

    >>> place({"a": (10, 10), "b": (10, 10)}, [])
    {'a': (26, 26), 'b': (78, 26)}
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sizes)
    graph.add_weighted_edges_from(links)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=_largest_first)
    blocks = [_block(graph.subgraph(part), part, sizes) for part in parts]
    corners = _shelve(extent for _, extent in blocks)
    return {
        name: (round(x + left), round(y + top))
        for part, (points, _), (left, top) in zip(parts, blocks, corners, strict=True)
        for name, (x, y) in zip(part, points.tolist(), strict=True)
    }


def _largest_first(part: list[str]) -> tuple[int, str]:
    return -len(part), part[0]


def _block(
    graph: nx.Graph[str], part: list[str], sizes: Mapping[str, tuple[float, float]]
) -> tuple[Points, tuple[float, float]]:
    """Places in one connected part, from its left upper corner, and its width and height."""
    boxes = np.array([sizes[name] for name in part], dtype=np.float64) + _MARGIN
    points = _spread(_spring(graph, part) * _room(boxes), boxes)
    corner = (points - boxes / 2).min(axis=0)
    width, height = ((points + boxes / 2).max(axis=0) - corner).tolist()
    return points - corner, (width, height)


def _room(boxes: Points) -> Points:
    """Half the width and height that so many boxes need."""
    half = np.sqrt((boxes[:, 0] * boxes[:, 1]).sum()) / 2
    return np.array([half * np.sqrt(_WIDE), half / np.sqrt(_WIDE)])


def _spring(graph: nx.Graph[str], part: list[str]) -> Points:
    """Places between -1 and 1 by the attraction of links and the repulsion of all."""
    if len(part) == 1:
        return np.zeros((1, 2))
    # A subgraph iterates in the order of a set, which differs from run to run.
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(part)
    ordered.add_weighted_edges_from(
        sorted((min(edge), max(edge), float(graph.edges[edge]["weight"])) for edge in graph.edges)
    )
    start = nx.circular_layout(ordered)
    places = nx.spring_layout(ordered, pos=start, iterations=300, seed=1, method="force")
    points: Points = np.array([places[name] for name in part])
    # As wide as high, so that the whole of the screen is used.
    lowest, highest = points.min(axis=0), points.max(axis=0)
    return (points - (lowest + highest) / 2) / np.maximum((highest - lowest) / 2, 0.2)


def _spread(points: Points, boxes: Points, rounds: int = 400) -> Points:
    """Push boxes apart until none overlap, each time along the shorter way."""
    points = points.copy()
    reach = (boxes[:, None] + boxes[None, :]) / 2
    # Two boxes in one spot are told apart by their order.
    order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])
    for _ in range(rounds):
        gap = points[:, None] - points[None, :]
        over = reach - np.abs(gap)
        touching = (over > 1).all(axis=2)
        np.fill_diagonal(touching, val=False)
        if not touching.any():
            break
        side = np.where(gap == 0, order[..., None], np.sign(gap))
        # Things are wider than high: without a weight all would be pushed up and down.
        cost = over * np.array([1.0, _WIDE])
        shorter = cost == cost.min(axis=2, keepdims=True)
        points += (over * side * shorter * touching[..., None]).sum(axis=1) * 0.3
    return points


def _shelve(extents: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The left upper corner of each block, the largest first.

    Blocks stand on shelves from left to right; on a shelf, small ones stand below each other.
    """
    blocks = list(extents)
    area = sum(width * height for width, height in blocks)
    limit = max([width for width, _ in blocks] + [(area * _WIDE) ** 0.5 * 1.15])
    corners = []
    left = top = shelf = 0.0  # where the column begins, and how high the shelf is
    wide = filled = 0.0  # how much of the column is used
    for width, height in blocks:
        if filled and (filled + height > shelf or left + width > limit):
            left, wide, filled = left + wide, 0.0, 0.0
        if left and left + width > limit:
            left, top, shelf = 0.0, top + shelf, 0.0
        corners.append((left, top + filled))
        wide, filled, shelf = max(wide, width), filled + height, max(shelf, filled + height)
    return corners
