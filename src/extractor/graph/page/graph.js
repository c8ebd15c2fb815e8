"use strict";
// The page of a network: what is shown (filters, how many), what is chosen, and what is told of it.

const TYPES = ["company", "person", "policy", "organization", "place"];
const MODALITIES = ["asserted", "planned", "rumoured", "denied", "ended"];
const FIRST = 200; // ties drawn at first: more can be asked for
const ROWS = 40; // rows of a list likewise
const RESULTS = 30;

const tiesOf = data.nodes.map(() => []); // by node, the strongest first, as all ties are
const neighbours = data.nodes.map(() => []);
data.ties.forEach((tie, t) => {
  for (const [n, other] of [[tie.subject, tie.object], [tie.object, tie.subject]]) {
    if (tiesOf[n].at(-1) !== t) tiesOf[n].push(t);
    neighbours[n].push(other);
  }
});
const degree = tiesOf.map((ties) => ties.length);
const relationCounts = data.relations.map(() => 0);
for (const tie of data.ties) relationCounts[tie.relation] += 1;
const days = data.ties.flatMap((tie) => tie.dates).reduce((ends, day) =>
  [day < ends[0] ? day : ends[0], day > ends[1] ? day : ends[1]], ["9999", "0000"]);

let most = FIRST; // ties to draw
let chosen = {}; // { node } or { tie }, by number
let matching = [], shown = [], later;
const drawing = new Drawing($("map"), (what) => choose(what));

// ---- Filters

const ticked = (group) => new Set([...$(group).querySelectorAll(":checked")].map((box) => box.value));

function filtered() {
  const types = ticked("types"), modalities = ticked("modalities"), relations = ticked("relations");
  const from = $("from").value, to = $("to").value;
  const typed = (n) => types.has(data.nodes[n].type);
  const fits = (tie) =>
    (!types.size || typed(tie.subject) || typed(tie.object)) &&
    (!modalities.size || modalities.has(tie.modality)) &&
    (!relations.size || relations.has(data.relations[tie.relation].id)) &&
    ((!from && !to) || tie.dates.some((day) => (!from || day >= from) && (!to || day <= to)));
  return data.ties.flatMap((tie, t) => (fits(tie) ? [t] : []));
}

/** Shows what the filters leave, and draws the strongest of it and all that is chosen. */
function update() {
  matching = filtered();
  shown = matching.slice(0, most);
  const own = new Set(chosen.node !== undefined ? tiesOf[chosen.node] : chosen.tie !== undefined ? [chosen.tie] : []);
  if (own.size) shown.push(...matching.slice(most).filter((t) => own.has(t)));
  tell();
  showPanel();
  // Thousands of lines take their time to draw: what is told does not wait for it.
  clearTimeout(later);
  $("map").setAttribute("aria-busy", "true");
  requestAnimationFrame(() => { later = setTimeout(draw); });
}

function draw() {
  drawing.show(shown);
  drawing.choose(chosen);
  $("map").setAttribute("aria-busy", String(Boolean(drawing.arranging)));
}

function tell() {
  const names = new Set(shown.flatMap((t) => [data.ties[t].subject, data.ties[t].object])).size;
  const dated = $("from").value || $("to").value, undated = data.ties.filter((tie) => !tie.dates.length).length;
  $("status").textContent = phrase(`${number(names)} names, ${number(shown.length)} ties`, `${number(names)} 個名稱，${number(shown.length)} 條關係`)
    + (dated && undated ? phrase(` (${number(undated)} undated ties left out)`, `（未列 ${number(undated)} 條無日期的關係）`) : "");
  const cut = matching.length - shown.length;
  $("note").textContent = [
    cut > 0 ? phrase(`The strongest of ${number(matching.length)}: ${number(cut)} more are not drawn.`,
      `共 ${number(matching.length)} 條，僅繪最強者；另有 ${number(cut)} 條未繪。`) : "",
    data.note[lang],
  ].filter(Boolean).join(" ");
  $("note").hidden = !$("note").textContent;
  $("more").hidden = $("all").hidden = cut <= 0;
  $("more").textContent = phrase(`Show ${number(Math.min(cut, most))} more`, `再顯示 ${number(Math.min(cut, most))} 條`);
}

