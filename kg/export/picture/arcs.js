// Draws arcs over words that wrap: measures where the words stand, makes room above each line, then draws.
// An arc that goes over the end of a line goes on at the beginning of the next (as in brat, Stenetorp et al. 2012).
const LANE = 19, REACH = 13, SVG = "http://www.w3.org/2000/svg";
const ruler = document.createElement("canvas").getContext("2d");

const make = (name, attributes = {}, text = "") => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text) node.textContent = text;
  return node;
};

// A picture is { box, words, arcs }: an element, the elements of its words, and [{ from, to, label, score, kind, both, item }],
// where from and to are [first, last] of the words.
function clear(picture) {
  picture.box.querySelector(":scope > svg")?.remove();
  for (const word of picture.struts ?? []) { word.classList.remove("strut"); word.style.removeProperty("--s"); }
  picture.struts = [];
}

function measure(picture) {
  const { box, words } = picture, frame = box.getBoundingClientRect(), lines = [], at = [];
  words.forEach((word, i) => {
    const r = word.getClientRects()[0] ?? word.getBoundingClientRect();
    let line = lines.at(-1);
    if (!line || r.bottom - line.bottom > r.height / 2) lines.push(line = { bottom: r.bottom, first: i, pieces: [], height: r.height });
    at.push({ line: lines.length - 1, left: r.left - frame.left, right: r.right - frame.left });
  });
  picture.width = frame.width; picture.lines = lines; picture.at = at;
  const style = getComputedStyle(box);
  ruler.font = `600 11.5px ${style.fontFamily}`;
  picture.shown = picture.arcs.filter(shown);
  for (const arc of picture.shown) {
    arc.wide = ruler.measureText(arc.label + (arc.score ? " " + arc.score : "")).width + 10;
    arc.ends = [arc.from && end(picture, arc.from, arc.to ?? arc.from), arc.to && end(picture, arc.to, arc.from ?? arc.to)];
    arc.ends = arc.ends.map((e, i) => e ?? stub(arc.ends[1 - i], arc.wide));
    arc.pieces = [];
  }
  spread(picture);
  for (const arc of picture.shown) cut(picture, arc);
  lines.forEach(stack);
}

const HIDDEN = ".no-tie .tie:not(.dropped, .weak), .no-value .value:not(.dropped, .weak), .no-dropped .dropped:not(.weak), .no-weak .weak";
const shown = arc => !arc.item?.matches(HIDDEN);

// Where an arc touches words: the middle of those of them that stand on the line nearest to the other end.
function end({ at }, [first, last], other) {
  const line = at[other[0] > last ? last : first].line, here = at.slice(first, last + 1).filter(w => w.line === line);
  return { line, key: `${first} ${last}`, x: (here[0].left + here.at(-1).right) / 2, room: here.at(-1).right - here[0].left };
}

// The open end of an arc whose other side stands in another sentence.
const stub = (other, wide) => ({ line: other.line, key: "", x: other.x + (other.x > wide + 16 ? -1 : 1) * (wide + 16), open: true });

// Ends that share words stand side by side, so that no two arcs cross there.
function spread(picture) {
  const shared = new Map();
  for (const arc of picture.shown) {
    const [a, b] = arc.ends, far = Math.abs((a.line - b.line) * picture.width + a.x - b.x);
    if (a.key === b.key) { a.x -= 11; b.x += 11; continue; }
    const [left, right] = a.line < b.line || (a.line === b.line && a.x < b.x) ? [a, b] : [b, a];
    left.order = 1e9 - far; right.order = far - 1e9;
    for (const e of arc.ends) {
      if (e.open) continue;
      const key = `${e.line}:${e.key}`;
      if (!shared.has(key)) shared.set(key, []);
      shared.get(key).push(e);
    }
  }
  for (const ends of shared.values()) {
    ends.sort((a, b) => a.order - b.order);
    const gap = Math.max(6, Math.min(10, (ends[0].room - 8) / ends.length));
    ends.forEach((e, i) => { e.x += (i - (ends.length - 1) / 2) * gap; });
  }
}

