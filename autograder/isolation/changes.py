"""Changes that a function makes to its arguments, found on one side and repeated on the other.

Both sides number the lists, dicts, sets and arrays inside the arguments in the same order. A change is the
number of one of these and its new content, in which the others are named by their numbers: so an array that was changed
in place is told from one that was put in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


class Part:
    """Stands for an argument's part, by its number, inside the new content of another."""

    def __init__(self, number: int) -> None:
        self.number = number


def parts(value: Any) -> list[Any]:
    """The value's changeable parts, itself among them, each before what it holds.

    >>> parts(([1, [2]], 3))
    [[1, [2]], [2]]
    """
    found: list[Any] = []
    kind = type(value)
    if kind in (list, dict, set, np.ndarray):
        found.append(value)
    if kind in (list, tuple, dict):
        for item in value.values() if kind is dict else value:
            found += parts(item)
    return found


def contents(found: list[Any]) -> list[Any]:
    """What each part holds, with `Part` for other parts."""
    numbers = {id(part): number for number, part in enumerate(found)}

    def marked(item: Any) -> Any:
        if type(item) is tuple:
            return tuple(map(marked, item))
        return Part(numbers[id(item)]) if id(item) in numbers else item

    def content(part: Any) -> Any:
        if type(part) is list:
            return [marked(item) for item in part]
        if type(part) is dict:
            return [(key, marked(item)) for key, item in part.items()]
        return part

    return [content(part) for part in found]


def apply(part: Any, content: Any, fail: Callable[[str], Exception]) -> None:
    """Give a part its new content, in place. Raise what ``fail`` makes where that can't be."""
    if type(part) is np.ndarray:
        if type(content) is not np.ndarray or (part.shape, part.dtype) != (content.shape, content.dtype):
            raise fail("an array's shape or type was changed in place")
        if part.flags.writeable:
            part[...] = content
    elif type(part) is set:
        if type(content) is not set:
            raise fail("a set was changed into something else")
        part.clear()
        part.update(content)
    else:
        if type(content) is not list:
            raise fail("an argument was changed so that it can't be sent back")
        if type(part) is list:
            part[:] = content
        elif all(type(pair) is tuple and len(pair) == 2 for pair in content):
            part.clear()
            part.update(content)
