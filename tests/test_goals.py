"""The goals of the project, as numbers, on the articles that stand beside the repository (skipped where they do not)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from opencc import OpenCC

from extractor import Extractor
from extractor.records import Document

SHARED = Path(__file__).resolve().parents[2] / "shared"
SCORE = SHARED / "score.py"

pytestmark = pytest.mark.skipif(not SCORE.is_file(), reason="no shared folder beside the repository")

MUST = 34  # facts of the seed article that must be found, all of them


# What each folder must reach: precision and recall of entities, of triples, and the share of right modalities.
BOUNDS = {
    "seed": {"entities": (0.95, 0.97), "triples": (0.97, 0.92), "modality": (0.93,)},
    "dev": {"entities": (0.92, 0.92), "triples": (0.85, 0.70), "modality": (0.93,)},
    "hard": {"entities": (0.88, 0.85), "triples": (0.80, 0.55), "modality": (0.93,)},
}
BOUNDARY = 0.97  # the share of right entities that are found by exactly one of their names
SCRIPTS_APART = 0.02  # what a score may differ for the same text in Simplified characters


def score(found: list[dict[str, Any]], folder: Path, tmp_path: Path) -> tuple[dict[str, Any], str]:
    """The scores of records against a gold folder as `score.py --json` gives them, and its lines on errors."""
    output = tmp_path / "output.jsonl"
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in found)
    output.write_bytes("".join(lines).encode("utf-8"))
    command = [sys.executable, str(SCORE), str(output), str(folder), "--json", "--errors"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    *errors, result = done.stdout.rstrip("\n").split("\n")
    return json.loads(result), "\n".join(errors)


def texts(folder: Path) -> list[tuple[Path, str]]:
    """The articles of a gold folder."""
    return [(path, path.read_bytes().decode("utf-8")) for path in sorted(folder.glob("*.txt"))]


def records(extractor: Extractor, folder: Path) -> list[dict[str, Any]]:
    """What is extracted from the articles of a gold folder."""
    return [extractor.extract(Document(path.stem, text, str(path))).to_dict() for path, text in texts(folder)]


def must(folder: Path) -> int:
    """How many triples the gold of a folder marks as must."""
    gold = [json.loads(path.read_text("utf-8")) for path in folder.glob("*.gold.json")]
    return sum(triple.get("level") == "must" for document in gold for triple in document["triples"])


@pytest.mark.parametrize("name", sorted(BOUNDS))
def test_a_gold_folder(extractor: Extractor, tmp_path: Path, name: str) -> None:
    folder, bounds = SHARED / "gold" / name, BOUNDS[name]
    result, errors = score(records(extractor, folder), folder, tmp_path)
    for what in ("entities", "triples"):
        precision, recall = bounds[what]
        assert result[what]["p"] >= precision, errors
        assert result[what]["r"] >= recall, errors
    assert result["modality"] >= bounds["modality"][0], errors
    assert result["boundaries"] >= BOUNDARY, errors


def test_the_seed_articles_musts_are_all_found(extractor: Extractor, tmp_path: Path) -> None:
    folder = SHARED / "gold" / "seed"
    result, errors = score(records(extractor, folder), folder, tmp_path)
    assert must(folder) == MUST
    assert result["must"] == 1, errors
    assert result["entities"]["f1"] >= 0.97, errors


@pytest.mark.parametrize("name", sorted(BOUNDS))
def test_simplified_characters_score_alike(extractor: Extractor, tmp_path: Path, name: str) -> None:
    folder = SHARED / "gold" / name
    simplify = OpenCC("t2s").convert
    turned = []
    for path, text in texts(folder):
        simplified = simplify(text)
        assert len(simplified) == len(text)
        record = extractor.extract(Document(path.stem, simplified, str(path))).to_dict()
        for entity in record["entities"]:
            for mention in entity["mentions"]:
                assert mention["text"] == simplified[mention["start"] : mention["end"]]
                mention["text"] = text[mention["start"] : mention["end"]]
        turned.append(record)
    first, _ = score(records(extractor, folder), folder, tmp_path)
    second, errors = score(turned, folder, tmp_path)
    for what in ("entities", "triples", "full"):
        assert abs(first[what]["f1"] - second[what]["f1"]) <= SCRIPTS_APART, (what, errors)
