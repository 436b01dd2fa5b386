"""std::map's and std::set's red-black tree and std::list's links (libstdc++ src/c++98/tree.cc, list.cc)."""

from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Bool, Pointer
from playground.emulator.library.cxx.memory import LIBSTDCXX, read_pointer, write_pointer
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

RED, BLACK = 0, 1
COLOR, PARENT, LEFT, RIGHT = 0, 8, 16, 24
"""Offsets of _Rb_tree_node_base."""
NEXT, PREVIOUS = 0, 8
"""Offsets of _List_node_base."""
LONGEST_LIST = 1 << 22
"""Nodes that one reversal follows."""


class _Tree:
    """Field access and rotations on guest nodes; `header`'s parent is the root, its left and right the ends."""

    def __init__(self, machine: "Machine", header: int) -> None:
        self._machine = machine
        self.header = header

    def get(self, node: int, field: int) -> int:
        return read_pointer(self._machine, node + field)

    def set(self, node: int, field: int, value: int) -> None:
        write_pointer(self._machine, node + field, value)

    def color(self, node: int) -> int:
        return self._machine.read_integer(node, 4)

    def paint(self, node: int, color: int) -> None:
        self._machine.write_integer(node, color, 4)

    def is_black(self, node: int) -> bool:
        """True for a missing child too."""
        return node == 0 or self.color(node) == BLACK

    @property
    def root(self) -> int:
        return self.get(self.header, PARENT)

    def replace_child(self, node: int, new: int) -> None:
        """Put `new` where `node` hangs."""
        parent = self.get(node, PARENT)
        if node == self.root:
            self.set(self.header, PARENT, new)
        else:
            self.set(parent, LEFT if self.get(parent, LEFT) == node else RIGHT, new)

    def rotate(self, node: int, side: int) -> None:
        """Rotate towards `side` (LEFT or RIGHT): the other child comes up."""
        other = LEFT + RIGHT - side
        child = self.get(node, other)
        inner = self.get(child, side)
        self.set(node, other, inner)
        if inner:
            self.set(inner, PARENT, node)
        self.set(child, PARENT, self.get(node, PARENT))
        self.replace_child(node, child)
        self.set(child, side, node)
        self.set(node, PARENT, child)

    def extreme(self, node: int, side: int) -> int:
        """The outermost node below `node` on `side`."""
        while (child := self.get(node, side)) != 0:
            node = child
        return node


def _step(machine: "Machine", node: int, side: int) -> int:
    """The in-order neighbour: RIGHT is the successor, LEFT the predecessor."""
    tree, other = _Tree(machine, 0), LEFT + RIGHT - side
    if side == LEFT and tree.color(node) == RED and tree.get(tree.get(node, PARENT), PARENT) == node:
        return tree.get(node, RIGHT)
    child = tree.get(node, side)
    if child:
        return tree.extreme(child, other)
    parent = tree.get(node, PARENT)
    while node == tree.get(parent, side):
        node, parent = parent, tree.get(parent, PARENT)
    if side == RIGHT and tree.get(node, RIGHT) == parent:
        return node
    return parent


@function(
    "_ZSt18_Rb_tree_incrementPSt18_Rb_tree_node_base",
    "_ZSt18_Rb_tree_incrementPKSt18_Rb_tree_node_base",
    header=LIBSTDCXX,
)
def rb_tree_increment(machine: "Machine", node: Pointer) -> Pointer:
    """The next node in order."""
    return _step(machine, node, RIGHT)


@function(
    "_ZSt18_Rb_tree_decrementPSt18_Rb_tree_node_base",
    "_ZSt18_Rb_tree_decrementPKSt18_Rb_tree_node_base",
    header=LIBSTDCXX,
)
def rb_tree_decrement(machine: "Machine", node: Pointer) -> Pointer:
    """The node before."""
    return _step(machine, node, LEFT)


