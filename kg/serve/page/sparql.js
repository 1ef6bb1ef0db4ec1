// A SPARQL editor: highlighting, completion that knows the ontology, and the answer as a table or a file.

import { ask, sparql } from "./api.js";
import { at, h, plural, say, show } from "./dom.js";
import { table } from "./questions.js";

const EXAMPLE = `SELECT ?child ?father WHERE {
  ?c kg:father ?f .
  ?c rdfs:label ?child .
  ?f rdfs:label ?father .
}
ORDER BY ?child
LIMIT 100`;

const KEYWORDS = ("SELECT DISTINCT REDUCED WHERE FILTER OPTIONAL UNION MINUS GRAPH BIND VALUES AS ORDER BY GROUP HAVING LIMIT OFFSET ASC DESC " +
  "ASK CONSTRUCT DESCRIBE PREFIX BASE FROM NAMED EXISTS NOT IN COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG DATATYPE " +
  "BOUND IF COALESCE CONTAINS STRSTARTS STRENDS STRLEN LCASE UCASE REGEX REPLACE CONCAT YEAR MONTH DAY UNDEF a true false").split(" ");

// After https://www.w3.org/TR/sparql11-query/#sparqlGrammar, as far as colours need.
const TOKEN = /(?<comment>#[^\n]*)|(?<text>"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<iri><[^<>"{}|^`\\\s]*>)|(?<variable>[?$][\p{L}\d_]+)|(?<name>[\p{L}][\p{L}\d_-]*:[\p{L}\d_.-]*|:[\p{L}\d_-]+)|(?<number>\b\d+(?:\.\d+)?\b)|(?<keyword>\b[A-Za-z_]+\b)/gu;

const FILES = { CSV: ["text/csv", "csv"], JSON: ["application/sparql-results+json", "json"], XML: ["application/sparql-results+xml", "xml"], TSV: ["text/tab-separated-values", "tsv"] };
const ROWS = "application/sparql-results+json";
const MOST = 1000;

let kept = "";
let terms;

export async function editor(query = "") {
  terms ??= await ask("terms");
  const result = h("div", { class: "result" });
  const box = input(query || kept || EXAMPLE, run);
  const button = h("button", { type: "button", onclick: run }, "Run");
  const files = h("span", { class: "files", hidden: true }, "Save as ", Object.keys(FILES).map((name) => h("button", { type: "button", class: "link", onclick: () => save(box.text(), ...FILES[name]) }, name)));
  let running;
  async function run() {
    running?.abort(); // the server stops a query whose client has gone
    const mine = (running = new AbortController());
    kept = box.text();
    button.disabled = true;
    show(result, h("p", { class: "wait" }, "Asking … ", h("button", { type: "button", class: "link", onclick: () => mine.abort() }, "stop")));
    const begun = performance.now();
    try {
      const response = await sparql(kept, `${ROWS}, text/turtle;q=0.9`, mine.signal);
      const body = await response.text();
      const rows = response.headers.get("content-type").startsWith(ROWS);
      const seconds = ((performance.now() - begun) / 1000).toFixed(2);
      show(result, rows ? answer(JSON.parse(body), seconds) : h("pre", { tabindex: "0" }, body));
      files.hidden = !rows;
    } catch (error) {
      show(result, h("pre", { class: "error", role: "alert" }, mine.signal.aborted ? "Stopped." : error.message));
    }
    button.disabled = false;
  }
  return {
    title: "SPARQL",
    body: [box.element,
      h("p", { class: "actions" }, button, h("span", { class: "quiet" }, "Ctrl+Enter runs it, Ctrl+Space completes"), files), result,
      h("details", {}, h("summary", {}, "The relations"), h("dl", { class: "terms" }, terms.relations.map((one) => h("div", {}, h("dt", {}, h("code", {}, one.term)), h("dd", {}, one.comment)))))],
  };
}

function answer(found, seconds) {
  if ("boolean" in found) return h("p", { class: "answer" }, found.boolean ? "yes" : "no");
  const { bindings } = found.results;
  const rows = bindings.slice(0, MOST).map((row) => found.head.vars.map((name) => cell(row[name])));
  const told = `${plural(bindings.length, "row")} in ${seconds} s`;
  say(told);
  return [h("p", { class: "quiet" }, bindings.length > MOST ? `${told}; the first ${MOST} are shown` : told), table(found.head.vars, rows)];
}

function cell(node) {
  if (!node) return { text: "" };
  return node.type === "uri" ? { text: shorten(node.value), iri: node.value } : { text: node.value };
}

function shorten(iri) {
  const fits = Object.entries(terms.prefixes).filter(([, space]) => iri.startsWith(space) && iri.length > space.length);
  const [prefix, space] = fits.sort((a, b) => b[1].length - a[1].length)[0] ?? [];
  return prefix ? `${prefix}:${iri.slice(space.length)}` : iri;
}

async function save(query, accept, suffix) {
  const address = URL.createObjectURL(await (await sparql(query, accept)).blob());
  h("a", { href: address, download: `answer.${suffix}` }).click();
  URL.revokeObjectURL(address);
}

// ---------------------------------------------------------------- the field
function input(text, run) {
  const colours = h("pre", { class: "colours", "aria-hidden": "true" });
  const area = h("textarea", { id: "query", spellcheck: "false", autocapitalize: "off", autocomplete: "off", rows: "9", "aria-label": "SPARQL query", "aria-haspopup": "listbox", "aria-controls": "completions", "aria-autocomplete": "list",
    oninput: () => { paint(); complete(false); }, onscroll: follow, onkeydown: key, onblur: () => setTimeout(close, 150) }, text);
  const list = h("ul", { id: "completions", role: "listbox", "aria-label": "Completions", hidden: true });
  let offered = [];
  let active = 0;

  function paint() {
    show(colours, coloured(area.value), "\n");
    area.rows = Math.min(24, Math.max(9, area.value.split("\n").length + 1));
    follow();
  }
  function follow() {
    colours.scrollTop = area.scrollTop;
    colours.scrollLeft = area.scrollLeft;
  }
  function key(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); close(); run(); }
    else if (event.key === " " && event.ctrlKey) { event.preventDefault(); complete(true); }
    else if (list.hidden) return;
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); choose((active + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length); }
    else if (event.key === "Enter") { event.preventDefault(); take(offered[active]); }
    else if (event.key === "Escape") close();
  }
  function complete(asked) {
    const before = /[\p{L}\d_?$:-]*$/u.exec(area.value.slice(0, area.selectionStart))[0];
    offered = before.length > 1 || asked ? completions(before, area.value).slice(0, 12) : [];
    if (!offered.length || (offered.length === 1 && offered[0].term === before)) return close();
    show(list, offered.map((one, number) => h("li", { id: `completion-${number}`, role: "option", onmousedown: (event) => { event.preventDefault(); take(one); } }, h("code", {}, one.term), h("small", {}, one.note))));
    list.hidden = false;
    choose(0);
  }
  function choose(number) {
    active = number;
    [...list.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === number)));
    area.setAttribute("aria-activedescendant", `completion-${number}`);
    list.children[number].scrollIntoView({ block: "nearest" });
  }
  function take(one) {
    const end = area.selectionStart;
    const before = /[\p{L}\d_?$:-]*$/u.exec(area.value.slice(0, end))[0];
    area.setRangeText(one.term + (one.term.endsWith(":") ? "" : " "), end - before.length, end, "end");
    close();
    paint();
    if (one.term.endsWith(":")) complete(false);
  }
  function close() {
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  }
  paint();
  return { element: h("div", { class: "editor" }, colours, area, list), text: () => area.value };
}

