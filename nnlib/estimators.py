"""The network as scikit-learn estimators: the same names and habits, on the one path of this library."""

import types
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn import neural_network as scikit_learn
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import accuracy_score, r2_score
from sklearn.model_selection import train_test_split
from sklearn.utils import check_random_state, column_or_1d
from sklearn.utils._param_validation import StrOptions
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from nnlib._types import Array
from nnlib.network import Network, Patience
from nnlib.optimisers import SGD, Adam
from nnlib.softmax import one_hot, predict_classes
from nnlib.training import minibatches

OUR_NAMES = {"identity": "linear", "logistic": "sigmoid"}
"""Activations that scikit-learn calls by another name."""


class _MLP(BaseEstimator):
    """What classifier and regressor share."""

    _parameter_constraints = {  # noqa: RUF012 (scikit-learn wants a plain dict)
        **scikit_learn.MLPClassifier._parameter_constraints,
        "solver": [StrOptions({"sgd", "adam"})],
    }

    # fmt: off
    def __init__(
        self, hidden_layer_sizes: Any = (100,), activation: str = "relu", *,
        solver: str = "adam", alpha: float = 0.0001, batch_size: int | str = "auto",
        learning_rate: str = "constant", learning_rate_init: float = 0.001, power_t: float = 0.5,
        max_iter: int = 200, shuffle: bool = True, random_state: Any = None, tol: float = 1e-4,
        verbose: bool = False, warm_start: bool = False, momentum: float = 0.9, nesterovs_momentum: bool = True,
        early_stopping: bool = False, validation_fraction: float = 0.1,
        beta_1: float = 0.9, beta_2: float = 0.999, epsilon: float = 1e-8, n_iter_no_change: float = 10,
    ):
        # fmt: on
        self.hidden_layer_sizes, self.activation, self.solver = hidden_layer_sizes, activation, solver
        self.alpha, self.batch_size, self.max_iter, self.shuffle = alpha, batch_size, max_iter, shuffle
        self.learning_rate, self.learning_rate_init = learning_rate, learning_rate_init
        self.power_t, self.momentum, self.nesterovs_momentum = power_t, momentum, nesterovs_momentum
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon
        self.early_stopping, self.validation_fraction = early_stopping, validation_fraction
        self.tol, self.n_iter_no_change = tol, n_iter_no_change
        self.random_state, self.verbose, self.warm_start = random_state, verbose, warm_start

    @property
    def coefs_(self) -> list[Array]:
        """Weights as scikit-learn has them, each (n_{i-1}, n_i); windows, so they can be written to."""
        return [W.T for W in self.network_.weights]

    @property
    def intercepts_(self) -> list[Array]:
        """Biases, each (n_i,); windows, so they can be written to."""
        return self.network_.biases

    @property
    def loss_(self) -> float:
        """Loss of the last epoch."""
        return self.loss_curve_[-1]

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Train, from new weights unless `warm_start` is set.

        Parameters
        ----------
        X : (n, d) array
            One sample per row.
        y : (n,) array
            Labels of any kind for a classifier, values for a regressor; there also (n, k).

        Returns
        -------
        self

        Raises
        ------
        ValueError
            If data or parameters are not as they should be, or training diverges.
        """
        return self._train(X, y, one_epoch=False)

    def _train(self, X: Any, y: Any, one_epoch: bool, classes: Any = None) -> Self:
        """Check everything, then train: on from where it stands if asked to, else from new weights."""
        self._validate_params()
        if self.early_stopping and one_epoch:
            raise ValueError("partial_fit does not support early_stopping=True")
        goes_on = (one_epoch or self.warm_start) and hasattr(self, "network_")
        X, y = validate_data(self, X, y, reset=not goes_on, dtype=float, **self._checks)
        Y, output, cost = self._targets(y, classes, goes_on)
        sizes = [X.shape[1], *np.atleast_1d(self.hidden_layer_sizes).tolist(), Y.shape[1]]
        if not (goes_on and one_epoch):
            self._rng = np.random.default_rng(check_random_state(self.random_state).randint(2**31 - 1))
            self._optimiser = self._new_optimiser()
        if not goes_on:
            hidden, last = (OUR_NAMES.get(name, name) for name in (self.activation, output))
            self.network_ = Network(sizes, hidden, last, cost, "glorot_uniform", self._rng)
            self._patience = Patience(self.n_iter_no_change, self.tol)
            self.n_layers_, self.n_outputs_, self.out_activation_ = len(sizes), Y.shape[1], output
            self.loss_curve_: list[float] = []
            self.validation_scores_: list[float] = []
            self.t_ = 0
        if sizes != self.network_.layer_sizes:
            raise ValueError(f"a network of {self.network_.layer_sizes} cannot go on with data for {sizes}")
        settled = self._run(X, Y, epochs=1 if one_epoch else self.max_iter)
        if not np.isfinite(self.network_.parameters.vector).all():
            raise ValueError("the weights are no longer finite: scale the data, or lower learning_rate_init")
        if not (settled or one_epoch):
            message = f"{self.max_iter} epochs (max_iter) were not enough for the loss to settle"
            warnings.warn(message, ConvergenceWarning, stacklevel=3)
        return self

    def _run(self, X: Array, Y: Array, epochs: int) -> bool:
        """Train until the loss, or the validation score, no longer gets better; False if `epochs` end first."""
        if self.early_stopping:
            stratify = Y if self.out_activation_ == "logistic" else None
            seed = int(self._rng.integers(2**31 - 1))
            X, X_val, Y, Y_val = train_test_split(
                X, Y, test_size=self.validation_fraction, stratify=stratify, random_state=seed
            )
        vector = self.network_.parameters.vector
        best = vector.copy()
        run = self.network_.descend(X, Y, self._optimiser, self._batches(len(X)), self.alpha)
        for self.n_iter_, loss in enumerate(islice(run, epochs), start=1):
            self.t_ += len(X)
            self.loss_curve_.append(loss)
            if self.verbose:
                print(f"Iteration {self.n_iter_}, loss = {loss:.8f}")
            if self.early_stopping:
                self.validation_scores_.append(self._score(Y_val, self.network_.predict(X_val)))
                loss = -self.validation_scores_[-1]
                if loss < self._patience.best:
                    best = vector.copy()
            worn_out = self._patience.worn_out(loss)
            if self.solver == "sgd" and self.learning_rate == "invscaling":
                self._optimiser.learning_rate = self.learning_rate_init / (self.t_ + 1) ** self.power_t
            settled = worn_out and not self._lowered_rate()
            if settled:
                break
        if self.early_stopping:
            vector[:] = best
        return settled

    def _new_optimiser(self) -> SGD | Adam:
        if self.solver == "sgd":
            return SGD(self.learning_rate_init, self.momentum, self.nesterovs_momentum)
        return Adam(self.learning_rate_init, self.beta_1, self.beta_2, self.epsilon)

    def _lowered_rate(self) -> bool:
        """Whether the adaptive schedule could still lower the rate instead of stopping."""
        if self.solver != "sgd" or self.learning_rate != "adaptive" or self._optimiser.learning_rate <= 1e-6:
            return False
        self._optimiser.learning_rate /= 5.0
        self._patience.waited = 0
        return True

    def _batches(self, n: int) -> Callable[[], Sequence[Any]]:
        size = min(200, n) if self.batch_size == "auto" else int(self.batch_size)
        if size > n:
            warnings.warn(f"batch_size={size} is more than the {n} samples there are", stacklevel=5)
            size = n
        if self.shuffle:
            return partial(minibatches, n, size, self._rng)
        return lambda: [slice(start, start + size) for start in range(0, n, size)]

    def _outputs(self, X: ArrayLike) -> Array:
        check_is_fitted(self)
        return self.network_.predict(validate_data(self, X, reset=False, dtype=float))


class MLPClassifier(ClassifierMixin, _MLP):
    """Classifier with the parameters of ``sklearn.neural_network.MLPClassifier``.

    Two classes end in one logistic unit, three or more in softmax. Differences: the solvers are "sgd" and
    "adam"; biases start at 0; `max_fun`, `sample_weight`, sparse input and several labels a sample are not
    supported; arithmetic is float64.

    Parameters
    ----------
    hidden_layer_sizes : int or sequence of int
        Units in each hidden layer.
    activation : {"identity", "logistic", "tanh", "relu"}
        Of the hidden layers.
    solver, alpha, batch_size, learning_rate, learning_rate_init, power_t, max_iter, shuffle, random_state, \
