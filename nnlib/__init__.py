"""A small neural network library to read: NumPy only, one module per unit of the course.

Read the modules in the order of the units: `neuron`, `activations`, `mlp`, `matrix`, `training`,
`softmax`. Then come `optimisers`, `network` and `estimators`, and `plots` for pictures.

Everything the units define is importable from here under its name in the syllabus. Plots and
estimators need matplotlib and scikit-learn, so they are loaded when first used.
"""

import importlib
from typing import TYPE_CHECKING, Any

from nnlib.activations import (
    collapse_linear,
    linear,
    linear_regression,
    logistic_regression,
    neuron,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    step,
    tanh,
)
from nnlib.matrix import forward, layer_forward, layer_shapes, multiply_adds
from nnlib.mlp import (
    count_parameters,
    dropout,
    hidden_activations,
    network_depth,
    two_layer_forward,
    xor_parameters,
)
from nnlib.neuron import gate_parameters, perceptron, predict_all, weighted_sum

if TYPE_CHECKING:
    from . import plots

_LOADED_ON_FIRST_USE = {
    "plots": ("nnlib.plots", None),
}

__all__ = [
    "collapse_linear",
    "count_parameters",
    "dropout",
    "forward",
    "gate_parameters",
    "hidden_activations",
    "layer_forward",
    "layer_shapes",
    "linear",
    "linear_regression",
    "logistic_regression",
    "multiply_adds",
    "network_depth",
    "neuron",
    "perceptron",
    "plots",
    "predict_all",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "step",
    "tanh",
    "two_layer_forward",
    "weighted_sum",
    "xor_parameters",
]


def __getattr__(name: str) -> Any:
    if name not in _LOADED_ON_FIRST_USE:
        raise AttributeError(f"module 'nnlib' has no attribute {name!r}")
    module_name, attribute = _LOADED_ON_FIRST_USE[name]
    module = importlib.import_module(module_name)
    return getattr(module, attribute) if attribute else module


def __dir__() -> list[str]:
    return sorted({*globals(), *_LOADED_ON_FIRST_USE})
