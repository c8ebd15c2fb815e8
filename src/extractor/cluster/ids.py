"""Ids that are unique in a whole job, though no worker sees all of it and no machine can hold all of them.

What is gathered of each id is a hash; the few that come more than once, and those that look as if another had been renamed
to them, are then settled in the order of the sources, as `extractor.inputs` settles all of a run on one machine.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from hashlib import blake2b

_RENAMED = re.compile(r"~\d+\Z")
# The place of a document among those of its part, and its id.
Placed = tuple[int, str]


def hashes(ids: Iterable[str]) -> bytes:
    """Eight bytes an id."""
    return array("Q", (_hash(name) for name in ids)).tobytes()


def repeated(parts: Sequence[bytes]) -> frozenset[int]:
    """The hashes that come more than once in what `hashes` gave of the parts."""
    import pyarrow as pa
    import pyarrow.compute as pc

    arrays = [pa.Array.from_buffers(pa.uint64(), len(part) // 8, [None, pa.py_buffer(part)]) for part in parts]
    counts = pa.chunked_array(arrays, pa.uint64()).value_counts()
    return frozenset(counts.filter(pc.greater(counts.field("counts"), 1)).field("values").to_pylist())


def in_question(ids: Iterable[str], doubles: frozenset[int]) -> list[Placed]:
    """Of the ids of a part those that may have to change, or to be kept free."""
    return [(place, name) for place, name in enumerate(ids) if _hash(name) in doubles or _RENAMED.search(name)]


def renames(parts: Iterable[Iterable[Placed]]) -> list[dict[int, str]]:
    """For each part the new ids, by place: a second `a` becomes `a~2`."""
    seen: dict[str, int] = {}  # id -> how many have asked for it
    result: list[dict[int, str]] = []
    for part in parts:
        changed: dict[int, str] = {}
        for place, wanted in part:
            name = wanted
            while name in seen:
                seen[wanted] += 1
                name = f"{wanted}~{seen[wanted]}"
            seen[name] = 1
            if name != wanted:
                changed[place] = name
        result.append(changed)
    return result


def _hash(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