// One piece of an arc for each line that it passes.
function cut({ lines, width }, arc) {
  const [up, down] = arc.ends[0].line < arc.ends[1].line || (arc.ends[0].line === arc.ends[1].line && arc.ends[0].x <= arc.ends[1].x) ? arc.ends : [...arc.ends].reverse();
  for (let n = up.line; n <= down.line; n++) {
    const piece = { arc, left: n === up.line ? up.x : 0, right: n === down.line ? down.x : width, starts: n === up.line && up, stops: n === down.line && down };
    piece.size = piece.right - piece.left;
    arc.pieces.push(piece); lines[n].pieces.push(piece);
  }
  const ended = arc.pieces.filter(p => p.starts || p.stops), widest = ended.reduce((a, b) => (b.size > a.size ? b : a));
  for (const piece of ended) {
    piece.labelled = piece === widest || piece.size > arc.wide + 24;
    if (!piece.labelled) continue;
    piece.middle = Math.min(Math.max((piece.left + piece.right) / 2, arc.wide / 2), width - arc.wide / 2);
  }
}

// Short arcs lie below long ones.
function stack(line) {
  line.lanes = 0;
  const done = [];
  for (const piece of line.pieces.sort((a, b) => a.size - b.size || a.left - b.left)) {
    piece.from = piece.labelled ? Math.min(piece.left, piece.middle - piece.arc.wide / 2) : piece.left;
    piece.to = piece.labelled ? Math.max(piece.right, piece.middle + piece.arc.wide / 2) : piece.right;
    piece.lane = done.reduce((lane, other) => (other.from < piece.to - 1 && piece.from < other.to - 1 ? Math.max(lane, other.lane + 1) : lane), 0);
    line.lanes = Math.max(line.lanes, piece.lane + 1);
    done.push(piece);
  }
}

function space(picture) {
  for (const line of picture.lines) {
    if (!line.lanes) continue;
    const word = picture.words[line.first];
    word.style.setProperty("--s", `${line.height * .86 + REACH + line.lanes * LANE}px`);
    word.classList.add("strut");
    picture.struts.push(word);
  }
}

function place(picture) {
  const top = picture.box.getBoundingClientRect().top;
  for (const line of picture.lines) {
    const r = picture.words[line.first].getClientRects();
    line.y = r[r.length - 1].bottom - line.height - top;
  }
}

function draw(picture) {
  if (!picture.shown.length) return;
  const svg = make("svg", { class: "arcs" });
  for (const arc of [...picture.shown].sort((a, b) => b.pieces[0].size - a.pieces[0].size)) {
    const group = make("g", { class: arc.kind, ...(arc.item ? { tabindex: -1, role: "img", "aria-label": arc.item.textContent.replace(/\s+/g, " ").trim() } : {}) });
    group.arc = arc; arc.group = group;
    const names = [];
    for (const piece of arc.pieces) {
      const line = picture.lines[arc.ends[0].line === arc.ends[1].line ? arc.ends[0].line : picture.lines.findIndex(l => l.pieces.includes(piece))];
      const floor = line.y - 1, y = floor - REACH - piece.lane * LANE, d = outline(piece, floor, y);
      if (arc.item) group.append(make("path", { class: "reach", d }));
      group.append(make("path", { class: "line", d }));
      for (const e of [piece.starts, piece.stops]) if (e.open) group.append(make("circle", { class: "open", cx: e.x, cy: y, r: 3 })); else if (e && (arc.both || e === arc.ends[1])) group.append(make("path", { class: "head", d: `M${e.x - 4} ${floor - 6}L${e.x + 4} ${floor - 6}L${e.x} ${floor}Z` }));
      if (piece.labelled) names.push(label(arc, piece.middle, y));
      if (piece.labelled && /denied/.test(arc.kind)) names.push(make("path", { class: "struck", d: `M${piece.middle - arc.wide / 2 + 3} ${y}h${arc.wide - 6}` }));
    }
    group.append(...names);
    svg.append(group);
  }
  picture.box.append(svg);
}

function outline({ left, right, starts, stops, size }, floor, y) {
  const r = Math.min(10, starts && stops ? size / 2 : 10, floor - y);
  if (starts.open) starts = false;
  if (stops.open) stops = false;
  return (starts ? `M${left} ${floor}V${y + r}Q${left} ${y} ${left + r} ${y}` : `M${left} ${y}`) +
    (stops ? `H${right - r}Q${right} ${y} ${right} ${y + r}V${floor}` : `H${right}`);
}

function label(arc, x, y) {
  const text = make("text", { x, y }, arc.label);
  if (arc.score) text.append(make("tspan", { class: "score", dx: 4 }, arc.score));
  return text;
}

// All steps for many pictures at a time: reading and writing in turns would lay the page out again and again.
function lay(pictures) {
  for (const step of [clear, measure, space, place, draw]) pictures.forEach(step);
}
