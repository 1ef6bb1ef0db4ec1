// Sentences become pictures; hover, focus and click show who is meant; arrow keys go from one thing to the next.
const all = (root, what) => [...root.querySelectorAll(what)];
const numbers = text => text.split(" ").map(Number);
const pictures = new Map();

// ---------------------------------------------------------------- claims over a sentence
function said(section) {
  const box = section.querySelector(".words"), arcs = [];
  for (const item of all(section, ".said li")) {
    const { from, to, label, score, both, away } = item.dataset;
    const manner = ["former", "future"].filter(word => item.classList.contains(word));
    const name = [away ? (from ? `${label} ${away}` : `${away}: ${label}`) : label, ...manner].join(", ");
    if (from || to) arcs.push({ from: from && numbers(from), to: to && numbers(to), label: name, score, both, kind: item.className, item });
  }
  return { box, words: all(box, "span"), arcs };
}

// ---------------------------------------------------------------- the tree under it
function tree(details) {
  const box = document.createElement("p"), drawn = document.createElement("div"), words = all(details.closest("section"), ":scope > .words span");
  const heads = numbers(details.dataset.heads), labels = details.dataset.labels.split(" "), tags = details.dataset.tags.split(" ");
  box.className = "words"; drawn.className = "drawn"; drawn.append(box); details.append(drawn);
  const nodes = words.map((word, i) => {
    const node = document.createElement("span"), form = document.createElement("span"), tag = document.createElement("small");
    node.className = heads[i] ? "word" : "word root"; form.textContent = word.textContent; tag.textContent = heads[i] ? tags[i] : `${tags[i]} root`;
    node.append(form, tag); box.append(node, " ");
    return node;
  });
  const arcs = heads.flatMap((head, i) => (head ? [{ from: [head - 1, head - 1], to: [i, i], label: labels[i], kind: "value" }] : []));
  return { box, words: nodes, arcs };
}

// ---------------------------------------------------------------- what is drawn when
const drawn = new Set();
const folded = key => key.tagName === "DETAILS" && !key.open;
function show(keys) {
  const fresh = keys.filter(key => pictures.has(key));
  fresh.forEach(key => drawn.add(key));
  lay(fresh.map(key => pictures.get(key)));
}
const again = () => show([...drawn].filter(key => !folded(key)));
const seen = new IntersectionObserver(entries => show(entries.filter(e => e.isIntersecting && !drawn.has(e.target)).map(e => e.target)), { rootMargin: "1500px" });

for (const box of all(document, "fieldset input")) {
  const apply = () => document.body.classList.toggle(`no-${box.name}`, !box.checked);
  apply();
  box.addEventListener("change", () => { apply(); again(); });
}
for (const section of all(document, ".sentence")) {
  const picture = said(section), details = section.querySelector(".tree");
  if (picture.arcs.length) pictures.set(section, picture);
  const unfold = () => {
    if (!details.open) return;
    if (!pictures.has(details)) pictures.set(details, tree(details));
    show([details]);
  };
  details.addEventListener("toggle", unfold);
  unfold();
}
show(all(document, "article:not(.long) .sentence"));
for (const section of all(document, "article.long .sentence")) if (pictures.has(section)) seen.observe(section);
let width = innerWidth, waiting = 0;
addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; clearTimeout(waiting); waiting = setTimeout(again, 120); } });
addEventListener("beforeprint", () => { document.body.classList.add("printing"); show([...pictures.keys()].filter(key => !folded(key))); });
addEventListener("afterprint", () => { document.body.classList.remove("printing"); again(); });

// ---------------------------------------------------------------- the documents of the page
const articles = all(document, "article");
if (articles.length > 1) {
  const choice = document.createElement("select");
  choice.setAttribute("aria-label", "Document");
  for (const article of articles) choice.add(new Option(article.querySelector("h1").textContent, article.id));
  choice.addEventListener("change", () => document.getElementById(choice.value).scrollIntoView());
  document.querySelector(".bar nav").append(choice);
}