@function("_ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_", header=LIBSTDCXX)
def rb_tree_insert(machine: "Machine", insert_left: Bool, node: Pointer, parent: Pointer, header: Pointer) -> None:
    """Hang a node in and restore the colours."""
    tree = _Tree(machine, header)
    for field, value in ((PARENT, parent), (LEFT, 0), (RIGHT, 0)):
        tree.set(node, field, value)
    tree.paint(node, RED)
    _attach(tree, bool(insert_left), node, parent)
    while node != tree.root and tree.color(tree.get(node, PARENT)) == RED:
        node = _repair_red(tree, node)
    tree.paint(tree.root, BLACK)


def _attach(tree: _Tree, insert_left: bool, node: int, parent: int) -> None:
    header = tree.header
    if insert_left:
        tree.set(parent, LEFT, node)
        if parent == header:
            tree.set(header, PARENT, node)
            tree.set(header, RIGHT, node)
        elif parent == tree.get(header, LEFT):
            tree.set(header, LEFT, node)
        return
    tree.set(parent, RIGHT, node)
    if parent == tree.get(header, RIGHT):
        tree.set(header, RIGHT, node)


def _repair_red(tree: _Tree, node: int) -> int:
    """One step up after an insertion below a red parent; the node to go on with."""
    parent = tree.get(node, PARENT)
    grandparent = tree.get(parent, PARENT)
    side = LEFT if parent == tree.get(grandparent, LEFT) else RIGHT
    other = LEFT + RIGHT - side
    uncle = tree.get(grandparent, other)
    if uncle and tree.color(uncle) == RED:
        tree.paint(parent, BLACK)
        tree.paint(uncle, BLACK)
        tree.paint(grandparent, RED)
        return grandparent
    if node == tree.get(parent, other):
        node = parent
        tree.rotate(node, side)
        parent = tree.get(node, PARENT)
    tree.paint(parent, BLACK)
    tree.paint(grandparent, RED)
    tree.rotate(grandparent, other)
    return node


@function("_ZSt28_Rb_tree_rebalance_for_erasePSt18_Rb_tree_node_baseRS_", header=LIBSTDCXX)
def rb_tree_erase(machine: "Machine", node: Pointer, header: Pointer) -> Pointer:
    """Take a node out; returns it."""
    tree = _Tree(machine, header)
    if tree.get(node, LEFT) and tree.get(node, RIGHT):
        child, parent, color = _unlink_inner(tree, node)
    else:
        child, parent, color = _unlink_outer(tree, node)
    if color == BLACK:
        _repair_black(tree, child, parent)
    return node


def _unlink_inner(tree: _Tree, node: int) -> tuple[int, int, int]:
    """A node with two children: its successor takes its place and colour."""
    successor = tree.extreme(tree.get(node, RIGHT), LEFT)
    child, color = tree.get(successor, RIGHT), tree.color(successor)
    left = tree.get(node, LEFT)
    tree.set(left, PARENT, successor)
    tree.set(successor, LEFT, left)
    if successor == tree.get(node, RIGHT):
        parent = successor
    else:
        parent = tree.get(successor, PARENT)
        if child:
            tree.set(child, PARENT, parent)
        tree.set(parent, LEFT, child)
        tree.set(successor, RIGHT, tree.get(node, RIGHT))
        tree.set(tree.get(node, RIGHT), PARENT, successor)
    tree.replace_child(node, successor)
    tree.set(successor, PARENT, tree.get(node, PARENT))
    tree.paint(successor, tree.color(node))
    return child, parent, color


def _unlink_outer(tree: _Tree, node: int) -> tuple[int, int, int]:
    """A node with at most one child: the child takes its place, and the header's ends are kept right."""
    header = tree.header
    child = tree.get(node, LEFT) or tree.get(node, RIGHT)
    parent = tree.get(node, PARENT)
    if child:
        tree.set(child, PARENT, parent)
    tree.replace_child(node, child)
    for side, inward in ((LEFT, RIGHT), (RIGHT, LEFT)):
        if tree.get(header, side) == node:
            tree.set(header, side, tree.extreme(child, side) if tree.get(node, inward) else parent)
    return child, parent, tree.color(node)


