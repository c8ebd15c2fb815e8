"""`extractor view`: the page of an article as a browser shows it, its network's page beside it, and the command's errors."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from samples import NEWS, TRICKS, hostile

from extractor.graph.view import view_page
from extractor.records import Document, Record
from helpers import call


@pytest.fixture(scope="module")
def record(extractor) -> Record:
    return extractor.extract(Document("news", NEWS))


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Path:
    """A folder with the two pages of `NEWS` as the command line writes them; the names are ones that links could trip over."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "news.txt").write_text(NEWS, encoding="utf-8")
    (folder / "sub").mkdir()
    done = call(
        "view", folder / "news.txt", "-o", folder / "javascript:1 #?.html", "--graph", folder / "sub" / "關係 %23.html"
    )
    assert (done.returncode, done.stdout) == (0, "")
    return folder


@pytest.fixture
def article(pages, visit):
    return visit(pages / "javascript:1 #?.html")


def _lit(page, kind: str) -> list[str]:
    """The stretches of the text that are lit up as `kind`, joined where they touch."""
    return page.evaluate(
        """(kind) => {
          const runs = [];
          for (const piece of pieces) {
            if (!piece.element.classList.contains(kind)) continue;
            if (runs.at(-1)?.end === piece.start) Object.assign(runs.at(-1), { end: piece.end, text: runs.at(-1).text + piece.text });
            else runs.push({ ...piece });
          }
          return runs.map((run) => run.text);
        }""",
        kind,
    )


def test_the_text_is_whole_and_every_mention_is_coloured_in_its_place(article, record):
    assert article.locator("#article").text_content() == NEWS
    coloured = article.evaluate(
        "pieces.filter((piece) => piece.element.classList.contains('mention')).map((piece) => [piece.start, piece.end, piece.element.classList[1]])"
    )
    assert sorted(map(tuple, coloured)) == sorted((m.start, m.end, e.type) for e in record.entities for m in e.mentions)
    colours = {
        kind: article.locator(f".mention.{kind}").first.evaluate("(e) => getComputedStyle(e).color")
        for kind in ("company", "person")
    }
    assert colours["company"] != colours["person"]


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_triple_lights_up_its_evidence_subject_and_object(article, record, way):
    for number, triple in enumerate(record.triples):
        getattr(article.locator("#triples button").nth(number), way)()
        assert _lit(article, "lit") == [proof.text for proof in triple.evidence]
        ends = {m.text for end in (triple.subject, triple.object) for m in record.entity(end).mentions}
        assert set(_lit(article, "end")) == ends
        assert triple.trigger in _lit(article, "said")


def test_what_is_clicked_stays_lit_and_its_place_is_gone_to(article, record):
    article.set_viewport_size({"width": 390, "height": 400})
    article.locator("#triples button").last.click()
    article.mouse.move(1, 1)
    assert _lit(article, "lit") == [record.triples[-1].evidence[0].text]
    assert article.locator("#article .lit").first.evaluate(
        "(e) => { const y = e.getBoundingClientRect().y; return y > 0 && y < innerHeight; }"
    )
    article.keyboard.press("Escape")
    assert _lit(article, "lit") == []


def test_a_mention_lights_up_its_triples(article, record):
    article.locator(".mention", has_text="劉揚偉").first.hover()
    lines = article.locator("#triples .on").all_inner_texts()
    assert len(lines) == sum("liu-young-way" in (t.subject, t.object) for t in record.triples) > 0
    assert all("Young Liu" in line for line in lines)


def test_labels_change_their_language(article):
    article.click("#language [value=zh]")
    assert "鴻海 –簽署MOU– 三菱電機" in article.locator("#triples").inner_text()
    assert article.locator("#graph").inner_text() == "關係圖"


