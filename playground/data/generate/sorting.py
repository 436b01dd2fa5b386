"""Orders and arrangements: sorting, reversing, rotating, merging, searching in order, two pointers."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import define, family, request_to_do, request_to_return

ARRANGEMENTS: tuple[tuple[str, str, str, str], ...] = (
    ("reverse", "{e} *{a}, int n", "    for (int i = 0, j = n - 1; i < j; i++, j--) {{\n        {e} t = {a}[i];\n        {a}[i] = {a}[j];\n"
     "        {a}[j] = t;\n    }}", "Reverse the array {a} of n elements in place"),
    ("bubble_sort", "{e} *{a}, int n", "    for (int i = 0; i < n; i++)\n        for (int j = 0; j + 1 < n - i; j++)\n            if ({a}[j] {gt} {a}[j + 1]) {{\n"
     "                {e} t = {a}[j];\n                {a}[j] = {a}[j + 1];\n                {a}[j + 1] = t;\n            }}",
     "Sort the array {a} of n elements in {order} order with bubble sort"),
    ("insertion_sort", "{e} *{a}, int n", "    for (int i = 1; i < n; i++) {{\n        {e} t = {a}[i];\n        int j = i;\n"
     "        for (; j > 0 && {a}[j - 1] {gt} t; j--)\n            {a}[j] = {a}[j - 1];\n        {a}[j] = t;\n    }}",
     "Sort the n elements of {a} in {order} order with insertion sort"),
    ("selection_sort", "{e} *{a}, int n", "    for (int i = 0; i < n; i++) {{\n        int m = i;\n        for (int j = i + 1; j < n; j++)\n"
     "            if ({a}[m] {gt} {a}[j])\n                m = j;\n        {e} t = {a}[i];\n        {a}[i] = {a}[m];\n        {a}[m] = t;\n    }}",
     "Sort the array {a} of n elements in {order} order with selection sort"),
    ("rotate_left", "{e} *{a}, int n", "    if (n == 0)\n        return;\n    {e} t = {a}[0];\n    for (int i = 0; i + 1 < n; i++)\n        {a}[i] = {a}[i + 1];\n"
     "    {a}[n - 1] = t;", "Rotate the array {a} of n elements left by one place"),
    ("rotate_right", "{e} *{a}, int n", "    if (n == 0)\n        return;\n    {e} t = {a}[n - 1];\n    for (int i = n - 1; i > 0; i--)\n        {a}[i] = {a}[i - 1];\n"
     "    {a}[0] = t;", "Rotate the array {a} of n elements right by one place"),
    ("swap", "{e} *{a}, {e} *{b}", "    {e} t = *{a};\n    *{a} = *{b};\n    *{b} = t;", "Swap the values that {a} and {b} point to"),
    ("swap_arrays", "{e} *{a}, {e} *{b}, int n", "    for (int i = 0; i < n; i++) {{\n        {e} t = {a}[i];\n        {a}[i] = {b}[i];\n        {b}[i] = t;\n    }}",
     "Exchange the contents of the arrays {a} and {b}, each of n elements"),
    ("copy", "const {e} *{a}, {e} *{b}, int n", "    for (int i = 0; i < n; i++)\n        {b}[i] = {a}[i];", "Copy the n elements of {a} to {b}"),
    ("copy_reversed", "const {e} *{a}, {e} *{b}, int n", "    for (int i = 0; i < n; i++)\n        {b}[i] = {a}[n - 1 - i];",
     "Copy the n elements of {a} to {b} in reverse order"),
    ("swap_pairs", "{e} *{a}, int n", "    for (int i = 0; i + 1 < n; i += 2) {{\n        {e} t = {a}[i];\n        {a}[i] = {a}[i + 1];\n        {a}[i + 1] = t;\n    }}",
     "Swap each element at an even index of {a} with its right neighbour; there are n elements"),
    ("order", "{e} *{a}, {e} *{b}", "    if (*{a} {gt} *{b}) {{\n        {e} t = *{a};\n        *{a} = *{b};\n        *{b} = t;\n    }}",
     "Put the values that {a} and {b} point to into {order} order"),
    ("interleave", "const {e} *{a}, const {e} *{b}, {e} *out, int n", "    for (int i = 0; i < n; i++) {{\n        out[2 * i] = {a}[i];\n        out[2 * i + 1] = {b}[i];\n    }}",
     "Interleave the arrays {a} and {b} of n elements into out: first of {a}, first of {b}, and so on"),
    ("differences", "const {e} *{a}, {e} *{b}, int n", "    for (int i = 0; i + 1 < n; i++)\n        {b}[i] = {a}[i + 1] - {a}[i];",
     "Store the n - 1 differences of neighbouring elements of {a} in {b}"),
)  # fmt: skip


@family("arrange", 5)
def arrange(random: Random) -> CFunction:
    """An array put into another order, or copied in one."""
    element = random.choice(("int", "int", "long", "short", "unsigned char"))
    shape, parameters, body, words = random.choice(ARRANGEMENTS)
    a, b = random.choice((("a", "b"), ("p", "q"), ("x", "y"), ("src", "dst"), ("v", "w")))
    down = random.random() < 0.4
    slots = {"e": element, "a": a, "b": b, "gt": "<" if down else ">", "order": "descending" if down else "ascending"}
    name = random.choice((shape, shape, f"{shape}_{element.split()[-1]}s", "rearrange"))
    return define(
        name=name, result="void", parameters=parameters.format(**slots), body=body.format(**slots),
        request=request_to_do(random, name, words.format(**slots)),
        shape=f"arrange/{shape}/{slots['order'] if '{gt}' in body else '-'}", tag="arrays",
    )  # fmt: skip


ORDERED: tuple[tuple[str, str, str, str], ...] = (
    ("binary_search", "const {e} *a, int n, {e} key", "    int lo = 0, hi = n;\n    while (lo < hi) {{\n        int mid = lo + (hi - lo) / 2;\n"
     "        if (a[mid] < key)\n            lo = mid + 1;\n        else\n            hi = mid;\n    }}\n    return lo < n && a[lo] == key ? lo : -1;",
     "the index of key in the sorted array a of n elements, by binary search, or -1"),
    ("lower_bound", "const {e} *a, int n, {e} key", "    int lo = 0, hi = n;\n    while (lo < hi) {{\n        int mid = lo + (hi - lo) / 2;\n"
     "        if (a[mid] < key)\n            lo = mid + 1;\n        else\n            hi = mid;\n    }}\n    return lo;",
     "the number of elements of the sorted array a of n elements that are less than key, by bisection"),
    ("is_sorted", "const {e} *a, int n", "    for (int i = 1; i < n; i++)\n        if (a[i - 1] > a[i])\n            return 0;\n    return 1;",
     "1 if the array a of n elements is sorted in ascending order, else 0"),
    ("is_palindrome", "const {e} *a, int n", "    for (int i = 0; i < n / 2; i++)\n        if (a[i] != a[n - 1 - i])\n            return 0;\n    return 1;",
     "1 if the array a of n elements reads the same backwards, else 0"),
    ("equal", "const {e} *a, const {e} *b, int n", "    for (int i = 0; i < n; i++)\n        if (a[i] != b[i])\n            return 0;\n    return 1;",
     "1 if the arrays a and b of n elements are equal, else 0"),
    ("mismatch", "const {e} *a, const {e} *b, int n", "    for (int i = 0; i < n; i++)\n        if (a[i] != b[i])\n            return i;\n    return -1;",
     "the first index at which the arrays a and b of n elements differ, or -1"),
    ("count_distinct", "const {e} *a, int n", "    int c = 0;\n    for (int i = 0; i < n; i++) {{\n        int j = 0;\n        while (a[j] != a[i])\n            j++;\n"
     "        c += j == i;\n    }}\n    return c;", "the number of distinct values in the array a of n elements"),
    ("count_inversions", "const {e} *a, int n", "    int c = 0;\n    for (int i = 0; i < n; i++)\n        for (int j = i + 1; j < n; j++)\n            c += a[i] > a[j];\n"
     "    return c;", "the number of inversions in the array a of n elements: pairs i < j with a[i] > a[j]"),
    ("longest_rise", "const {e} *a, int n", "    int best = n > 0, run = 1;\n    for (int i = 1; i < n; i++) {{\n        run = a[i] > a[i - 1] ? run + 1 : 1;\n"
     "        if (run > best)\n            best = run;\n    }}\n    return best;", "the length of the longest strictly increasing run in the array a of n elements"),
    ("longest_equal", "const {e} *a, int n", "    int best = n > 0, run = 1;\n    for (int i = 1; i < n; i++) {{\n        run = a[i] == a[i - 1] ? run + 1 : 1;\n"
     "        if (run > best)\n            best = run;\n    }}\n    return best;", "the length of the longest run of equal elements in the array a of n elements"),
    ("has_pair", "const {e} *a, int n, {e} sum", "    for (int i = 0; i < n; i++)\n        for (int j = i + 1; j < n; j++)\n            if (a[i] + a[j] == sum)\n"
     "                return 1;\n    return 0;", "1 if two different elements of the array a of n elements add up to sum, else 0"),
    ("has_duplicate", "const {e} *a, int n", "    for (int i = 0; i < n; i++)\n        for (int j = i + 1; j < n; j++)\n            if (a[i] == a[j])\n"
     "                return 1;\n    return 0;", "1 if any value occurs twice in the array a of n elements, else 0"),
    ("second_largest", "const {e} *a, int n", "    if (n < 2)\n        return 0;\n    int m = a[0] > a[1] ? 0 : 1, s = 1 - m;\n    for (int i = 2; i < n; i++)\n"
     "        if (a[i] > a[m]) {{\n            s = m;\n            m = i;\n        }} else if (a[i] > a[s])\n            s = i;\n    return (int)a[s];",
     "the second largest of the n elements of a (0 if there are fewer than two)"),
    ("max_subarray", "const {e} *a, int n", "    int best = 0, run = 0;\n    for (int i = 0; i < n; i++) {{\n        run += a[i];\n        if (run < 0)\n"
     "            run = 0;\n        if (run > best)\n            best = run;\n    }}\n    return best;",
     "the largest sum of consecutive elements of the array a of n elements (0 for none)"),
    ("range", "const {e} *a, int n", "    if (n == 0)\n        return 0;\n    {e} lo = a[0], hi = a[0];\n    for (int i = 1; i < n; i++) {{\n        if (a[i] < lo)\n"
     "            lo = a[i];\n        if (a[i] > hi)\n            hi = a[i];\n    }}\n    return (int)(hi - lo);",
     "the difference of the largest and the smallest of the n elements of a, or 0 if there are none"),
    ("majority", "const {e} *a, int n", "    for (int i = 0; i < n; i++) {{\n        int c = 0;\n        for (int j = 0; j < n; j++)\n            c += a[i] == a[j];\n"
     "        if (c > n / 2)\n            return i;\n    }}\n    return -1;",
     "the first index of a value that fills more than half of the array a of n elements, or -1"),
)  # fmt: skip


@family("ordered", 4)
def ordered(random: Random) -> CFunction:
    """Facts about the order of an array."""
    element = random.choice(("int", "int", "long", "short"))
    shape, parameters, body, words = random.choice(ORDERED)
    name = random.choice((shape, shape, "check", "f"))
    return define(
        name=name, result="int", parameters=parameters.format(e=element), body=body.format(e=element),
        request=request_to_return(random, name, words), shape=f"ordered/{shape}", tag="arrays",
    )  # fmt: skip
