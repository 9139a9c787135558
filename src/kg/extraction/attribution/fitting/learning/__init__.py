"""What needs torch and onnx: the network, its learning, and its way from and to a model's file.

Only `fitting.folder` imports it, when it is asked to learn, so that everything else runs without.
"""

__all__: list[str] = []
