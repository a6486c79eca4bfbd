"""What stands in the trusted process for things that live in the student process."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, MutableMapping
from typing import Any, Protocol


class StudentError(RuntimeError):
    """An error of a class that isn't built in, raised by a student's code.

    Where such a class derives from a built-in one (``ValueError``, say), what is raised is also of that class.

    Attributes
    ----------
    type_name : str
        The name of its class, as the student process tells it.
    """

    type_name = ""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class Asks(Protocol):
    """Whoever carries requests to the student process."""

    def ask(self, name: str, operation: str, *operands: Any) -> Any:
        """Ask, and return or raise what the answer says. ``name`` is what is asked for, for people."""

    def call(self, name: str, function: Handle, args: tuple, kwargs: dict) -> Any:
        """Call a function of the student's."""


class Handle:
    """Something that stays in the student process: a model, a class, an object of the student's.

    Its methods can be called and its attributes read, by public names. It is no array, no number, equal to nothing but
    itself and has no length, so that it can't pass for a plain value.

    Attributes
    ----------
    __type_name__ : str
        The name of its class, as the student process tells it.
    """

    def __init__(self, asks: Asks, name: str, number: int, type_name: str) -> None:
        vars(self).update(_asks=asks, _name=name, _number=number, __type_name__=type_name)

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("_"):
            raise AttributeError(f"{self!r} has no attribute {attribute!r} here")
        return self._asks.ask(f"{self._name}.{attribute}", "attribute", self, attribute)

    def __setattr__(self, attribute: str, value: Any) -> None:
        raise AttributeError(f"{self!r} can't be changed from here: attribute {attribute!r} was not set")

    def __delattr__(self, attribute: str) -> None:
        raise AttributeError(f"{self!r} can't be changed from here: attribute {attribute!r} was not deleted")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Handle) and (self._asks, self._number) == (other._asks, other._number)

    def __hash__(self) -> int:
        return hash((id(self._asks), self._number))

    def __copy__(self) -> Handle:
        return self

    def __deepcopy__(self, memo: dict) -> Handle:
        return self

    def __reduce__(self) -> Any:
        raise TypeError(f"{self!r} can't be copied to another process")

    def __repr__(self) -> str:
        return f"<{self._name}: {self.__type_name__} in the student process>"


class Proxy(Handle):
    """A function in the student process. It is called like the function itself.

    ``__name__`` is the name by which it was fetched, whatever the student calls it. ``__globals__`` is the
    student's notebook: a name set there is seen by the student's functions.
    """

    def __init__(self, asks: Asks, name: str, number: int, type_name: str, doc: str | None) -> None:
        super().__init__(asks, name, number, type_name)
        vars(self).update(__name__=name, __qualname__=name, __doc__=doc)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the student's function."""
        return self._asks.call(self._name, self, args, kwargs)

    @property
    def __globals__(self) -> Globals:
        return Globals(self._asks)

    @property
    def __signature__(self) -> inspect.Signature:
        told = self._asks.ask(self._name, "signature", self)
        try:
            return inspect.Signature([_parameter(*parameter) for parameter in told])
        except (TypeError, ValueError, IndexError):
            raise AttributeError("the student process gave no signature") from None

    def __repr__(self) -> str:
        return f"<function {self._name} in the student process>"


def _parameter(name: str, kind: int, optional: bool) -> inspect.Parameter:
    kinds = list(inspect._ParameterKind)
    return inspect.Parameter(name, kinds[kind], default=... if optional else inspect.Parameter.empty)


class Globals(MutableMapping):
    """The student's notebook, by name. Setting a name replaces it for all functions of the student's.

    What is set is a plain value, a function of the trusted process (the student process then calls back), or
    something that came from here (the student's own object is put back).
    """

    def __init__(self, asks: Asks) -> None:
        self._asks = asks

    def __getitem__(self, name: str) -> Any:
        return self._asks.ask(name, "global", name)

    def __setitem__(self, name: str, value: Any) -> None:
        self._asks.ask(name, "set_global", name, value)

    def __delitem__(self, name: str) -> None:
        self._asks.ask(name, "delete_global", name)

    def __contains__(self, name: object) -> bool:
        return name in self._names()

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())

    def _names(self) -> list[str]:
        names = self._asks.ask("the notebook", "global_names")
        return [name for name in names if type(name) is str] if type(names) is list else []
