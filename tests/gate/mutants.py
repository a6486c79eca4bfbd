"""Machine-made mutants of one function: each is the function with one small change.

mutmut and cosmic-ray mutate files and start a test run for each mutant, and neither knows axes, transposes or dropped
terms. Here a mutant is a function, judged in process, and the changes are those that people make in NumPy.
"""

from __future__ import annotations

import ast
import copy
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

from tests.gate.source import bare

ARITHMETIC: dict[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
}
COMPARISONS: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq, ast.LtE, ast.GtE),
    ast.NotEq: (ast.Eq, ast.Lt, ast.Gt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_PAIRS = (
    "min max",
    "minimum maximum",
    "argmin argmax",
    "any all",
    "sum mean",
    "sum prod",
    "mean median",
    "std var",
    "zeros ones",
    "zeros_like ones_like",
    "floor ceil",
    "log log2",
    "exp exp2",
    "argsort sort",
    "append insert",
    "normal uniform",
    "logical_and logical_or",
    "fit_transform transform",
)
NAMES: dict[str, list[str]] = {}
for _one, _other in map(str.split, _PAIRS):
    NAMES.setdefault(_one, []).append(_other)
    NAMES.setdefault(_other, []).append(_one)

CONTEXT = 36  # characters of a line that are told on each side of the difference


@dataclass(frozen=True)
class Mutant:
    """A changed function.

    Attributes
    ----------
    text : str
        The whole function.
    change : str
        The lines that differ, ``before => after``, in the normal form of `ast.unparse`: it stays the same where
        lines move or are laid out anew. What two long lines have in common is cut.
    """

    text: str
    change: str


def mutants(text: str) -> Iterator[Mutant]:
    """All mutants of the one function that a text defines, each once.

    >>> [mutant.change for mutant in mutants("def f(x):\\n    return x.T")]
    ['return x.T => return x', 'return x.T => return None']
    """
    function = bare(ast.parse(text).body[0])
    assert isinstance(function, ast.FunctionDef)
    if ast.get_docstring(function) is not None:
        del function.body[0]
    original = ast.unparse(function)
    names = _names(function)
    seen = {_compiled(original), None}
    for path in _places(function):
        for variant in _variants(_at(function, path), names):
            mutated = copy.deepcopy(function)
            _replace(mutated, path, variant)
            changed = ast.unparse(ast.fix_missing_locations(mutated))
            compiled = _compiled(changed)
            if compiled not in seen:
                seen.add(compiled)
                yield Mutant(changed, _change(original, changed))


def _change(before: str, after: str) -> str:
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    removed, added = ("; ".join(x[2:].strip() for x in lines if x[:2] == sign) for sign in ("- ", "+ "))
    begin = max(0, _alike(removed, added) - CONTEXT)
    end = max(0, _alike(removed[::-1], added[::-1]) - CONTEXT)
    return " => ".join(_cut(text, begin, len(text) - end) for text in (removed, added))


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with together."""
    differ = (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differ, min(len(one), len(other)))


def _cut(text: str, begin: int, end: int) -> str:
    return "…" * (begin > 0) + text[begin:end] + "…" * (end < len(text))


def _compiled(text: str) -> str | None:
    """What a text compiles to, or None: two texts that compile to the same are one mutant."""
    try:
        (code,) = (c for c in compile(text, "<mutant>", "exec").co_consts if isinstance(c, CodeType))
    except SyntaxError:
        return None
    return _told(code)


def _told(code: CodeType) -> str:
    constants = [_told(c) if isinstance(c, CodeType) else repr(c) for c in code.co_consts]
    names = (code.co_names, code.co_varnames, code.co_freevars)
    return repr((code.co_code, constants, names))


Path = tuple[tuple[str, int | None], ...]


def _places(node: ast.AST, path: Path = ()) -> Iterator[Path]:
    """The ways to all nodes that may be changed; not into error messages."""
    for field, value in ast.iter_fields(node):
        parts = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, part in parts:
            if isinstance(part, ast.AST) and not isinstance(part, (ast.expr_context, ast.operator)):
                here = (*path, (field, index))
                yield here
                if not isinstance(part, ast.Raise):
                    yield from _places(part, here)


def _at(node: ast.AST, path: Path) -> ast.AST:
    for field, index in path:
        value = getattr(node, field)
        node = value if index is None else value[index]
    return node


def _replace(root: ast.AST, path: Path, new: ast.AST) -> None:
    parent, (field, index) = _at(root, path[:-1]), path[-1]
    if index is None:
        setattr(parent, field, new)
    else:
        getattr(parent, field)[index] = new


@dataclass(frozen=True)
class _Names:
    parameters: tuple[str, ...]
    locals: tuple[str, ...]  # parameters too


def _names(function: ast.FunctionDef) -> _Names:
    parameters = [argument.arg for argument in function.args.args]
    stored = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    return _Names(tuple(parameters), tuple(dict.fromkeys(parameters + stored)))


def _variants(node: ast.AST, names: _Names) -> Iterator[ast.AST]:
    """What may stand in the place of a node."""
    if isinstance(node, ast.expr):
        yield from _expressions(node, names)
    elif isinstance(node, ast.stmt):
        yield from _statements(node, names)
    elif isinstance(node, ast.comprehension):
        yield from _comprehensions(node)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    """The node with some of its fields changed."""
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _less(items: list, i: int) -> list:
    return items[:i] + items[i + 1 :]


def _swapped(items: list, i: int) -> list:
    return [*items[:i], items[i + 1], items[i], *items[i + 2 :]]


def _expressions(node: ast.expr, names: _Names) -> Iterator[ast.expr]:
    match node:
        case ast.BinOp(left, op, right):
            if type(op) in ARITHMETIC:
                yield _with(node, op=ARITHMETIC[type(op)]())
            yield left
            yield right
            if not isinstance(op, (ast.Add, ast.Mult)):
                yield ast.BinOp(right, op, left)
        case ast.UnaryOp(ast.USub() | ast.Not() | ast.Invert(), operand):
            yield operand
        case ast.Compare(left, ops, comparators):
            for i, op in enumerate(ops):
                for other in COMPARISONS[type(op)]:
                    yield _with(node, ops=[*ops[:i], other(), *ops[i + 1 :]])
            if len(ops) > 1:
                yield _with(node, ops=ops[:-1], comparators=comparators[:-1])
                yield _with(node, left=comparators[0], ops=ops[1:], comparators=comparators[1:])
        case ast.BoolOp(op, values):
            yield _with(node, op=ast.And() if isinstance(op, ast.Or) else ast.Or())
            for i in range(len(values)):
                yield _with(node, values=_less(values, i)) if len(values) > 2 else _less(values, i)[0]
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Constant(float(value)):
            yield ast.Constant(value + 1.0)
            yield ast.Constant(2.0 * value)
            yield ast.Constant(0.5 * value)
            yield ast.Constant(0.0)
        case ast.Call():
            yield from _calls(node)
        case ast.Attribute(value, "T"):
            yield value
        case ast.Subscript(value, index):
            yield value
            if isinstance(index, ast.Slice):
                for bound in ("lower", "upper", "step"):
                    if getattr(index, bound) is not None:
                        yield _with(node, slice=_with(index, **{bound: None}))
        case ast.IfExp(_, body, orelse):
            yield body
            yield orelse
            yield _with(node, body=orelse, orelse=body)
        case ast.Tuple(items, ast.Load()) | ast.List(items, ast.Load()):
            for i in range(len(items) - 1):
                yield _with(node, elts=_swapped(items, i))
            for i in range(len(items)):
                yield _with(node, elts=_less(items, i))
        case ast.Dict(keys, values):
            for i in range(len(keys)):
                yield _with(node, keys=_less(keys, i), values=_less(values, i))
            for i in range(len(keys) - 1):
                yield _with(node, values=_swapped(values, i))
        case ast.Name(name, ast.Load()) if name in names.locals:
            for other in names.locals:
                if other != name:
                    yield ast.Name(other, ast.Load())


def _calls(node: ast.Call) -> Iterator[ast.expr]:
    for i in range(len(node.args) - 1):
        yield _with(node, args=_swapped(node.args, i))
    if len(node.args) > 1:
        for i in range(len(node.args)):
            yield _with(node, args=_less(node.args, i))
    for i in range(len(node.keywords)):
        yield _with(node, keywords=_less(node.keywords, i))
    if isinstance(node.func, ast.Attribute):
        for other in NAMES.get(node.func.attr, []):
            yield _with(node, func=_with(node.func, attr=other))
        yield node.func.value  # the array without the method: a module in its place fails at once
    elif isinstance(node.func, ast.Name):
        for other in NAMES.get(node.func.id, []):
            yield _with(node, func=ast.Name(other, ast.Load()))
    if node.args:
        yield node.args[0]


def _statements(node: ast.stmt, names: _Names) -> Iterator[ast.stmt]:
    if not isinstance(node, (ast.Return, ast.Pass)):
        yield ast.Pass()
    match node:
        case ast.Return(value):
            yield ast.Return(ast.Constant(None))
            for name in names.locals:
                yield ast.Return(ast.Name(name, ast.Load()))
        case ast.AugAssign(target, op, value):
            if type(op) in ARITHMETIC:
                yield _with(node, op=ARITHMETIC[type(op)]())
            yield ast.Assign([target], value)
        case ast.If(test):
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))
            yield _with(node, test=ast.Constant(True))
            if node.orelse:
                yield _with(node, test=ast.Constant(False))
        case ast.For(body=body):
            for trimmed in _trimmed(node.iter):
                yield _with(node, iter=trimmed)
            yield _with(node, body=[*body, ast.Break()])


def _comprehensions(node: ast.comprehension) -> Iterator[ast.comprehension]:
    for trimmed in _trimmed(node.iter):
        yield _with(node, iter=trimmed)
    for i, test in enumerate(node.ifs):
        yield _with(node, ifs=_less(node.ifs, i))
        yield _with(node, ifs=[*node.ifs[:i], ast.UnaryOp(ast.Not(), test), *node.ifs[i + 1 :]])


def _trimmed(iterable: ast.expr) -> Iterator[ast.expr]:
    """A loop that starts one late, ends one early, or runs the other way round."""
    items = ast.Call(ast.Name("list", ast.Load()), [iterable], [])
    one = ast.Constant(1)
    yield ast.Subscript(items, ast.Slice(lower=one), ast.Load())
    yield ast.Subscript(items, ast.Slice(upper=ast.UnaryOp(ast.USub(), one)), ast.Load())
    yield ast.Subscript(items, ast.Slice(step=ast.UnaryOp(ast.USub(), one)), ast.Load())
