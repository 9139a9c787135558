r"""Let the attribution network give out what it makes of every piece half-way.

    python -m training.coreference.states --out src/kg/extraction/attribution

Adds to ``model.onnx`` the output ``states``: what the fourth of its six layers passes on, which
tells best whom a pronoun stands for (``training/coreference/MODEL_CARD.md``). The two outputs
that it has stay as they are. A network that gives it already is left alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import onnx
from onnx import TensorProto, helper

LAYER = "/network/layers.3/second_norm/LayerNormalization_output_0"
WIDTH = 384


def main() -> None:
    """Add the output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    path = parser.parse_args().out / "model.onnx"
    model = onnx.load(path)
    if any(output.name == "states" for output in model.graph.output):
        return
    model.graph.node.append(helper.make_node("Identity", [LAYER], ["states"], name="/states"))
    shape = ["batch", "pieces", WIDTH]
    output = helper.make_tensor_value_info("states", TensorProto.FLOAT, shape)
    model.graph.output.append(output)
    onnx.checker.check_model(model)
    onnx.save(model, path)


if __name__ == "__main__":
    main()
