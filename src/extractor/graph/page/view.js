"use strict";
// The page of one article: its pieces in order, and beside them its triples and names, which light up what they stand on.

let pinned = null; // what was clicked stays lit until something else is: { triple } or { entity }
let visit = 0; // which of its places was last gone to

let place = 0;
const pieces = data.segments.map((segment) => {
  const [n] = segment.entity ?? [], entity = data.entities[n];
  const text = make("span", {}, segment.text);
  const element = entity
    ? make("span", { className: `mention ${entity.type} ${entity.known ? "" : "unknown"}`, title: `${entity.name} · ${entity.en}` }, text)
    : text;
  if (entity) {
    const triples = data.triples.flatMap((triple, t) => (triple.subject === n || triple.object === n ? [t] : []));
    element.addEventListener("mouseenter", () => light({ entity: n, rows: triples }));
    element.addEventListener("mouseleave", () => light(pinned));
    element.addEventListener("click", () => pin({ entity: n, rows: triples }, false));
  }
  const start = place;
  place += [...segment.text].length; // places count code points
  return { ...segment, element, start, end: place };
});
$("article").append(...pieces.map((piece) => piece.element));

const holds = (numbers, wanted) => (numbers ?? []).some((number) => wanted.has(number));

/** Lights up a triple's evidence, subject and object, or a name, and its row; null: nothing. */
function light(what) {
  const triple = data.triples[what?.triple];
  const evidence = new Set(triple?.evidence.map((proof) => proof.number));
  const ends = new Set(triple ? [triple.subject, triple.object] : what ? [what.entity] : []);
  for (const piece of pieces) {
    piece.element.classList.toggle("lit", holds(piece.evidence, evidence));
    piece.element.classList.toggle("said", holds(piece.trigger, evidence));
    piece.element.classList.toggle("end", holds(piece.entity, ends));
  }
  const rows = new Set(what?.rows ?? []);
  [...$("triples").children].forEach((row, t) => row.classList.toggle("on", t === what?.triple || rows.has(t)));
  [...$("names").children].forEach((row, n) => row.classList.toggle("on", n === what?.entity));
}

const same = (a, b) => a?.triple === b?.triple && a?.entity === b?.entity;

/** Keeps it lit and goes to its first place in the text; when it is lit already, to the next. */
function pin(what, go = true) {
  visit = same(what, pinned) ? visit + 1 : 0;
  pinned = what;
  light(what);
  if (!go) return;
  const starts = what.triple !== undefined
    ? data.triples[what.triple].evidence.map((proof) => pieces.findIndex((piece) => piece.evidence?.includes(proof.number)))
    : pieces.flatMap((piece, p) => (piece.entity?.includes(what.entity) ? [p] : []));
  pieces[starts[visit % starts.length]]?.element.scrollIntoView({ block: "center" });
}

function row(what, address, ...content) {
  const button = make("button", { type: "button", onclick: () => pin(what), onfocus: () => light(what), onblur: () => light(pinned) }, ...content);
  const element = make("li", { onmouseenter: () => light(what), onmouseleave: () => light(pinned) }, button);
  if (data.graph && address) {
    const anchor = link(data.graph, new URLSearchParams(address), "↗");
    anchor.setAttribute("aria-label", phrase("in the network", "於關係圖"));
    element.append(anchor);
  }
  return element;
}

function tripleRow(triple, t) {
  const subject = data.entities[triple.subject], object = data.entities[triple.object];
  const more = [...Object.entries(triple.qualifiers).map(([key, value]) => `${word(key)} ${value}`),
    triple.evidence.length > 1 ? phrase(`places: ${triple.evidence.length}`, `${triple.evidence.length} 處`) : ""].filter(Boolean);
  return row({ triple: t }, triple.tie && { tie: triple.tie, node: subject.id }, ...tieLine(subject, triple.relation, object, triple),
    more.length ? make("bdi", { className: "more" }, more.join(" · ")) : null);
}

function nameRow(entity, n) {
  const other = lang === "zh" ? entity.en : entity.name;
  return row({ entity: n }, { node: entity.id }, isolated(label(entity), `name ${entity.type}`), " ",
    other === label(entity) ? null : isolated(other, "quiet"), ` ×${number(entity.count)}`,
    ...(entity.known ? [] : [" ", make("span", { className: "tag" }, word("unknown"))]));
}

function show() {
  $("legend").replaceChildren(...["company", "person", "policy", "organization", "place"].map((type) =>
    make("li", {}, make("span", { className: `mention ${type}` }, word(type)))));
  $("count").textContent = data.triples.length ? phrase(`Triples: ${number(data.triples.length)}`, `三元組：${number(data.triples.length)}`)
    : phrase("No triples were found", "未讀出三元組");
  $("named").textContent = phrase(`Names: ${number(data.entities.length)}`, `名稱：${number(data.entities.length)}`);
  $("triples").replaceChildren(...data.triples.map(tripleRow));
  $("names").replaceChildren(...data.entities.map(nameRow));
  light(pinned);
}

/** A place of the text named behind the address, as the network's page links to it: #at=120 */
function goToAddress() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("at"), at = Number(asked);
  const piece = asked && pieces.find(({ start, end }) => start <= at && at < end);
  if (!piece) return;
  const triple = data.triples.findIndex((t) => t.evidence.some((proof) => proof.at === at));
  if (triple >= 0) pin({ triple }, false);
  else if (piece.entity) pin({ entity: piece.entity[0] }, false);
  piece.element.scrollIntoView({ block: "center" });
}

$("title").append(isolated(data.title), make("span", { className: "quiet" }, data.date ? `  ${data.date}` : ""));
if (data.graph) {
  $("graph").hidden = false;
  $("graph").href = data.graph;
}
offerLanguages(show);
goToAddress();
addEventListener("hashchange", goToAddress);
addEventListener("keydown", (event) => { if (event.key === "Escape") light((pinned = null)); });
