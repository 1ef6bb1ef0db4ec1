// The saved questions as forms.

import { ask } from "./api.js";
import { at, h, plural, say, show } from "./dom.js";
import { picker } from "./picker.js";

export async function questions(name = "", ...values) {
  const all = (await ask("questions")).questions;
  const list = h("nav", { class: "questions", "aria-label": "Questions" }, all.map((one) => h("a", {
    href: at("questions", one.name), "aria-current": one.name === name ? "page" : null }, one.title)));
  const chosen = all.find((one) => one.name === name);
  return {
    title: chosen ? chosen.title : "Questions",
    body: h("div", { class: "columns questions-view" }, list, h("div", {}, chosen ? form(chosen, values) : h("p", { class: "lead" }, "Choose a question."))),
  };
}

function form(question, values) {
  const given = question.parameters.map((_one, number) => values[number] ?? "");
  const result = h("div", { class: "result" });
  const fields = question.parameters.map((one, number) => {
    const label = one.name + (one.optional ? " (may be left out)" : "");
    if (one.kind === "person") return picker(label, (who) => { given[number] = who.name; run(); }, { value: given[number] });
    const id = `value-${number}`;
    return h("div", { class: "picker" }, h("label", { for: id }, label),
      h("input", { id, value: given[number], inputmode: one.kind === "number" ? "numeric" : null, oninput: (event) => { given[number] = event.target.value; } }));
  });
  async function run() {
    show(result, h("p", { class: "wait" }, "Asking …"));
    try {
      const answer = await ask("answer", { question: question.name }, given);
      show(result, table(answer.columns, answer.rows), answer.more > 0 && h("p", { class: "quiet" }, `and ${answer.more} more rows`));
      say(plural(answer.rows.length, "row"));
    } catch (error) {
      show(result, h("pre", { class: "error", role: "alert" }, error.message));
    }
  }
  if (!question.parameters.length) run();
  const submit = (event) => {
    event.preventDefault();
    event.target.querySelectorAll("input").forEach((one, number) => { given[number] = one.value.trim(); });
    run();
  };
  return [
    h("form", { class: "pair", onsubmit: submit }, fields, h("button", { type: "submit" }, "Ask")), result,
    h("details", {}, h("summary", {}, "The query"), h("pre", {}, question.sparql.trim()), h("p", {}, h("a", { href: at("sparql", question.sparql) }, "Open it in the editor"))),
  ];
}

/** Rows of cells {text, iri?} as a table that scrolls sideways by itself. */
export function table(columns, rows) {
  if (!rows.length) return h("p", { class: "lead" }, "No answer in this graph.");
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Answer" }, h("table", {},
    h("thead", {}, h("tr", {}, columns.map((one) => h("th", { scope: "col" }, one)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((one) => h("td", {}, one.iri?.includes("/person/") ? h("a", { href: at("person", one.iri) }, one.text) : one.text)))))));
}
