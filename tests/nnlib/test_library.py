"""The library as a whole: its names, its documentation, its weight, and what is left when answers are taken out."""

import ast
import doctest
import importlib
import inspect
import io
import json
import pkgutil
import shutil
import subprocess
import sys
import tokenize
from pathlib import Path

import matplotlib as mpl
import pytest

import nnlib

mpl.use("agg")
FOLDER = Path(nnlib.__file__).parent
MODULES = sorted(m.name for m in pkgutil.iter_modules([str(FOLDER)]))
# fmt: off
SYLLABUS = [
    "weighted_sum", "perceptron", "predict_all", "gate_parameters",
    "step", "linear", "sigmoid", "relu", "sigmoid_derivative", "relu_derivative", "neuron", "linear_regression",
    "logistic_regression", "collapse_linear",
    "hidden_activations", "two_layer_forward", "network_depth", "count_parameters", "xor_parameters", "dropout",
    "layer_shapes", "layer_forward", "forward", "multiply_adds",
    "mse", "binary_cross_entropy", "mse_gradient", "gradient_descent_step", "init_parameters", "numerical_gradient",
    "output_delta", "hidden_delta", "backward", "minibatches", "train",
    "softmax", "one_hot", "cross_entropy", "softmax_gradient", "predict_classes", "top_k_accuracy", "train_softmax",
]
# fmt: on


def run(code, **options):
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, **options
    ).stdout


@pytest.mark.parametrize("name", SYLLABUS)
def test_every_name_of_the_syllabus_is_a_function_of_nnlib(name):
    assert inspect.isfunction(getattr(nnlib, name))
    assert name in nnlib.__all__


def test_all_names_exist_and_are_listed():
    assert len(set(nnlib.__all__)) == len(nnlib.__all__)
    assert set(nnlib.__all__) <= set(dir(nnlib))
    for name in nnlib.__all__:
        assert getattr(nnlib, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        nnlib.nothing  # noqa: B018
    # Functions that share a name with their module must stay functions, whatever is imported after.
    importlib.import_module("nnlib.softmax")
    importlib.import_module("nnlib.neuron")
    assert nnlib.softmax([0, 0]).tolist() == [0.5, 0.5]
    assert callable(nnlib.neuron)


def test_importing_it_brings_numpy_alone():
    code = "import sys, numpy; before = set(sys.modules); import nnlib; import json; print(json.dumps([*sys.modules]))"
    loaded = {name.partition(".")[0] for name in json.loads(run(code))}
    assert "nnlib" in loaded
    assert not loaded & {
        "matplotlib",
        "sklearn",
        "scipy",
        "tqdm",
        "IPython",
        "ipywidgets",
        "autograder",
        "torch",
    }


def test_importing_it_takes_less_than_50_ms():
    # Processor time, and the least of several: what else the machine does must not fail this.
    code = "import time, numpy\nstart = time.process_time()\nimport nnlib\nprint(1000 * (time.process_time() - start))"
    assert min(float(run(code)) for _ in range(5)) < 50


@pytest.mark.parametrize("module", ["network", "training", "plots", "estimators"])
def test_each_module_can_be_imported_first(module):
    run(f"import nnlib.{module}")
    run(f"from nnlib import {module}" if module == "plots" else f"from nnlib.{module} import *")


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = importlib.import_module(f"nnlib.{name}")
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", [m for m in MODULES if m != "live"])
def test_every_public_function_has_parts_that_readers_look_for(name):
    module = importlib.import_module(f"nnlib.{name}")
    for key, value in vars(module).items():
        if key.startswith("_") or not callable(value) or getattr(value, "__module__", "") != module.__name__:
            continue
        doc = inspect.getdoc(value) or ""
        if inspect.isfunction(value):
            parameters = [p for p in inspect.signature(value).parameters]
            assert not parameters or "Parameters\n---" in doc, key
            for parameter in parameters:
                assert parameter in doc.partition("Parameters\n---")[2], (key, parameter)
            assert "Examples\n---" in doc or key in ("progress",), key


def code_lines(path):
    """Lines with code on them: no documentation, no comment, no blank line."""
    source = path.read_text()
    docs = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            docs.update(range(node.lineno, node.end_lineno + 1))
    nothing = (
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    )
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in nothing:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines - docs)


def test_small_enough_to_read_in_an_evening():
    """Pictures and what stands on scikit-learn come on top; they teach nothing about how networks work."""
    on_top = {"plots", "live", "estimators", "practice"}
    lines = {name: code_lines(FOLDER / f"{name}.py") for name in {"__init__", *MODULES} - on_top}
    assert sum(lines.values()) < 600, lines


def without_bodies(source):
    """The source, with every function's body replaced, as a grader does with answers under test."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body = ast.parse("raise NotImplementedError").body
    return ast.unparse(tree)


def test_plots_draw_when_every_answer_is_taken_out(tmp_path):
    copy = tmp_path / "nnlib"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for path in copy.glob("*.py"):
        if path.stem not in ("__init__", "plots"):
            path.write_text(without_bodies(path.read_text()))
    code = """
import matplotlib; matplotlib.use("agg")
import nnlib, numpy as np
from nnlib import plots
print(nnlib.__file__)
try:
    nnlib.relu(1.0)
except NotImplementedError:
    print("no answers")
plots.network_diagram([2, 3, 1]); plots.plot_activations({"tanh": np.tanh}); plots.points(np.eye(2), [0, 1])
plots.decision_boundary(lambda X: X[:, 0] > 0.5, np.eye(2), [0, 1]); plots.loss_curve([2, 1]); plots.weights(np.eye(2))
print("drawn")
"""
    assert run(code, cwd=tmp_path).splitlines() == [str(copy / "__init__.py"), "no answers", "drawn"]