function facet(group, value, mark, text, count) {
  const box = make("input", { type: "checkbox", value, checked: ticked(group).has(value) });
  return make("label", {}, box, mark, make("span", {}, text), count === null ? null : make("span", { className: "count" }, number(count)));
}

function showFacets() {
  const fill = (group, facets) => $(group).replaceChildren(...facets);
  const used = (list, of) => list.filter((value) => of.has(value));
  fill("types", used(TYPES, new Set(data.nodes.map((node) => node.type)))
    .map((type) => facet("types", type, make("span", { className: `mark ${type}` }), word(type), null)));
  fill("modalities", used(MODALITIES, new Set(data.ties.map((tie) => tie.modality)))
    .map((modality) => facet("modalities", modality, make("span", { className: `stroke ${modality}` }), word(modality), null)));
  fill("relations", data.relations.map((relation, r) => [relation, relationCounts[r]]).sort((a, b) => b[1] - a[1])
    .map(([relation, count]) => facet("relations", relation.id, null, label(relation), count)));
}

// ---- Search

const variants = new Map([...data.variants.from].map((from, i) => [from, [...data.variants.to][i]]));
const folded = (text) => [...text.trim()].map((character) => variants.get(character) ?? character).join("").toLowerCase();

/** The nodes of which a name holds what was typed, in either script: whole names first, then beginnings, then the best tied. */
function search(typed) {
  const key = folded(typed);
  if (!key) return [];
  const rank = (node) => Math.min(...node.keys.map((k) => (k === key ? 0 : k.startsWith(key) ? 1 : k.includes(key) ? 2 : 3)));
  return data.nodes.map((node, n) => [rank(node), -degree[n], n]).filter(([r]) => r < 3)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]).map(([, , n]) => n);
}

function showResults() {
  const typed = $("search").value, found = search(typed), open = Boolean(typed.trim());
  drawing.find(found);
  $("results").hidden = !open;
  $("search").setAttribute("aria-expanded", String(open));
  const told = found.length > RESULTS ? phrase(`The first ${RESULTS} of ${number(found.length)}`, `共 ${number(found.length)} 個，列前 ${RESULTS} 個`)
    : found.length ? "" : phrase("No name holds this.", "沒有名稱包含這些字。");
  $("results").replaceChildren(...found.slice(0, RESULTS).map((n) => nodeButton(n)), make("p", { className: "quiet", hidden: !told }, told));
}

function closeResults() {
  $("results").hidden = true;
  $("search").setAttribute("aria-expanded", "false");
}

// ---- What is chosen, and what is told of it

/** Shows a node ({ node }), a tie ({ tie }) or what there is ({}). */
function choose(what) {
  chosen = what;
  closeResults();
  update();
  if (what.node === undefined && what.tie === undefined) return;
  $("panel").focus({ preventScroll: true });
  $("panel").scrollTop = 0;
  $("panel").scrollIntoView({ block: "nearest" });
}

function nodeButton(n) {
  const node = data.nodes[n], other = lang === "zh" ? node.en : node.name;
  return make("button", { type: "button", onclick: () => choose({ node: n }), data: { node: node.id } },
    isolated(label(node), `name ${node.type}`), " ", other === label(node) ? null : isolated(other, "quiet"), " ",
    make("span", { className: "tag" }, word(node.type)));
}

function tieButton(t) {
  const tie = data.ties[t];
  return make("button", { type: "button", onclick: () => choose({ tie: t }), data: { tie: tie.id } },
    ...tieLine(data.nodes[tie.subject], data.relations[tie.relation], data.nodes[tie.object], tie));
}

