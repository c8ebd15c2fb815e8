"""What the formats that draw have in common: the colours of types and modalities, and what is written on a tie."""

from __future__ import annotations

from extractor.graph.exports.attributes import xml_text
from extractor.graph.network import Tie
from extractor.records import EntityType, Modality
from extractor.writers.base import one_line

# Pale enough for black text.
COLOURS: dict[EntityType, str] = {
    "company": "#cfe3f7",
    "person": "#d8f0d0",
    "policy": "#fbe8b0",
    "organization": "#e6d8f2",
    "place": "#f7d9cf",
}
INK: dict[Modality, str] = {
    "asserted": "#333333",
    "planned": "#1f5fa8",
    "rumoured": "#8a6100",
    "denied": "#b3261e",
    "ended": "#8c8c8c",
}
_MODALITIES_ZH: dict[Modality, str] = {
    "asserted": "",
    "planned": "計畫",
    "rumoured": "傳聞",
    "denied": "否認",
    "ended": "已結束",
}


def tie_label(tie: Tie, lang: str) -> str:
    """The relation in `lang`, its modality behind it unless plainly asserted: ``acquires [denied]``."""
    if tie.modality == "asserted":
        return tie.label(lang)
    return f"{tie.label(lang)} [{tie.modality if lang == 'en' else _MODALITIES_ZH[tie.modality]}]"


def shown(text: str) -> str:
    """`text` as it can be drawn: on one line, and without what no SVG can hold."""
    return xml_text(one_line(text))
