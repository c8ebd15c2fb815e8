"""One HTML file out of a template, styles, scripts and data: nothing in it is fetched, and nothing may be."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from string import Template
from typing import Any

_FILES = Path(__file__).parent / "page"


def self_contained(name: str, title: str, lang: str, data: dict[str, Any], scripts: Iterable[str] = ()) -> str:
    """The page `name` (its template, which goes behind the head of all pages, its style and its script stand in `page/`) that shows `data`; `scripts`: others of `page/`.

    The page's policy lets no address be asked for anything and no script run but its own, whatever the data hold.
    """
    style = _read("common.css") + _read(f"{name}.css")
    code = [_read(script) for script in ("common.js", *scripts, f"{name}.js")]
    return Template(_read("head.html") + _read(f"{name}.html")).substitute(
        policy=_policy(code, [style, _CYTOSCAPE_STYLE]),
        lang="zh-Hant" if lang == "zh" else "en",
        title=html.escape(title),
        style=style,
        data=_json(data),
        scripts="\n".join(f"<script>{script}</script>" for script in code),
    )


# What the drawing library itself puts into the page.
_CYTOSCAPE_STYLE = ".__________cytoscape_container { position: relative; }"


def _policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    allowed = {"script-src": scripts, "style-src": styles}
    hashes = (f"{kind} {' '.join(map(_hash, parts))}" for kind, parts in allowed.items())
    return "; ".join(["default-src 'none'", *hashes, "img-src data:", "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _json(data: dict[str, Any]) -> str:
    # Without "<" nothing in it can end the element or open a comment; a lone surrogate is written as its escape.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _read(name: str) -> str:
    return (_FILES / name).read_text(encoding="utf-8")
