"""Which files of a folder are read, in which order, and which of them a pattern picks."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import ids, pack, put, read

from extractor.errors import ExtractorError
from extractor.inputs.walking import ENDINGS, matcher, walk
from extractor.records import Document


def test_a_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/y.TXT", "a.txt", ".hidden.txt", ".git/x.txt", "c.pdf", "d/e.csv.bak"):
        put(tmp_path / name)
    put(tmp_path / "d/rows.csv", "text\n仁寶\n")
    put(tmp_path / "d/lines.jsonl", '{"text": "仁寶"}\n')
    items = read(tmp_path)
    assert ids(items) == ["a", "a/y", "a/z", "b", "d/lines-1", "d/rows-2"]
    assert [item.source for item in items][1] == (tmp_path / "a/y.TXT").as_posix()


def test_the_source_starts_as_the_path_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "news/a.txt")
    monkeypatch.chdir(tmp_path)
    assert [item.source for item in read("news/", "news/a.txt", "./news/a.txt")] == [
        *("news/a.txt", "news/a.txt", "./news/a.txt")
    ]


def test_a_loop_of_links_ends_and_reads_once(tmp_path: Path) -> None:
    put(tmp_path / "a/one.txt")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/self").symlink_to(tmp_path / "a")
    assert ids(read(tmp_path)) == ["a/one"]


def test_a_broken_link_fails_and_a_pipe_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    put(tmp_path / "z.txt")
    assert ids(read(tmp_path)) == ["! gone.txt", "z"]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    assert read(tmp_path, notice=told.append) == []
    assert told == [f"{tmp_path}: no .txt, .md, .html, .htm, .jsonl or .csv file in this folder"]


def test_a_name_that_is_no_text_can_be_written(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xa4\xa4.txt"
    Path(os.fsdecode(path)).write_bytes(b"x")
    (item,) = read(tmp_path)
    assert isinstance(item, Document)
    assert item.id == "\ufffd\ufffd"
    item.source.encode()  # type: ignore[union-attr]


def test_packed_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("a.txt.gz", "b.MD.GZ", "c.gz", "d.tar.gz", ".e.txt.gz"):
        pack(tmp_path / name)
    pack(tmp_path / "d/f.jsonl.gz", '{"text": "仁寶"}')
    assert ids(read(tmp_path)) == ["a", "b", "d/f-1"]


def test_a_folder_of_several_names_is_read_under_the_first(tmp_path: Path) -> None:
    put(tmp_path / "m/one.txt")
    (tmp_path / "m-link").symlink_to("m")
    (tmp_path / "z").symlink_to("m")
    assert ids(read(tmp_path)) == ["m-link/one"]


def test_a_folder_deeper_than_the_interpreter_calls(tmp_path: Path) -> None:
    depth = 1_010
    folders = [str(tmp_path) + "/d" * n for n in range(1, depth + 1)]
    try:
        for folder in folders:
            os.mkdir(folder)  # noqa: PTH102
        put(Path(folders[-1], "a.txt"))
        assert ids(read(tmp_path)) == ["d/" * depth + "a"]
    finally:  # for what cleans up after the tests does call itself
        Path(folders[-1], "a.txt").unlink(missing_ok=True)
        for folder in reversed(folders):
            with suppress(OSError):
                os.rmdir(folder)  # noqa: PTH106


# Among them characters below, at and above "/", and bytes that are no text.
part = st.text(st.sampled_from("ab.-0~ \n台\udca4"), min_size=1, max_size=3).filter(
    lambda name: name not in (".", "..")
)
path = st.tuples(st.lists(part, max_size=3), part, st.sampled_from([*ENDINGS, ".TXT", ".txt.gz", ".pdf", ""]))


@settings(max_examples=60, deadline=None)
@given(st.lists(path, max_size=15), st.sampled_from([None, "*.txt", "*/*.txt", "a*", "**/b*/*"]))
def test_the_order_is_that_of_the_whole_paths(
    tmp_path_factory: pytest.TempPathFactory, paths: list[tuple[list[str], str, str]], glob: str | None
) -> None:
    folder = tmp_path_factory.mktemp("folder")
    for folders, name, ending in paths:
        file = folder.joinpath(*folders, name + ending)
        if all(not p.is_file() for p in file.parents) and not file.is_dir():
            put(file, "")
    found = [file.relative_to(folder) for file in folder.rglob("*") if file.is_file()]
    expected = [
        file.as_posix()
        for file in found
        if not any(name.startswith(".") for name in file.parts)
        and file.name.lower().removesuffix(".gz").endswith(ENDINGS)
        and matcher(glob)(file.as_posix())
    ]
    assert [str(found) for found in walk(folder, glob)] == sorted(expected)


@pytest.mark.parametrize(
    ("pattern", "matched", "not_matched"),
    [
        ("*.txt", ["a.txt", "2025/a.txt", "2025/11/a.txt"], ["a.md", "a.txt.gz", "A.TXT", "a.txt/b.md"]),
        ("2025/*.txt", ["2025/a.txt"], ["a.txt", "2024/a.txt", "x/2025/a.txt", "2025/11/a.txt"]),
        ("2025/**/*.txt", ["2025/a.txt", "2025/11/a.txt", "2025/11/06/a.txt"], ["2024/a.txt", "2025/a.md"]),
        ("**/2025/*", ["2025/a.txt", "x/y/2025/a.md"], ["2025/11/a.txt"]),
        ("2025/**", ["2025/a.txt", "2025/11/a.txt"], ["2024/a.txt"]),
        ("2025/", ["2025/a.txt", "2025/11/a.txt"], ["2024/2025.txt"]),
        ("./2025/a.txt", ["2025/a.txt"], ["2025/b.txt"]),
        ("/*.txt", ["a.txt"], ["2025/a.txt"]),
        ("**", ["a.txt", "2025/a.txt"], []),
        ("news-[0-9].??", ["news-1.md", "x/news-2.md"], ["news-10.md", "news-1.txt"]),
        ("台*", ["台.txt", "x/台積電.md"], ["x台.txt"]),
        ("[", ["["], ["a"]),
    ],
)
def test_patterns(pattern: str, matched: list[str], not_matched: list[str]) -> None:
    matches = matcher(pattern)
    assert [path for path in [*matched, *not_matched] if matches(path)] == matched


def test_a_pattern_picks_among_the_files_of_folders_alone(tmp_path: Path) -> None:
    for name in ("2024/a.txt", "2025/b.txt", "2025/c.md", "2025/d.pdf", "e.txt"):
        put(tmp_path / name)
    assert ids(read(tmp_path, tmp_path / "e.txt", glob="2025/*")) == ["2025/b", "2025/c", "e"]


def test_a_pattern_that_nothing_matches_is_told(tmp_path: Path) -> None:
    put(tmp_path / "a.txt")
    told: list[str] = []
    assert read(tmp_path, glob="*.tex", notice=told.append) == []
    assert told == [f"{tmp_path}: no .txt, .md, .html, .htm, .jsonl or .csv file in this folder matches *.tex"]


def test_an_empty_pattern_is_refused_before_anything_is_read() -> None:
    with pytest.raises(ExtractorError, match="an empty pattern matches nothing"):
        read("nothing.txt", glob="")