// ---------------------------------------------------------------- who is meant
const tip = document.createElement("div"), rule = document.createElement("style");
tip.id = "tip"; tip.role = "tooltip"; tip.hidden = true;
document.body.append(tip); document.head.append(rule);
for (const mark of all(document, "mark")) { mark.dataset.tip = mark.title; mark.removeAttribute("title"); mark.tabIndex = -1; mark.setAttribute("aria-label", `${mark.textContent}: ${mark.dataset.tip}`); }
let pinned = null;  // [id of the article, number of a person]

function light(article, people) {
  const lit = people.map(p => `#${article} mark[data-p~="${p}"]`), held = pinned && `#${pinned[0]} mark:not([data-p~="${pinned[1]}"])`;
  rule.textContent = (held ? `${held}{background:none!important;opacity:.75}` : "") + (lit.length ? `${lit.join()}{outline:2px solid oklch(var(--deep-l) var(--deep-c) var(--h));outline-offset:0}` : "");
}

function point(target) {
  const mark = target.closest?.("mark"), group = target.closest?.(".arcs g"), thing = group?.arc?.item ? group : mark;
  all(document, ".arcs g.on").forEach(g => g.classList.remove("on"));
  tip.hidden = !thing;
  if (!thing) return light("", []);
  group?.classList.add("on");
  if (thing === group) tip.innerHTML = group.arc.item.innerHTML; else tip.textContent = mark.dataset.tip;
  light(thing.closest("article").id, thing === mark && mark.dataset.p ? mark.dataset.p.split(" ") : []);
  const r = (group?.querySelector("text") ?? mark).getClientRects()[0], wide = tip.offsetWidth;
  tip.style.left = `${scrollX + Math.max(8, Math.min(r.left + r.width / 2 - wide / 2, innerWidth - wide - 16))}px`;
  const above = r.top - tip.offsetHeight - 10, below = r.bottom + 8;  // a word's tip stands below it, an arc's above
  const up = thing === group ? above > 50 : below + tip.offsetHeight + 6 > innerHeight;
  tip.style.top = `${scrollY + (up ? above : below)}px`;
}

function pin(article, person) {
  pinned = pinned?.[0] === article && pinned?.[1] === person ? null : [article, person];
  for (const button of all(document, "aside button")) button.setAttribute("aria-pressed", String(!!pinned && button.closest("article").id === pinned[0] && button.dataset.p === pinned[1]));
  light("", []);
}

addEventListener("pointerover", event => point(event.target));
addEventListener("focusin", event => { if (event.target.matches?.("mark, .arcs g")) point(event.target); else tip.hidden = true; });
addEventListener("click", event => {
  const button = event.target.closest("aside button"), mark = event.target.closest("mark[data-p]");
  if (button) pin(button.closest("article").id, button.dataset.p);
  else if (mark) pin(mark.closest("article").id, mark.dataset.p.split(" ")[0]);
});

// ---------------------------------------------------------------- by keyboard: Tab to a sentence, arrows within it and on
const things = section => [...all(section, ":scope > .words mark"), ...all(section, ":scope > .words > .arcs g")];
for (const section of all(document, ".sentence")) { const first = section.querySelector("mark"); if (first) first.tabIndex = 0; }
addEventListener("keydown", event => {
  if (event.key === "Escape") { tip.hidden = true; if (pinned) pin(...pinned); return; }
  const thing = event.target.closest?.("mark, .arcs g");
  if (!thing) return;
  const section = thing.closest("section"), here = things(section), at = here.indexOf(thing), step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const sections = all(section.closest("article"), ".sentence"), jump = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  let next = null;
  if (step) next = here[(at + step + here.length) % here.length];
  for (let i = sections.indexOf(section) + (jump ?? 0); jump && !next && sections[i]; i += jump) next = things(sections[i])[0];
  if (event.key === "Enter" && thing.dataset.p) pin(thing.closest("article").id, thing.dataset.p.split(" ")[0]);
  if (next) { next.focus(); event.preventDefault(); }
});
