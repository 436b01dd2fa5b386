"""stdio.h: characters, lines and blocks, files (the formatted families are in print.py and scan.py)."""

from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Buffer, ConstPointer, CString, Int, Long, Pointer, Size, SSize, Stream
from playground.emulator.library.errors import checked, error_message, get_errno, set_errno
from playground.emulator.library.registry import data, function
from playground.emulator.library.state import library_state
from playground.emulator.library.streams import EOF, FileStream, Streams

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

STDIO = "stdio.h"


def streams(machine: "Machine") -> Streams:
    """The process's streams."""
    return library_state(machine).streams


@data("stdin", 8, header=STDIO)
def _stdin(machine: "Machine", address: int) -> None:
    machine.write_integer(address, streams(machine).stdin.address, 8)


@data("stdout", 8, header=STDIO)
def _stdout(machine: "Machine", address: int) -> None:
    machine.write_integer(address, streams(machine).stdout.address, 8)


@data("stderr", 8, header=STDIO)
def _stderr(machine: "Machine", address: int) -> None:
    machine.write_integer(address, streams(machine).stderr.address, 8)


def _put(stream: FileStream, byte: int) -> int:
    return byte & 0xFF if stream.write(bytes([byte & 0xFF])) else EOF


@function(header=STDIO)
def puts(machine: "Machine", s: CString) -> Int:
    """Write a string and a newline; returns the bytes written."""
    return len(s) + 1 if streams(machine).stdout.write(s + b"\n") else EOF


@function("putchar", "putchar_unlocked", header=STDIO)
def putchar(machine: "Machine", c: Int) -> Int:
    """Write one character to stdout."""
    return _put(streams(machine).stdout, c)


@function("putc", "fputc", "_IO_putc", "putc_unlocked", "fputc_unlocked", header=STDIO)
def putc(machine: "Machine", c: Int, stream: Stream) -> Int:
    """Write one character."""
    return _put(streams(machine).at(stream), c)


@function(header=STDIO)
def __overflow(machine: "Machine", stream: Stream, c: Int) -> Int:
    """What the putc_unlocked macro calls when there is no buffer."""
    return _put(streams(machine).at(stream), c)


@function("fputs", "fputs_unlocked", header=STDIO)
def fputs(machine: "Machine", s: CString, stream: Stream) -> Int:
    """Write a string."""
    return 1 if streams(machine).at(stream).write(s) else EOF


@function("fwrite", "fwrite_unlocked", header=STDIO)
def fwrite(machine: "Machine", data: ConstPointer, size: Size, count: Size, stream: Stream) -> Size:
    """Write count items of size bytes; returns the items written."""
    target = streams(machine).at(stream)
    if size * count == 0:
        return 0
    return count if target.write(machine.read(data, size * count)) else 0


@function("getchar", "getchar_unlocked", header=STDIO)
def getchar(machine: "Machine") -> Int:
    """The next character of stdin, or EOF."""
    return streams(machine).stdin.getc()


@function("getc", "fgetc", "_IO_getc", "getc_unlocked", "fgetc_unlocked", "__uflow", header=STDIO)
def getc(machine: "Machine", stream: Stream) -> Int:
    """The next character, or EOF."""
    return streams(machine).at(stream).getc()


@function(header=STDIO)
def ungetc(machine: "Machine", c: Int, stream: Stream) -> Int:
    """Give a character back."""
    return streams(machine).at(stream).ungetc(c)


@function("fgets", "fgets_unlocked", header=STDIO)
def fgets(machine: "Machine", s: Buffer, size: Int, stream: Stream) -> Buffer:
    """A line of at most size - 1 bytes with its newline; NULL at the end of the file."""
    source = streams(machine).at(stream)
    if size <= 0:
        return 0
    if size == 1:
        machine.write(s, b"\0")
        return s
    line = source.read_until(0x0A, size - 1)
    if not line:
        return 0
    machine.write(s, line + b"\0")
    return s


@function(header=STDIO)
def gets(machine: "Machine", s: Buffer) -> Buffer:
    """A line without its newline, however long: writes past the buffer as the real one does."""
    line = streams(machine).stdin.read_until(0x0A, 1 << 24)
    if not line:
        return 0
    machine.write(s, line.removesuffix(b"\n") + b"\0")
    return s


@function("fread", "fread_unlocked", header=STDIO)
def fread(machine: "Machine", target: Pointer, size: Size, count: Size, stream: Stream) -> Size:
    """Read count items of size bytes; returns the complete items read."""
    source = streams(machine).at(stream)
    if size * count == 0:
        return 0
    content = source.read(size * count)
    machine.write(target, content)
    return len(content) // size


@function("getline", header=STDIO)
def getline(machine: "Machine", line: Pointer, capacity: Pointer, stream: Stream) -> SSize:
    """A whole line into a heap buffer that grows (POSIX getline)."""
    return _getdelim(machine, line, capacity, 0x0A, stream)


@function("getdelim", "__getdelim", header=STDIO)
def getdelim(machine: "Machine", line: Pointer, capacity: Pointer, delimiter: Int, stream: Stream) -> SSize:
    """getline up to another delimiter."""
    return _getdelim(machine, line, capacity, delimiter, stream)


def _getdelim(machine: "Machine", line: int, capacity: int, delimiter: int, stream: int) -> int:
    text = streams(machine).at(stream).read_until(delimiter & 0xFF, 1 << 24)
    if not text:
        return -1
    buffer, room = machine.read_integer(line, 8), machine.read_integer(capacity, 8)
    if buffer == 0 or room < len(text) + 1:
        room = max(120, 2 * room, len(text) + 1)
        buffer = library_state(machine).heap.resize(buffer, room)
        machine.write_integer(line, buffer, 8)
        machine.write_integer(capacity, room, 8)
    machine.write(buffer, text + b"\0")
    return len(text)


