"""The learned tagger at work: a text in, attributions out, with no torch in between."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from kg.extraction.attribution.decode import decode, spell
from kg.extraction.attribution.figures import LINKS, TAGS, Figures
from kg.extraction.attribution.models import digest, find_model
from kg.extraction.attribution.pieces import Pieces, cut, read_pieces, windows
from kg.extraction.attribution.states import States

__all__ = ["Attribution", "Read", "Tagger", "load_tagger"]

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

#: The output of what the network makes of the pieces half-way; a model may lack it.
_STATES = "states"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what, as offsets in code points, the end excluded.

    ``source`` is empty where the text names nobody. ``score`` is how sure the tagger is, from
    0 to 1.
    """

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the network has read it."""

    pieces: Pieces
    figures: Figures

    @property
    def states(self) -> States | None:
        """What the network makes of each word half-way; None of one that does not say."""
        if self.figures.states is None:
            return None
        spans = self.pieces.spans
        return States([start for start, _ in spans], [end for _, end in spans], self.figures.states)


class Tagger:
    """The network and its tokenizer, loaded once and used for many texts."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        # one thread: the same sums in the same order on every machine, and documents are
        # extracted side by side anyhow
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # Processors without instructions for sums of bytes cut them off at 16 bits, unless told not
        # to: then they find other speakers than the rest.
        options.add_session_config_entry("session.x64quantprecision", "1")
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        self._window = {name: int(settings[name]) for name in ("size", "before", "after")}

    def figures(self, pieces: Pieces) -> Figures:
        """What the network says of every word of a text."""
        cuts = windows(pieces, **self._window)
        count = len(pieces)
        width = 1 + max((window.end - window.start for window in cuts), default=0)
        tags = np.zeros((count, len(TAGS)), dtype=np.float32)
        links = np.zeros((count, len(LINKS), width), dtype=np.float32)
        bases = np.zeros(count, dtype=np.int64)
        states = None
        names = ("ids", "cases", "quotes", "heads")
        for window in cuts:
            read = cut(pieces, window.start, window.end, size=self._window["size"])
            given = {name: values[None] for name, values in zip(names, read, strict=True)}
            told = dict(zip(self._outputs, self._session.run(None, given), strict=True))
            some_tags, some_links = told["tags"], told["links"]
            words = slice(window.first - window.start + 1, window.last - window.start + 1)
            tags[window.first : window.last] = some_tags[0, words]
            reach = some_links.shape[3]
            links[window.first : window.last, :, :reach] = some_links[0, :, words].transpose(
                1, 0, 2
            )
            bases[window.first : window.last] = window.start
            if _STATES in told:
                of_words = _by_word(told[_STATES][0, 1:-1], given["heads"][0, 1:] - 1)
                if states is None:
                    states = np.zeros((count, of_words.shape[1]), dtype=np.float16)
                states[window.first : window.last] = of_words[words.start - 1 : words.stop - 1]
        return Figures(tags, links, bases, states)

    def read(self, text: str) -> Read:
        """A text as the network reads it."""
        pieces = read_pieces(text, self._tokenizer)
        return Read(pieces, self.figures(pieces))

    def attribute(self, text: str) -> list[Attribution]:
        """Who said what in a text, in the order of the cues."""
        return self.attributions(self.read(text))

    def attributions(self, read: Read) -> list[Attribution]:
        """Who said what in a text that has been read, in the order of the cues."""
        pieces = read.pieces
        return [
            Attribution(
                source=spell(found.source, pieces.spans),
                cue=spell(found.cue, pieces.spans),
                content=spell(found.content, pieces.spans),
                score=found.score,
            )
            for found in decode(read.figures, pieces)
        ]


def _by_word(states: Floats, firsts: Integers) -> Floats:
    """The mean of the pieces of each word."""
    counts = np.diff(np.append(firsts, len(states)))
    sums: Floats = np.add.reduceat(states, firsts, axis=0)
    return sums / np.maximum(counts, 1).astype(np.float32)[:, None]


def load_tagger(attribution: str | None = None) -> Tagger | None:
    """The tagger of a setting, kept for the next text; None where rules alone find who said what.

    Raises:
        ModelMissingError: If the setting names a folder that lacks a file of a model.
    """
    folder = find_model(attribution)
    return None if folder is None else _load(folder, digest(folder))


@functools.lru_cache(maxsize=2)
def _load(folder: Path, _digest: str) -> Tagger:
    """The tagger of a folder; with another digest it is another."""
    return Tagger(folder)
