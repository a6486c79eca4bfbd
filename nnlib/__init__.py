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
from nnlib.softmax import (
    cross_entropy,
    one_hot,
    predict_classes,
    softmax,
    softmax_gradient,
    top_k_accuracy,
    train_softmax,
)
from nnlib.training import (
    backward,
    binary_cross_entropy,
    gradient_descent_step,
    hidden_delta,
    init_parameters,
    minibatches,
    mse,
    mse_gradient,
    numerical_gradient,
    output_delta,
    train,
)

if TYPE_CHECKING:
    from . import plots

_LOADED_ON_FIRST_USE = {
    "plots": ("nnlib.plots", None),
}

__all__ = [
    "backward",
    "binary_cross_entropy",
    "collapse_linear",
    "count_parameters",
    "cross_entropy",
    "dropout",
    "forward",
    "gate_parameters",
    "gradient_descent_step",
    "hidden_activations",
    "hidden_delta",
    "init_parameters",
    "layer_forward",
    "layer_shapes",
    "linear",
    "linear_regression",
    "logistic_regression",
    "minibatches",
    "mse",
    "mse_gradient",
    "multiply_adds",
    "network_depth",
    "neuron",
    "numerical_gradient",
    "one_hot",
    "output_delta",
    "perceptron",
    "plots",
    "predict_all",
    "predict_classes",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "softmax",
    "softmax_gradient",
    "step",
    "tanh",
    "top_k_accuracy",
    "train",
    "train_softmax",
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