@function("fflush", "fflush_unlocked", header=STDIO)
def fflush(machine: "Machine", stream: Stream) -> Int:
    """Hand pending output on; NULL means every stream."""
    if stream == 0:
        streams(machine).flush_all()
        return 0
    return 0 if streams(machine).at(stream).flush() else EOF


def _address_or_null(machine: "Machine", opened: FileStream | int) -> int:
    if isinstance(opened, int):
        set_errno(machine, -opened)
        return 0
    return opened.address


@function("fopen", "fopen64", header=STDIO)
def fopen(machine: "Machine", path: CString, mode: CString) -> Stream:
    """Open a file of the in-memory tree."""
    return _address_or_null(machine, streams(machine).open(path, mode))


@function(header=STDIO)
def fdopen(machine: "Machine", descriptor: Int, mode: CString) -> Stream:
    """A stream on an open descriptor."""
    return streams(machine).attach_mode(descriptor, mode).address


@function("freopen", "freopen64", header=STDIO)
def freopen(machine: "Machine", path: CString, mode: CString, stream: Stream) -> Stream:
    """Close the stream's file and open another in its place."""
    table = streams(machine)
    old = table.at(stream)
    opened = table.open(path, mode)
    if isinstance(opened, int):
        set_errno(machine, -opened)
        return 0
    table.replace(old, opened)
    return stream


@function(header=STDIO)
def fclose(machine: "Machine", stream: Stream) -> Int:
    """Flush and close."""
    table = streams(machine)
    return 0 if table.close(table.at(stream)) else EOF


@function("feof", "feof_unlocked", header=STDIO)
def feof(machine: "Machine", stream: Stream) -> Int:
    """1 after a read met the end of the file."""
    return int(streams(machine).at(stream).at_end)


@function("ferror", "ferror_unlocked", header=STDIO)
def ferror(machine: "Machine", stream: Stream) -> Int:
    """1 after a failed operation."""
    return int(streams(machine).at(stream).failed)


@function("clearerr", "clearerr_unlocked", header=STDIO)
def clearerr(machine: "Machine", stream: Stream) -> None:
    """Forget end of file and error."""
    streams(machine).at(stream).clear_errors()


@function("fileno", "fileno_unlocked", header=STDIO)
def fileno(machine: "Machine", stream: Stream) -> Int:
    """The stream's descriptor."""
    return streams(machine).at(stream).descriptor


@function("fseek", "fseeko", "fseeko64", header=STDIO)
def fseek(machine: "Machine", stream: Stream, offset: Long, whence: Int) -> Int:
    """Move the position."""
    return checked(machine, streams(machine).at(stream).seek(offset, whence))


@function("ftell", "ftello", "ftello64", header=STDIO)
def ftell(machine: "Machine", stream: Stream) -> Long:
    """The position."""
    return checked(machine, streams(machine).at(stream).tell())


@function(header=STDIO)
def rewind(machine: "Machine", stream: Stream) -> None:
    """Back to the start, errors cleared."""
    source = streams(machine).at(stream)
    source.seek(0, 0)
    source.clear_errors()


@function("fgetpos", "fgetpos64", header=STDIO)
def fgetpos(machine: "Machine", stream: Stream, position: Pointer) -> Int:
    """Store the position."""
    machine.write_integer(position, streams(machine).at(stream).tell() & (1 << 64) - 1, 8)
    return 0


@function("fsetpos", "fsetpos64", header=STDIO)
def fsetpos(machine: "Machine", stream: Stream, position: Pointer) -> Int:
    """Go back to a stored position."""
    return fseek(machine, stream, machine.read_integer(position, 8), 0)


@function(header=STDIO)
def setvbuf(machine: "Machine", stream: Stream, buffer: Pointer, mode: Int, size: Size) -> Int:
    """Choose full (0), line (1) or no (2) buffering; the buffer itself is not used."""
    if mode not in (0, 1, 2):
        return -1
    target = streams(machine).at(stream)
    target.mode = mode
    if mode == 2:
        target.flush()
    return 0


@function("setbuf", header=STDIO)
def setbuf(machine: "Machine", stream: Stream, buffer: Pointer) -> None:
    """setvbuf with full buffering, or none for NULL."""
    setvbuf(machine, stream, buffer, 0 if buffer else 2, 0)


@function("setlinebuf", header=STDIO)
def setlinebuf(machine: "Machine", stream: Stream) -> None:
    """setvbuf with line buffering."""
    setvbuf(machine, stream, 0, 1, 0)


@function(header=STDIO)
def perror(machine: "Machine", s: Pointer) -> None:
    """``s: message of errno`` on stderr."""
    text = machine.read_cstring(s) if s else b""
    prefix = text + b": " if text else b""
    streams(machine).stderr.write(prefix + error_message(get_errno(machine)) + b"\n")


@function("flockfile", "funlockfile", header=STDIO)
def flockfile(machine: "Machine", stream: Stream) -> None:
    """Nothing: there is one thread."""


@function(header=STDIO)
def remove(machine: "Machine", path: CString) -> Int:
    """Delete a file of the in-memory tree."""
    return checked(machine, machine.files.unlink(path))


@function(header=STDIO)
def rename(machine: "Machine", old: CString, new: CString) -> Int:
    """Give a file another name."""
    return checked(machine, machine.files.rename(old, new))


@function("tmpfile", "tmpfile64", header=STDIO)
def tmpfile(machine: "Machine") -> Stream:
    """A nameless temporary file."""
    opened = streams(machine).open(b"/tmp/.tmpfile", b"w+")
    machine.files.unlink(b"/tmp/.tmpfile")
    return _address_or_null(machine, opened)
