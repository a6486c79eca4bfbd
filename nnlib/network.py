"""A whole network: any depth, activation and cost, on the path of units 04 and 05."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnlib._types import RNG, Activation, Array, Sizes
from nnlib.activations import BACK, linear, relu, sigmoid, tanh
from nnlib.matrix import forward, layer_shapes
from nnlib.optimisers import SGD, Optimiser
from nnlib.softmax import cross_entropy, softmax
from nnlib.training import (
    Dropped,
    Parameters,
    backpropagate,
    binary_cross_entropy,
    descend,
    mean_difference,
    minibatches,
    one_batch,
)

ACTIVATIONS: dict[str, Activation] = {g.__name__: g for g in (linear, sigmoid, tanh, relu, softmax)}
"""Activations by name."""


def squared_error(P: Array, Y: Array) -> float:
    """Half the squared error, summed over the outputs, mean over the samples.

    With the factor ½, and so its gradient is ``(P - Y) / n``. For several outputs scikit-learn reports
    the mean over the outputs instead, but descends this one.

    Parameters
    ----------
    P, Y : (n, k) arrays
        Outputs and targets.

    Returns
    -------
    float

    Examples
    --------
    >>> squared_error(np.array([[1.0], [2.0]]), np.array([[1.0], [4.0]]))
    1.0

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 5.14, divided by n.
    """
    return float(np.sum((P - Y) ** 2) / (2 * len(P)))


COSTS: dict[str, Callable[[Array, Array], float]] = {
    cost.__name__: cost for cost in (squared_error, binary_cross_entropy, cross_entropy)
}
"""Costs by name."""

NEEDED_OUTPUT = {"binary_cross_entropy": "sigmoid", "cross_entropy": "softmax"}
"""Costs of probabilities, and the output that makes these. The squared error takes any output."""

INITIALISERS: dict[str, Callable[[RNG, int, int], Array]] = {
    "normal": lambda rng, n_out, n_in: rng.normal(0.0, 0.1, (n_out, n_in)),
    "uniform": lambda rng, n_out, n_in: rng.uniform(-0.1, 0.1, (n_out, n_in)),
    "glorot_normal": lambda rng, n_out, n_in: rng.normal(0.0, (2 / (n_in + n_out)) ** 0.5, (n_out, n_in)),
    "glorot_uniform": lambda rng, n_out, n_in: (
        rng.uniform(-1, 1, (n_out, n_in)) * (6 / (n_in + n_out)) ** 0.5
    ),
    "he_normal": lambda rng, n_out, n_in: rng.normal(0.0, (2 / n_in) ** 0.5, (n_out, n_in)),
    "he_uniform": lambda rng, n_out, n_in: rng.uniform(-1, 1, (n_out, n_in)) * (6 / n_in) ** 0.5,
}
"""Initial weights of one layer by name.

