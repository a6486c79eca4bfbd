"""Short names for the types in signatures."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Arrays = Sequence[ArrayLike]
Sizes = Sequence[int]
Activation = Callable[[Any], Any]
"""A function of weighted sums that gives the same shape back."""

# NumPy loads its random numbers when they are first used; a name for them must not do so earlier.
if TYPE_CHECKING:
    RNG = np.random.Generator
else:
    RNG = Any
