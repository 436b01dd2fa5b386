"""Finding the assembly in what models reply."""

import pytest

from playground.assembly import extract

INTEL = "add_two:\n    lea eax, [rdi+rsi]\n    ret"


def found(reply: str, arch: str | None = None) -> str:
    result = extract(reply, arch)
    return result.text.strip("\n") if result else ""


@pytest.mark.parametrize("info", ["", "asm", "assembly", "nasm", "gas", "x86asm", "armasm", "S", "c", "text"])
def test_a_fenced_block_with_any_info_string(info: str) -> None:
    assert found(f"Here it is:\n\n```{info}\n{INTEL}\n```\nIt adds two numbers.") == INTEL


def test_the_line_is_where_the_text_starts() -> None:
    result = extract(f"Here:\n\n```asm\n{INTEL}\n```\n")
    assert result is not None
    assert (result.line, result.how) == (4, "fenced block")


def test_c_blocks_are_skipped() -> None:
    program = "#include <cstdio>\nint main() {\n  int a = 8;\n  return a;\n}"
    reply = f"```cpp\n{program}\n```\nand\n```\n{INTEL}\n```\n```sh\nnasm -f elf64 a.asm\n./a\n```"
    assert found(reply) == INTEL


def test_an_explanation_that_repeats_lines_is_not_added() -> None:
    assert found(f"```\n{INTEL}\n```\nThe line\n```\nlea eax, [rdi+rsi]\n```\nadds.") == INTEL


def test_two_blocks_with_different_labels_are_one_program() -> None:
    result = extract(f"```\n{INTEL}\n```\nand the caller\n```\nmain:\n    call add_two\n    ret\n```")
    assert result is not None
    assert "add_two:" in result.text
    assert "main:" in result.text
    assert result.text.split("\n")[6].startswith("main:")


def test_the_wanted_architecture_is_chosen() -> None:
    arm = "f:\n    add x0, x0, x1\n    ret"
    reply = f"x86-64:\n```\nf:\n    lea (%rdi,%rsi), %rax\n    ret\n```\naarch64:\n```\n{arm}\n```"
    assert found(reply, "aarch64") == arm
    assert "%rdi" in found(reply, "x86_64")


def test_an_unclosed_fence_and_chat_marks() -> None:
    result = extract(f"Sure!\n```asm\n{INTEL}\n")
    assert result is not None
    assert (result.text.strip("\n"), result.how) == (INTEL, "unclosed fence")
    assert found(f"{INTEL}\n<|im_end|>\n<|im_start|>user\nmov eax, 1") == INTEL
    assert found(f"<|im_start|>assistant\n{INTEL}<|endoftext|>") == INTEL


def test_the_announcement_that_fine_tuned_models_write() -> None:
    reply = (
        "Sure! But let's first write C++ code which works like that:\n\n#include <iostream>\n\nint main() {\n"
        "    int number1 = 8;\n    std::cout << number1 << std::endl;\n    return 0;\n}\n\n"
        'Now, let\'s write the Assembler code:\n\n\t.file\t"cppcode.cpp"\n\t.text\n#APP\n\t.globl main\n#NO_APP\n'
        "main:\n"
        '\tendbr64\n\tmovl\t$0, %eax\n\tret\n\t.size\tmain, .-main\n0:\n\t.string\t"GNU"\n1:\n'
    )
    result = extract(reply)
    assert result is not None
    assert result.how == "announced text"
    assert result.text.startswith('\t.file\t"cppcode.cpp"')
    assert result.text.rstrip().endswith("1:")


def test_bare_text_between_prose() -> None:
    assert (
        found(f"Here's the function you asked for:\n\n{INTEL}\n\nThis function adds two numbers and returns the sum.")
        == INTEL
    )
    assert found(INTEL) == INTEL


@pytest.mark.parametrize("mark", ["#", "##", "//", ";"])
@pytest.mark.parametrize(
    "comment",
    ["add both", "Add the two numbers and give back their sum.", "for (int i = 0; i < n; i++) {", "return a + b;", "}"],
)
def test_a_comment_inside_bare_text_ends_nothing(mark: str, comment: str) -> None:
    text = (
        f"add_two:\n{mark} first\n{mark} {comment}\n    mov eax, edi\n    {mark} {comment}\n    add eax, esi\n    ret"
    )
    assert found(f"Here it is.\n\n{text}\n\n### How it works\n\nIt adds two numbers and returns.") == text


def test_a_heading_between_two_versions_is_no_comment() -> None:
    long, short = f"{INTEL}\nother:\n    mov eax, 1\n    ret", "add_two:\n    ret"
    assert found(f"{long}\n\n# A shorter one\nThis one only returns to the caller.\n\n{short}") == long


def test_mistakes_stay_in_so_that_they_are_diagnosed() -> None:
    text = "f:\n    movx rax, 5\n    frob\n    ret rax, 3, 4"
    assert found(text) == text


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "I am sorry, I cannot do that.",
        "The answer is 42.\nAdd the numbers and return the result.",
        "```python\nprint(3)\n```",
     "```c\nint f(void) {\n    return 3;\n}\n```"],
)  # fmt: skip
def test_replies_without_assembly(reply: str) -> None:
    assert extract(reply) is None
