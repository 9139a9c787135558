"""The numbers of learning: those of the released model, and those of fitting it to more marks."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["GENTLE", "Options"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to learn; the defaults are those of the released model.

    ``size`` counts pieces a window, ``batch`` windows; ``masked`` is the share of pieces that
    the network must do without. ``half`` computes the encoder in bfloat16: three times as fast
    on processors that multiply matrices of it, and slower on all others.
    """

    epochs: int = 8
    seed: int = 1
    size: int = 320
    batch: int = 8
    rate: float = 2e-4
    head_rate: float = 1e-3
    dropout: float = 0.1
    masked: float = 0.08
    link_weight: float = 0.5
    half: bool = True


#: For a network that can tag already and learns from few articles: a quarter of the rates, half
#: of the batch. Conventional numbers; they were not calibrated on a corpus.
GENTLE = Options(epochs=3, batch=4, rate=5e-5, head_rate=2.5e-4, half=False)
