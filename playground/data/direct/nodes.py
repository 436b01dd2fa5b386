"""The typed tree that the reader makes and the generator walks; every conversion stands in it as a Cast."""

from dataclasses import dataclass, field

from playground.data.direct.types import INT, Pointer, Structure, Type


@dataclass(eq=False)
class Variable:
    """A parameter, local or static variable."""

    name: str
    type: Type
    is_in_memory: bool = False
    """An array, a structure, or one whose address is taken: it lives in the frame."""
    is_static: bool = False
    values: tuple["Expression", ...] = ()
    """Of a static one: its initial values, flat."""


@dataclass(frozen=True)
class Number:
    type: Type
    value: int | float
    text: str = ""
    """As the source spells it, where assembly reads that too."""


@dataclass(frozen=True)
class Text:
    """A string literal: `body` as the source spells it, without quotes."""

    type: Type
    body: str


@dataclass(frozen=True)
class Name:
    type: Type
    variable: Variable


@dataclass(frozen=True)
class AddressOf:
    """Where a variable in memory stands."""

    type: Type
    variable: Variable


@dataclass(frozen=True)
class Memory:
    """What stands `offset` bytes behind `address`."""

    type: Type
    address: "Expression"
    offset: int = 0


@dataclass(frozen=True)
class Element:
    """`pointer` moved by `index` elements of `size` bytes."""

    type: Type
    pointer: "Expression"
    index: "Expression"
    size: int


@dataclass(frozen=True)
class Unary:
    """``-`` or ``~`` on a value of its own type."""

    type: Type
    operator: str
    operand: "Expression"


@dataclass(frozen=True)
class Binary:
    """An arithmetic operator; both sides have its type (a shift's right side is an integer of its own)."""

    type: Type
    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True)
class Compare:
    """A comparison of two values of one type, giving int."""

    operator: str
    left: "Expression"
    right: "Expression"
    type: Type = INT


@dataclass(frozen=True)
class Logic:
    """``&&`` or ``||``, or ``!`` (without `right`), giving int."""

    operator: str
    left: "Expression"
    right: "Expression | None" = None
    type: Type = INT


@dataclass(frozen=True)
class Conditional:
    type: Type
    test: "Expression"
    yes: "Expression"
    no: "Expression"


@dataclass(frozen=True)
class Cast:
    type: Type
    operand: "Expression"


@dataclass(frozen=True)
class Assign:
    """A plain assignment; its value is the target's new one."""

    type: Type
    target: "Name | Memory"
    value: "Expression"


@dataclass(frozen=True)
class Change:
    """``target operator= value``, computed in `computed`; `is_post`: its value is the old one."""

    type: Type
    operator: str
    target: "Name | Memory"
    value: "Expression"
    computed: Type
    is_post: bool = False


@dataclass(frozen=True)
class Call:
    type: Type
    name: str
    arguments: tuple["Expression", ...]
    is_variadic: bool = False


@dataclass(frozen=True)
class Comma:
    type: Type
    first: "Expression"
    second: "Expression"


Expression = (
    Number | Text | Name | AddressOf | Memory | Element | Unary | Binary | Compare | Logic | Conditional | Cast | Assign
    | Change | Call | Comma
)  # fmt: skip


@dataclass(frozen=True)
class Evaluate:
    expression: Expression
    text: str = ""
    """As the source has it, for a comment; of every statement that has code of its own."""


@dataclass(frozen=True)
class Declare:
    """A local variable comes into scope; `stores` set it, or its elements and members."""

    variable: Variable
    stores: tuple[Assign, ...] = ()
    clears: bool = False
    """Whether an aggregate is set to zero before the stores."""
    text: str = ""


@dataclass(frozen=True)
class Block:
    statements: tuple["Statement", ...]


@dataclass(frozen=True)
class If:
    test: Expression
    yes: "Statement"
    no: "Statement | None"
    text: str = ""


@dataclass(frozen=True)
class Loop:
    """``while``, ``for`` and, with `tests_last`, ``do``; no test: for ever."""

    test: Expression | None
    body: "Statement"
    step: Expression | None = None
    tests_last: bool = False
    text: str = ""
    step_text: str = ""


@dataclass(frozen=True)
class Switch:
    """`entries`: what each ``case`` compares with (None: default) and where its statements begin in `body`."""

    value: Expression
    entries: tuple[tuple[Number | None, int], ...]
    body: tuple["Statement", ...]
    text: str = ""


@dataclass(frozen=True)
class Return:
    value: Expression | None
    text: str = ""


@dataclass(frozen=True)
class Leave:
    """``break`` or ``continue``."""

    keyword: str


Statement = Evaluate | Declare | Block | If | Loop | Switch | Return | Leave


@dataclass
class Function:
    """One definition."""

    name: str
    type: Type
    parameters: list[Variable]
    body: Block
    statics: list[Variable] = field(default_factory=list)


@dataclass
class Unit:
    """A source's definitions, in order."""

    functions: list[Function] = field(default_factory=list)
    statics: list[Variable] = field(default_factory=list)
    structures: list[Structure] = field(default_factory=list)


def element_type(type_: Type) -> Type:
    """What a pointer points at."""
    assert isinstance(type_, Pointer)
    return type_.to
