"""How long training takes: nnlib, scikit-learn, PyTorch where it is installed, a lean loop, and the floor.

python -m benchmarks.training                             the table, on the screen
python -m benchmarks.training --write docs/nnlib-speed.md the table and the growth plot, into the docs
"""

import argparse
import importlib.util
import itertools
import os
import platform
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import sklearn
from sklearn import neural_network as scikit_learn
from sklearn.datasets import load_digits, make_moons
from threadpoolctl import threadpool_limits

import nnlib
from nnlib.activations import BACK, relu
from nnlib.estimators import MLPClassifier
from nnlib.softmax import cross_entropy, one_hot, softmax
from nnlib.training import Parameters, binary_cross_entropy, init_parameters, mean_difference, minibatches

RATE, MOMENTUM = 0.01, 0.9


class Job(NamedTuple):
    """One row of the table."""

    name: str
    X: Any
    y: Any
    hidden: tuple[int, ...]
    batch_size: int
    epochs: int

    @property
    def sizes(self) -> list[int]:
        classes = len(np.unique(self.y))
        return [self.X.shape[1], *self.hidden, 1 if classes == 2 else classes]

    @property
    def Y(self) -> Any:
        return one_hot(self.y, self.sizes[-1]) if self.sizes[-1] > 1 else self.y[:, np.newaxis].astype(float)

    @property
    def steps(self) -> int:
        return self.epochs * -(-len(self.X) // self.batch_size)


def jobs() -> list[Job]:
    moons, labels = make_moons(210, noise=0.1, random_state=42)
    digits = load_digits()
    rng = np.random.default_rng(0)
    made, made_labels = rng.random((2000, 784)), rng.integers(0, 10, 2000)
    pixels = digits.data / 16
    return [
        Job("moons 2-2-2, batch 200", moons, labels, (2,), 200, 1000),
        Job("moons 2-3-3-2, batch 32", moons, labels, (3, 3), 32, 300),
        Job("digits 64-64-10, batch 200", pixels, digits.target, (64,), 200, 40),
        Job("digits 64-256-128-10, batch 64", pixels, digits.target, (256, 128), 64, 8),
        Job("made 784-512-256-10, batch 100", made, made_labels, (512, 256), 100, 1),
    ]


def with_nnlib(job: Job) -> None:
    _estimator(MLPClassifier, job)


def with_scikit_learn(job: Job) -> None:
    _estimator(scikit_learn.MLPClassifier, job)


def _estimator(Estimator: Any, job: Job) -> None:
    model = Estimator(
        job.hidden,
        solver="sgd",
        alpha=0.0,
        batch_size=job.batch_size,
        learning_rate_init=RATE,
        momentum=MOMENTUM,
        nesterovs_momentum=False,
        max_iter=job.epochs,
        n_iter_no_change=job.epochs + 1,
        tol=0.0,
        random_state=0,
    )
    model.fit(job.X, job.y)
    assert model.n_iter_ == job.epochs


def with_lean_loop(job: Job) -> list[float]:
    """The yardstick: the same training in thirty lines of NumPy that know only this one case."""
    sizes, X, Y, binary = job.sizes, job.X, job.Y, job.sizes[-1] == 1
    rng = np.random.default_rng(0)
    W = [rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out)) for n_in, n_out in itertools.pairwise(sizes)]
    b = [np.zeros(n) for n in sizes[1:]]
    vW, vb = [np.zeros_like(w) for w in W], [np.zeros_like(v) for v in b]
    losses = []
    for _ in range(job.epochs):
        order = rng.permutation(len(X))
        X_, Y_, total = X[order], Y[order], 0.0
        for start in range(0, len(X), job.batch_size):
            A, T = [X_[start : start + job.batch_size]], Y_[start : start + job.batch_size]
            for i in range(len(W) - 1):
                A.append(np.maximum(A[-1] @ W[i] + b[i], 0.0))
            Z = A[-1] @ W[-1] + b[-1]
            if binary:
                P = 1 / (1 + np.exp(-Z))
                total -= np.sum(np.log(np.where(T > 0, P, 1 - P) + 1e-16))
            else:
                P = np.exp(Z - Z.max(axis=1, keepdims=True))
                P /= P.sum(axis=1, keepdims=True)
                total -= np.sum(T * np.log(P + 1e-16))
            delta = (P - T) / len(T)
            for i in reversed(range(len(W))):
                dW, db = A[i].T @ delta, delta.sum(axis=0)
                if i:
                    delta = (delta @ W[i].T) * (A[i] > 0)
                vW[i] = MOMENTUM * vW[i] - RATE * dW
                vb[i] = MOMENTUM * vb[i] - RATE * db
                W[i] += vW[i]
                b[i] += vb[i]
        losses.append(total / len(X))
    return losses


