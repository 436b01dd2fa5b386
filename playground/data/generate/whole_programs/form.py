"""What the families of whole programs share: their form, words, texts and tests of a number."""

from dataclasses import dataclass
from random import Random

from playground.data.function import CFunction

WORDS = (
    "apple", "river", "stone", "blue", "green", "seven", "winter", "train", "music", "paper", "light", "cloud", "garden",
    "window", "copper", "tiger", "ocean", "silver", "north", "coffee", "pencil", "rocket", "island", "marble", "violin",
)  # fmt: skip
NAMES = (
    "Alice",
    "Bob",
    "Carol",
    "Dave",
    "Erin",
    "Frank",
    "Grace",
    "Heidi",
    "Ivan",
    "Judy",
    "Mallory",
    "Niaj",
    "Olivia",
)
OPENINGS = ("Hello", "Hi", "Welcome", "Good morning", "Goodbye", "Greetings", "Thank you", "Good night", "See you soon")
LABELS = ("result", "sum", "total", "answer", "value", "number", "count", "Result", "Total", "The result is", "Value:")
PROGRAM_ORDERS = (
    "{deed}.", "{deed}.", "Write a program that will {lower}.", "A program to {lower}.", "Please write a program to {lower}.",
    "Create an assembly program that will {lower}.", "I need a program to {lower}.", "{deed}",
)  # fmt: skip


def ordered(random: Random, deed: str) -> str:
    """`deed` is an imperative; the result asks for a program that does it."""
    return random.choice(PROGRAM_ORDERS).format(deed=deed, lower=deed[0].lower() + deed[1:])


def program(
    *, body: str, request: str, shape: str, headers: tuple[str, ...] = ("stdio",), stdin: str = "", helpers: str = ""
) -> CFunction:
    """`body` is the lines between the braces, indented by four; `helpers` are whole functions, each with its end."""
    includes = "".join(f"#include <{name}.h>\n" for name in headers)
    source = f"{includes}\n{helpers}int main(void)\n{{\n{body}\n}}\n"
    return CFunction(
        name="main", prototype="int main(void)", source=source.lstrip("\n"), request=request, family=f"program/{shape}",
        tags=("program",), stdin=stdin,
    )  # fmt: skip


def phrase(random: Random) -> str:
    """A short text without quotes, backslashes or percent signs."""
    kind = random.randrange(4)
    if kind == 0:
        return f"{random.choice(OPENINGS)}, {random.choice(NAMES)}{random.choice('!.')}"
    words = random.sample(WORDS, random.randrange(1, 5))
    text = " ".join(words)
    return (text, text.capitalize(), f"{text.capitalize()}{random.choice('.!?')}", text.upper())[kind]


def numbers(random: Random, count: int, low: int = -99, high: int = 999) -> str:
    """`count` whole numbers, some lines of them, as a person types them."""
    return "".join(f"{random.randint(low, high)}{random.choice((' ', chr(10)))}" for _ in range(count - 1)) + (
        f"{random.randint(low, high)}\n"
    )


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A test of one number, in C and in English."""

    c: str
    """``{x}`` stands for the number."""
    words: str
    """Behind a name: ``is even``."""
    shape: str

    def test(self, value: str) -> str:
        return self.c.replace("{x}", value)

    def of_several(self) -> str:
        """``are even``"""
        return self.words.replace("is ", "are ", 1).replace("leaves", "leave").replace("ends", "end")


def chosen(random: Random, first: int, last: int) -> Chosen:
    """A test whose constants lie between `first` and `last`, which are at least 2 apart."""
    k, middle = random.randrange(2, 8), random.randrange(first + 1, last)
    digit = middle % 10
    return random.choice(
        (
            Chosen(c="{x} % 2 == 0", words="is even", shape="even"),
            Chosen(c="{x} % 2 != 0", words="is odd", shape="odd"),
            Chosen(
                c=f"{{x}} % {k} == 0",
                words=random.choice((f"is divisible by {k}", f"is a multiple of {k}")),
                shape="multiple",
            ),
            Chosen(c=f"{{x}} % {k} != 0", words=f"is not divisible by {k}", shape="not-multiple"),
            Chosen(
                c=f"{{x}} > {middle}",
                words=random.choice((f"is greater than {middle}", f"is above {middle}")),
                shape="greater",
            ),
            Chosen(
                c=f"{{x}} < {middle}",
                words=random.choice((f"is less than {middle}", f"is below {middle}")),
                shape="less",
            ),
            Chosen(c=f"{{x}} == {middle}", words=f"is {middle}", shape="equal"),
            Chosen(c=f"{{x}} % {k} == 1", words=f"leaves 1 when divided by {k}", shape="remainder"),
            Chosen(c=f"{{x}} % 10 == {digit}", words=f"ends in {digit}", shape="last-digit"),
        )
    )
