"""Peak memory of this process, which reads texts with the built-in knowledge and writes their records as JSON Lines.

python benchmarks/peak.py news.jsonl          # prints the bytes
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from extractor import Extractor
from extractor.writers.jsonlines import to_json


def read(file: Path) -> None:
    """Reads the texts of a file, one a line."""
    extractor = Extractor()
    with file.open(encoding="utf-8") as lines, Path(os.devnull).open("w", encoding="utf-8") as nothing:
        for line in lines:
            nothing.write(to_json(extractor.extract(json.loads(line)["text"]).to_dict()) + "\n")


def peak() -> int:
    """Of this process, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage tells can be what the parent held when it began this process.
        line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    read(Path(sys.argv[1]))
    print(peak())
