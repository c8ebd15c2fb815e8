"""The manifest of a cluster's output: what it was made from, how it is cut, and which parts it has when it is finished."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from extractor import __version__
from extractor.cluster.files import Folder
from extractor.cluster.parts import Summary, leftovers
from extractor.errors import ExtractorError

NAME, SUCCESS = "manifest.json", "_SUCCESS"
_SMALLEST, _LARGEST, _PARTS = 2**20, 128 * 2**20, 1000  # bytes of sources a part, and how many parts are many


def begin(output: Folder, source: str, total: int, wanted: int | None = None) -> int:
    """Notes in `output` that it is being made from `source`, of `total` bytes; gives the bytes of sources for a part.

    wanted: that many, if the output was not begun yet; one that was keeps its own, so that its parts can be told again.
    ExtractorError where it is of another source.
    """
    output.make()
    before = _read(output)
    if before and before.get("source") != source:
        raise ExtractorError(
            f"{output.url}: was made from {before.get('source')}; give a folder of its own for {source}"
        )
    if not before and any(name.startswith("part-") for name in output.names()):
        raise ExtractorError(f"{output.url}: has parts, but no {NAME} that tells of what; give another folder")
    size = before.get("part_bytes") or wanted or min(max(total // _PARTS, _SMALLEST), _LARGEST)
    if SUCCESS in output.names():
        output.remove(SUCCESS)
    _write(output, {"program": __version__, "source": source, "part_bytes": size, "finished": False})
    return int(size)


def finish(output: Folder, source: str, size: int, knowledge: str, parts: Sequence[Summary]) -> None:
    """Removes what is of no use any more, and notes that these `parts`, in order, are all."""
    for name in leftovers(output, len(parts)):
        with suppress(FileNotFoundError):
            output.remove(name)
    numbers = {name: sum(getattr(part, name) for part in parts) for name in ("documents", "characters", "triples")}
    numbers["failed"] = sum(sum(part.failed.values()) for part in parts)
    about = {"program": __version__, "knowledge": knowledge, "source": source, "part_bytes": size, "finished": True}
    _write(output, about | numbers | {"parts": [asdict(part) for part in parts]})
    output.write(SUCCESS, b"")


def count_parts(output: Folder) -> int:
    """How many parts a finished output has; ExtractorError where it is not finished."""
    manifest = _read(output)
    if not manifest.get("finished"):
        raise ExtractorError(
            f"{output.url}: " + ("is not finished; run the same command again" if manifest else f"has no {NAME}")
        )
    return len(manifest["parts"])


def _read(output: Folder) -> dict[str, Any]:
    content = output.read(NAME)
    try:
        manifest = json.loads(content) if content else {}
    except ValueError:
        manifest = None
    if not isinstance(manifest, dict):
        raise ExtractorError(f"{output.url}/{NAME}: is no manifest of this program; give another folder")
    return manifest


def _write(output: Folder, manifest: dict[str, Any]) -> None:
    output.write(NAME, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
