"""The goals of the project, as numbers, on the articles that stand beside the repository (skipped where they do not)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor
from extractor.records import Document

SHARED = Path(__file__).resolve().parents[2] / "shared"
SCORE = SHARED / "score.py"

pytestmark = pytest.mark.skipif(not SCORE.is_file(), reason="no shared folder beside the repository")

MUST = 34  # facts of the seed article that must be found, all of them


def score(extractor: Extractor, folder: Path, tmp_path: Path) -> tuple[dict[str, Any], str]:
    """The scores of a gold folder as `score.py --json` gives them, and its lines on errors."""
    output = tmp_path / "output.jsonl"
    with output.open("w", encoding="utf-8", newline="\n") as file:
        for path in sorted(folder.glob("*.txt")):
            record = extractor.extract(Document(path.stem, path.read_bytes().decode("utf-8"), str(path)))
            file.write(json.dumps(record.to_dict(), ensure_ascii=False) + "\n")
    command = [sys.executable, str(SCORE), str(output), str(folder), "--json", "--errors"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    *errors, result = done.stdout.rstrip("\n").split("\n")
    return json.loads(result), "\n".join(errors)


def must(folder: Path) -> int:
    """How many triples the gold of a folder marks as must."""
    gold = [json.loads(path.read_text("utf-8")) for path in folder.glob("*.gold.json")]
    return sum(triple.get("level") == "must" for document in gold for triple in document["triples"])


def test_seed(extractor: Extractor, tmp_path: Path) -> None:
    folder = SHARED / "gold" / "seed"
    result, errors = score(extractor, folder, tmp_path)
    assert must(folder) == MUST
    assert result["must"] == 1, errors
    assert result["triples"]["p"] >= 0.95, errors
    assert result["triples"]["r"] >= 0.85, errors
    assert result["entities"]["f1"] >= 0.95, errors


def test_dev(extractor: Extractor, tmp_path: Path) -> None:
    result, errors = score(extractor, SHARED / "gold" / "dev", tmp_path)
    assert result["triples"]["f1"] >= 0.55, errors
    assert result["entities"]["f1"] >= 0.80, errors
