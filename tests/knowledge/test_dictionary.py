"""Dictionary folders: what they add, and every kind of wrong line."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import KnowledgeError
from extractor.knowledge.dictionary import Dictionary, load_dictionaries
from helpers import write_folder

HEAD = "id,name,en,aliases,weak_aliases,codes\n"

# file, its bytes, then what the message must say: the place and the reason
WRONG = [
    pytest.param("companies.csv", b"id,en\nfoo,Foo\n", ":1:", ["'name'", "missing"], id="missing column"),
    pytest.param("people.csv", b"name,en\nfoo,Foo\n", ":1:", ["'id'", "missing"], id="missing id column"),
    pytest.param(
        "companies.csv", b"id,name,alias\n", ":1:", ["'alias'", "did you mean 'aliases'"], id="unknown column"
    ),
    pytest.param(
        "companies.csv", b"id,name,posts\n", ":1:", ["'posts'", "columns are id, name"], id="another type's column"
    ),
    pytest.param(
        "companies.csv", "id,name\na,甲公\na,乙公\n".encode(), ":3:", ["'a'", "companies.csv:2"], id="doubled id"
    ),
    pytest.param("companies.csv", "id,name\n,甲公\n".encode(), ":2:", ["id is empty"], id="empty id"),
    pytest.param(
        "companies.csv", "id,name\n?x,甲公\n".encode(), ":2:", ["'?x'", "no dictionary has"], id="id of an unknown name"
    ),
    pytest.param("companies.csv", b"id,name\na,\n", ":2:", ["'a' has no name"], id="new id without a name"),
    pytest.param("companies.csv", "id,name\na,甲\0公\n".encode(), ":2:", ["NUL"], id="NUL"),
    pytest.param(
        "companies.csv", "id,name\n#\n\na,。、\n".encode(), ":4:", ["name", "only punctuation"], id="punctuation"
    ),
    pytest.param(
        "companies.csv", "id,name\na,甲公買下乙公。\n".encode(), ":2:", ["name", "ends a sentence"], id="sentence"
    ),
    pytest.param(
        "companies.csv", (HEAD + "a,甲公,A,甲|--,,\n").encode(), ":2:", ["aliases", "only punct"], id="punct alias"
    ),
    pytest.param(
        "companies.csv", (HEAD + "a,甲公,A,,！,\n").encode(), ":2:", ["weak_aliases", "only punct"], id="punct weak"
    ),
    pytest.param("companies.csv", "id,name\na,甲公,b\n".encode(), ":2:", ["3 cells", "names 2"], id="too many cells"),
    pytest.param("companies.csv", "id,name,en\na,甲公\n".encode(), ":2:", ["2 cells", "names 3"], id="too few cells"),
    pytest.param("companies.csv", (HEAD + "a,甲公,A,,,2317\n").encode(), ":2:", ["'2317'", "twse:2317"], id="code"),
    pytest.param("companies.csv", b'id,name\na,"b\n', ":", ["end of data"], id="open quote"),
    pytest.param("places.csv", "id,name\na,甲地\n".encode("cp950"), ": ", ["not UTF-8 at byte 10"], id="not UTF-8"),
    pytest.param("firms.csv", b"id,name\n", ": ", ["not a dictionary file", "companies.csv"], id="unknown file"),
    pytest.param("ignore.csv", b"name,why\n", ":1:", ["'why'", "name, type, context"], id="ignore column"),
    pytest.param("ignore.csv", b"name,type\n,company\n", ":2:", ["name is empty"], id="ignore without name"),
]


@pytest.mark.parametrize(("name", "content", "place", "reasons"), WRONG)
def test_a_wrong_line_is_named(tmp_path: Path, name: str, content: bytes, place: str, reasons: list[str]) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(KnowledgeError) as caught:
        load_dictionaries([tmp_path])
    problem = caught.value.problems[0]
    assert problem.startswith(f"{tmp_path / name}{place}")
    for reason in reasons:
        assert reason in problem
    assert "\n" not in problem


def test_every_wrong_line_of_every_folder_is_listed(tmp_path: Path) -> None:
    one = write_folder(tmp_path / "one", {"companies.csv": "id,name\na,甲公\n,乙公\n?c,丙公\nd,丁公,\n"})
    two = write_folder(tmp_path / "two", {"places.csv": "id,name\n,北地\n"})
    with pytest.raises(KnowledgeError) as caught:
        load_dictionaries([one, two, tmp_path / "three"])
    places = [problem.split(": ")[0] for problem in caught.value.problems]
    companies = one / "companies.csv"
    assert places == [
        f"{companies}:3",
        f"{companies}:4",
        f"{companies}:5",
        f"{two / 'places.csv'}:2",
        str(tmp_path / "three"),
    ]
    assert str(caught.value).split("\n") == caught.value.problems


def load(tmp_path: Path, *folders: dict[str, str]) -> Dictionary:
    return load_dictionaries([write_folder(tmp_path / str(i), files) for i, files in enumerate(folders)])


def test_a_row_of_the_same_id_adds_and_takes_away(tmp_path: Path) -> None:
    first = {"companies.csv": HEAD + "a,甲辰鋼鐵,Alpha,甲辰|阿法,老甲,twse:9001\nb,乙巳食品,Beta,,,\n"}
    second = {"companies.csv": HEAD + "a,,,-阿法|甲辰鋼|-老甲,小甲,tse:77\n"}
    entry = load(tmp_path, first, second).entries["a"]
    assert entry.name == "甲辰鋼鐵"
    assert entry.en == "Alpha"
    assert entry.names == ("甲辰鋼鐵", "甲辰", "Alpha", "甲辰鋼")
    assert entry.weak == ("小甲",)
    assert entry.codes == {"twse": "9001", "tse": "77"}
    assert entry.where.endswith("companies.csv:2")


def test_a_later_row_makes_a_name_weak_and_corrects_the_other_columns(tmp_path: Path) -> None:
    head = "id,name,aliases,weak_aliases,trade,country\n"
    first = {"companies.csv": head + "a,甲辰鋼鐵,甲辰|阿法,,鋼鐵,taiwan\n"}
    second = {"companies.csv": head + "a,,-阿法,甲辰,鋼鐵,japan\n"}
    entry = load(tmp_path, first, second).entries["a"]
    assert (entry.names, entry.weak) == (("甲辰鋼鐵",), ("甲辰",))
    assert entry.own == {"trade": "鋼鐵", "country": "japan"}


def test_the_order_of_folders_decides_what_is_added_to_what(tmp_path: Path) -> None:
    rows = [{"companies.csv": HEAD + f"a,{name},{en},,,\n"} for name, en in (("甲辰", "Old"), ("甲辰鋼", "New"))]
    entry = load(tmp_path, *rows).entries["a"]
    assert (entry.name, entry.en) == ("甲辰鋼", "New")
    assert set(entry.names) == {"甲辰", "甲辰鋼", "Old", "New"}


def test_the_types_own_columns_are_kept_and_joined(tmp_path: Path) -> None:
    rows = [
        {"people.csv": f"id,name,posts\np,歐陽子涵,{post}\n"}
        for post in ("董事長:alpha:2024-01", "理事長:beta:2025-02")
    ]
    assert load(tmp_path, *rows).entries["p"].own == {"posts": "董事長:alpha:2024-01|理事長:beta:2025-02"}


def test_an_english_name_taken_away_is_no_name_but_still_the_label(tmp_path: Path) -> None:
    entry = load(tmp_path, {"companies.csv": HEAD + "sun,日曜,Sun,-Sun,,\n"}).entries["sun"]
    assert entry.en == "Sun"
    assert entry.names == ("日曜",)


def test_names_of_one_character_are_weak(tmp_path: Path) -> None:
    entry = load(tmp_path, {"places.csv": HEAD + "n,北,North,嶼|北嶼,,\n"}).entries["n"]
    assert set(entry.weak) == {"北", "嶼"}
    assert set(entry.names) == {"North", "北嶼"}


def test_ignored_names(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"ignore.csv": "name,type,context\n日曜,company,\n甲辰,,甲辰年\n"})
    assert [(i.name, i.type, i.context) for i in loaded.ignored] == [("日曜", "company", ""), ("甲辰", "", "甲辰年")]


@pytest.mark.parametrize(
    "content",
    [
        "# what it holds\n\nid,name\n# a comment\na,甲辰\n\n",
        "\ufeffid,name\na,甲辰\n",
        "\ufeff# what it holds\nid,name\na,甲辰\n",
        "id,name\r\na,甲辰\r\n",
        'id , name\n a ," 甲辰 "\n',
        "name,id\n甲辰,a",
    ],
    ids=["comments", "mark", "mark and comment", "CRLF", "spaces", "order of columns"],
)
def test_what_is_harmless(tmp_path: Path, content: str) -> None:
    entries = load(tmp_path, {"companies-more.csv": content}).entries
    assert [(e.id, e.type, e.names) for e in entries.values()] == [("a", "company", ("甲辰",))]


def test_an_empty_file_adds_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, {"companies.csv": "", "people.csv": "# nothing yet\n"}).entries == {}
