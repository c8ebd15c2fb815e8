"""A folder to read, and what a run on one machine makes of it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from extractor import Extractor
from extractor.inputs import Failure, read_documents
from extractor.records import Record
from helpers import write_folder

LINES = [
    "甲辰鋼鐵昨日與乙巳食品簽署合作備忘錄，金額3億元。",
    "歐陽子涵出任甲辰鋼鐵董事長。",
    "丁未汽車否認收購卡帕航運。",
]


def lines(first: int, count: int) -> str:
    """`count` lines of JSON; every third one names no id, every seventh the same."""
    ids = (
        {} if n % 3 == 0 else {"id": "twice"} if n % 7 == 0 else {"id": f"r{n}"} for n in range(first, first + count)
    )
    return "".join(
        json.dumps({**id_, "text": LINES[n % 3] * (1 + n % 4), "date": "2025-03-04"}, ensure_ascii=False) + "\n"
        for n, id_ in enumerate(ids)
    )


def write_sources(folder: Path) -> Path:
    """Documents of every kind, some of the same id, and some that are none."""
    files = {f"a/{n:02d}.txt": LINES[n % 3] for n in range(20)}
    files |= {"a/03.md": "潮汐總署推動《潮汐法》。", "b.jsonl": lines(0, 60), "c.jsonl": '{"id": "r1"\n' + lines(1, 9)}
    files |= {"d.csv": "id,text\ntwice,希塔生技入股瑪瑙。\n,日曜在南埠市設廠。\n", "e.csv": "id,title\n1,無\n"}
    write_folder(folder, files)
    (folder / "f.jsonl.gz").write_bytes(gzip.compress(lines(0, 5).encode("utf-8"), mtime=0))
    (folder / "g.txt").write_bytes(b"\x00\x01\x02" * 50)
    return folder


def undisturbed(folder: Path | str, dictionary: Path) -> tuple[list[Record], list[str]]:
    """The records of a folder, and the lines of its failures."""
    extractor, items = Extractor([dictionary], builtin=False), list(read_documents([folder]))
    records = [extractor.extract(item) for item in items if not isinstance(item, Failure)]
    return records, [item.message for item in items if isinstance(item, Failure)]
