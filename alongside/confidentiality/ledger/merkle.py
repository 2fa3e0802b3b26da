"""Merkle trees as in RFC 9162, section 2.1: one short hash stands for many leaves, and a short path proves that a leaf is among them.

A leaf is hashed with the prefix 0x00 by whoever makes it (`canonical.leaf`); an inner node is SHA-256(0x01 | left | right). The two can
never be taken for each other. Where a level has an odd node, it is carried up as it is.
"""

from collections.abc import Sequence
from hashlib import sha256


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over one or more leaf hashes.

    Example:
        >>> root([b"a" * 32]) == b"a" * 32
        True
    """
    return levels(leaves)[-1][0]


def path(tree: Sequence[Sequence[bytes]], index: int) -> list[bytes]:
    """The hashes that, together with the leaf at `index`, give the root of these `levels`; from the bottom up, about log2 of the leaves."""
    if not 0 <= index < len(tree[0]):
        raise IndexError(f"no leaf {index} among {len(tree[0])}")
    siblings = []
    for level in tree:
        beside = index ^ 1
        if beside < len(level):
            siblings.append(level[beside])
        index >>= 1
    return siblings


def root_from_path(leaf: bytes, index: int, count: int, siblings: Sequence[bytes]) -> bytes:
    """The root that a leaf, its place and its path lead to. ValueError where the path does not fit the place.

    Source: RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < count:
        raise ValueError(f"no place {index} in a tree of {count}")
    last, result = count - 1, leaf
    for sibling in siblings:
        if last == 0:
            raise ValueError("the path is too long")
        if index & 1 or index == last:
            result = sha256(b"\x01" + sibling + result).digest()
            while not index & 1 and index:
                index >>= 1
                last >>= 1
        else:
            result = sha256(b"\x01" + result + sibling).digest()
        index >>= 1
        last >>= 1
    if last:
        raise ValueError("the path is too short")
    return result


def levels(leaves: Sequence[bytes]) -> list[Sequence[bytes]]:
    """The whole tree, from its leaves up to its root alone."""
    if not leaves:
        raise ValueError("a tree has at least one leaf")
    level, tree = leaves, [leaves]
    while len(level) > 1:
        pairs = iter(level)
        above = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]
        if len(level) & 1:
            above.append(level[-1])
        level = above
        tree.append(level)
    return tree
