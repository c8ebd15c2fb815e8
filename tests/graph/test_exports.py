"""The exports, read back with the libraries and drawn with the tools that they are for."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import which
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from networks import EXAMPLES, NASTY, SYMMETRIC, entity, nasty_network, record, records, triple

from extractor import Extractor
from extractor.errors import ExtractorError
from extractor.graph import Network
from extractor.graph.exports import ENDINGS, export, neo4j
from extractor.graph.exports.attributes import xml_text
from extractor.graph.exports.drawing import shown
from extractor.graph.sources import read_records, symmetric
from extractor.records import MODALITIES, Record

SVG = "{http://www.w3.org/2000/svg}"
PREFIXES = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX schema: <https://schema.org/>
PREFIX entity: <urn:extractor:entity:>
PREFIX rel: <urn:extractor:rel:>
PREFIX term: <urn:extractor:term:>
"""


def text_of(network: Network, ending: str, lang: str = "en") -> str:
    """The export; a skip where its library is not installed."""
    if library := {".graphml": "networkx", ".gexf": "networkx", ".ttl": "rdflib"}.get(ending):
        pytest.importorskip(library, reason=f"{library} is not installed")
    return export(network, ending, lang)


@pytest.fixture(scope="module")
def network(extractor: Extractor) -> Network:
    """The network of the examples."""
    articles = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    return Network.of(map(extractor.extract, articles), symmetric(extractor.rules.relations)).tied()


def read_graph(text: str, ending: str):
    nx = pytest.importorskip("networkx", reason="networkx is not installed")
    read = {".graphml": lambda data: nx.read_graphml(data, force_multigraph=True), ".gexf": nx.read_gexf}[ending]
    return read(io.BytesIO(text.encode("utf-8")))


def read_turtle(text: str):
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    return rdflib.Graph().parse(data=text, format="turtle")


def ask(graph, query: str) -> list[tuple[str, ...]]:
    return sorted(tuple(str(value) for value in row) for row in graph.query(PREFIXES + query))


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_networkx_reads_the_same_network(network, ending):
    graph = read_graph(text_of(network, ending), ending)
    assert graph.is_directed()
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(network.nodes), len(network.ties))
    for node in network.nodes:
        data = graph.nodes[node.id]
        assert (data["label"], data["name"], data["en"], data["type"]) == (node.en, node.name, node.en, node.type)
        assert (data["ties"], data["mentions"], data["known"]) == (
            network.degrees[node.id],
            len(node.mentions),
            node.known,
        )
    edges = {data["id"]: (u, v, data) for u, v, data in graph.edges(data=True)}
    for tie in network.ties:
        subject, object_, data = edges[tie.id]
        assert (subject, data["relation"], object_) == tie.key
        assert (data["label_en"], data["label_zh"], data["modality"]) == (tie.label_en, tie.label_zh, tie.modality)
        assert (data["symmetric"], data["inferred"], data["weight"]) == (tie.symmetric, tie.inferred, tie.weight)
        assert {key: data[key] for key in tie.qualifiers} == tie.qualifiers
        evidence = json.loads(data["evidence"])
        assert [(e["document"], e["start"], e["end"], e["text"]) for e in evidence] == [
            (proof.document, proof.start, proof.end, proof.text) for proof in tie.evidence
        ]


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_names_in_the_language_that_is_asked_for(network, ending):
    graph = read_graph(text_of(network, ending, "zh"), ending)
    assert graph.nodes["hon-hai"]["label"] == "鴻海"


@settings(max_examples=30, deadline=None)
@given(records())
def test_xml_is_well_formed_whatever_the_names(made):
    network = Network.of(made, SYMMETRIC)
    for ending in (".graphml", ".gexf"):
        graph = read_graph(text_of(network, ending), ending)
        assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(network.nodes), len(network.ties))
        # A reader of XML takes every end of a line in a text for "\n".
        found = [one_end(data["name"]) for _, data in graph.nodes(data=True)]
        assert found == [one_end(xml_text(node.name)) for node in network.nodes]
        quotes = [e["text"] for *_, data in graph.edges(data=True) for e in json.loads(data["evidence"])]
        assert sorted(quotes) == sorted(proof.text for tie in network.ties for proof in tie.evidence)


def one_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_sparql_finds_every_mou(network):
    graph = read_turtle(text_of(network, ".ttl"))
    mous = [tie for tie in network.ties if tie.relation == "mou"]
    assert mous
    asserted = ask(
        graph,
        "SELECT ?a ?b { ?x rel:mou ?y . ?x rdfs:label ?a . ?y rdfs:label ?b FILTER(lang(?a) = 'zh' && lang(?b) = 'zh') }",
    )
    both_ways = [(tie.subject, tie.object) for tie in mous] + [(tie.object, tie.subject) for tie in mous]
    assert asserted == sorted((network.node(a).name, network.node(b).name) for a, b in both_ways)
    told = ask(
        graph,
        """SELECT ?quote ?start { ?tie a rdf:Statement ; rdf:predicate rel:mou ; prov:wasDerivedFrom ?place .
        ?place prov:value ?quote ; nif:beginIndex ?start ; prov:wasQuotedFrom ?article . ?article a schema:Article }""",
    )
    assert told == sorted((proof.text, str(proof.start)) for tie in mous for proof in tie.evidence)


