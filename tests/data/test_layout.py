"""Bodies from one line to several: what stands between the words stays, and lines break where a person breaks them."""

from playground.data.generate.layout import laid_out

LOOPS = "if (a) { x = 1; } while (b) { c++; } do { if (d) { e(); } else { f(); } } while (d < 3); return v[0];"


def test_a_while_goes_on_only_behind_its_do() -> None:
    assert laid_out(LOOPS, broken=True).splitlines() == [
        "    if (a) {",
        "        x = 1;",
        "    }",
        "    while (b) {",
        "        c++;",
        "    }",
        "    do {",
        "        if (d) {",
        "            e();",
        "        } else {",
        "            f();",
        "        }",
        "    } while (d < 3);",
        "    return v[0];",
    ]


def test_what_a_word_governs_stands_on_its_own_line_where_that_is_asked() -> None:
    body = "for (int i = 0; i < n; i++) if (v[i]) return i; return -1;"
    assert laid_out(body, broken=True).splitlines() == [
        "    for (int i = 0; i < n; i++)",
        "        if (v[i])",
        "            return i;",
        "    return -1;",
    ]
    assert laid_out(body, broken=False) == "    for (int i = 0; i < n; i++) if (v[i]) return i;\n    return -1;"
