"""The network's page, as a browser shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from generated import generated_records
from samples import NEWS, TRICKS, hostile

from extractor.graph import html
from extractor.graph.network import Network
from extractor.graph.page import graph_page, marked
from extractor.graph.sources import symmetric
from extractor.records import Document

SETTLED = "#map[aria-busy=false]"


@pytest.fixture(scope="module")
def news(extractor) -> Network:
    document = Document("news", NEWS, "news.txt", "鴻海牽手三菱電機", "2025-11-07")
    return Network.of([extractor.extract(document)], symmetric(extractor.rules.relations))


@pytest.fixture(scope="module")
def news_page(news, tmp_path_factory) -> Path:
    return _write(tmp_path_factory.mktemp("news") / "graph.html", news)


@pytest.fixture(scope="module")
def many() -> Network:
    return Network.of(generated_records(), {"mou"})


@pytest.fixture(scope="module")
def many_page(many, tmp_path_factory) -> Path:
    return _write(tmp_path_factory.mktemp("many") / "graph.html", many)


def _write(path: Path, network: Network) -> Path:
    path.write_text(graph_page(network, title="a network"), encoding="utf-8")
    return path


def _click(page, kind: str, id_: str) -> None:
    """Clicks a node ("nodes") or a tie ("ties") where it is drawn."""
    spot = """([kind, id]) => {
      const n = data[kind].findIndex((one) => one.id === id);
      const element = drawing.cy.getElementById((kind === "nodes" ? NODE : TIE)(n));
      const at = element.isNode() ? element.renderedPosition() : element.renderedMidpoint();
      const box = document.getElementById("map").getBoundingClientRect();
      return [at.x + box.x, at.y + box.y];
    }"""
    page.mouse.click(*page.evaluate(spot, [kind, id_]))


def _drawn(page) -> tuple[int, int]:
    """How many nodes and ties are drawn, once they are."""
    page.wait_for_timeout(50)
    page.wait_for_selector(SETTLED, timeout=60_000)
    return tuple(page.evaluate("['nodes', 'edges'].map((kind) => drawing.cy[kind]().not('.off').length)"))


def test_the_same_network_is_the_same_page(news):
    assert graph_page(news, title="a") == graph_page(news, title="a")


def test_every_tie_and_both_its_ends_are_drawn(news, news_page, visit):
    page = visit(news_page)
    assert len(news.ties) >= 6
    assert _drawn(page) == (len(news.tied().nodes), len(news.ties))
    assert page.locator("#note").is_hidden()


def test_the_same_page_puts_every_name_in_the_same_place(news_page, visit):
    places = "drawing.cy.nodes().map((node) => [node.id(), node.position()])"
    first, again = (visit(news_page).evaluate(places) for _ in range(2))
    assert first == again
    assert len({(place["x"], place["y"]) for _, place in first}) == len(first)


def test_nothing_can_be_fetched(news_page, browser):
    page = browser.new_page()
    page.goto(news_page.as_uri())
    assert page.evaluate("fetch('data:text/plain,x').then(() => 'fetched', () => 'refused')") == "refused"
    page.close()


@pytest.mark.parametrize(
    "typed", ["鴻海", "鸿海", "Hon Hai", "hon h", "ＨＯＮ ＨＡＩ", " 鴻 海".replace(" ", ""), "2317"]
)
def test_search_finds_a_name_in_either_script(news_page, visit, typed):
    page = visit(news_page)
    page.fill("#search", typed)
    assert page.locator("#results [data-node]").first.get_attribute("data-node") == "hon-hai"
    assert page.evaluate("drawing.cy.nodes('.found').map((n) => data.nodes[n.data('number')].id)") == ["hon-hai"]


def test_search_that_finds_nothing_says_so(news_page, visit):
    page = visit(news_page)
    page.fill("#search", "台積電")
    assert page.locator("#results").inner_text() == "No name holds this."


def test_a_node_that_is_clicked_tells_its_ties_and_mentions(news, news_page, visit):
    page = visit(news_page)
    _click(page, "nodes", "hon-hai")
    told = page.locator("#panel").inner_text()
    ties = [tie.id for tie in news.ties if "hon-hai" in (tie.subject, tie.object)]
    shown = page.locator("#panel [data-tie]").evaluate_all("(rows) => rows.map((row) => row.dataset.tie)")
    assert sorted(shown) == sorted(ties)
    assert "鴻海 ×3" in told
    assert "鴻海牽手三菱電機 · 2025-11-07" in told
    assert "2317" in told


@pytest.mark.parametrize("way", ["drawing", "list"])
def test_a_tie_that_is_chosen_shows_its_evidence(news, news_page, visit, way):
    tie = next(tie for tie in news.ties if (tie.relation, tie.subject) == ("mou", "hon-hai"))
    page = visit(news_page)
    if way == "drawing":
        _click(page, "ties", tie.id)
    else:
        page.click(f"#panel [data-tie='{tie.id}']")
    evidence = page.locator("#panel .evidence").first
    assert evidence.locator("q").inner_text() == tie.evidence[0].text
    assert evidence.locator("mark").all_inner_texts() == [tie.trigger]
    assert evidence.locator(".object").all_inner_texts() == ["三菱電機"]
    assert page.evaluate("drawing.cy.edges('.chosen').length") == 1


def test_modality_and_direction_are_drawn(news, news_page, visit):
    page = visit(news_page)
    style = """(id) => {
      const edge = drawing.cy.getElementById(TIE(data.ties.findIndex((tie) => tie.id === id)));
      return ["line-style", "mid-target-arrow-shape", "target-arrow-shape"].map((name) => edge.style(name));
    }"""
    drawn = {(tie.modality, tie.symmetric): page.evaluate(style, tie.id) for tie in news.ties}
    assert drawn["asserted", False] == ["solid", "none", "triangle"]
    assert drawn["asserted", True] == ["solid", "none", "none"]
    assert drawn["planned", False] == ["dashed", "none", "triangle"]
    assert drawn["denied", True][1] == "tee"
    dashes = "(kind) => drawing.cy.edges(kind).first().style('line-dash-pattern')"
    assert page.evaluate(dashes, ".rumoured") != page.evaluate(dashes, ".planned")


def test_labels_change_their_language(news, news_page, visit):
    page = visit(news_page)
    labels = "drawing.cy.elements().map((element) => element.data('label'))"
    assert {"Hon Hai", "MOU", "acquires [planned]"} <= set(page.evaluate(labels))
    page.click("#language [value=zh]")
    assert {"鴻海", "簽署MOU", "收購 [計畫]"} <= set(page.evaluate(labels))
    assert page.evaluate("document.documentElement.lang") == "zh-Hant"
    assert page.locator("summary").inner_text() == "篩選"
    assert page.locator("#language [value=zh]").get_attribute("aria-pressed") == "true"


FILTERS = [
    ("relations", ["mou"], lambda tie, types: tie.relation == "mou"),
    ("relations", ["mou", "sues"], lambda tie, types: tie.relation in ("mou", "sues")),
    ("types", ["place"], lambda tie, types: "place" in (types[tie.subject], types[tie.object])),
    ("modalities", ["denied", "ended"], lambda tie, types: tie.modality in ("denied", "ended")),
]


def test_filters_leave_what_is_ticked_and_of_the_time_asked_for(many, many_page, visit):
    types = {node.id: node.type for node in many.nodes}
    page = visit(many_page)
    for group, ticked, fits in FILTERS:
        kept = sum(fits(tie, types) for tie in many.ties)
        assert 200 < kept < len(many.ties)
        for value in ticked:
            page.check(f"#{group} [value={value}]")
        assert _drawn(page)[1] == 200
        assert f"The strongest of {kept:,}: {kept - 200:,} more are not drawn." in page.inner_text("#note")
        page.click("#facets [type=reset]")
        page.wait_for_timeout(50)
        assert f"The strongest of {len(many.ties):,}" in page.inner_text("#note")
    page.fill("#from", "2025-03-01")
    page.fill("#to", "2025-03-09")
    kept = sum(any("2025-03-01" <= (proof.date or "") <= "2025-03-09" for proof in tie.evidence) for tie in many.ties)
    assert 0 < kept < 200
    assert _drawn(page)[1] == kept
    assert page.locator("#more").is_hidden()


def test_a_large_network_is_cut_and_says_so_and_shows_more(many, many_page, visit):
    page = visit(many_page)
    assert (len(many.nodes), _drawn(page)[1]) == (2_000, 200)
    assert page.locator("#note").is_visible()
    seldom = many.nodes[-1]
    page.fill("#search", seldom.name)
    page.keyboard.press("Enter")  # a name that was cut comes with its ties
    assert _drawn(page)[1] == 200 + many.degrees[seldom.id]
    page.keyboard.press("Escape")
    page.click("#more")
    assert _drawn(page)[1] == 400
    page.click("#all")
    assert _drawn(page) == (2_000, len(many.ties))
    assert page.locator("#note").is_hidden()
    page.check("#relations [value=mou]")
    assert _drawn(page)[1] == sum(tie.relation == "mou" for tie in many.ties)


def test_what_python_cut_is_told(many, tmp_path, visit):
    page = visit(_write(tmp_path / "cut.html", many.strongest(50)))
    assert page.inner_text("#note") == many.strongest(50).note()


def test_everything_is_reached_by_keyboard(news_page, visit):
    page = visit(news_page)
    page.focus("#search")
    page.keyboard.type("鸿海")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.node") == "hon-hai"
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == "鴻海 Hon Hai"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past the way back
    page.keyboard.press("Enter")
    assert page.locator("#panel .evidence").count() >= 1
    page.keyboard.press("Escape")
    assert page.locator("#panel h2").inner_text() == "Ties"
    page.focus("#map")
    before = page.evaluate("[drawing.cy.pan().x, drawing.cy.zoom()]")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("+")
    assert page.evaluate("[drawing.cy.pan().x, drawing.cy.zoom()]") != before
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("place", ["#node=hon-hai", "#tie=gone&node=hon-hai"])
def test_an_address_names_what_to_show(news_page, visit, place):
    assert visit(news_page, place).locator("#panel h2").inner_text() == "鴻海 Hon Hai"


def test_text_stays_text(tmp_path, visit):
    _, record = hostile()
    page = visit(_write(tmp_path / "hostile.html", Network.of([record])))
    assert page.title() == "a network"
    assert page.locator("#panel [data-tie] bdi:first-child").all_text_contents() == [
        f"{t} {n}" for n, t in enumerate(TRICKS[:-1])
    ]
    page.click("#language [value=zh]")
    assert page.evaluate("drawing.cy.nodes().map((node) => node.data('label'))") == list(TRICKS)
    page.locator("#panel [data-tie]").first.click()
    assert page.locator("#panel .evidence q").text_content() == record.triples[0].evidence[0].text
    page.fill("#search", TRICKS[1])
    page.keyboard.press("Enter")
    assert page.locator("#panel h2 bdi").first.text_content() == TRICKS[1]
    assert page.evaluate("getComputedStyle(document.querySelector('#panel h2 bdi')).unicodeBidi") == "isolate"
    assert page.title() == "a network"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_narrow_and_wide_light_and_dark(news_page, visit, width, scheme):
    page = visit(news_page, width=width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
    page.emulate_media(media="print")
    assert page.locator("#filters").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1])
def test_every_colour_of_text_stands_out_from_its_ground(scheme):
    style = (Path(html.__file__).parent / "page" / "common.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#\w{6});", style.split(":root {")[scheme + 1]))
    grounds = [colours.pop("ground"), colours.pop("raised")]
    colours.pop("line")
    assert len(colours) == 9
    for name, colour in colours.items():
        for ground in grounds:
            light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, ground)


@pytest.mark.parametrize(
    ("text", "marks", "trigger", "parts"),
    [
        (
            "甲買乙",
            [(0, 1, "subject"), (2, 3, "object")],
            "買",
            [("甲", "subject"), ("買", "trigger"), ("乙", "object")],
        ),
        ("甲買乙", [(2, 3, "object")], "", [("甲買", ""), ("乙", "object")]),
        ("買甲買乙", [(0, 2, "subject")], "買", [("買甲", "subject"), ("買", "trigger"), ("乙", "")]),
        ("甲乙", [(0, 2, "subject"), (1, 2, "object")], "買", [("甲乙", "subject")]),
    ],
)
def test_parts_of_evidence(text, marks, trigger, parts):
    assert marked(text, marks, trigger) == parts