tol, verbose, warm_start, momentum, nesterovs_momentum, early_stopping, validation_fraction, beta_1, \
beta_2, epsilon, n_iter_no_change
        As in scikit-learn.

    Attributes
    ----------
    classes_ : (n_classes,) array
        Labels, sorted.
    network_ : instance of nnlib.network.Network
        What was trained; `coefs_` and `intercepts_` are windows on it.
    loss_curve_ : list of float
        Mean loss of each epoch.

    Examples
    --------
    >>> X, y = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], ["no", "yes", "yes", "no"]
    >>> model = MLPClassifier(8, solver="sgd", learning_rate_init=0.5, max_iter=500, random_state=0)
    >>> model.fit(X, y).predict(X).tolist()
    ['no', 'yes', 'yes', 'no']
    """

    _checks: Any = types.MappingProxyType({})
    _score = staticmethod(lambda Y, P: accuracy_score(*(_labels(array) for array in (Y, P))))

    def partial_fit(self, X: ArrayLike, y: ArrayLike, classes: ArrayLike | None = None) -> Self:
        """Train for one epoch, on from where the model stands.

        Parameters
        ----------
        X : (n, d) array
            One sample per row.
        y : (n,) array
            Labels.
        classes : array
            All labels that may ever come; needed in the first call only.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            If data or parameters are not as they should be, or training diverges.
        """
        if classes is None and not hasattr(self, "classes_"):
            raise ValueError("classes must be given in the first call to partial_fit")
        return self._train(X, y, one_epoch=True, classes=classes)

    def predict_proba(self, X: ArrayLike) -> Array:
        """Probabilities of the classes.

        Parameters
        ----------
        X : (n, d) array
            One sample per row.

        Returns
        -------
        (n, n_classes) array
            In the order of `classes_`.
        """
        P = self._outputs(X)
        return np.hstack([1.0 - P, P]) if self.n_outputs_ == 1 else P

    def predict_log_proba(self, X: ArrayLike) -> Array:
        """Logarithm of `predict_proba`.

        Parameters
        ----------
        X : (n, d) array
            One sample per row.

        Returns
        -------
        (n, n_classes) array
        """
        return np.log(self.predict_proba(X))

    def predict(self, X: ArrayLike) -> Any:
        """Most probable class of each sample.

        Parameters
        ----------
        X : (n, d) array
            One sample per row.

        Returns
        -------
        (n,) array
        """
        labels = _labels(self._outputs(X))
        return self.classes_[labels]

    def _targets(self, y: Any, classes: Any, goes_on: bool) -> tuple[Array, str, str]:
        check_classification_targets(y)
        if not goes_on:
            self.classes_ = np.unique(y if classes is None else classes)
        elif classes is not None and not np.array_equal(np.unique(classes), self.classes_):
            raise ValueError(
                f"classes was {self.classes_} in the first call, and now is {np.unique(classes)}"
            )
        n, unknown = len(self.classes_), np.setdiff1d(y, self.classes_)
        if n < 2:
            raise ValueError(f"there must be at least two classes, but there is 1 class: {self.classes_}")
        if unknown.size:
            raise ValueError(f"y holds {unknown}, but the classes are {self.classes_}")
        Y = one_hot(np.searchsorted(self.classes_, y), n)
        return (Y[:, 1:], "logistic", "binary_cross_entropy") if n == 2 else (Y, "softmax", "cross_entropy")


class MLPRegressor(RegressorMixin, _MLP):
    """Regressor with the parameters of ``sklearn.neural_network.MLPRegressor``.

    Its loss is half the squared error. Differences: as for the classifier, and there is no `loss` to choose.

    Parameters
    ----------
    hidden_layer_sizes : int or sequence of int
        Units in each hidden layer.
    activation : {"identity", "logistic", "tanh", "relu"}
        Of the hidden layers.
    solver, alpha, batch_size, learning_rate, learning_rate_init, power_t, max_iter, shuffle, random_state, \