def test_turtle_states_plainly_only_what_is_asserted(network):
    assert {tie.modality for tie in network.ties} > {"asserted", "planned", "denied"}
    graph = read_turtle(text_of(network, ".ttl"))
    statements = ask(
        graph,
        "SELECT ?s ?p ?o ?m { ?t a rdf:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; term:modality ?m }",
    )
    assert len(statements) == len(network.ties)
    for subject, predicate, object_, modality in statements:
        plain = ask(graph, f"SELECT ?o {{ <{subject}> <{predicate}> ?o }}")
        assert ((object_,) in plain) == modality.endswith("asserted")


# a fact, the types of its ends, and the triple of another vocabulary that it makes; none where it makes none
MAPPED = [
    (triple("乙", "subsidiary_of", "甲"), {}, "entity:乙 wdt:P749 entity:甲"),
    (triple("乙", "subsidiary_of", "甲"), {}, "entity:乙 schema:parentOrganization entity:甲"),
    (triple("丙", "founder_of", "甲"), {"丙": "person"}, "entity:甲 wdt:P112 entity:丙"),
    (triple("丙", "president_of", "甲"), {"丙": "person"}, "entity:甲 wdt:P1037 entity:丙"),
    (triple("丙", "president_of", "甲"), {"丙": "person", "甲": "place"}, "entity:甲 wdt:P35 entity:丙"),
    (triple("甲", "partnership", "乙"), {}, "entity:甲 wdt:P2652 entity:乙"),
    (triple("甲", "partnership", "乙"), {"甲": "place"}, ""),
    (triple("乙", "subsidiary_of", "甲", "planned"), {}, ""),
    (triple("丙", "founder_of", "甲", "denied"), {"丙": "person"}, ""),
    (triple("甲", "acquires", "乙"), {}, ""),
]


@pytest.mark.parametrize(("fact", "types", "expected"), MAPPED)
def test_properties_of_other_vocabularies(fact, types, expected):
    graph = read_turtle(text_of(Network.of([record("a", fact, types=types)]), ".ttl"))
    found = ask(
        graph,
        "SELECT ?s ?p ?o { ?s ?p ?o . ?s rdfs:label ?l . ?o rdfs:label ?m FILTER(strstarts(str(?p), str(wdt:)) || strstarts(str(?p), str(schema:))) }",
    )
    assert bool(found) == bool(expected)
    if expected:
        assert graph.query(PREFIXES + f"ASK {{ {expected} }}").askAnswer


def test_the_query_of_the_documentation_finds_what_it_says(extractor):
    lines = (EXAMPLES.parent / "docs" / "graph.md").read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("    PREFIX"))
    end = lines.index("    }", start)
    told = [tuple(line.split()) for line in lines[end + 1 :] if line.startswith("    ")][:2]
    records = [item for item in read_records(str(EXAMPLES), extractor) if isinstance(item, Record)]
    graph = read_turtle(text_of(Network.of(records, symmetric(extractor.rules.relations)), ".ttl"))
    found = graph.query("\n".join(lines[start : end + 1]))
    assert sorted(
        tuple(str(value).replace("urn:extractor:term:", "term:") for value in row) for row in found
    ) == sorted(told)


def test_every_relation_is_considered(extractor):
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    from extractor.graph.exports.turtle import mapped_properties

    mapped, relations = mapped_properties(), extractor.rules.relations
    assert list(mapped) == list(relations)
    for relation, properties in mapped.items():
        for found in properties:
            assert found.subjects <= relations[relation].subjects
            assert found.objects <= relations[relation].objects
            name = found.iri.removeprefix("https://schema.org/")
            if name != found.iri:
                assert name in rdflib.SDO  # of the names that schema.org has
            else:
                assert found.iri.rpartition("/P")[2].isdigit()


@settings(max_examples=25, deadline=None)
@given(records())
def test_turtle_keeps_every_name_as_it_is(made):
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    network = Network.of(made, SYMMETRIC)
    graph = read_turtle(text_of(network, ".ttl"))
    rdf, prov, term = rdflib.RDF, rdflib.PROV, rdflib.Namespace("urn:extractor:term:")
    named = {node: str(name) for node, name in graph.subject_objects(rdflib.DCTERMS.identifier)}
    ids = [named[node] for node in graph.subjects(term.known)]
    assert sorted(ids) == sorted(node.id for node in network.nodes)
    assert len(list(graph.subjects(rdf.type, rdf.Statement))) == len(network.ties)
    quotes = sorted(str(quote) for quote in graph.objects(None, prov.value))
    # One object a place: two places with the same words are two.
    assert quotes == sorted(proof.text for tie in network.ties for proof in tie.evidence)