The plain ones are as in unit 05. The scaled ones keep the size of the activations about the same from
layer to layer: Glorot's (Glorot and Bengio, *AISTATS* 2010) for tanh and sigmoid, He's (He et al., *ICCV*
2015) for ReLU.
"""


class Network:
    """A fully connected feedforward network.

    Parameters
    ----------
    layer_sizes : sequence of int
        Units in each layer, the input first.
    hidden : str
        Activation of the hidden layers, a key of `ACTIVATIONS`.
    output : str
        Activation of the output layer, a key of `ACTIVATIONS`.
    cost : str
        A key of `COSTS`. Cross-entropies go with the output that makes probabilities.
    initialiser : str
        How the first weights are drawn, a key of `INITIALISERS`. Biases start at 0.
    rng : numpy.random.Generator, optional
        Draws the first weights; a new one if left out.

    Attributes
    ----------
    parameters : instance of Parameters
        All weights and biases.

    Raises
    ------
    ValueError
        If a name is unknown, names do not go together, or `layer_sizes` is not a list of whole numbers
        above 0.

    Examples
    --------
    >>> X, y = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]
    >>> network = Network([2, 8, 1], rng=np.random.default_rng(0))
    >>> network
    Network([2, 8, 1], hidden='relu', output='sigmoid', cost='binary_cross_entropy')
    >>> losses = network.fit(X, y, SGD(0.5, momentum=0.9), epochs=300)
    >>> network.predict(X).ravel().round()
    array([0., 1., 1., 0.])
    """

    def __init__(
        self,
        layer_sizes: Sizes,
        hidden: str = "relu",
        output: str = "sigmoid",
        cost: str = "binary_cross_entropy",
        initialiser: str = "he_normal",
        rng: RNG | None = None,
    ):
        tables: list[dict[str, Any]] = [ACTIVATIONS, ACTIVATIONS, COSTS, INITIALISERS]
        for name, table in zip((hidden, output, cost, initialiser), tables, strict=True):
            if name not in table:
                raise ValueError(f"{name!r} is unknown; there are {', '.join(table)}")
        if NEEDED_OUTPUT.get(cost, output) != output:
            raise ValueError(f"the cost {cost!r} needs the output {NEEDED_OUTPUT[cost]!r}, not {output!r}")
        sizes = [int(n) for n in layer_sizes]
        if len(sizes) < 2 or min(sizes) < 1 or sizes != list(layer_sizes):
            raise ValueError(
                f"layer_sizes must be at least two whole numbers above 0, but is {layer_sizes!r}"
            )
        self.layer_sizes, self.hidden, self.output, self.cost = sizes, hidden, output, cost
        rng = rng or np.random.default_rng()
        shapes = layer_shapes(sizes)
        self.parameters = Parameters(
            [INITIALISERS[initialiser](rng, *W) for W, _ in shapes], [np.zeros(b) for _, b in shapes]
        )

    @property
    def weights(self) -> list[Array]:
        """Weight matrices, each (n_i, n_{i-1}); windows on the parameters."""
        return self.parameters.weights

    @property
    def biases(self) -> list[Array]:
        """Biases, each (n_i,); windows on the parameters."""
        return self.parameters.biases

    def __repr__(self) -> str:
        return (
            f"Network({self.layer_sizes}, hidden={self.hidden!r}, output={self.output!r}, cost={self.cost!r})"
        )

    def predict(self, X: ArrayLike) -> Array:
        """Outputs for a batch.

        Parameters
        ----------
        X : (n, n_0) array
            One sample per row.

        Returns
        -------
        (n, n_L) array

        Raises
        ------
        ValueError
            If `X` is not an (n, n_0) array.
        """
        return self._forward(self._input(X))[-1]

    def loss(self, X: ArrayLike, Y: ArrayLike) -> float:
        """Mean cost of a batch.

        Parameters
        ----------
        X : (n, n_0) array
            One sample per row.
        Y : (n, n_L) or (n,) array
            Targets.

        Returns
        -------
        float

        Raises
        ------
        ValueError
            If the shapes do not fit, or a target is not a finite number.
        """
        return COSTS[self.cost](self.predict(X), self._targets(X, Y))

    def gradient(self, X: ArrayLike, Y: ArrayLike) -> Parameters:
        """Gradient of `loss` with respect to all weights and biases.

        Parameters
        ----------
        X : (n, n_0) array
            One sample per row.
        Y : (n, n_L) or (n,) array
            Targets.

        Returns
        -------
        gradient : instance of Parameters

        Raises
        ------
        ValueError
            If the shapes do not fit, or a target is not a finite number.
        """
        A = self._forward(self._input(X))
        return backpropagate(A, self._delta(A[-1], self._targets(X, Y)), self.parameters, self._activations())

    def descend(
        self,
        X: ArrayLike,
        Y: ArrayLike,
        optimiser: Optimiser,
        batches: Callable[[], Sequence[Any]] = one_batch,
        alpha: float = 0.0,
        dropout: float = 0.0,
        rng: RNG | None = None,
    ) -> Iterator[float]:
        """Walk downhill, epoch after epoch, for as long as losses are asked for.

        Parameters
        ----------
        X : (n, n_0) array
            One sample per row.
        Y : (n, n_L) or (n,) array
            Targets.
        optimiser : Optimiser
            What to do with a gradient.
        batches : callable
            Gives the rows of each batch of an epoch; the default is one batch of all rows.
        alpha : float
            Weight of the penalty on squared weights.
        dropout : float
            Probability that a hidden unit is dropped, in training only.
        rng : numpy.random.Generator, optional
            For dropout; a new one if left out.

        Yields
        ------
        float
            Mean loss of the epoch, each batch's before its step.

        Raises
        ------
        ValueError
            If the shapes do not fit, or a number is out of range.
        """
        X, Y = self._input(X), self._targets(X, Y)
        activations = self._activations()
        if dropout:
            rng = rng or np.random.default_rng()
            activations[:-1] = [Dropped(g, dropout, rng) for g in activations[:-1]]
        return descend(
            self.parameters, activations, COSTS[self.cost], self._delta, X, Y, optimiser, batches, alpha
        )

    def fit(
        self,
        X: ArrayLike,
        Y: ArrayLike,
        optimiser: Optimiser | None = None,
        epochs: int = 100,
        batch_size: int | None = None,
        rng: RNG | None = None,
        alpha: float = 0.0,
        dropout: float = 0.0,
        validation: tuple[ArrayLike, ArrayLike] | None = None,
        patience: int = 10,
        bar: bool = False,
    ) -> list[float]:
        """Train the network.

        Parameters
        ----------
        X, Y, alpha, dropout
            As in `descend`.
        optimiser : Optimiser, optional
            ``SGD(0.1)`` if left out.
        epochs : int
            At most so many.
        batch_size : int, optional
            Samples in a mini-batch, shuffled anew in each epoch; all samples, in their order, if left out.
        rng : numpy.random.Generator, optional
            For shuffling and dropout; a new one if left out.
        validation : pair of arrays, optional
            Samples and targets to stop early by: once their loss has not fallen for `patience` epochs,
            training ends, and the best parameters are put back.
        patience : int
            See `validation`.
        bar : bool
            Show how far the training is.

        Returns
        -------
        losses : list of float
            One for each epoch.

        Raises
        ------
        ValueError
            If the shapes do not fit, or a number is out of range.
        FloatingPointError
            If the loss is no longer a finite number.
        """
        rng, n = rng or np.random.default_rng(), len(np.asarray(X))
        batches = one_batch if batch_size is None else partial(minibatches, n, batch_size, rng)
        run = self.descend(X, Y, optimiser or SGD(0.1), batches, alpha, dropout, rng)
        waiting, best = Patience(patience), self.parameters.vector.copy()
        losses: list[float] = []
        steps = islice(run, epochs)
        for loss in progress(steps, epochs) if bar else steps:
            if not np.isfinite(loss):
                raise FloatingPointError(f"the loss is {loss} in epoch {len(losses) + 1}: try a smaller rate")
            losses.append(loss)
            if validation is not None:
                worn_out = waiting.worn_out(self.loss(*validation))
                if waiting.waited == 0:
                    best = self.parameters.vector.copy()
                if worn_out:
                    break
        if validation is not None:
            self.parameters.vector[:] = best
        return losses

    def save(self, path: str | PathLike[str]) -> None:
        """Write the network to an ``.npz`` file.

        Parameters
        ----------
        path : str or path
            NumPy adds the ending ``.npz`` where it is missing.
        """
        names = {"hidden": self.hidden, "output": self.output, "cost": self.cost}
        np.savez(path, layer_sizes=self.layer_sizes, vector=self.parameters.vector, **names)  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: str | PathLike[str]) -> "Network":
        """Read a network from a file that `save` wrote. Nothing in the file is run.

        Parameters
        ----------
        path : str or path

        Returns
        -------
        network : instance of Network

        Raises
        ------
        ValueError
            If the file holds something else.
        """
        file = np.load(path, allow_pickle=False)
        names = ("hidden", "output", "cost")
        if set(getattr(file, "files", ())) != {"layer_sizes", "vector", *names}:
            raise ValueError(f"{path} holds no network")
        with file:
            layer_sizes, vector = file["layer_sizes"].tolist(), file["vector"]
            hidden, output, cost = (str(file[name]) for name in names)
        network = cls(layer_sizes, hidden, output, cost)
        if vector.shape != network.parameters.vector.shape:
            raise ValueError(f"{path} is damaged: {network} does not have {vector.size} parameters")
        network.parameters.vector[:] = vector
        return network

    def _activations(self) -> list[Activation]:
        return [ACTIVATIONS[self.hidden]] * (len(self.weights) - 1) + [ACTIVATIONS[self.output]]

    def _forward(self, X: Array) -> list[Array]:
        return forward(X, self.weights, self.biases, self._activations())

    def _delta(self, P: Array, Y: Array) -> Array:
        delta = mean_difference(P, Y)
        # With a cross-entropy and its own output, the slope of the output cancels.
        return delta if self.cost in NEEDED_OUTPUT else BACK[ACTIVATIONS[self.output]](P, delta)

    def _input(self, X: ArrayLike) -> Array:
        X = np.asarray_chkfinite(X, dtype=float)
        if X.ndim != 2 or X.shape[1] != self.layer_sizes[0]:
            raise ValueError(f"X must be (n, {self.layer_sizes[0]}), but has the shape {X.shape}")
        return X

    def _targets(self, X: ArrayLike, Y: ArrayLike) -> Array:
        Y = np.asarray_chkfinite(Y, dtype=float)
        Y = Y[:, np.newaxis] if Y.ndim == 1 else Y
        wanted = (len(np.asarray(X)), self.layer_sizes[-1])
        if Y.shape != wanted:
            raise ValueError(f"targets must be {wanted}, but have the shape {Y.shape}")
        if self.cost in NEEDED_OUTPUT and (Y.min() < 0 or Y.max() > 1):
            raise ValueError(
                f"{self.cost} needs targets from 0 to 1, but they go from {Y.min()} to {Y.max()}"
            )
        return Y


class Patience:
    """When to stop: after too many epochs in a row without a better loss.

    Parameters
    ----------
    epochs : float
        How many such epochs are borne.
    tolerance : float
        A loss must be better by this much to count.

    Attributes
    ----------
    best : float
        Smallest loss so far.
    waited : int
        Epochs since the last better loss.

    Examples
    --------
    >>> waiting = Patience(1)
    >>> [waiting.worn_out(loss) for loss in (1.0, 0.5, 0.6, 0.7)]
    [False, False, False, True]
    """

    def __init__(self, epochs: float, tolerance: float = 0.0):
        self.epochs, self.tolerance = epochs, tolerance
        self.best, self.waited = np.inf, 0

    def worn_out(self, loss: float) -> bool:
        """Take note of one more loss; True once it is time to stop."""
        self.waited = 0 if loss <= self.best - self.tolerance else self.waited + 1
        self.best = min(self.best, loss)
        return self.waited > self.epochs


def progress(losses: Iterable[float], epochs: int) -> Iterator[float]:
    """Pass losses on, and show how many have come: a bar of `tqdm` where that is installed, else lines.

    Parameters
    ----------
    losses : iterable of float
        One for each epoch.
    epochs : int
        How many there are at most.

    Yields
    ------
    float
        The same losses.
    """
    try:
        from tqdm.auto import tqdm  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        for epoch, loss in enumerate(losses, start=1):
            if epoch % max(1, epochs // 10) == 0:
                print(f"epoch {epoch} of {epochs}, loss {loss:.6f}")
            yield loss
    else:
        yield from tqdm(losses, total=epochs, unit="epoch")