/** A list of which the first rows are shown, and a button for the next. */
function list(items, row, rows = ROWS) {
  const element = make("ul", { className: "rows" });
  const more = make("button", { type: "button" });
  const grow = () => {
    element.append(...items.slice(element.childElementCount, element.childElementCount + rows).map((item) => make("li", {}, row(item))));
    const left = items.length - element.childElementCount;
    more.hidden = !left;
    more.textContent = phrase(`${number(left)} more`, `另有 ${number(left)} 項`);
  };
  more.addEventListener("click", grow);
  grow();
  return make("div", {}, element, more);
}

function showPanel() {
  const parts = chosen.node !== undefined ? nodePanel(chosen.node) : chosen.tie !== undefined ? tiePanel(chosen.tie) : overview();
  $("panel").replaceChildren(...parts);
}

const back = () => make("button", { type: "button", onclick: () => choose({}) }, phrase("← All ties", "← 全部關係"));

function overview() {
  const untied = data.nodes.flatMap((_, n) => (degree[n] ? [] : [n]));
  return [
    make("h2", {}, phrase("Ties", "關係")),
    make("p", { className: "quiet" }, phrase("Choose a name for its ties, a tie for the words that state it.", "點名稱看它的關係，點關係看原文。")),
    list(shown, tieButton),
    ...(untied.length ? [make("h3", {}, phrase(`Names without a tie: ${number(untied.length)}`, `沒有關係的名稱：${number(untied.length)}`)), list(untied, nodeButton, 20)] : []),
  ];
}

function nodePanel(n) {
  const node = data.nodes[n], codes = Object.entries(node.codes).map(([market, code]) => `${market} ${code}`).join(", ");
  const ties = tiesOf[n], left = new Set(matching), hidden = ties.filter((t) => !left.has(t)).length;
  return [
    back(),
    make("h2", {}, isolated(node.name, `name ${node.type}`), node.en === node.name ? null : " ", node.en === node.name ? null : isolated(node.en)),
    make("p", { className: "quiet" }, [word(node.type), codes, node.known ? "" : word("unknown")].filter(Boolean).join(" · ")),
    make("h3", {}, phrase(`Ties: ${number(ties.length)}`, `關係：${number(ties.length)}`)),
    make("p", { className: "quiet", hidden: !hidden }, phrase(`${number(hidden)} of them the filters keep from the drawing`, `其中 ${number(hidden)} 條因篩選未繪`)),
    list(ties, tieButton),
    make("h3", {}, phrase(`Articles that mention it: ${number(node.articles)}`, `提及的報導：${number(node.articles)} 篇`)),
    make("p", {}, ...node.forms.slice(0, 12).flatMap(([form, count]) => [isolated(form), ` ×${number(count)}  `])),
    list(node.mentions, (mention) => make("span", {}, articleName(mention.article, `at=${mention.at}`), ` ×${number(mention.count)}`), 20),
    make("p", { className: "quiet", hidden: node.mentions.length === node.articles }, phrase(`The first ${number(node.mentions.length)} articles`, `僅列前 ${number(node.mentions.length)} 篇`)),
  ];
}

function tiePanel(t) {
  const tie = data.ties[t], relation = data.relations[tie.relation];
  const qualifiers = Object.entries(tie.qualifiers).flatMap(([key, value]) => [make("dt", {}, word(key)), make("dd", {}, isolated(value))]);
  return [
    back(),
    make("h2", {}, ...tieLine(data.nodes[tie.subject], relation, data.nodes[tie.object], tie)),
    make("p", { className: "quiet" }, `${word(tie.modality)} · ` + phrase(`articles: ${number(tie.weight)} · places: ${number(tie.places)}`, `${number(tie.weight)} 篇報導，${number(tie.places)} 處`)),
    make("dl", {}, ...qualifiers),
    make("h3", {}, phrase("Evidence", "原文")),
    list(tie.evidence, evidence, 20),
    make("p", { className: "quiet", hidden: tie.evidence.length === tie.places }, phrase(`The first ${tie.evidence.length} of ${number(tie.places)} places`, `共 ${number(tie.places)} 處，僅列前 ${tie.evidence.length} 處`)),
    make("h3", {}, phrase("Names", "名稱")),
    list([...new Set([tie.subject, tie.object])], nodeButton),
  ];
}

