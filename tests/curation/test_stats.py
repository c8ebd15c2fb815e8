"""How much is counted: things once whatever their rows, files as they are written."""

from __future__ import annotations

from pathlib import Path

from extractor.curation.stats import Counts, statistics
from helpers import SMALL, write_folder

MORE = {
    "companies.csv": "id,name,en,aliases,weak_aliases,codes,country\n"
    "alpha-steel,,,甲辰鋼|-甲辰,,tse:1,north-isle\nnu,寧,Nu,老寧,寧,twse:9003|tse:2,north-isle\n",
    "people.csv": "id,name,posts\nperson-two,司徒明哲,部長:north-isle:2025|院長:tidal-bureau:2024\n",
    "ignore.csv": "name\n日曜\n",
}


def test_the_counts(tmp_path: Path) -> None:
    small, more = write_folder(tmp_path / "small", SMALL), write_folder(tmp_path / "more", MORE)
    stats = statistics([small, more])
    # alpha-steel gains a name and loses one; nu has one that is weak.
    assert stats.types["company"] == Counts(rows=11, names=24 + 0 + 2, weak=2, english=11, codes=2)
    assert stats.types["person"] == Counts(rows=3, names=6, english=3, posts=3, with_posts=2)
    assert stats.files[str(more / "companies.csv")] == Counts(rows=2, names=3, weak=1, english=1, codes=2)
    assert stats.files[str(more / "people.csv")] == Counts(rows=1, names=1, posts=2, with_posts=1)
    assert stats.files[str(more / "ignore.csv")] == Counts(rows=1)
    assert stats.markets == {"tse": 2, "twse": 2}
    assert stats.countries == {"north-isle": 2}
    assert list(stats.types) == ["company", "person", "policy", "organization", "place"]
