"""Writes a network as the tagger reads it: eight-bit integers, a tokenizer, settings."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import (
    quant_pre_process,
)
from tokenizers import Tokenizer
from torch import Tensor, nn

from kg.extraction.attribution.fitting.learning.network import Network

__all__ = ["Probabilities", "export"]


class Probabilities(nn.Module):
    """The network with its links as probabilities: they are added up, never multiplied."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: Tensor, cases: Tensor, quotes: Tensor, heads: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Log-probabilities of tags and probabilities of links."""
        tags, links = self.network(ids, cases, quotes, heads)
        return tags, links.exp()


def export(
    network: Network, folder: Path, *, tokenizer: Tokenizer, settings: Mapping[str, int]
) -> None:
    """Write ``model.onnx``, ``tokenizer.json`` and ``settings.json`` into a folder."""
    with TemporaryDirectory() as made:
        whole, ready = Path(made) / "whole.onnx", Path(made) / "ready.onnx"
        _write_whole(network, whole)
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready), str(folder / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True
        )
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    words = json.dumps(dict(settings), indent=1)
    (folder / "settings.json").write_text(words + "\n", encoding="utf-8")


def _write_whole(network: Network, path: Path) -> None:
    """Write the network in full precision."""
    network.eval()
    read = (
        torch.tensor([[101, 2023, 2003, 2019, 7953, 102]]),
        torch.zeros((1, 6), dtype=torch.int64),
        torch.zeros((1, 6), dtype=torch.int64),
        torch.tensor([[0, 1, 2, 3, 4]]),
    )
    pieces, words = {0: "batch", 1: "pieces"}, {0: "batch", 1: "words"}
    with warnings.catch_warnings():
        # the exporter that is not "dynamo" is to go one day; the other one writes weights under
        # names that say nothing, and `released` finds them by name
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Probabilities(network),
            read,
            str(path),
            input_names=["ids", "cases", "quotes", "heads"],
            output_names=["tags", "links"],
            dynamic_axes={
                "ids": pieces,
                "cases": pieces,
                "quotes": pieces,
                "heads": words,
                "tags": words,
                "links": {0: "batch", 2: "words", 3: "words"},
            },
            opset_version=17,
            dynamo=False,
        )
