"""Draws the pictures of the README: what a terminal shows for an example article, as SVG.

`python tools/picture.py` writes docs/terminal.svg and docs/terminal.zh-TW.svg.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from rich.console import Console
from rich.text import Text

from extractor import Document, Extractor
from extractor.writers import open_writer

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = "examples/smart-factory.txt"
PICTURES = {"en": ("docs/terminal.svg", "", 120), "zh": ("docs/terminal.zh-TW.svg", " --lang zh", 92)}  # with columns


class Terminal(io.StringIO):
    """A stream that the table writer takes for a terminal."""

    def isatty(self) -> bool:
        return True


def draw() -> None:
    """Writes the pictures, one a language."""
    # rich reads the terminal's size and colours from here.
    os.environ |= {"LINES": "50", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    os.environ.pop("NO_COLOR", None)
    document = Document(Path(ARTICLE).stem, (ROOT / ARTICLE).read_text("utf-8"))
    record = Extractor().extract(document)
    for lang, (path, option, width) in PICTURES.items():
        os.environ["COLUMNS"] = str(width)
        terminal = Terminal()
        writer = open_writer("table", terminal, lang=lang, excel=False, entities=False)
        writer.write(record)
        writer.close()
        console = Console(record=True, width=width, file=io.StringIO(), highlight=False)
        console.print(Text(f"$ extractor {ARTICLE}{option}", style="bold"))
        console.print(Text.from_ansi(terminal.getvalue().rstrip("\n")))
        console.save_svg(str(ROOT / path), title="extractor", unique_id=f"terminal-{lang}")


if __name__ == "__main__":
    draw()