function completions(before, query) {
  const low = before.toLowerCase();
  const variables = [...new Set(query.match(/\?[\p{L}\d_]+/gu) ?? [])].map((term) => ({ term, note: "variable" }));
  const all = before.startsWith("?") ? variables : [
    ...terms.relations.map((one) => ({ term: one.term, note: one.comment })),
    ...terms.classes.map((term) => ({ term, note: "class" })),
    ...["rdfs:label", "skos:altLabel", "skos:exactMatch", "kg:evidence", "oa:exact", "oa:hasSource", "dcterms:identifier"].map((term) => ({ term, note: "" })),
    ...Object.entries(terms.prefixes).map(([prefix, space]) => ({ term: `${prefix}:`, note: space })),
    ...KEYWORDS.map((term) => ({ term, note: "" })),
  ];
  const starts = all.filter((one) => one.term !== before && one.term.toLowerCase().startsWith(low));
  const holds = low.length > 2 ? all.filter((one) => !starts.includes(one) && one.term !== before && one.term.toLowerCase().includes(low.replace(/^kg:/, ""))) : [];
  return [...starts, ...holds].filter((one, at, list) => list.findIndex((other) => other.term === one.term) === at);
}

function coloured(text) {
  const parts = [];
  let done = 0;
  for (const found of text.matchAll(TOKEN)) {
    let kind = Object.entries(found.groups).find(([, value]) => value !== undefined)[0];
    if (kind === "keyword" && !KEYWORDS.includes(found[0].toUpperCase()) && !KEYWORDS.includes(found[0])) kind = "";
    parts.push(text.slice(done, found.index), kind ? h("span", { class: `t-${kind}` }, found[0]) : found[0]);
    done = found.index + found[0].length;
  }
  return [...parts, text.slice(done)];
}