def with_torch(job: Job) -> None:
    import torch

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    layers: list[Any] = []
    for n_in, n_out in itertools.pairwise(job.sizes):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers[:-1])
    X, Y = torch.from_numpy(job.X), torch.from_numpy(job.Y)
    cost = torch.nn.BCEWithLogitsLoss() if job.sizes[-1] == 1 else torch.nn.CrossEntropyLoss()
    optimiser = torch.optim.SGD(model.parameters(), lr=RATE, momentum=MOMENTUM)
    for _ in range(job.epochs):
        total = 0.0
        for rows in torch.randperm(len(X)).split(job.batch_size):
            optimiser.zero_grad()
            loss = cost(model(X[rows]), Y[rows])
            loss.backward()
            optimiser.step()
            total += len(rows) * loss.item()


def floor(job: Job) -> None:
    """The matrix products alone: forward, gradient of the weights, and back to all layers but the first."""
    rng = np.random.default_rng(0)
    weights = init_parameters(job.sizes, rng)[0]
    gradients = [np.empty_like(W) for W in weights]
    n, last = job.batch_size, len(job.X) % job.batch_size or job.batch_size
    passes = [(n, job.steps - job.epochs), (last, job.epochs)]
    for rows, steps in passes:
        A = [rng.random((rows, size)) for size in job.sizes]
        for _ in range(steps):
            for i, W in enumerate(weights):
                A[i] @ W.T
            for i in reversed(range(len(weights))):
                np.matmul(A[i + 1].T, A[i], out=gradients[i])
                if i:
                    A[i + 1] @ weights[i]


def parts(job: Job) -> dict[str, float]:
    """Seconds that the parts of nnlib's training take on their own, for all steps of the job."""
    rng = np.random.default_rng(0)
    X, Y, binary = job.X, job.Y, job.sizes[-1] == 1
    parameters = Parameters(*init_parameters(job.sizes, rng))
    gradient = Parameters(parameters.weights, parameters.biases)
    optimiser = nnlib.SGD(RATE, MOMENTUM)
    rows = rng.permutation(len(X))[: job.batch_size]
    Y_batch = Y[rows]
    A = [rng.random((len(rows), size)) for size in job.sizes]
    g, cost = (nnlib.sigmoid, binary_cross_entropy) if binary else (softmax, cross_entropy)

    def layers() -> None:
        for a, b in zip(A[1:], parameters.biases, strict=True):
            a += b
            np.ones(len(a)) @ a
        for a in A[1:-1]:
            BACK[relu](relu(a), a)

    def output() -> None:
        P = g(A[-1])
        mean_difference(P, Y_batch)
        cost(P, Y_batch)

    every_step: dict[str, Callable[[], Any]] = {
        "biases, ReLU and its slope": layers,
        "output, cost and its gradient": output,
        "update of the parameters": partial(optimiser.step, parameters.vector, gradient.vector),
        "rows of the batch": lambda: (X[rows], Y[rows], minibatches(len(rows), len(rows), rng)),
    }
    return {
        name: job.steps * _seconds(partial(_again, part, 50), 15) / 50 for name, part in every_step.items()
    }


def _again(run: Callable[[], Any], times: int) -> None:
    for _ in range(times):
        run()


