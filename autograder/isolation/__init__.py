"""Two processes and the wire between them: strangers' notebooks run in one, the tests in the other.

Knows nothing of any course. A cell is *student* (anything that a stranger can write), *graded* (a test) or
*setup*. Student cells run in a sandboxed process; graded cells run in a trusted one, where proxies stand for the
student's functions; setup cells run in both.

>>> from autograder.isolation import Cell, Isolation, Room
>>> cells = [Cell("a", "def double(x): return 2 * x", "student"), Cell("b", "assert double(4) == 8", "graded")]
>>> with Isolation(Room(), prepare="mycourse:prepare") as isolation:  # doctest: +SKIP
...     [outcome.status for outcome in isolation.run(cells)]
['ok', 'ok']
"""

from .cells import scrub
from .isolation import Cell, Isolation, Outcome
from .limits import Limits
from .proxies import Handle, Proxy, StudentError
from .sandbox import Bubblewrap, IsolationUnavailable, Room, Sandbox, Unisolated
from .wire import IsolationFailure

__all__ = [
    "Bubblewrap",
    "Cell",
    "Handle",
    "Isolation",
    "IsolationFailure",
    "IsolationUnavailable",
    "Limits",
    "Outcome",
    "Proxy",
    "Room",
    "Sandbox",
    "StudentError",
    "Unisolated",
    "scrub",
]
