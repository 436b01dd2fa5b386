"""Square and rectangular matrices in flat arrays, row by row."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import define, family, request_to_do, request_to_return

READS: tuple[tuple[str, str, str, str], ...] = (
    ("trace", "n", "    for (int i = 0; i < n; i++)\n        t += {m}[i * n + i];\n", "the trace (sum of the main diagonal) of the n by n matrix {m}"),
    ("antidiagonal", "n", "    for (int i = 0; i < n; i++)\n        t += {m}[i * n + n - 1 - i];\n",
     "the sum of the antidiagonal of the n by n matrix {m}"),
    ("row", "n, int r", "    for (int j = 0; j < n; j++)\n        t += {m}[r * n + j];\n", "the sum of row r of the matrix {m} with n columns"),
    ("column", "rows, int n, int c", "    for (int i = 0; i < rows; i++)\n        t += {m}[i * n + c];\n",
     "the sum of column c of the matrix {m} with the given rows and n columns"),
    ("total", "rows, int cols", "    for (int i = 0; i < rows; i++)\n        for (int j = 0; j < cols; j++)\n            t += {m}[i * cols + j];\n",
     "the sum of all elements of the matrix {m} with the given rows and cols"),
    ("upper", "n", "    for (int i = 0; i < n; i++)\n        for (int j = i + 1; j < n; j++)\n            t += {m}[i * n + j];\n",
     "the sum of the elements above the main diagonal of the n by n matrix {m}"),
    ("lower", "n", "    for (int i = 0; i < n; i++)\n        for (int j = 0; j < i; j++)\n            t += {m}[i * n + j];\n",
     "the sum of the elements below the main diagonal of the n by n matrix {m}"),
    ("zeros", "rows, int cols", "    for (int i = 0; i < rows * cols; i++)\n        t += {m}[i] == 0;\n",
     "the number of zeros in the matrix {m} with the given rows and cols"),
    ("border", "n", "    for (int i = 0; i < n; i++)\n        for (int j = 0; j < n; j++)\n            if (i == 0 || j == 0 || i == n - 1 || j == n - 1)\n"
     "                t += {m}[i * n + j];\n", "the sum of the border elements of the n by n matrix {m}"),
)  # fmt: skip


@family("matrix-read", 2)
def read(random: Random) -> CFunction:
    """A matrix to one number."""
    element = random.choice(("int", "int", "long"))
    shape, extra, loop, words = random.choice(READS)
    m = random.choice(("m", "a", "mat", "matrix"))
    name = random.choice((shape, f"{shape}_sum", f"matrix_{shape}"))
    return define(
        name=name, result=element, parameters=f"const {element} *{m}, int {extra}",
        body=f"    {element} t = 0;\n{loop.format(m=m)}    return t;", request=request_to_return(random, name, words.format(m=m)),
        shape=f"matrix/{shape}", tag="arrays",
    )  # fmt: skip


WRITES: tuple[tuple[str, str, str, str], ...] = (
    ("transpose", "{e} *{m}, int n", "    for (int i = 0; i < n; i++)\n        for (int j = i + 1; j < n; j++) {{\n            {e} t = {m}[i * n + j];\n"
     "            {m}[i * n + j] = {m}[j * n + i];\n            {m}[j * n + i] = t;\n        }}", "Transpose the n by n matrix {m} in place"),
    ("identity", "{e} *{m}, int n", "    for (int i = 0; i < n; i++)\n        for (int j = 0; j < n; j++)\n            {m}[i * n + j] = i == j;",
     "Make {m} the n by n identity matrix"),
    ("multiply", "const {e} *a, const {e} *b, {e} *{m}, int n", "    for (int i = 0; i < n; i++)\n        for (int j = 0; j < n; j++) {{\n"
     "            {e} t = 0;\n            for (int k = 0; k < n; k++)\n                t += a[i * n + k] * b[k * n + j];\n            {m}[i * n + j] = t;\n        }}",
     "Store the product of the n by n matrices a and b in {m}"),
    ("vector", "const {e} *{m}, const {e} *x, {e} *y, int n", "    for (int i = 0; i < n; i++) {{\n        {e} t = 0;\n        for (int j = 0; j < n; j++)\n"
     "            t += {m}[i * n + j] * x[j];\n        y[i] = t;\n    }}", "Store the product of the n by n matrix {m} and the vector x in y"),
    ("scale", "{e} *{m}, int rows, int cols, {e} k", "    for (int i = 0; i < rows * cols; i++)\n        {m}[i] *= k;",
     "Multiply every element of the matrix {m} (rows by cols) by k"),
    ("diagonal", "{e} *{m}, int n, {e} k", "    for (int i = 0; i < n; i++)\n        {m}[i * n + i] = k;",
     "Set the main diagonal of the n by n matrix {m} to k"),
    ("add", "const {e} *a, const {e} *b, {e} *{m}, int rows, int cols", "    for (int i = 0; i < rows * cols; i++)\n        {m}[i] = a[i] + b[i];",
     "Store the sum of the matrices a and b (rows by cols) in {m}"),
    ("flip", "{e} *{m}, int n", "    for (int i = 0; i < n; i++)\n        for (int j = 0; j < n / 2; j++) {{\n            {e} t = {m}[i * n + j];\n"
     "            {m}[i * n + j] = {m}[i * n + n - 1 - j];\n            {m}[i * n + n - 1 - j] = t;\n        }}",
     "Mirror the n by n matrix {m} left to right, in place"),
)  # fmt: skip


@family("matrix-write", 2)
def write(random: Random) -> CFunction:
    """A matrix made or changed."""
    element = random.choice(("int", "int", "long", "double"))
    shape, parameters, body, words = random.choice(WRITES)
    m = random.choice(("m", "c", "out", "mat"))
    name = random.choice((shape, f"matrix_{shape}", f"mat_{shape}"))
    return define(
        name=name, result="void", parameters=parameters.format(e=element, m=m), body=body.format(e=element, m=m),
        request=request_to_do(random, name, words.format(m=m)), shape=f"matrix/{shape}", tag="arrays",
    )  # fmt: skip
