"""NUL-terminated strings: counts, searches, changes in place, comparisons, numbers read from text."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import define, family, request_to_do, request_to_return

CLASSES = (
    ("digit", "{c} >= '0' && {c} <= '9'", "digits"),
    ("lower", "{c} >= 'a' && {c} <= 'z'", "lowercase letters"),
    ("upper", "{c} >= 'A' && {c} <= 'Z'", "uppercase letters"),
    ("letter", "({c} >= 'a' && {c} <= 'z') || ({c} >= 'A' && {c} <= 'Z')", "letters"),
    ("space", "{c} == ' '", "spaces"),
    ("vowel", "{c} == 'a' || {c} == 'e' || {c} == 'i' || {c} == 'o' || {c} == 'u'", "lowercase vowels"),
    ("hex", "({c} >= '0' && {c} <= '9') || ({c} >= 'a' && {c} <= 'f')", "lowercase hexadecimal digits"),
    ("blank", "{c} == ' ' || {c} == '\\t' || {c} == '\\n'", "blanks (space, tab or newline)"),
    ("letter-k", "{c} == '{k}'", "occurrences of the letter {k}"),
    ("not-letter-k", "{c} != '{k}'", "characters other than {k}"),
    ("parameter", "{c} == c", "occurrences of the character c"),
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _class(random: Random, *, single: bool = False) -> tuple[str, str, str, str]:
    """(shape, C test of {c}, plural words, extra parameter)."""
    choices = CLASSES if not single else tuple(row for row in CLASSES if row[0] in ("letter-k", "parameter"))
    shape, test, words = random.choice(choices)
    k = random.choice(LETTERS)
    return shape, test.replace("{k}", k), words.replace("{k}", k), ", char c" if shape == "parameter" else ""


def _walk(s: str, body: str, style: str) -> str:
    """A loop over a string by index or by pointer; ``{e}`` is the current character."""
    if style == "index":
        return f"    for (int i = 0; {s}[i]; i++) {{\n{body.replace('{e}', f'{s}[i]')}    }}\n"
    return f"    for (; *{s}; {s}++) {{\n{body.replace('{e}', f'*{s}')}    }}\n"


@family("string-count", 4)
def count(random: Random) -> CFunction:
    """How many characters of a class a string has."""
    s = random.choice(("s", "s", "str", "text", "p"))
    shape, test, words, extra = _class(random)
    negated = random.random() < 0.15 and shape not in ("parameter", "letter-k", "not-letter-k")
    condition = f"!({test})" if negated else test
    walk = _walk(
        s, f"        if ({condition.replace('{c}', '{e}')})\n            n++;\n", random.choice(("index", "pointer"))
    )
    what = (
        f"the number of characters in the string {s} that are not {words}"
        if negated
        else f"the number of {words} in the string {s}"
    )
    name = random.choice(("count", f"count_{shape.replace('-', '_')}", "how_many"))
    return define(
        name=name, result="int", parameters=f"const char *{s}{extra}", body=f"    int n = 0;\n{walk}    return n;",
        request=request_to_return(random, name, what), shape=f"string-count/{shape}/{negated}", tag="strings",
    )  # fmt: skip


@family("string-search", 3)
def search(random: Random) -> CFunction:
    """The index of the first or last character of a class, or -1."""
    s = random.choice(("s", "str", "text"))
    shape, test, words, extra = _class(random)
    last = random.random() < 0.4
    condition = test.replace("{c}", f"{s}[i]")
    hit = "r = i;" if last else "return i;"
    loop = f"    for (int i = 0; {s}[i]; i++)\n        if ({condition})\n            {hit}\n"
    body = f"    int r = -1;\n{loop}    return r;" if last else f"{loop}    return -1;"
    singular = words.replace("occurrences of ", "").replace("letters", "letter").replace("digits", "digit")
    singular = singular.replace("spaces", "space").replace("vowels", "vowel").replace("characters", "character")
    singular = singular.replace("blanks", "blank")
    end = "last" if last else "first"
    what = f"the index of the {end} {singular.removeprefix('the ')} in the string {s}, or -1 if there is none"
    name = random.choice(("find", "index_of", f"{end}_index"))
    return define(
        name=name, result="int", parameters=f"const char *{s}{extra}", body=body,
        request=request_to_return(random, name, what), shape=f"string-search/{end}/{shape}", tag="strings",
    )  # fmt: skip


CHANGES = (
    ("upper", "({c} >= 'a' && {c} <= 'z')", "{c} -= 32;", "Convert the string {s} to uppercase, in place"),
    ("lower", "({c} >= 'A' && {c} <= 'Z')", "{c} += 32;", "Convert the string {s} to lowercase, in place"),
    ("replace", "({c} == '{k}')", "{c} = '{j}';", "Replace each {k} in the string {s} by {j}, in place"),
    ("replace-any", "({c} == from)", "{c} = to;", "Replace every character from in the string {s} by to, in place"),
    ("mask-digits", "({c} >= '0' && {c} <= '9')", "{c} = '{j}';", "Replace every digit in the string {s} by {j}"),
    ("caesar", "({c} >= 'a' && {c} <= 'z')", "{c} = ({c} - 'a' + {n}) % 26 + 'a';",
     "Shift each lowercase letter of the string {s} by {n} places in the alphabet, wrapping around (Caesar cipher)"),
    ("swap-case", "({c} >= 'a' && {c} <= 'z') || ({c} >= 'A' && {c} <= 'Z')", "{c} ^= 32;",
     "Swap the case of every letter of the string {s}, in place"),
    ("next-digit", "({c} >= '0' && {c} <= '9')", "{c} = {c} == '9' ? '0' : {c} + 1;",
     "Replace each digit of the string {s} by the next one, 9 by 0"),
)  # fmt: skip


@family("string-change", 4)
def change(random: Random) -> CFunction:
    """Characters replaced in place."""
    s = random.choice(("s", "s", "str", "text"))
    shape, test, deed, words = random.choice(CHANGES)
    k, j = random.sample(LETTERS, 2)
    slots = {"k": k, "j": random.choice((j, j, "x", "_", "#")), "n": str(random.randrange(1, 26)), "s": s}
    style = random.choice(("index", "pointer"))

    def put(text: str) -> str:
        for key, value in slots.items():
            text = text.replace("{" + key + "}", value)
        return text.replace("{c}", "{e}")

    body = _walk(s, f"        if ({put(test)})\n            {put(deed)}\n", style)
    name = random.choice((shape.replace("-", "_"), "change", "convert"))
    extra = ", char from, char to" if shape == "replace-any" else ""
    return define(
        name=name, result="void", parameters=f"char *{s}{extra}", body=body.rstrip(),
        request=request_to_do(random, name, put(words).replace("{s}", s)), shape=f"string-change/{shape}", tag="strings",
    )  # fmt: skip


STRING_CLASSICS: tuple[tuple[str, str, str, str, str], ...] = (
    ("length", "int", "const char *s", "    int n = 0;\n    while (s[n])\n        n++;\n    return n;", "the length of the string s"),
    ("length", "unsigned long", "const char *s", "    const char *p = s;\n    while (*p)\n        p++;\n    return p - s;",
     "the number of characters in the string s, the terminator not counted"),
    ("palindrome", "int", "const char *s", "    int n = 0;\n    while (s[n])\n        n++;\n    for (int i = 0; i < n / 2; i++)\n"
     "        if (s[i] != s[n - 1 - i])\n            return 0;\n    return 1;", "1 if the string s is a palindrome, else 0"),
    ("equal", "int", "const char *a, const char *b", "    while (*a && *a == *b) {\n        a++;\n        b++;\n    }\n    return *a == *b;",
     "1 if the strings a and b are equal, else 0"),
    ("compare", "int", "const char *a, const char *b", "    while (*a && *a == *b) {\n        a++;\n        b++;\n    }\n"
     "    return (*a > *b) - (*a < *b);", "-1, 0 or 1 as the string a sorts before, equal to or after b"),
    ("starts_with", "int", "const char *s, const char *prefix", "    while (*prefix)\n        if (*s++ != *prefix++)\n"
     "            return 0;\n    return 1;", "1 if the string s starts with the string prefix, else 0"),
    ("parse", "int", "const char *s", "    int t = 0;\n    while (*s >= '0' && *s <= '9')\n        t = t * 10 + (*s++ - '0');\n"
     "    return t;", "the decimal number at the start of the string s (0 if there is none)"),
    ("parse_signed", "int", "const char *s", "    int sign = 1, t = 0;\n    if (*s == '-') {\n        sign = -1;\n        s++;\n    }\n"
     "    while (*s >= '0' && *s <= '9')\n        t = t * 10 + (*s++ - '0');\n    return sign * t;",
     "the decimal number at the start of the string s, which may begin with a minus sign"),
    ("parse_binary", "unsigned int", "const char *s", "    unsigned int t = 0;\n    while (*s == '0' || *s == '1')\n"
     "        t = t * 2 + (*s++ - '0');\n    return t;", "the binary number that the string s of 0s and 1s spells"),
    ("words", "int", "const char *s", "    int n = 0, in = 0;\n    for (; *s; s++) {\n        if (*s == ' ')\n            in = 0;\n"
     "        else if (!in) {\n            in = 1;\n            n++;\n        }\n    }\n    return n;",
     "the number of words in the string s, separated by spaces"),
    ("sum", "int", "const char *s", "    int t = 0;\n    while (*s)\n        t += (unsigned char)*s++;\n    return t;",
     "the sum of the character codes of the string s"),
    ("digit_sum", "int", "const char *s", "    int t = 0;\n    for (; *s; s++)\n        if (*s >= '0' && *s <= '9')\n            t += *s - '0';\n"
     "    return t;", "the sum of the digits that occur in the string s"),
    ("hash", "unsigned int", "const char *s", "    unsigned int h = 5381;\n    while (*s)\n        h = h * 33 + (unsigned char)*s++;\n"
     "    return h;", "the djb2 hash of the string s: start with 5381, then h = h*33 + c for each character"),
    ("hash", "unsigned int", "const char *s", "    unsigned int h = 2166136261u;\n    while (*s) {\n        h ^= (unsigned char)*s++;\n"
     "        h *= 16777619u;\n    }\n    return h;", "the 32-bit FNV-1a hash of the string s"),
    ("longest_run", "int", "const char *s", "    int best = 0, run = 0;\n    for (int i = 0; s[i]; i++) {\n"
     "        run = i > 0 && s[i] == s[i - 1] ? run + 1 : 1;\n        if (run > best)\n            best = run;\n    }\n    return best;",
     "the length of the longest run of equal characters in the string s"),
    ("max_char", "int", "const char *s", "    int m = 0;\n    for (; *s; s++)\n        if (*s > m)\n            m = *s;\n    return m;",
     "the largest character code in the string s, or 0 if it is empty"),
    ("balanced", "int", "const char *s", "    int depth = 0;\n    for (; *s; s++) {\n        if (*s == '(')\n            depth++;\n"
     "        if (*s == ')' && --depth < 0)\n            return 0;\n    }\n    return depth == 0;",
     "1 if the parentheses in the string s are balanced, else 0"),
    ("common_prefix", "int", "const char *a, const char *b", "    int n = 0;\n    while (a[n] && a[n] == b[n])\n        n++;\n    return n;",
     "the length of the common prefix of the strings a and b"),
    ("last_char", "int", "const char *s", "    int c = 0;\n    while (*s)\n        c = *s++;\n    return c;",
     "the last character of the string s, or 0 if it is empty"),
    ("only_digits", "int", "const char *s", "    for (; *s; s++)\n        if (*s < '0' || *s > '9')\n            return 0;\n    return 1;",
     "1 if the string s consists of digits only, else 0"),
)  # fmt: skip


@family("string-classic", 3)
def classic(random: Random) -> CFunction:
    """String functions as textbooks have them."""
    shape, result, parameters, body, words = random.choice(STRING_CLASSICS)
    name = random.choice((shape, shape, f"str_{shape}", f"my_{shape}"))
    return define(
        name=name, result=result, parameters=parameters, body=body, request=request_to_return(random, name, words),
        shape=f"string/{shape}", tag="strings",
    )  # fmt: skip


WRITERS: tuple[tuple[str, str, str, str], ...] = (
    ("reverse", "char *s", "    int n = 0;\n    while (s[n])\n        n++;\n    for (int i = 0; i < n / 2; i++) {\n        char t = s[i];\n"
     "        s[i] = s[n - 1 - i];\n        s[n - 1 - i] = t;\n    }", "Reverse the string s in place"),
    ("copy", "char *dst, const char *src", "    while ((*dst++ = *src++))\n        ;", "Copy the string src, with its terminator, to dst"),
    ("append", "char *dst, const char *src", "    while (*dst)\n        dst++;\n    while ((*dst++ = *src++))\n        ;",
     "Append the string src to the string dst"),
    ("remove_spaces", "char *s", "    char *d = s;\n    for (; *s; s++)\n        if (*s != ' ')\n            *d++ = *s;\n    *d = 0;",
     "Remove all spaces from the string s, in place"),
    ("remove_char", "char *s, char c", "    char *d = s;\n    for (; *s; s++)\n        if (*s != c)\n            *d++ = *s;\n    *d = 0;",
     "Remove every occurrence of the character c from the string s, in place"),
    ("truncate", "char *s, int n", "    for (int i = 0; i < n; i++)\n        if (!s[i])\n            return;\n    s[n] = 0;",
     "Cut the string s off after n characters"),
    ("capitalise", "char *s", "    for (int i = 0; s[i]; i++)\n        if (s[i] >= 'a' && s[i] <= 'z' && (i == 0 || s[i - 1] == ' '))\n"
     "            s[i] -= 32;", "Capitalise the first letter of each word of the string s, in place"),
)  # fmt: skip


@family("string-write", 2)
def write(random: Random) -> CFunction:
    """Strings reversed, copied, appended, squeezed."""
    shape, parameters, body, words = random.choice(WRITERS)
    name = random.choice((shape, f"str_{shape}", f"my_{shape}"))
    return define(
        name=name, result="void", parameters=parameters, body=body, request=request_to_do(random, name, words),
        shape=f"string-write/{shape}", tag="strings",
    )  # fmt: skip
