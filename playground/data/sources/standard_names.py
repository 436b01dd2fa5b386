"""Names of the standard headers that a self-contained function may use, and the header of each."""

_FUNCTIONS = {
    "string.h": "strlen strcmp strncmp strcpy strncpy strcat strncat strchr strrchr strstr strspn strcspn strpbrk "
    "memcpy memmove memset memcmp memchr",
    "stdlib.h": "abs labs llabs malloc calloc realloc free atoi atol strtol strtoul qsort bsearch",
    "ctype.h": "isalnum isalpha iscntrl isdigit isgraph islower isprint ispunct isspace isupper isxdigit "
    "tolower toupper",
    "math.h": "fabs fabsf sqrt sqrtf floor floorf ceil ceilf trunc round fmod pow exp log log2 log10 sin cos tan asin "
    "acos atan atan2 sinh cosh tanh fmin fmax hypot cbrt copysign",
}  # fmt: skip
"""Functions whose result depends on their arguments alone."""

_PRINTING = {
    "stdio.h": "printf puts putchar fputs fprintf getchar scanf fgets sprintf snprintf stdin stdout stderr EOF"
}
"""What whole programs may use besides."""

_TYPES = {
    "stdint.h": "int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t intmax_t "
    "uintmax_t INT8_MIN INT8_MAX UINT8_MAX INT16_MIN INT16_MAX UINT16_MAX INT32_MIN INT32_MAX UINT32_MAX INT64_MIN "
    "INT64_MAX UINT64_MAX SIZE_MAX",
    "stddef.h": "size_t ptrdiff_t NULL",
    "stdbool.h": "bool true false",
    "limits.h": "CHAR_BIT CHAR_MIN CHAR_MAX SCHAR_MIN SCHAR_MAX UCHAR_MAX SHRT_MIN SHRT_MAX USHRT_MAX INT_MIN INT_MAX "
    "UINT_MAX LONG_MIN LONG_MAX ULONG_MAX LLONG_MIN LLONG_MAX ULLONG_MAX",
}  # fmt: skip


def _by_name(*tables: dict[str, str]) -> dict[str, str]:
    return {name: header for table in tables for header, names in table.items() for name in names.split()}


FUNCTION_HEADERS = _by_name(_FUNCTIONS)
"""Standard function -> its header."""

HEADERS = _by_name(_FUNCTIONS, _TYPES)
"""Every name that a function may use without defining it -> its header."""

PROGRAM_HEADERS = frozenset((*_FUNCTIONS, *_PRINTING, *_TYPES))
"""Headers that a whole C program may include."""
CALLABLE_IN_PROGRAMS = frozenset((*FUNCTION_HEADERS, *_by_name(_PRINTING)))
"""Standard functions that a whole program may call."""