@pytest.fixture(scope="module")
def graphviz() -> str:
    """Graphviz's dot; from Debian's `graphviz`."""
    return which("dot") or pytest.skip("Graphviz is not installed (apt-get install graphviz)")


def drawn(dot: str, text: str) -> ElementTree.Element:
    result = subprocess.run([dot, "-Tsvg"], input=text.encode("utf-8"), capture_output=True, timeout=60, check=True)
    assert b"syntax error" not in result.stderr
    return ElementTree.fromstring(result.stdout)


def groups(svg: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [g for g in svg.iter(f"{SVG}g") if g.get("class") == kind]


def written(group: ElementTree.Element) -> str:
    return "".join(text.text or "" for text in group.iter(f"{SVG}text"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_graphviz_draws_it(network, graphviz, lang):
    svg = drawn(graphviz, text_of(network, ".dot", lang))
    assert sorted(map(written, groups(svg, "node"))) == sorted(node.label(lang) for node in network.nodes)
    labels = list(map(written, groups(svg, "edge")))
    assert len(labels) == len(network.ties)
    assert ("merges with [denied]" if lang == "en" else "合併 [否認]") in labels


def test_graphviz_draws_names_as_they_are(graphviz):
    svg = drawn(graphviz, text_of(nasty_network(), ".dot"))
    assert [written(group).replace("\xa0", " ") for group in groups(svg, "node")] == list(map(shown, NASTY))
    assert len(groups(svg, "edge")) == len(NASTY)


@pytest.fixture(scope="module")
def mermaid(request):
    """A function that has Mermaid draw a diagram in a browser, and gives the texts of nodes and of ties."""
    play = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    browser = which("chromium") or pytest.skip("Chromium is not installed (apt-get install chromium)")
    script = mermaid_script(Path(request.config.cache.mkdir("mermaid")))
    with play.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page()
        page.set_content("<main></main>")
        page.add_script_tag(content=script)
        page.evaluate("mermaid.initialize({startOnLoad: false})")

        def draw(text: str) -> dict[str, list[str]]:
            return page.evaluate(
                """async text => {
                    const main = document.querySelector("main");
                    main.innerHTML = (await mermaid.render("drawn", text)).svg;
                    const texts = of => [...main.querySelectorAll(of)].map(found => found.textContent);
                    const heads = [...main.querySelectorAll("path.flowchart-link")].map(
                        path => /(point|cross)End/.exec(path.getAttribute("marker-end"))?.[1] ?? "none");
                    return {nodes: texts(".nodeLabel"), ties: texts(".edgeLabel .edgeLabel"), heads, scripts: texts("script")};
                }""",
                text,
            )

        yield draw
        chromium.close()


def mermaid_script(folder: Path) -> str:
    """Mermaid's own build for browsers, from npm; fetched once and kept with the other caches of the tests."""
    script = folder / "mermaid-12.3.0.js"
    if not script.is_file():
        npm = which("npm") or pytest.skip("npm is not installed, and Mermaid comes with it")
        command = [npm, "pack", "--silent", "--pack-destination", str(folder), "mermaid@12.3.0"]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=90, cwd=folder)
        except (subprocess.SubprocessError, OSError) as error:
            pytest.skip(f"Mermaid cannot be had from npm: {error}")
        import tarfile

        with tarfile.open(folder / "mermaid-12.3.0.tgz") as packed:
            script.write_bytes(packed.extractfile("package/dist/mermaid.min.js").read())
        (folder / "mermaid-12.3.0.tgz").unlink()
    return script.read_text("utf-8")


def test_mermaid_draws_it(network, mermaid):
    found = mermaid(text_of(network, ".mmd"))
    assert sorted(found["nodes"]) == sorted(node.en for node in network.nodes)
    assert len(found["ties"]) == len(network.ties)
    assert "merges with [denied]" in found["ties"]
    assert found["heads"] == [
        "cross" if tie.modality == "denied" else "none" if tie.symmetric else "point" for tie in network.ties
    ]


def test_mermaid_draws_names_as_they_are(mermaid):
    found = mermaid(text_of(nasty_network(), ".mmd"))
    assert [plain(text) for text in found["nodes"]] == [plain(shown(name)) for name in NASTY]
    assert found["scripts"] == []


def plain(text: str) -> str:
    """White space as HTML shows it."""
    return " ".join(text.split())


def test_mermaid_tells_of_a_cut(mermaid, network):
    cut = network.strongest(3)
    text = text_of(cut, ".mmd")
    assert text.startswith(f'---\ntitle: "{cut.note()}"\n---\n')
    assert len(mermaid(text)["ties"]) == 3


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_cut_is_told_in_every_format(network, ending):
    cut = network.strongest(3)
    assert cut.note() in text_of(cut, ending)
    assert "only the strongest" not in text_of(network, ending)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_network_of_nothing(ending):
    text = text_of(Network.of([]), ending)
    assert text.endswith("\n")
    if ending in (".graphml", ".gexf"):
        assert read_graph(text, ending).number_of_nodes() == 0


def sheets(network: Network) -> dict[str, list[dict[str, str]]]:
    return {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in neo4j(network).items()}


def test_neo4j_gets_nodes_and_relationships(network):
    files = sheets(network)
    assert list(files) == ["nodes.csv", "relationships.csv"]
    assert [row["id:ID"] for row in files["nodes.csv"]] == [node.id for node in network.nodes]
    hon_hai = next(row for row in files["nodes.csv"] if row["id:ID"] == "hon-hai")
    assert (hon_hai["name"], hon_hai["codes:string[]"], hon_hai[":LABEL"]) == ("鴻海", "twse:2317", "Entity;Company")
    for row, tie in zip(files["relationships.csv"], network.ties, strict=True):
        assert (row[":START_ID"], row[":TYPE"], row[":END_ID"]) == (tie.subject, tie.relation.upper(), tie.object)
        assert (row["modality"], row["amount"]) == (tie.modality, tie.qualifiers.get("amount", ""))
        assert [e["text"] for e in json.loads(row["evidence"])] == [proof.text for proof in tie.evidence]


@settings(max_examples=30, deadline=None)
@given(records())
def test_a_row_of_neo4j_is_a_line(made):
    network = Network.of(made, SYMMETRIC)
    for (name, text), count in zip(neo4j(network).items(), (len(network.nodes), len(network.ties)), strict=True):
        assert text.count("\n") == len(text.splitlines()) == count + 1, name
    assert len({row["id:ID"] for row in sheets(network)["nodes.csv"]}) == len(network.nodes)
    for row, tie in zip(sheets(network)["relationships.csv"], network.ties, strict=True):
        assert [e["text"] for e in json.loads(row["evidence"])] == [proof.text for proof in tie.evidence]
        assert '\\"' not in row["evidence"]


def test_modalities_look_different():
    for ending in (".dot", ".mmd"):
        drawings = {
            word: text_of(Network.of([record("a", triple("甲", "acquires", "乙", word))]), ending)
            for word in MODALITIES
        }
        assert len(set(drawings.values())) == len(MODALITIES)
        for word, text in drawings.items():
            assert (f"#91;{word}#93;" in text or f"[{word}]" in text) == (word != "asserted")


def test_the_same_bytes_whatever_the_hash_seed():
    pytest.importorskip("networkx", reason="networkx is not installed")
    pytest.importorskip("rdflib", reason="rdflib is not installed")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from networks import nasty_network\n"
        "from extractor.graph.exports import ENDINGS, export\n"
        "sys.stdout.buffer.write(''.join(export(nasty_network(), e) for e in ENDINGS).encode('utf-8'))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent)],
        capture_output=True,
        check=True,
        timeout=120,
        env={**os.environ, "PYTHONHASHSEED": "1"},
    )
    assert other.stdout == "".join(text_of(nasty_network(), e) for e in ENDINGS).encode("utf-8")


@pytest.mark.parametrize(("ending", "missing"), [(".graphml", "networkx"), (".gexf", "networkx"), (".ttl", "rdflib")])
def test_a_missing_library_is_named(monkeypatch, ending, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ExtractorError) as raised:
        export(Network.of([]), ending)
    assert str(raised.value) == f"{missing} is not installed, and this needs it; run: pip install 'extractor[graph]'"


def test_an_ending_that_there_is_not():
    with pytest.raises(ExtractorError, match="did you mean .graphml"):
        export(Network.of([]), ".graphm")


def test_codes_stand_in_every_data_format():
    made = Record(
        "a",
        None,
        None,
        None,
        (entity("甲", codes={"twse": "9001", "isin": "XX;1"}), entity("乙")),
        (triple("甲", "mou", "乙"),),
    )
    network = Network.of([made])
    assert read_graph(text_of(network, ".graphml"), ".graphml").nodes["甲"]["codes"] == "twse:9001|isin:XX;1"
    assert ask(read_turtle(text_of(network, ".ttl")), "SELECT ?c { entity:甲 schema:identifier ?c }") == [
        ("isin:XX;1",),
        ("twse:9001",),
    ]
    assert sheets(network)["nodes.csv"][0]["codes:string[]"] == "twse:9001;isin:XX,1"
