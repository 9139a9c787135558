"""The network of a released model: its eight-bit integers as numbers that can learn on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from kg.errors import ModelDamagedError
from kg.extraction.attribution.fitting.learning.network import Network

__all__ = ["read_network"]

_ROOT = "network."


def read_network(path: Path, *, dropout: float = 0.1) -> Network:
    """The network whose quantised form `export` wrote into an ONNX file.

    An embedding keeps its name in the file; a layer's weights are named after nothing and are
    found as what the node with the layer's name multiplies by. What rounding to eight bits
    took away stays away: the network gives the file's figures but for the rounding of
    activations.

    Raises:
        ModelDamagedError: If the file is no such model.
    """
    try:
        model = onnx.load(path)
    except Exception as error:  # what protobuf raises is no public class
        raise ModelDamagedError(path, "it cannot be read") from error
    held = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    state = {name: value for name, value in held.items() if name.startswith(_ROOT)}
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            layer = node.name.removesuffix("/MatMul_quant").strip("/").replace("/", ".")
            state[f"{layer}.weight"] = _numbers(held, node.input[1].removesuffix("_quantized")).T
    for name in held:
        if name.startswith(_ROOT) and name.endswith("_quantized"):
            plain = name.removesuffix("_quantized")
            state[plain] = _numbers(held, plain)
    network = Network(dropout)
    wanted = network.state_dict()
    given = {name.removeprefix(_ROOT): value for name, value in state.items()}
    for name, value in wanted.items():
        if name not in given or given[name].shape != tuple(value.shape):
            raise ModelDamagedError(path, f"its {name!r} is missing or of another shape")
    network.load_state_dict(
        {name: torch.from_numpy(np.array(given[name], dtype=np.float32)) for name in wanted}
    )
    return network


def _numbers(held: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    """What eight-bit integers stand for: their distance from zero times their scale."""
    whole = held[f"{name}_quantized"].astype(np.float32)
    zero, scale = held[f"{name}_zero_point"], held[f"{name}_scale"]
    return (whole - zero.astype(np.float32)) * scale.astype(np.float32)
