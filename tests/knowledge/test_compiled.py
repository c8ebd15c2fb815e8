"""Compiled knowledge: opened from the cache, it is what was compiled; a changed source is compiled anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Extractor, cache
from extractor.errors import KnowledgeError
from extractor.knowledge import compiled
from extractor.knowledge.compiled import knowledge_key, load_knowledge
from helpers import SMALL, facts, write_folder

TEXT = "甲辰董事長歐陽子涵表示，甲辰（9001）擬收購乙巳。"


@pytest.fixture(autouse=True)
def compilations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A cache of these tests' own; gets the name of what is compiled each time."""
    usual = cache.cache_folder()
    monkeypatch.setattr(cache, "user_cache_path", lambda name: tmp_path / "cache" / name)
    if usual and (own := cache.cache_folder()):
        for place in (p for kind in ("folding", "vocabulary") for p in usual.glob(f"{kind}-*")):
            (own / place.name).symlink_to(place)  # what these tests do not ask for takes longest
    done: list[str] = []

    def watch(what: str) -> None:
        build = getattr(compiled, what)
        monkeypatch.setattr(compiled, what, lambda folders: (done.append(what), build(folders))[1])

    watch("_compile_names")
    watch("_compile_rules")
    return done


def test_the_second_time_nothing_is_compiled(tmp_path: Path, compilations: list[str]) -> None:
    folder = write_folder(tmp_path / "mine", SMALL)
    first = Extractor([folder], builtin=False).extract(TEXT)
    second = Extractor([folder], builtin=False).extract(TEXT)
    assert compilations == ["_compile_names", "_compile_rules"]
    assert first == second
    assert facts(first) == ["歐陽子涵-chair_of-甲辰鋼鐵", "甲辰鋼鐵-acquires-乙巳食品 [planned]"]


def test_without_a_cache_the_same_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_folder(tmp_path / "mine", SMALL)
    cached = Extractor([folder], builtin=False).extract(TEXT)
    monkeypatch.setattr(cache, "cache_folder", lambda: None)
    assert Extractor([folder], builtin=False).extract(TEXT) == cached


@pytest.mark.parametrize(
    ("name", "content", "compiled_anew"),
    [
        ("companies.csv", SMALL["companies.csv"].replace("Alpha Steel", "Alpha Iron"), "_compile_names"),
        ("companies-more.csv", "id,name\nnew,新辰\n", "_compile_names"),
        ("ignore.csv", "name,type,context\n甲辰,,甲辰年\n", "_compile_names"),
        ("relations/mine.toml", '["acquires"]\nsay = ["甲…把乙歸戶"]\n', "_compile_rules"),
    ],
)
def test_a_changed_or_a_new_file_is_a_new_compilation_of_its_kind(
    tmp_path: Path, compilations: list[str], name: str, content: str, compiled_anew: str
) -> None:
    folder = write_folder(tmp_path / "mine", SMALL)
    load_knowledge([folder], builtin=False)
    compilations.clear()
    write_folder(folder, {name: content})
    load_knowledge([folder], builtin=False)
    load_knowledge([folder], builtin=False)
    assert compilations == [compiled_anew]


def test_names_of_another_folder_leave_the_rules_compiled(tmp_path: Path, compilations: list[str]) -> None:
    load_knowledge([write_folder(tmp_path / "mine", SMALL)], builtin=False)
    load_knowledge([write_folder(tmp_path / "yours", SMALL)], builtin=False)
    assert compilations == ["_compile_names", "_compile_rules", "_compile_names"]


def test_a_file_that_went_is_a_new_compilation(tmp_path: Path, compilations: list[str]) -> None:
    folder = write_folder(tmp_path / "mine", SMALL)
    assert load_knowledge([folder], builtin=False).lexicon.candidates("潮汐法")
    (folder / "policies.csv").unlink()
    assert not load_knowledge([folder], builtin=False).lexicon.candidates("潮汐法")
    assert compilations == ["_compile_names", "_compile_rules", "_compile_names"]


def test_wrong_lines_are_told_every_time(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "mine", {"companies.csv": "id,name\n,甲辰\n"})
    for _ in range(2):
        with pytest.raises(KnowledgeError, match="companies.csv:2: id is empty"):
            load_knowledge([folder], builtin=False)


def test_warnings_are_kept(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "mine", {"places.csv": "id,name\nn,嶼\n"})
    for _ in range(2):
        (warning,) = load_knowledge([folder], builtin=False).warnings
        assert warning == f"{folder / 'places.csv'}:2: name '嶼' has one character, so it counts as weak"


def test_the_entries_of_a_key_are_read_when_it_is_found(tmp_path: Path) -> None:
    lexicon = load_knowledge([write_folder(tmp_path / "mine", SMALL)], builtin=False).lexicon
    assert lexicon._of_number == {}
    (candidate,) = lexicon.candidates("甲辰")
    assert [e.id for e in lexicon._of_number.values()] == ["alpha-steel"]
    assert candidate.entry.codes == {"twse": "9001"}
    assert lexicon.by_code("9001") is candidate.entry
    assert lexicon.by_code("9002") is None
    assert len(lexicon._of_number) == 1


def test_a_copy_of_a_folder_is_the_same_knowledge(tmp_path: Path) -> None:
    here, there = (write_folder(tmp_path / name, SMALL) for name in ("here", "far/away"))
    assert knowledge_key([here]) == knowledge_key([there])


def test_whatever_decides_a_record_is_in_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, more = write_folder(tmp_path / "mine", SMALL), write_folder(tmp_path / "more", {"people.csv": "id,name\n"})
    keys = [knowledge_key(), knowledge_key(builtin=False), knowledge_key([folder]), knowledge_key([folder], False)]
    keys += [knowledge_key([folder, more]), knowledge_key([more, folder])]
    write_folder(folder, {"relations/mine.toml": '["acquires"]\nsay = ["甲…把乙歸戶"]\n'})
    keys.append(knowledge_key([folder]))
    monkeypatch.setattr(compiled, "__version__", "9.9.9")
    keys.append(knowledge_key([folder]))
    assert len(set(keys)) == len(keys)
