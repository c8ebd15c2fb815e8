"""Markdown with front matter, and pages of HTML."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import messages, put, read, texts

from extractor.inputs.texts import split_front_matter
from extractor.records import Document
from helpers import call

BODY = "# 仁寶\n\n和碩與仁寶合資。\n---\ntitle: 不是\n"


@pytest.mark.parametrize(
    ("block", "title", "date"),
    [
        ("title: 和碩結盟\ndate: 2025-11-06", "和碩結盟", "2025-11-06"),
        ("Title: 'It''s 和碩' # note\nDATE: 2025-11-06T08:00:00+08:00", "It's 和碩", "2025-11-06T08:00:00+08:00"),
        (r'title: "\u548c碩: \"結盟\""' + "\ntags: [仁寶, 緯創]\nlinks:\n- a\n  b", '和碩: "結盟"', None),
        ("# comment\n\ndate : 2025/11/6\ntitle:\nsub.title: x\n  title: y", None, "2025/11/6"),
        ("title: >\n  和碩\ndate: [2025]", None, None),
        ("title: a#b # c\ntitle: d", "a#b", None),
        (r'title: "\x41"', r"\x41", None),
        ("layout: post", None, None),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["---", "..."])
def test_front_matter(tmp_path: Path, block: str, title: str | None, date: str | None, newline: str, end: str) -> None:
    front = f"---\n{block}\n{end}\n".replace("\n", newline)
    (item,) = read(put(tmp_path / "a.md", "\ufeff" + front + BODY))
    assert isinstance(item, Document)
    assert (item.title, item.date) == (title, date)
    assert not item.text[: len(front)].strip()
    assert item.text[len(front) :] == BODY


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "---\n和碩與仁寶合資。\n---\n",
        "---\ntitle: 和碩\n仁寶也來了。\n---\n",
        "---\ntitle: 和碩\n",
        "---\n\n---\n仁寶",
        "--- title: 和碩\n---\n",
        "\n---\ntitle: 和碩\n---\n",
        "----\ntitle: 和碩\n----\n",
        "---",
        "",
    ],
)
def test_what_is_no_front_matter_stays(tmp_path: Path, text: str) -> None:
    path = put(tmp_path / "a.md", text)
    assert read(path) == [Document("a", text, str(path))]


def test_front_matter_is_for_markdown_alone(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "---\ntitle: 和碩\n---\n仁寶")
    assert texts(read(path)) == ["---\ntitle: 和碩\n---\n仁寶"]


@given(st.text(st.sampled_from("-. \t\r\n:#\"'題ab")), st.text(st.sampled_from("-\n仁"), max_size=9))
def test_places_stay_those_of_the_file(block: str, body: str) -> None:
    text = f"---\n{block}\n---\n{body}"
    read = split_front_matter(text).text
    assert len(read) == len(text)
    assert all(a == b or (a == " " and not b.isspace()) for a, b in zip(read, text, strict=True))
    assert read.endswith(body)


@pytest.mark.parametrize("piece", [" ", "\t", "a: b\n", "-", "a", '"', "\n", "#", "a:"])
def test_a_long_beginning_is_no_trap(piece: str) -> None:
    text = "---\n" + piece * 200_000
    assert split_front_matter(text).text == text


PAGE = """<!DOCTYPE html>
<html lang="zh-Hant"><head><meta charset="{charset}"><title>和碩與仁寶合資｜南島新聞</title>
<meta property="og:title" content="和碩與仁寶合資">
<meta property="article:published_time" content="2025-11-06T08:00:00+08:00"></head>
<body><nav><a href="/">首頁</a> <a href="/x">緯創專區</a></nav>
<article><h1>和碩與仁寶合資</h1>
<p>和碩與<a href="/t">仁寶</a>昨天宣布，雙方將<b>合資</b>在越南設立新公司，明年第一季動工，後年量產。</p>
<p>和碩表示，新公司由仁寶持股六成，董事長人選尚未決定，雙方也不排除再找其他伙伴加入。</p></article>
<footer>版權所有 緯創</footer><script>var text = "緯創";</script></body></html>
"""
ARTICLE = """和碩與仁寶合資
和碩與仁寶昨天宣布，雙方將合資在越南設立新公司，明年第一季動工，後年量產。
和碩表示，新公司由仁寶持股六成，董事長人選尚未決定，雙方也不排除再找其他伙伴加入。"""


@pytest.fixture
def _html() -> None:
    pytest.importorskip("trafilatura", reason="the extra html is not installed")


@pytest.mark.usefixtures("_html")
@pytest.mark.parametrize(
    ("charset", "encoding", "guessed"),
    [
        ("utf-8", "utf-8", False),
        ("big5", "cp950", False),
        ("gb2312", "gb18030", False),
        ("big5", "utf-8", False),
        ("utf-8", "cp950", True),
        ("x-nothing", "cp950", True),
        ("utf-8", "utf-16", False),
    ],
)
def test_a_page_gives_its_article(tmp_path: Path, charset: str, encoding: str, guessed: bool) -> None:
    path = put(tmp_path / "a.HTML", PAGE.format(charset=charset).encode(encoding))
    told: list[str] = []
    assert read(path, notice=told.append) == [Document("a", ARTICLE, str(path), "和碩與仁寶合資", "2025-11-06")]
    assert bool(told) == guessed


@pytest.mark.usefixtures("_html")
def test_a_given_encoding_overrules_what_a_page_says(tmp_path: Path) -> None:
    path = put(tmp_path / "a.htm", PAGE.format(charset="utf-8").encode("cp950"))
    told: list[str] = []
    assert texts(read(path, encoding="big5", notice=told.append)) == [ARTICLE]
    assert told == []


@pytest.mark.usefixtures("_html")
@pytest.mark.parametrize(
    "page",
    [
        "仁寶與和碩合資。",
        "<html></html>",
        "<html><head><title>仁寶</title></head><body></body></html>",
        "<div>" * 20_000,
        "<!--" * 1_000,
        "\x0b<?xml version='1.0' encoding='x'?><a/>",
    ],
)
def test_a_page_without_an_article_fails(tmp_path: Path, page: str, capfd: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path / "a.html", page)
    assert messages(read(path)) == [f"{path}: no article found in this page"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("page", ["", " \n"])
def test_an_empty_page_is_an_empty_document(tmp_path: Path, page: str) -> None:
    assert texts(read(put(tmp_path / "a.html", page))) == [page]


def test_without_the_extra_a_page_fails_and_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.inputs import pages

    pages._trafilatura.cache_clear()
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    for name in ("a.html", "b.htm"):
        put(tmp_path / name, PAGE)
    put(tmp_path / "c.txt")
    items = read(tmp_path)
    assert [message.partition(" (")[0] for message in messages(items)] == [
        f"{tmp_path}/{name}: to read HTML, run: pip install 'extractor[html]'" for name in ("a.html", "b.htm")
    ]
    assert texts(items) == ["仁寶"]


@pytest.mark.usefixtures("_html")
def test_places_in_a_page_are_places_in_its_article(tmp_path: Path) -> None:
    put(tmp_path / "a.html", PAGE.format(charset="utf-8"))
    done = call("extract", tmp_path, "-f", "csv")
    assert done.stderr == ""
    rows = [line.split(",") for line in done.stdout.splitlines()[1:]]
    assert rows
    for row in rows:
        assert ARTICLE[int(row[-2]) : int(row[-1])] == row[-3]
