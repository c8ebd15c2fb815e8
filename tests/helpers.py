"""A small dictionary for tests, and what several tests do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from extractor.records import Record

COMMAND = [sys.executable, "-m", "extractor"]

SMALL = {
    "companies.csv": """id,name,en,aliases,weak_aliases,codes
alpha-steel,甲辰鋼鐵,Alpha Steel,甲辰,,twse:9001
beta-foods,乙巳食品,Beta Foods,乙巳,,
gamma-bank,丙午銀行,Gamma Bank,丙午,,
delta-cars,丁未汽車,Delta Cars,丁未,,
sun,日曜,Sun,,,
onyx,瑪瑙,ONYX,,,
zeta,澤塔電子,Zeta,,澤塔,
theta,希塔生技,Theta,,,
kappa,卡帕航運,Kappa,,,
sigma,西格瑪光電,Sigma,,,
""",
    "people.csv": """id,name,en,aliases,weak_aliases,codes,posts
person-one,歐陽子涵,Ouyang Tzu-han,,,,董事長:alpha-steel:2025-01
person-two,司徒明哲,Szutu Ming-che,,,,
person-three,上官若水,Shangkuan Jo-shui,,,,
""",
    "organizations.csv": """id,name,en,aliases,weak_aliases,codes
tidal-bureau,潮汐總署,Tidal Bureau,,,
moon-institute,月球研究院,Moon Institute,,,
""",
    "places.csv": """id,name,en,aliases,weak_aliases,codes,kind,within
north-isle,北嶼國,North Isle,北嶼,,,country,
south-port,南埠市,South Port,南埠,,,city,north-isle
""",
    "policies.csv": """id,name,en,aliases,weak_aliases,codes,jurisdiction
tide-act,潮汐法,Tide Act,,,,north-isle
""",
}


def write_folder(folder: Path, files: dict[str, str]) -> Path:
    """Write `files` (path inside the folder: content) as UTF-8 with plain newlines."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8"))
    return folder


def facts(record: Record) -> list[str]:
    """The triples of a record as `鴻海-mou-東元`, with a modality where it is not plainly asserted."""
    lines = []
    for t in record.triples:
        line = f"{record.entity(t.subject).name}-{t.relation}-{record.entity(t.object).name}"
        lines.append(line if t.modality == "asserted" else f"{line} [{t.modality}]")
    return sorted(lines)


def call(*arguments: str | Path, given: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command line with `given` on stdin and these variables besides the environment's."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=given,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **env},
        timeout=120,
    )
