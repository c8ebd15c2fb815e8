"""How long the page of 2,000 names takes to answer a filter: `python tests/graph/measure_page.py`.

Printed for each filter: the medians of ten of the milliseconds from the click until what is told (counts, notes, list)
is on the screen, and until the drawing is; first with the ties that are drawn at first, then with all of them.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from shutil import which
from statistics import median

from generated import generated_records
from playwright.sync_api import sync_playwright

from extractor.graph.network import Network
from extractor.graph.page import graph_page

BOXES = ("#relations [value=mou]", "#types [value=company]", "#modalities [value=planned]")
SETTLED = "#map[aria-busy=false]"
CLICK = """async (box) => {
  const told = new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const drawn = new Promise((done) => {
    const show = drawing.show.bind(drawing);
    drawing.show = (ties) => { delete drawing.show; show(ties); drawing.cy.one("render", done); };
  });
  const start = performance.now();
  document.querySelector(box).click();
  await told;
  const first = performance.now() - start;
  await drawn;
  return [first, performance.now() - start];
}"""


def main() -> None:
    network = Network.of(generated_records(), {"mou"})
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "graph.html"
        file.write_text(graph_page(network, title="2,000 names"), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(file.as_uri())
        for more in (False, True):
            if more:
                page.click("#all")
            page.wait_for_timeout(2_000)
            page.wait_for_selector(SETTLED, timeout=120_000)
            for box in BOXES:
                times = []
                for _ in range(10):
                    page.wait_for_timeout(1_500 if more else 500)
                    page.wait_for_selector(SETTLED, timeout=120_000)
                    times.append(page.evaluate(CLICK, box))
                told, drawn = (round(median(column)) for column in zip(*times, strict=True))
                print(f"{page.inner_text('#status')}\t{box}\ttold {told} ms\tdrawn {drawn} ms", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
