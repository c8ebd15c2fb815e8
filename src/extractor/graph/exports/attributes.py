"""What a node and a tie carry in the formats that hold plain values: texts, numbers, yes and no."""

from __future__ import annotations

import json
import re

from extractor.graph.network import Node, Tie

Value = str | int | float | bool

# Control characters, ends of lines of any kind, and what is no character.
_UNPLAIN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# What XML 1.0 cannot hold, escaped or not.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def node_attributes(node: Node, ties: int, lang: str) -> dict[str, Value]:
    """The attributes of a node that has so many ties, in a fixed order."""
    return {
        "label": node.label(lang),
        "type": node.type,
        "name": node.name,
        "en": node.en,
        "known": node.known,
        "codes": "|".join(f"{market}:{code}" for market, code in node.codes.items()),
        "mentions": len(node.mentions),
        "articles": len({place.document for place in node.mentions}),
        "ties": ties,
    }


def tie_attributes(tie: Tie, lang: str) -> dict[str, Value]:
    """The attributes of a tie, in a fixed order; qualifiers where there are any, the evidence as JSON."""
    qualifiers: dict[str, Value] = {key: str(value) for key, value in tie.qualifiers.items() if key != "amount_value"}
    if "amount_value" in tie.qualifiers:
        qualifiers["amount_value"] = float(tie.qualifiers["amount_value"])
    return {
        "label": tie.label(lang),
        "relation": tie.relation,
        "label_en": tie.label_en,
        "label_zh": tie.label_zh,
        "modality": tie.modality,
        "symmetric": tie.symmetric,
        "inferred": tie.inferred,
        "weight": tie.weight,
        "trigger": tie.trigger,
        **qualifiers,
        "evidence": evidence_json(tie),
    }


def evidence_json(tie: Tie) -> str:
    """The evidence of a tie as a JSON array of objects on one line, whatever a reader counts as a line end."""
    proofs = [
        {
            "document": proof.document,
            "date": proof.date,
            "start": proof.start,
            "end": proof.end,
            "text": proof.text,
            "rule": proof.rule,
            "modality": proof.modality,
            "qualifiers": proof.qualifiers,
        }
        for proof in tie.evidence
    ]
    return _UNPLAIN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(proofs, ensure_ascii=False))


def plain_id(text: str) -> str:
    """`text` as an id that every format can hold: what is not plain, and `%`, percent-encoded, so that different ids
    stay different.
    """
    return _UNPLAIN.sub(lambda found: f"%{ord(found[0]):02X}", text.replace("%", "%25"))


def xml_text(text: str) -> str:
    """`text` with U+FFFD in the place of each character that XML cannot hold (control characters, U+FFFE, U+FFFF)."""
    return _NO_XML.sub("\ufffd", text)
