"""Records made up for the tests of the network: no article says any of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hypothesis import strategies as st

from extractor.graph import Network
from extractor.records import (
    ENTITY_TYPES,
    MODALITIES,
    Entity,
    EntityType,
    Evidence,
    Mention,
    Modality,
    Qualifiers,
    Record,
    Triple,
)

SYMMETRIC = frozenset({"mou", "merger"})
LABELS = {
    "mou": ("MOU", "簽署MOU"),
    "merger": ("merges with", "合併"),
    "acquires": ("acquires", "收購"),
    "subsidiary_of": ("subsidiary of", "子公司"),
    "founder_of": ("founder of", "創辦人"),
    "president_of": ("president of", "總經理"),
}
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

# Names that mean something to XML, HTML, Mermaid, DOT, Turtle, CSV or a terminal, and such as none of them can hold.
NASTY = [
    '"quoted"',
    "<script>alert(1)</script>",
    "A & B &amp; C &lt;",
    "]]>",
    "\\N \\\\ \\",
    "a|b;c,d{e}[f](g)",
    "`code` #quot; #35;",
    "%% comment --> end",
    "x/mou/y %2F",
    "'--",
    "\u202eolleh\u200f",
    "two\nlines\rand\ttab",
    "nul\x00bell\x07escape\x1b[31m",
    "\ufffe\uffff",
    "股份有限公司 \u3000 ",
    "𠮷野家",
]


def entity(
    name: str, type_: EntityType = "company", en: str | None = None, known: bool = True, codes: Mapping[str, str] = {}
) -> Entity:
    """A thing whose id is its name, mentioned once."""
    return Entity(name, type_, name, en or name, known, dict(codes), (Mention(0, len(name), name),))


def triple(
    subject: str,
    relation: str,
    object_: str,
    modality: Modality = "asserted",
    qualifiers: Qualifiers | None = None,
    inferred: bool = False,
    text: str = "此事為真",
) -> Triple:
    """A fact with one piece of evidence."""
    labels = LABELS.get(relation, (relation, relation))
    evidence = Evidence(3, 3 + len(text), text, f"{relation}/1", modality)
    return Triple(subject, relation, object_, *labels, modality, "事", qualifiers or {}, inferred, (evidence,))


def record(
    identity: str,
    *triples: Triple,
    date: str | None = None,
    types: Mapping[str, EntityType] = {},
    also: tuple[str, ...] = (),
) -> Record:
    """A record of these triples, whose ends are companies unless `types` has them; `also` names what no triple holds."""
    names = dict.fromkeys([*(end for t in triples for end in (t.subject, t.object)), *also])
    entities = tuple(entity(name, types.get(name, "company")) for name in names)
    return Record(identity, f"{identity}.txt", None, date, entities, triples)


def nasty_network() -> Network:
    """Every nasty name tied to the next, as name, id, evidence, trigger, title and id of an article."""
    pairs = zip(NASTY, [*NASTY[1:], NASTY[0]], strict=True)
    return Network.of(
        [record(a, triple(a, "acquires", b, qualifiers={"title": b}, text=a)) for a, b in pairs], SYMMETRIC
    )


texts = st.text(
    st.one_of(
        st.sampled_from("\"'<>&]/\\%#;:|{}()[]`-_=\n\r\t \x00\x1b\x85\u2028\u202e\u200f\ufffe鴻海AB"),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
    max_size=12,
)


@st.composite
def records(draw: st.DrawFn) -> list[Record]:
    """One to four records over the same few names, some of them nasty."""
    names = draw(st.lists(texts, min_size=2, max_size=5, unique=True))
    made = []
    for number in range(draw(st.integers(1, 4))):
        facts: dict[tuple[str, str, str], Triple] = {}
        for _ in range(draw(st.integers(0, 5))):
            subject, object_ = draw(st.permutations(names))[:2]
            relation, modality = draw(st.sampled_from(sorted(LABELS))), draw(st.sampled_from(MODALITIES))
            if relation in SYMMETRIC and (object_, relation, subject) in facts:
                continue
            facts[subject, relation, object_] = triple(subject, relation, object_, modality, text=draw(texts))
        date = draw(st.sampled_from([None, "2025-11-06", "2025/11/07"]))
        types = {name: draw(st.sampled_from(ENTITY_TYPES)) for name in names}
        made.append(record(f"文{number}", *facts.values(), date=date, types=types))
    return made
