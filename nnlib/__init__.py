"""A small neural network library to read: NumPy only, one module per unit of the course.

Read the modules in the order of the units: `neuron`, `activations`, `mlp`, `matrix`, `training`,
`softmax`. Then come `optimisers`, `network` and `estimators`, and `plots` for pictures.

Everything that the units define is importable from here under its name in the syllabus. Plots and
estimators need matplotlib and scikit-learn, so they are loaded when first used.
"""

# In the order of the units, not of the alphabet:
# ruff: noqa: I001, RUF022

import importlib
from typing import TYPE_CHECKING, Any

# fmt: off
from nnlib.activations import (
    step, linear, sigmoid, relu, tanh, sigmoid_derivative, relu_derivative,
    neuron, linear_regression, logistic_regression, collapse_linear,
)
from nnlib.neuron import weighted_sum, perceptron, predict_all, gate_parameters
from nnlib.mlp import (
    hidden_activations, two_layer_forward, network_depth, count_parameters, xor_parameters, dropout,
)
from nnlib.matrix import layer_shapes, layer_forward, forward, multiply_adds
from nnlib.training import (
    mse, binary_cross_entropy, mse_gradient, gradient_descent_step, init_parameters, numerical_gradient,
    output_delta, hidden_delta, backward, minibatches, train,
)
from nnlib.softmax import (
    softmax, one_hot, cross_entropy, softmax_gradient, predict_classes, top_k_accuracy, train_softmax,
)
from nnlib.optimisers import SGD, Adam
from nnlib.network import Network

if TYPE_CHECKING:
    from nnlib.estimators import MLPClassifier, MLPRegressor

    from . import plots

__all__ = [
    "weighted_sum", "perceptron", "predict_all", "gate_parameters",
    "step", "linear", "sigmoid", "relu", "tanh", "sigmoid_derivative", "relu_derivative",
    "neuron", "linear_regression", "logistic_regression", "collapse_linear",
    "hidden_activations", "two_layer_forward", "network_depth", "count_parameters", "xor_parameters", "dropout",
    "layer_shapes", "layer_forward", "forward", "multiply_adds",
    "mse", "binary_cross_entropy", "mse_gradient", "gradient_descent_step", "init_parameters",
    "numerical_gradient", "output_delta", "hidden_delta", "backward", "minibatches", "train",
    "softmax", "one_hot", "cross_entropy", "softmax_gradient", "predict_classes", "top_k_accuracy",
    "train_softmax",
    "SGD", "Adam", "Network", "MLPClassifier", "MLPRegressor", "plots",
]
# fmt: on


def __getattr__(name: str) -> Any:
    if name == "plots":
        return importlib.import_module("nnlib.plots")
    if name in ("MLPClassifier", "MLPRegressor"):
        return getattr(importlib.import_module("nnlib.estimators"), name)
    raise AttributeError(f"module 'nnlib' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