tol, verbose, warm_start, momentum, nesterovs_momentum, early_stopping, validation_fraction, beta_1, \
beta_2, epsilon, n_iter_no_change
        As in scikit-learn.

    Attributes
    ----------
    network_ : instance of nnlib.network.Network
        What was trained; `coefs_` and `intercepts_` are windows on it.
    loss_curve_ : list of float
        Mean loss of each epoch.

    Examples
    --------
    >>> X, y = [[0.0], [1.0], [2.0], [3.0]], [1.0, 3.0, 5.0, 7.0]
    >>> model = MLPRegressor((), solver="sgd", learning_rate_init=0.05, max_iter=2000, random_state=0)
    >>> model.fit(X, y).predict([[4.0]]).round(1)
    array([9.])
    """

    _checks = types.MappingProxyType({"multi_output": True, "y_numeric": True})
    _score = staticmethod(r2_score)

    def partial_fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Train for one epoch, on from where the model stands.

        Parameters
        ----------
        X : (n, d) array
            One sample per row.
        y : (n,) or (n, k) array
            True values.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            If data or parameters are not as they should be, or training diverges.
        """
        return self._train(X, y, one_epoch=True)

    def predict(self, X: ArrayLike) -> Array:
        """Predicted values.

        Parameters
        ----------
        X : (n, d) array
            One sample per row.

        Returns
        -------
        (n,) or (n, k) array
        """
        P = self._outputs(X)
        return P.ravel() if self.n_outputs_ == 1 else P

    def _targets(self, y: Any, classes: None, goes_on: bool) -> tuple[Array, str, str]:
        if y.ndim == 1 or y.shape[1] == 1:
            y = column_or_1d(y, warn=True)[:, np.newaxis]
        return y.astype(float), "identity", "squared_error"


def _labels(P: Array) -> Any:
    """Class numbers from outputs or targets; from the single unit of two classes too."""
    return (P[:, 0] > 0.5).astype(int) if P.shape[1] == 1 else predict_classes(P)
