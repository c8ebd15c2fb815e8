"""A small stand-in for the pipeline, so that the tests of the commands say nothing about linguistics."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.errors import KnowledgeError
from extractor.records import Document, Entity, Evidence, Mention, Record, Triple

RELATIONS = {
    "acquires": ("acquires", "收購"),
    "sues": ("sues", "控告"),
}


def _relation(relation_id: str, en: str, zh: str) -> SimpleNamespace:
    example = SimpleNamespace(text=f"台積電{zh}英特爾。", expected=[f"TSMC–{en}–Intel"], where="fake.toml:3")
    rule = SimpleNamespace(id=f"{relation_id}/1", pattern=f"S {zh} O", where="fake.toml:2")
    return SimpleNamespace(
        id=relation_id, en=en, zh=zh, types="company > company", symmetric=False, rules=[rule], examples=[example]
    )


@dataclass
class FakeExtractor:
    """Reads `鴻海` and `日產`, and that the one acquires the other where the text says 收購."""

    dictionaries: Sequence[Path] = ()
    builtin: bool = True
    warnings: Sequence[str] = ()
    rules: SimpleNamespace = field(
        default_factory=lambda: SimpleNamespace(relations={i: _relation(i, *names) for i, names in RELATIONS.items()})
    )

    def __post_init__(self) -> None:
        missing = [f"{folder}: no such folder" for folder in self.dictionaries if not folder.is_dir()]
        if missing:
            raise KnowledgeError(missing)

    def extract(self, document: Document | str) -> Record:
        document = Document("text", document) if isinstance(document, str) else document
        text, entities = document.text, []
        for name, en in (("鴻海", "Hon Hai"), ("日產", "Nissan")):
            if name in text:
                start = text.index(name)
                mention = Mention(start, start + len(name), name)
                entities.append(Entity(en.lower().replace(" ", "-"), "company", name, en, True, {}, (mention,)))
        triples = []
        if len(entities) == 2 and "收購" in text:
            modality = "denied" if "否認" in text else "asserted"
            evidence = Evidence(0, len(text.rstrip()), text.rstrip(), "acquires/1", modality)
            triples.append(
                Triple("hon-hai", "acquires", "nissan", "acquires", "收購", modality, "收購", {}, False, (evidence,))
            )
        return Record(document.id, document.source, document.title, document.date, tuple(entities), tuple(triples))


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands use `FakeExtractor`."""
    module = ModuleType("extractor.pipeline")
    module.Extractor = FakeExtractor  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "extractor.pipeline", module)


@pytest.fixture
def run(fake: None) -> Callable[..., SimpleNamespace]:
    """`run(*arguments, input=…)` runs a command with the fake pipeline; gives its status, out and err."""

    def call(*arguments: str | Path, input: str | bytes | None = None) -> SimpleNamespace:  # noqa: A002
        result = CliRunner().invoke(app, [str(a) for a in arguments], input=input, prog_name="extractor")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return SimpleNamespace(
            status=result.exit_code, out=result.stdout_bytes.decode("utf-8"), err=result.stderr_bytes.decode("utf-8")
        )

    return call


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of two articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("鴻海收購日產。\n", encoding="utf-8")
    (folder / "b.txt").write_text("鴻海否認收購日產。\n", encoding="utf-8")
    return folder
