"""Write a trained network as an ONNX file of eight-bit integers, with its tokenizer and settings.

python -m training.attribution.export --network DIR/network.pt --out DIR
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from training.attribution.network import Network
from training.attribution.train import encoder_folder, read_tokenizer

__all__ = ["export"]


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


def export(weights: Path, out: Path, *, size: int, margin: int) -> Path:
    """The file of the quantised network; ``model-float.onnx`` beside it keeps full precision."""
    network = Network()
    network.load_state_dict(torch.load(weights))
    network.eval()
    read = (
        torch.tensor([[101, 2023, 2003, 2019, 7953, 102]]),
        torch.zeros((1, 6), dtype=torch.int64),
        torch.zeros((1, 6), dtype=torch.int64),
        torch.tensor([[0, 1, 2, 3, 4]]),
    )
    whole, small = out / "model-float.onnx", out / "model.onnx"
    names = ["ids", "cases", "quotes", "heads"]
    pieces, words = {0: "batch", 1: "pieces"}, {0: "batch", 1: "words"}
    torch.onnx.export(
        Probabilities(network),
        read,
        str(whole),
        input_names=names,
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
    ready = out / "model-ready.onnx"
    quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(
        str(ready),
        str(small),
        weight_type=QuantType.QInt8,
        per_channel=True,
    )
    ready.unlink()
    read_tokenizer(encoder_folder()).save(str(out / "tokenizer.json"), pretty=False)
    settings = {"size": size, "margin": margin}
    (out / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    return small


def main() -> None:
    """Export one checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--network", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", type=int, default=384)
    parser.add_argument("--margin", type=int, default=64)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    export(given.network, given.out, size=given.size, margin=given.margin)


if __name__ == "__main__":
    main()
