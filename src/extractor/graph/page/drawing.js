"use strict";
// The network drawn: d3-force says where, Cytoscape.js draws. What is shown and chosen is the page's to decide.

const SHAPES = { company: "ellipse", person: "diamond", policy: "round-rectangle", organization: "hexagon", place: "triangle" };
const CHUNK = 30; // ms of arranging between two breaths of the page
const NODE = (n) => `n${n}`, TIE = (t) => `t${t}`;

class Drawing {
  /** `choose({node})`, `choose({tie})` or `choose({})` is called with what is clicked, by number. */
  constructor(container, choose) {
    this.container = container;
    this.arranging = null; // the simulation that is under way
    this.placed = new Map(); // node -> where it was put
    this.pairs = new Map(); // how many ties two nodes have
    for (const tie of data.ties) this.pairs.set(pairOf(tie), (this.pairs.get(pairOf(tie)) ?? 0) + 1);
    this.cy = cytoscape({ container, minZoom: 0.03, maxZoom: 4, boxSelectionEnabled: false,
      autounselectify: true, hideEdgesOnViewport: data.ties.length > 1500, style: this.style() });
    this.cy.on("tap", (event) => {
      if (event.target === this.cy) choose({});
      else choose({ [event.target.isNode() ? "node" : "tie"]: event.target.data("number") });
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.restyle());
    addEventListener("beforeprint", () => this.restyle());
    addEventListener("afterprint", () => this.restyle());
    new ResizeObserver(() => this.cy.resize()).observe(container);
  }

  /** Shows these ties and the nodes that they hold, and nothing else. */
  show(ties) {
    const nodes = new Set(ties.flatMap((t) => [data.ties[t].subject, data.ties[t].object]));
    const wanted = new Set([...ties.map(TIE), ...[...nodes].map(NODE)]);
    const unplaced = [...nodes].filter((n) => !this.placed.has(n));
    this.nodes = [...nodes];
    this.ties = ties;
    this.cy.batch(() => {
      for (const n of unplaced) this.place(n);
      this.cy.add([
        ...this.nodes.filter((n) => !this.has(NODE(n))).map((n) => this.nodeElement(n)),
        ...ties.filter((t) => !this.has(TIE(t))).map((t) => this.tieElement(t)),
      ]);
      this.cy.elements().forEach((element) => {
        const off = !wanted.has(element.id());
        if (off !== element.hasClass("off")) element.toggleClass("off", off);
      });
    });
    if (unplaced.length) this.arrange();
  }

  has(id) { return this.cy.getElementById(id).nonempty(); }

  // Until it is arranged, a new node stands beside one that it is tied to; the first on a spiral.
  place(n) {
    const turn = this.placed.size, angle = turn * 2.39996;
    const near = (neighbours[n] ?? []).map((m) => this.placed.get(m)).find(Boolean);
    const reach = near ? 60 : 22 * Math.sqrt(turn + 0.5);
    this.placed.set(n, { x: (near?.x ?? 0) + reach * Math.cos(angle), y: (near?.y ?? 0) + reach * Math.sin(angle) });
  }

  nodeElement(n) {
    const node = data.nodes[n], size = 16 + 7 * Math.sqrt(degree[n]);
    const font = Math.min(40, 12 + 2 * Math.sqrt(Math.max(0, degree[n] - 4)));
    return { group: "nodes", classes: node.type, position: { ...this.placed.get(n) },
      data: { id: NODE(n), number: n, label: label(node), size, font, room: 15 * font } };
  }

  tieElement(t) {
    const tie = data.ties[t];
    return { group: "edges",
      classes: [tie.modality, tie.symmetric ? "symmetric" : "", this.pairs.get(pairOf(tie)) > 1 ? "several" : ""].join(" "),
      data: { id: TIE(t), number: t, source: NODE(tie.subject), target: NODE(tie.object), label: tieLabel(tie),
        width: 1.5 + Math.min(4, Math.log2(tie.weight)) } };
  }

  /** Works out where everything shown should stand, and moves it there; the same ties give the same places. */
  arrange() {
    const points = [...this.nodes].sort((a, b) => degree[b] - degree[a] || a - b).map((n) => ({ n, r: 22 + 6 * Math.sqrt(degree[n]) }));
    const links = this.ties.map((t) => ({ source: data.ties[t].subject, target: data.ties[t].object, length: 5 * wording(data.ties[t]).length }));
    const crowd = points.length > 600, steps = crowd ? 60 : 300; // a crowd is not read, only seen: it may stand closer
    const wide = Math.sqrt(this.container.clientWidth / this.container.clientHeight);
    const simulation = d3.forceSimulation(points).stop().alphaDecay(1 - 0.001 ** (1 / steps))
      .force("ties", d3.forceLink(links).id((p) => p.n).distance((l) => Math.max(45, l.length) + l.source.r + l.target.r))
      .force("apart", d3.forceManyBody().strength(-450).distanceMax(600).theta(crowd ? 1.6 : 0.9))
      .force("room", crowd ? null : d3.forceCollide((p) => p.r + 18))
      .force("x", d3.forceX().strength(0.1 / wide))
      .force("y", d3.forceY().strength(0.1 * wide));
    this.container.setAttribute("aria-busy", "true");
    this.arranging = simulation;
    let left = steps;
    const go = () => {
      if (this.arranging !== simulation) return; // a later one has taken over
      for (const end = performance.now() + CHUNK; left > 0 && performance.now() < end; left -= 1) simulation.tick();
      if (left > 0) return void setTimeout(go);
      for (const point of points) this.placed.set(point.n, { x: point.x, y: point.y });
      this.cy.batch(() => { for (const n of this.nodes) this.cy.getElementById(NODE(n)).position({ ...this.placed.get(n) }); });
      this.fit();
      this.arranging = null;
      this.container.setAttribute("aria-busy", "false");
    };
    requestAnimationFrame(() => setTimeout(go)); // first what is there is shown
  }

  fit() {
    const shown = this.cy.elements().not(".off");
    if (shown.empty()) return;
    this.cy.fit(shown, 30);
    if (this.cy.zoom() > 1.5) this.cy.zoom({ level: 1.5, renderedPosition: this.middle() }).center(shown);
  }

  zoom(factor) { this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: this.middle() }); }

  middle() { return { x: this.cy.width() / 2, y: this.cy.height() / 2 }; }

  /** Lights up one node with its ties, or one tie with its ends; nothing: all as it was. */
  choose({ node, tie }) {
    const chosen = this.cy.getElementById(node !== undefined ? NODE(node) : TIE(tie));
    this.cy.batch(() => {
      this.cy.elements(".dim, .chosen, .near").removeClass("dim chosen near");
      if (chosen.empty()) return;
      const near = chosen.isNode() ? chosen.closedNeighborhood() : chosen.union(chosen.connectedNodes());
      this.cy.elements().not(near).not(".off").addClass("dim");
      near.addClass("near");
      chosen.addClass("chosen");
    });
    const ends = chosen.isEdge?.() ? chosen.connectedNodes() : chosen, box = this.cy.extent();
    const outside = (at) => at.x < box.x1 || at.x > box.x2 || at.y < box.y1 || at.y > box.y2;
    if (ends.some((end) => outside(end.position()))) this.cy.center(ends);
  }

  /** Marks the nodes that a search found. */
  find(nodes) {
    const found = new Set(nodes.map(NODE));
    this.cy.batch(() => this.cy.nodes().forEach((element) => void element.toggleClass("found", found.has(element.id()))));
  }

  relabel() {
    this.cy.batch(() => {
      this.cy.nodes().forEach((element) => void element.data("label", label(data.nodes[element.data("number")])));
      this.cy.edges().forEach((element) => void element.data("label", tieLabel(data.ties[element.data("number")])));
    });
  }

  restyle() { this.cy.style(this.style()); }

  style() {
    const colours = getComputedStyle(document.documentElement), colour = (name) => colours.getPropertyValue(`--${name}`).trim();
    const text = { color: colour("text"), "text-background-color": colour("ground"), "text-background-opacity": 0.8,
      "text-background-padding": 1, "font-family": getComputedStyle(document.body).fontFamily };
    return [
      { selector: "node", style: { ...text, label: "data(label)", width: "data(size)", height: "data(size)", "font-size": "data(font)",
        "text-valign": "bottom", "text-margin-y": 3, "min-zoomed-font-size": 7, "text-wrap": "ellipsis", "text-max-width": "data(room)" } },
      ...Object.entries(SHAPES).map(([type, shape]) =>
        ({ selector: `node.${type}`, style: { shape, "background-color": colour(type) } })),
      { selector: "edge", style: { ...text, label: "data(label)", width: "data(width)", "font-size": 10, "min-zoomed-font-size": 8,
        "line-color": colour("quiet"), "target-arrow-color": colour("quiet"), "target-arrow-shape": "triangle", "arrow-scale": 1.1,
        "curve-style": "straight", color: colour("quiet"), "text-rotation": "autorotate", "text-margin-y": -8, "text-background-opacity": 0 } },
      { selector: "edge.symmetric", style: { "target-arrow-shape": "none" } },
      { selector: "edge.several", style: { "curve-style": "bezier", "control-point-step-size": 44 } },
      { selector: "edge.planned", style: { "line-style": "dashed", "line-dash-pattern": [8, 5] } },
      { selector: "edge.rumoured", style: { "line-style": "dashed", "line-dash-pattern": [2, 4], "line-cap": "round" } },
      { selector: "edge.denied", style: { "line-color": colour("denied"), color: colour("denied"), "target-arrow-color": colour("denied"),
        "mid-target-arrow-shape": "tee", "mid-target-arrow-color": colour("denied"), "text-margin-y": -13 } },
      { selector: "edge.ended", style: { "line-opacity": 0.4, opacity: 0.6 } },
      { selector: ".dim", style: { opacity: 0.2 } },
      { selector: "node.near", style: { "min-zoomed-font-size": 0, "z-index": 5 } },
      { selector: "edge.near", style: { "line-opacity": 1, opacity: 1, "z-index": 4 } },
      { selector: "node.found", style: { "border-width": 5, "border-color": colour("text"), "z-index": 6 } },
      { selector: "node.chosen", style: { "border-width": 4, "border-color": colour("accent"), "z-index": 9 } },
      { selector: "edge.chosen", style: { "overlay-color": colour("accent"), "overlay-opacity": 0.25, "overlay-padding": 4, "min-zoomed-font-size": 0 } },
      { selector: ".off", style: { display: "none" } },
    ];
  }
}

const pairOf = (tie) => `${Math.min(tie.subject, tie.object)} ${Math.max(tie.subject, tie.object)}`;
const wording = (tie) => data.relations[tie.relation].en + (tie.modality === "asserted" ? "" : ` [${tie.modality}]`);
const tieLabel = (tie) => label(data.relations[tie.relation]) + (tie.modality === "asserted" ? "" : ` [${word(tie.modality)}]`);
