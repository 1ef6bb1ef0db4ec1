// The page: one address after "#" is one view.

import { h, say, show } from "./dom.js";
import { isOffline } from "./offline.js";
import { home, person } from "./people.js";
import { related } from "./related.js";
import { graph } from "./graph.js";
import { tree } from "./tree.js";
import { document_, documents } from "./documents.js";
import { questions } from "./questions.js";
import { editor } from "./sparql.js";

const VIEWS = { "": home, person, related, graph, tree, documents, document: document_, questions, sparql: editor };
const NEED_SERVER = ["questions", "sparql"];
const PART_OF = { "": "", person: "", graph: "", tree: "", document: "documents" };

let shown = 0;

async function route() {
  const [name = "", ...parts] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  const turn = ++shown;
  const main = document.getElementById("main");
  for (const link of document.querySelectorAll("nav a")) {
    const here = link.getAttribute("href") === "#/" + (PART_OF[name] ?? name);
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  let view;
  try {
    view = await (VIEWS[name] ?? nowhere)(...parts);
  } catch (error) {
    view = { title: "That did not work", body: h("p", { class: "error", role: "alert" }, error.message) };
  }
  if (turn !== shown) return; // the user has gone on meanwhile
  document.title = `${view.title} – kg`;
  show(main, h("h1", { class: view.quiet ? "quiet" : null }, view.title), view.body);
  say(view.title);
  view.ready?.();
  if (turn > 1) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

function nowhere() {
  throw new Error("There is no such page.");
}

if (isOffline()) {
  for (const name of NEED_SERVER) document.querySelector(`nav a[href="#/${name}"]`).remove();
}
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // its address would be taken for a view
  document.getElementById("main").focus();
});
addEventListener("hashchange", route);
route();