def _seconds(run: Callable[[], Any], repeats: int = 1) -> float:
    """Median processor time: with one thread that is the time of an otherwise idle machine."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times)


def contestants() -> dict[str, Callable[[Job], Any]]:
    runs = {
        "products alone": floor,
        "lean loop": with_lean_loop,
        "nnlib": with_nnlib,
        "scikit-learn": with_scikit_learn,
        "PyTorch": with_torch,
    }
    if importlib.util.find_spec("torch") is None:
        del runs["PyTorch"]
    return runs


def measure(job: Job, rounds: int) -> dict[str, list[float]]:
    """Times of all contestants, one after the other in each round, so that all meet the same machine."""
    times: dict[str, list[float]] = {name: [] for name in contestants()}
    for _ in range(rounds + 1):
        for name, run in contestants().items():
            times[name].append(_seconds(partial(run, job)))
    return {name: values[1:] for name, values in times.items()}  # The first round warms up.


def ratio(times: dict[str, list[float]], a: str, b: str) -> float:
    """Median over the rounds of the ratio within a round: noise that lasts longer than a round cancels."""
    return statistics.median(x / y for x, y in zip(times[a], times[b], strict=True))


def table(rounds: int) -> str:
    names = list(contestants())
    head = ["network", *(f"{name}, ms" for name in names), "nnlib / lean loop", "scikit-learn / nnlib"]
    rows = [head, ["---", *["---:"] * (len(head) - 1)]]
    for job in jobs():
        times = measure(job, rounds)
        milliseconds = [f"{1000 * statistics.median(times[name]):.1f}" for name in names]
        ratios = [ratio(times, "nnlib", "lean loop"), ratio(times, "scikit-learn", "nnlib")]
        rows.append([job.name, *milliseconds, *(f"{r:.2f}" for r in ratios)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def parts_table() -> str:
    """Where the time of nnlib goes: each part on its own, as a share of the whole."""
    rows, head = [], ["network"]
    for job in jobs():
        whole = _seconds(partial(with_nnlib, job), repeats=5)
        shares = {"matrix products": _seconds(partial(floor, job), repeats=5), **parts(job)}
        shares["the rest: Python's own steps"] = whole - sum(shares.values())
        head = ["network", *shares]
        rows.append([job.name, *(f"{100 * seconds / whole:.0f} %" for seconds in shares.values())])
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---", *["---:"] * (len(head) - 1)], *rows])


def import_milliseconds() -> float:
    """Processor time that importing nnlib adds to importing NumPy: median of new processes."""
    code = (
        "import time, numpy\ns = time.process_time()\nimport nnlib\nprint(1000 * (time.process_time() - s))"
    )
    runs = [subprocess.run([sys.executable, "-c", code], check=True, capture_output=True) for _ in range(9)]
    return statistics.median(float(run.stdout) for run in runs)


GROWTH: dict[str, tuple[list[int], Callable[[int], tuple[list[int], int, int]]]] = {
    # What grows: its values, and from a value to (layer sizes, samples, batch size).
    "width of two hidden layers": ([4, 8, 16, 32, 64, 128, 256, 512], lambda v: ([64, v, v, 10], 1000, 100)),
    "hidden layers of 64 units": ([1, 2, 4, 8, 16], lambda v: ([64, *[64] * v, 10], 1000, 100)),
    "samples in a batch": ([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000], lambda v: ([64, 64, 10], 1000, v)),
    "samples": ([100, 200, 500, 1000, 2000, 5000, 10000], lambda v: ([64, 64, 10], v, 100)),
}


def growth_figure(path: Path) -> None:
    """Time of an epoch against width, depth, batch and samples, beside the count of multiplications."""
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    from nnlib import plots

    plots.style()
    fig, panels = plt.subplots(2, 2, figsize=(9, 6.5))
    for ax, (name, (values, setting)) in zip(panels.flat, GROWTH.items(), strict=True):
        seconds, products = [], []
        for value in values:
            sizes, n, batch_size = setting(value)
            rng = np.random.default_rng(0)
            X, Y = rng.random((n, sizes[0])), one_hot(rng.integers(0, sizes[-1], n), sizes[-1])
            network = nnlib.Network(sizes, output="softmax", cost="cross_entropy", rng=rng)
            run = network.descend(X, Y, nnlib.SGD(RATE), partial(minibatches, n, batch_size, rng))
            next(run)
            seconds.append(_seconds(partial(next, run), repeats=7))
            products.append(nnlib.multiply_adds(sizes, n))
        # Forward once, backward about twice: three products of the same size. Scaled to meet at the largest.
        scale = seconds[-1] / products[-1]
        ax.loglog(values, 1000 * np.array(seconds), marker="o", color=plots.COLORS[0], linestyle="solid")
        ax.loglog(values, 1000 * scale * np.array(products), color=plots.COLORS[1], linestyle="dashed")
        ax.set(xlabel=name, ylabel="ms an epoch")
        ax.text(0.04, 0.92, "measured (dots)", transform=ax.transAxes, color=plots.COLORS[0], weight="bold")
        ax.text(
            0.04,
            0.82,
            "multiplications (dashes)",
            transform=ax.transAxes,
            color=plots.COLORS[1],
            weight="bold",
        )
        low, high = ax.get_ylim()
        ax.set_ylim(low, high * 3)
    fig.savefig(path, dpi=120, metadata={"Software": None})
    plt.close(fig)


def machine() -> str:
    model = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.partition(":")[2].strip()
            for line in cpuinfo.read_text().splitlines()
            if "model name" in line
        ]
        model = names[0] if names else model
    versions = (
        f"Python {platform.python_version()}, NumPy {np.__version__}, scikit-learn {sklearn.__version__}"
    )
    if "PyTorch" in contestants():
        import torch

        versions += f", PyTorch {torch.__version__}"
    load = f"load {os.getloadavg()[0]:.1f} at the time"
    return f"{model}, {os.cpu_count()} cores of which one is used, {load}, {platform.system()}; {versions}"


PAGE = """# How quick nnlib is