def _repair_black(tree: _Tree, node: int, parent: int) -> None:
    """Restore the black height after a black node is gone."""
    while node != tree.root and tree.is_black(node):
        side = LEFT if node == tree.get(parent, LEFT) else RIGHT
        if _repair_side(tree, parent, side):
            break
        node, parent = parent, tree.get(parent, PARENT)
    if node:
        tree.paint(node, BLACK)


def _repair_side(tree: _Tree, parent: int, side: int) -> bool:
    """One level; True when done."""
    other = LEFT + RIGHT - side
    sibling = tree.get(parent, other)
    if tree.color(sibling) == RED:
        tree.paint(sibling, BLACK)
        tree.paint(parent, RED)
        tree.rotate(parent, side)
        sibling = tree.get(parent, other)
    if tree.is_black(tree.get(sibling, side)) and tree.is_black(tree.get(sibling, other)):
        tree.paint(sibling, RED)
        return False
    if tree.is_black(tree.get(sibling, other)):
        tree.paint(tree.get(sibling, side), BLACK)
        tree.paint(sibling, RED)
        tree.rotate(sibling, other)
        sibling = tree.get(parent, other)
    tree.paint(sibling, tree.color(parent))
    tree.paint(parent, BLACK)
    if tree.get(sibling, other):
        tree.paint(tree.get(sibling, other), BLACK)
    tree.rotate(parent, side)
    return True


@function("_ZNSt8__detail15_List_node_base7_M_hookEPS0_", header=LIBSTDCXX)
def list_hook(machine: "Machine", this: Pointer, position: Pointer) -> None:
    """Put a node in front of position."""
    before = read_pointer(machine, position + PREVIOUS)
    write_pointer(machine, this + NEXT, position)
    write_pointer(machine, this + PREVIOUS, before)
    write_pointer(machine, before + NEXT, this)
    write_pointer(machine, position + PREVIOUS, this)


@function("_ZNSt8__detail15_List_node_base9_M_unhookEv", header=LIBSTDCXX)
def list_unhook(machine: "Machine", this: Pointer) -> None:
    """Take a node out."""
    after, before = read_pointer(machine, this + NEXT), read_pointer(machine, this + PREVIOUS)
    write_pointer(machine, before + NEXT, after)
    write_pointer(machine, after + PREVIOUS, before)


@function("_ZNSt8__detail15_List_node_base11_M_transferEPS0_S1_", header=LIBSTDCXX)
def list_transfer(machine: "Machine", this: Pointer, first: Pointer, last: Pointer) -> None:
    """Move the nodes first..last in front of this."""
    if this == last:
        return
    ends = [read_pointer(machine, node + PREVIOUS) for node in (last, first, this)]
    last_before, first_before, this_before = ends
    write_pointer(machine, last_before + NEXT, this)
    write_pointer(machine, first_before + NEXT, last)
    write_pointer(machine, this_before + NEXT, first)
    write_pointer(machine, this + PREVIOUS, last_before)
    write_pointer(machine, last + PREVIOUS, first_before)
    write_pointer(machine, first + PREVIOUS, this_before)


@function("_ZNSt8__detail15_List_node_base10_M_reverseEv", header=LIBSTDCXX)
def list_reverse(machine: "Machine", this: Pointer) -> None:
    """Swap every node's links."""
    node = this
    for _ in range(LONGEST_LIST):
        after, before = read_pointer(machine, node + NEXT), read_pointer(machine, node + PREVIOUS)
        write_pointer(machine, node + NEXT, before)
        write_pointer(machine, node + PREVIOUS, after)
        node = after
        if node == this:
            return


@function("_ZNSt8__detail15_List_node_base4swapERS0_S1_", header=LIBSTDCXX)
def list_swap(machine: "Machine", one: Pointer, two: Pointer) -> None:
    """Exchange two lists by their sentinels."""
    links = {head: [read_pointer(machine, head + field) for field in (NEXT, PREVIOUS)] for head in (one, two)}
    for head, source in ((one, two), (two, one)):
        first, last = links[source]
        if first == source:
            first = last = head
        write_pointer(machine, head + NEXT, first)
        write_pointer(machine, head + PREVIOUS, last)
        write_pointer(machine, first + PREVIOUS, head)
        write_pointer(machine, last + NEXT, head)
