"""The network: a small BERT encoder, a tag a word, and what each word belongs to.

It is written out here rather than taken from a library because three things differ: marks of
writing are added to the embeddings, everything after the encoder works on words, and the
attention is written so that it is fast in bfloat16 on one processor core (measured: three times
the fused kernel in float32).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extraction.attribution.figures import LINKS, TAGS
from kg.extraction.attribution.pieces import CASES, QUOTES

__all__ = ["WIDTH", "Network"]

WIDTH, LAYERS, HEADS, INNER, VOCABULARY, LONGEST = 384, 6, 12, 1536, 30522, 512
LINK_WIDTH = 128


class Layer(nn.Module):
    """One layer of the encoder, its residuals normalised after the sum as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.ask = nn.Linear(WIDTH, 3 * WIDTH)
        self.answer = nn.Linear(WIDTH, WIDTH)
        self.first_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.second_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """The states after this layer; ``bias`` is very negative where there is padding."""
        batch, length, _ = states.shape
        asked = self.ask(states).view(batch, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = asked.permute(2, 0, 3, 1, 4).unbind(0)
        scale = (WIDTH // HEADS) ** -0.5
        weights = torch.softmax((query * scale) @ key.transpose(-1, -2) + bias, -1)
        heard = (weights @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        states = self.first_norm(states + self.drop(self.answer(heard)))
        widened = functional.gelu(self.widen(states))
        return self.second_norm(states + self.drop(self.narrow(widened)))


class Network(nn.Module):
    """Tags and links of the words of a window."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(LONGEST, WIDTH)
        self.cases = nn.Embedding(len(CASES), WIDTH)
        self.quotes = nn.Embedding(len(QUOTES), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.tags = nn.Linear(WIDTH, len(TAGS))
        self.link_from = nn.Linear(WIDTH, len(LINKS) * LINK_WIDTH)
        self.link_to = nn.Linear(WIDTH, len(LINKS) * LINK_WIDTH)
        nn.init.normal_(self.cases.weight, std=0.01)
        nn.init.normal_(self.quotes.weight, std=0.01)

    def forward(
        self, ids: Tensor, cases: Tensor, quotes: Tensor, heads: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Log-probabilities of tags (batch, word, tag) and of links (batch, link, word, word).

        Padding is piece 0 and head -1; the first head is the encoder's own first piece.
        """
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.words(ids) + self.places(places) + self.cases(cases) + self.quotes(quotes)
        states = self.drop(self.norm(states))
        bias = ((ids == 0).to(states.dtype) * -1e4)[:, None, None, :]
        for layer in self.layers:
            states = layer(states, bias)
        index = heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, WIDTH)
        words = self.drop(torch.gather(states, 1, index)).to(self.tags.weight.dtype)
        tags = torch.log_softmax(self.tags(words), -1)
        batch, length, _ = words.shape
        shape = (batch, length, len(LINKS), LINK_WIDTH)
        left = self.link_from(words).view(shape).transpose(1, 2)
        right = self.link_to(words).view(shape).transpose(1, 2)
        scores = left @ right.transpose(-1, -2) * LINK_WIDTH**-0.5
        hidden = (heads < 0).to(scores.dtype)[:, None, None, :] * -1e4
        return tags, torch.log_softmax(scores + hidden, -1)

    def encoder(self) -> list[nn.Module]:
        """The parts that may compute in bfloat16; what comes after needs the full precision."""
        return [self.words, self.places, self.cases, self.quotes, self.norm, self.layers]