Made by `python -m benchmarks.training --write docs/nnlib-speed.md`; do not edit by hand.

Machine: {machine}.

## Training time

{table}

All do the same work: stochastic gradient descent with momentum 0.9, the same epochs and batches, float64, one
thread, all stopping rules off, the loss recorded. Times are processor time, medians of {rounds} rounds; in a round all
run one after the other. It leaves waiting out, but a busy machine is slower all the same: read the ratios (medians of
those within a round) before the times. The moons end in one logistic unit, as scikit-learn does for two classes.

- *Products alone* are the matrix products of the same training and nothing else: the floor.
- *Lean loop* is thirty lines of NumPy that know only this case (`with_lean_loop` in `benchmarks/training.py`).
- *nnlib* is its `MLPClassifier`, with all its checks of the data.
{torch}
## Where the time goes

Each part of nnlib's training was timed on its own, in the shapes of the row, and set against the whole. Apart they run
with warmer caches than together, so the shares are rough.

{parts}

In the small networks most of the time is the fixed price of calling NumPy, about a microsecond a call, and of
Python's own steps between the calls. In the large ones it is the products, and moving arrays too large for the cache.
What keeps the calls few: all parameters live in one vector, so the optimiser takes one step for all layers;
slopes are read off the activations; gradients are written where the optimiser reads them.

## Importing

`import nnlib` adds {import_ms:.0f} ms of processor time to `import numpy` (median of nine new processes; the
aim is below 50 ms).

## How it grows

![Four panels, both axes logarithmic, each with the measured time of an epoch and the count of multiplications, \
against width, depth, batch size and number of samples.]({figure})

The multiplications are those of one forward pass of all samples, scaled to meet the measured time at the right end.
Where the measured time lies above them, the fixed price of each step counts for more than the arithmetic.
"""

NO_TORCH = """
PyTorch was not installed on this machine, so it has no column; where it is, the same command adds one.
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="write a page, with a figure beside it")
    parser.add_argument("--rounds", type=int, default=15, help="rounds of the table (default: 15)")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    with threadpool_limits(1):
        times = table(arguments.rounds)
        print(machine(), times, parts_table() if arguments.write is None else "", sep="\n\n")
        if arguments.write:
            figure = arguments.write.with_name(arguments.write.stem + "-growth.png")
            growth_figure(figure)
            page = PAGE.format(
                machine=machine(),
                table=times,
                rounds=arguments.rounds,
                torch="" if "PyTorch" in contestants() else NO_TORCH,
                parts=parts_table(),
                import_ms=import_milliseconds(),
                figure=figure.name,
            )
            arguments.write.write_text(page)


if __name__ == "__main__":
    main()