def test_the_two_pages_link_to_each_other(article, record):
    tie = next(n for n, t in enumerate(record.triples) if t.relation == "mou")
    article.locator("#triples li").nth(tie).locator("a").click()
    article.wait_for_selector("#map[aria-busy=false]")
    assert article.url.split("/")[-1].startswith("%E9%97%9C%E4%BF%82%20%2523.html#tie=hon-hai")
    assert article.locator("#panel .evidence q").inner_text() == record.triples[tie].evidence[0].text
    article.locator("#panel .evidence a").click()
    article.wait_for_selector("#triples")
    assert _lit(article, "lit") == [record.triples[tie].evidence[0].text]


def test_alone_it_links_to_nothing(record, tmp_path, visit):
    path = tmp_path / "view.html"
    path.write_text(view_page(Document("news", NEWS), record, title="news"), encoding="utf-8")
    page = visit(path)
    assert page.locator("a:visible").count() == 0


def test_text_stays_text(tmp_path, visit):
    document, record = hostile()
    path = tmp_path / "view.html"
    path.write_text(view_page(document, record, title=TRICKS[1], graph="./graph.html"), encoding="utf-8")
    page = visit(path)
    assert page.title() == TRICKS[1]
    assert page.locator("#article").text_content() == document.text
    assert page.locator("#title bdi").text_content() == TRICKS[1]
    assert page.locator("#names bdi:first-child").all_text_contents() == [e.en for e in record.entities]
    page.locator("#triples button").first.hover()
    assert _lit(page, "lit") == [record.triples[0].evidence[0].text]
    assert all(
        a.startswith("./graph.html#")
        for a in page.locator("aside a").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
    )


def test_pieces_cover_an_article_without_a_triple_or_a_word(tmp_path, visit):
    for text in ("", "沒有名稱的一句話。\r\n\t𠮷"):
        path = tmp_path / "view.html"
        path.write_text(
            view_page(Document("a", text), Record("a", None, None, None, (), ()), title="a"), encoding="utf-8"
        )
        page = visit(path)
        assert page.evaluate("pieces.map((piece) => piece.text).join('')") == text
        assert page.locator("#count").inner_text() == "No triples were found"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_narrow_and_wide_light_dark_and_printed(pages, visit, width, scheme):
    page = visit(next(pages.glob("java*.html")), width=width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    box, beside = page.locator("#article").bounding_box(), page.locator("aside").bounding_box()
    assert (box["x"] + box["width"] <= beside["x"]) == (width == 1280)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("#language").is_hidden()


def test_headings_and_names_of_controls(article):
    levels = article.evaluate(
        "[...document.querySelectorAll('h1, h2, h3')].map((heading) => Number(heading.tagName[1]))"
    )
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))
    nameless = "[...document.querySelectorAll('a, button, input')].filter((e) => !(e.textContent.trim() || e.ariaLabel)).length"
    assert article.evaluate(nameless) == 0


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["folder", "-o", "a.html"], 1, "folder: is a folder; give one article, or draw the folder with `extractor graph`"),
        (["two.jsonl", "-o", "a.html"], 1, "two.jsonl: holds 2 articles; give a file with one, or draw them with `extractor graph`"),
        (["none.txt", "-o", "a.html"], 1, "none.txt: no such file; did you mean one.txt?"),
        (["one.txt", "-o", "a.pdf"], 2, "a.pdf: a page ends in .html; name it a.html"),
        (["one.txt", "-o", "a.html", "--graph", "g.svg"], 2, "g.svg: a page ends in .html; name it g.html"),
        (["one.txt", "-o", "a.html", "--graph", "./a.html"], 2, "--graph a.html: is the file of --output; the network's page needs one of its own"),
        (["one.txt", "-o", "a.html", "--lang", "de"], 2, "de"),
        (["one.txt", "-o", "gone/a.html"], 1, "gone/a.html: its folder"),
    ],
)  # fmt: skip
def test_errors(tmp_path, monkeypatch, arguments, status, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "one.txt").write_text("鴻海收購日產。", encoding="utf-8")
    lines = [json.dumps({"id": id_, "text": "鴻海收購日產。"}) for id_ in "ab"]
    (tmp_path / "two.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = call("view", *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert message in done.stderr and done.stderr.count("\n") == 1
    assert not list(tmp_path.glob("*.html"))