function evidence(place) {
  const parts = place.parts.map(([text, role]) => (role === "trigger" ? make("mark", {}, text) : make("span", { className: role }, text)));
  return make("div", { className: "evidence" }, make("bdi", {}, make("q", {}, ...parts)),
    make("p", { className: "quiet" }, articleName(place.article, `at=${place.at}`), ` · ${word(place.modality)} · ${place.rule}`));
}

function articleName(a, place) {
  const article = data.articles[a], name = isolated(article.title ?? article.id);
  const shownName = article.view ? link(article.view, place, name) : name;
  return make("span", {}, shownName, article.date ? ` · ${article.date}` : "");
}

// ---- What moves it all

/** A node or a tie named behind the address, as the page of an article links to it: #node=hon-hai, #tie=… */
function chooseFromAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const node = data.nodes.findIndex((n) => n.id === asked.get("node")), tie = data.ties.findIndex((t) => t.id === asked.get("tie"));
  if (tie >= 0) choose({ tie });
  else if (node >= 0) choose({ node });
}

/** Arrow keys walk from the field of search through the results. */
function walkResults(event) {
  const stops = [$("search"), ...$("results").querySelectorAll("button")], at = stops.indexOf(document.activeElement);
  if (event.key === "Escape") { closeResults(); $("search").focus(); }
  else if (event.key === "ArrowDown" && !$("results").hidden) stops[Math.min(at + 1, stops.length - 1)].focus();
  else if (event.key === "ArrowUp" && at > 0) stops[at - 1].focus();
  else if (event.key === "Enter" && at === 0 && stops[1]) stops[1].click();
  else return;
  event.preventDefault();
}

const PANS = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };

function moveMap(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (PANS[event.key]) drawing.cy.panBy({ x: PANS[event.key][0], y: PANS[event.key][1] });
  else if (event.key === "+" || event.key === "=") drawing.zoom(1.3);
  else if (event.key === "-") drawing.zoom(1 / 1.3);
  else if (event.key === "0") drawing.fit();
  else return;
  event.preventDefault();
}

function relabel() {
  $("search").placeholder = phrase("Search names, e.g. 鴻海 or Hon Hai", "搜尋名稱，如 鴻海、Hon Hai");
  $("search").setAttribute("aria-label", phrase("Search names", "搜尋名稱"));
  $("map").setAttribute("aria-label", phrase("The network. Arrow keys move it, + and − zoom, 0 fits it; the list of ties beside it holds the same.",
    "關係圖。方向鍵移動，+ 與 − 縮放，0 看全圖；旁邊的關係列表內容相同。"));
  drawing.relabel();
  showFacets();
  tell();
  showPanel();
  showResults();
  closeResults();
}

$("title").textContent = data.title;
if (days[0] < days[1]) {
  $("dates").hidden = false;
  for (const field of [$("from"), $("to")]) [field.min, field.max] = days;
}
$("filters").open = innerWidth > 900;
offerLanguages(relabel);
update();
chooseFromAddress();

$("facets").addEventListener("change", update);
$("facets").addEventListener("reset", () => setTimeout(update)); // once the boxes are empty
$("facets").addEventListener("submit", (event) => event.preventDefault());
$("more").addEventListener("click", () => { most *= 2; update(); });
$("all").addEventListener("click", () => { most = data.ties.length; update(); });
$("search").addEventListener("input", showResults);
$("search").addEventListener("focus", showResults);
$("find").addEventListener("keydown", walkResults);
$("map").addEventListener("keydown", moveMap);
$("in").addEventListener("click", () => drawing.zoom(1.3));
$("out").addEventListener("click", () => drawing.zoom(1 / 1.3));
$("fit").addEventListener("click", () => drawing.fit());
$("arrange").addEventListener("click", () => drawing.arrange());
addEventListener("hashchange", chooseFromAddress);
addEventListener("keydown", (event) => { if (event.key === "Escape" && $("results").hidden) choose({}); });
document.addEventListener("click", (event) => { if (!$("find").contains(event.target)) closeResults(); });
