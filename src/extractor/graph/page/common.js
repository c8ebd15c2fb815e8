"use strict";
// What both pages need: the data, elements made without markup, and the language of the labels.
// Names and evidence come from articles: they are set as text alone, never as markup, and never as an address.

const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
let lang = data.lang;

// English, Chinese
const WORDS = {
  company: ["company", "公司"], person: ["person", "人物"], policy: ["policy", "政策"],
  organization: ["organization", "組織"], place: ["place", "地點"],
  asserted: ["asserted", "陳述"], planned: ["planned", "計畫"], rumoured: ["rumoured", "傳聞"],
  denied: ["denied", "否認"], ended: ["ended", "終止"],
  inferred: ["inferred", "推得"], unknown: ["in no dictionary", "詞典未收"],
  date: ["date", "日期"], amount: ["amount", "金額"], title: ["title", "職稱"],
};
const word = (key) => WORDS[key][lang === "zh" ? 1 : 0];
const phrase = (en, zh) => (lang === "zh" ? zh : en);
const label = (thing) => (lang === "zh" ? thing.name ?? thing.zh : thing.en);
const number = (n) => n.toLocaleString("en");

/** An element with these properties and children; a string child is text. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "data") Object.assign(element.dataset, value);
    else if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Text of an article, kept apart from its surroundings: its marks of direction end where it ends. */
const isolated = (text, className = "") => make("bdi", { className }, text);

/** A link to the other page; the address is one that we wrote, never one from an article. */
const link = (page, place, text) => make("a", { href: `${page}#${place}` }, text);

/** "subject –relation→ object", and what is not plain about it. */
function tieLine(subject, relation, object, tie) {
  return [
    isolated(label(subject), `name ${subject.type}`),
    make("span", { className: "relation" }, ` –${label(relation)}${tie.symmetric ? "– " : "→ "}`),
    isolated(label(object), `name ${object.type}`),
    ...(tie.modality === "asserted" ? [] : [" ", make("span", { className: `tag ${tie.modality}` }, word(tie.modality))]),
    ...(tie.inferred ? [" ", make("span", { className: "tag" }, word("inferred"))] : []),
  ];
}

/** Fills every element that says what it shows, and calls `show`, whenever the language is chosen. */
function setLanguage(chosen, show) {
  lang = chosen;
  document.documentElement.lang = lang === "zh" ? "zh-Hant" : "en";
  for (const element of document.querySelectorAll("[data-en]")) element.textContent = element.dataset[lang];
  for (const button of document.querySelectorAll("#language button"))
    button.setAttribute("aria-pressed", String(button.value === lang));
  show();
}

function offerLanguages(show) {
  for (const button of document.querySelectorAll("#language button"))
    button.addEventListener("click", () => setLanguage(button.value, show));
  setLanguage(lang, show);
}
