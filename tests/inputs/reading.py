"""What the tests of inputs share: reading, and naming what came of it."""

from __future__ import annotations

import gzip
from pathlib import Path

from extractor.inputs import Failure, read_documents
from extractor.records import Document


def read(*paths: Path | str, **options: object) -> list[Document | Failure]:
    return list(read_documents(paths, **options))  # type: ignore[arg-type]


def ids(items: list[Document | Failure]) -> list[str]:
    return [item.id if isinstance(item, Document) else f"! {Path(item.source).name}" for item in items]


def texts(items: list[Document | Failure]) -> list[str]:
    return [item.text for item in items if isinstance(item, Document)]


def messages(items: list[Document | Failure]) -> list[str]:
    return [item.message for item in items if isinstance(item, Failure)]


def put(path: Path, content: str | bytes = "仁寶") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def pack(path: Path, content: str | bytes = "仁寶") -> Path:
    return put(path, gzip.compress(content if isinstance(content, bytes) else content.encode()))
