"use strict";
// Everything from a document is shown with textContent, never as HTML.
(() => {
  // The library has put its own styles behind those of the page, which are to go before them.
  document.head.append(document.getElementById("style"));
  const shown = JSON.parse(document.getElementById("shown").textContent);
  const { things, names, sayings } = shown;
  const page = kgPanel(shown, () => { marked = null; pinned = new Set(); update(); });
  const { at, fold, make, brief, looks, card, inOrder, voices, placeOf, show, close } = page;
  if (window.matchMedia("(max-width: 800px)").matches) at("legend").open = false;

  const { DAY, start, after, phrase } = kgDays;
  const { wanted, during, kindWords } = kgCrowd;

  // ---- the entries: a thing at one of its times

  const meanings = { affirmed: "said outright", alleged: "alleged", unreal: "planned or demanded", denied: "denied", rejected: "rejected by a person" };
  const leads = { unreal: "planned: ", denied: "denied: ", rejected: "rejected: " };
  const timed = [];
  const untimed = [];
  for (const thing of things) {
    for (const entry of thing.entries) {
      const each = { thing, entry, moment: entry.moment };
      if (entry.moment) {
        each.id = `i${timed.length}`;
        each.from = start(entry.moment.first);
        each.to = after(entry.moment.last);
        timed.push(each);
      } else if (thing.entries.length === 1) untimed.push(each);
    }
  }
  timed.sort((a, b) => a.from - b.from || a.to - b.to);
  function label({ thing, entry }) {
    const known = fold(thing.names[0]);
    const more = entry.details.filter((words) => !known.includes(fold(words.replace(/^[^:]*: /, ""))));
    return (leads[entry.look] || "") + [thing.names[0], ...more].join(" · ");
  }
  const stands = ({ thing, entry }) => meanings[entry.look]
    + (thing.disputed && entry.look !== "denied" ? ", also denied" : "");

  // ---- the filters

  const looked = (id) => [...document.querySelectorAll(`input[data-${id}]`)];
  const off = (id) => new Set(looked(id).filter((box) => !box.checked).map((box) => box.dataset[id]));
  const called = Object.entries(names).map(([iri, { names: all }]) => [iri, all.map(fold)]);

  // Those of just this name; if there is none, those whose name holds the words; null: anybody.
  function meant(words) {
    const asked = fold(words.trim());
    if (!asked) return null;
    const same = called.filter(([, all]) => all.includes(asked));
    const near = called.filter(([, all]) => all.some((name) => name.includes(asked)));
    return new Set((same.length ? same : near).map(([iri]) => iri));
  }

  function chosen() {
    const [kinds, stances] = [off("kind"), off("look")];
    const [who, place] = [meant(at("who").value), meant(at("place").value)];
    const [part, sort] = [at("part").value, at("sort").value];
    return ({ thing, entry }) => {
      if (kinds.has(thing.kind) || stances.has(entry.look)) return false;
      if (sort && (thing.kind !== "event" || thing.sort !== sort)) return false;
      if (place && !thing.places.some(([iri]) => place.has(iri))) return false;
      if (!who) return true;
      return (part !== "says" && thing.takers.some(([iri]) => who.has(iri)))
        || (part !== "takes" && thing.speakers.some((iri) => who.has(iri)));
    };
  }

  // ---- the rows

  const name = (iri) => (names[iri] ? names[iri].names[0] : "");
  const MOST_ROWS = 40;
  const NONE = "none"; // the row of what belongs to nobody and nowhere
  // The rows of a thing: by whom it is, not by how that is called. Two may bear one name.
  const rowsOf = {
    kind: ({ kind }) => [kindWords[kind]],
    sort: ({ kind, sort }) => [kind === "role" ? "roles" : sort],
    place: ({ places }) => places.map(([iri]) => iri),
    who: ({ takers }) => takers.map(([iri]) => iri),
  };
  const nameless = { place: "no place stated", who: "nobody named" };
  let rows = []; // {id, order, content}
  let rowed = new Map(); // the entries of each row, in the order of time

  function sortIntoRows(entries) {
    const by = at("rows").value;
    const found = new Map();
    for (const each of entries) {
      const own = new Set(rowsOf[by](each.thing));
      for (const row of own.size ? own : [NONE]) {
        if (!found.has(row)) found.set(row, []);
        found.get(row).push(each);
      }
    }
    const none = found.get(NONE);
    found.delete(NONE);
    const ranked = [...found].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
    if (by === "kind") ranked.sort(([a], [b]) => (a < b ? -1 : 1));
    rowed = new Map(ranked.slice(0, MOST_ROWS));
    const rest = ranked.slice(MOST_ROWS).flatMap(([, all]) => all);
    if (rest.length) rowed.set("all others", [...new Set(rest)].sort((a, b) => a.from - b.from));
    if (none) rowed.set(NONE, none);
    rows = [...rowed.keys()].map((id, order) => ({
      id, order, content: id === NONE ? nameless[by] : name(id) || id,
    }));
  }

  // ---- what is drawn

  const items = new vis.DataSet();
  const groups = new vis.DataSet();
  let pinned = new Set(); // always drawn by themselves: what is selected

  function update() {
    const { start: from, end: to } = line.getWindow();
    const { clientWidth: pixels, clientHeight: height } = at("line");
    const all = wanted(rowed, { from: +from, to: +to, pixels, height, pinned });
    const ids = new Set(all.map(({ id }) => id));
    items.remove(items.getIds().filter((id) => !ids.has(id)));
    items.update(all.filter((item) => item.many || !items.get(item.id)));
    mark();
  }

  function rowName(words) {
    const element = make("span", "", words);
    element.title = words; // a long one is cut off
    return element;
  }

  function content(item) {
    if (!item) return "";
    if (item.many) return make("span", "label", item.words);
    const { entry } = item.each;
    const element = make("span", "label", brief(label(item.each), 90));
    if (entry.differs) element.append(" ", make("b", "note", "other dates too"));
    return element;
  }

  function tooltip(item) {
    const box_ = make("div", "tip");
    if (item.many) {
      box_.append(make("b", "", `${item.words} in ${during(item)}`), make("span", "", isCloser(item) ? "Click to come closer." : "Click to see them."));
      return box_;
    }
    const { each } = item;
    box_.append(
      make("b", "", label(each)), make("span", "", `${phrase(each.moment)} · ${stands(each)}`),
      ...each.entry.when.slice(0, 3).map((words) => make("span", "", words)),
      make("span", "", each.entry.sayings.slice(0, 2).map((id) => voices(sayings[id])).join("; ")));
    if (each.entry.differs) box_.append(make("span", "", "Others give another date."));
    return box_;
  }

  // What is known to the day stands above what is not, and that above what is known to the year.
  const rank = (item) => (item.many ? 0 : item.end - item.start || 0.1);

  // From the first to the last of some entries, with room for the words behind the last one.
  function around(entries) {
    let [first, last] = entries.length ? [Infinity, -Infinity] : [Date.UTC(2000, 0, 1), Date.UTC(2001, 0, 1)];
    for (const { from, to } of entries) [first, last] = [Math.min(first, from), Math.max(last, to)];
    const room = Math.max(last - first, 20 * DAY);
    return { first: first - room * 0.04, last: last + room * 0.12, room };
  }

  const domain = around(timed);
  const line = new vis.Timeline(at("line"), items, groups, {
    width: "100%", height: "100%", orientation: { axis: "top", item: "top" },
    start: domain.first, end: domain.last,
    min: domain.first - domain.room, max: domain.last + domain.room, zoomMin: 4 * DAY,
    moment: (date) => vis.moment.utc(date), // days are days, wherever this is read
    showCurrentTime: false, verticalScroll: true, multiselect: false, stack: true,
    margin: { axis: 8, item: { horizontal: 12, vertical: 5 } },
    template: content, groupTemplate: (group) => rowName(group ? group.content : ""),
    order: (one, other) => rank(one) - rank(other), groupOrder: "order", groupHeightMode: "fitItems", align: "auto",
    tooltip: { followMouse: true, overflowMethod: "flip", delay: 250, template: tooltip },
  });

  // ---- who says so

  let current = null; // the entry that was opened or stepped to last
  let marked = null; // the thing that is marked, at all its times

  function mark() {
    line.setSelection(items.getIds({ filter: ({ each }) => each && each.thing === marked }));
  }

  // An event called "planned or demanded" by one may be said outright by another: one entry has one look.
  function badges({ thing, entry }) {
    const all = [make("span", "badge", thing.kind === "role" ? "role" : thing.sort)];
    if (looks[entry.look]) all.push(make("span", `badge ${entry.look}`, looks[entry.look]));
    if (thing.disputed) all.push(make("span", "badge denied", "also denied"));
    if (thing.entries.some(({ differs }) => differs)) all.push(make("span", "badge differs", "the dates differ"));
    return all;
  }

  function open(each, focus) {
    const { thing } = each;
    current = each;
    const doubt = (look) => (look === "affirmed" ? "" : ` (${meanings[look]})`);
    const lines = thing.kind === "role" ? [] : [
      ...thing.takers.map(([iri, part, look]) => `${part}: ${name(iri)}${doubt(look)}`),
      ...thing.places.map(([iri, look]) => `place: ${name(iri)}${doubt(look)}`)];
    if (thing.names.length > 1) lines.push(`also: ${thing.names.slice(1).join("; ")}`);
    const parts = thing.entries.flatMap((entry) => {
      const heading = make("h3", "when", entry.moment ? phrase(entry.moment) : "Without a stated time");
      if (entry.differs) heading.append(" ", make("span", "badge differs", "others give another date"));
      const words = entry.when.map((said) => make("p", "source", said));
      return [heading, ...words, ...inOrder(entry.sayings).map(card)];
    });
    if (thing.numbers.length) parts.push(make("h3", "", "How many"), ...inOrder(thing.numbers).map(card));
    const heading = show(
      thing.names[0], badges(each), ...lines.map((words) => make("p", "", words)), ...parts);
    if (each.moment) { pin(each); bring(each); }
    if (focus) heading.focus();
  }

  function pin(each) {
    marked = each.thing;
    pinned = new Set(timed.filter(({ thing }) => thing === marked).map(({ id }) => id));
    update();
  }

  // So that it is seen, at the same scale where it is in the picture at all.
  function bring({ from, to }) {
    const { start: left, end: right } = line.getWindow();
    if (to > left && from < right) return;
    const width = Math.max(right - left, 2 * (to - from));
    line.setWindow(from - width / 2, from + width / 2, { animation: false });
  }

  const isCloser = ({ unit }) => unit !== "day" && unit !== "long"; // else there is nothing closer

  function openMany(item) {
    if (isCloser(item)) {
      const [from, to] = [item.start, item.to];
      line.setWindow(from - (to - from) * 0.05, to + (to - from) * 0.05, { animation: false });
      return;
    }
    const list = make("ul", "links");
    for (const each of item.many) {
      const entry = make("li", "", null, opener(each));
      entry.firstChild.append(" ", make("small", "", phrase(each.moment)));
      list.append(entry);
    }
    show(`${item.words} in ${during(item)}`, [], list).focus();
  }

  function opener(each) {
    const button = make("button", "", label(each));
    button.type = "button";
    button.addEventListener("click", () => open(each, true));
    return button;
  }

  line.on("click", ({ item: id }) => {
    const item = id && items.get(id);
    if (!item) { mark(); return; }
    if (item.many) openMany(item);
    else open(item.each, false);
  });

  // ---- the list

  let listed = [];
  let untold = [];
  const tables = kgList(page, shown, { meanings, opener });
  const list = (onPaper = false) => tables(listed, untold, onPaper);

  function as(which) {
    for (const id of ["line", "list"]) at(`as-${id}`).setAttribute("aria-pressed", String(id === which));
    at("picture").hidden = which !== "line";
    at("list").hidden = which !== "list";
    if (which === "list") list();
    else line.redraw();
  }
  at("as-line").addEventListener("click", () => as("line"));
  at("as-list").addEventListener("click", () => as("list"));
  at("untimed").addEventListener("click", () => { as("list"); at("without").scrollIntoView(); at("without").focus(); });
  window.addEventListener("beforeprint", () => list(true));
  window.addEventListener("afterprint", () => list());

  // ---- the filters and the counts

  function count(entries) {
    const of = (kind) => new Set(entries.filter(({ thing }) => thing.kind === kind).map(({ thing }) => thing)).size;
    const words = (number, one) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
    return `${words(of("event"), "event")} and ${words(of("role"), "role")}`;
  }

  function filter() {
    const fits = chosen();
    listed = timed.filter(fits);
    untold = untimed.filter(fits);
    const less = listed.length + untold.length < timed.length + untimed.length ? " (filtered)" : "";
    at("status").textContent = `${count(listed)} with a stated time${less}.`;
    at("untimed").textContent = `${count(untold)} without a stated time`;
    at("untimed").hidden = untold.length === 0;
    at("empty").hidden = listed.length > 0;
    sortIntoRows(listed);
    line.setGroups(null); // rows that are gone would leave their places behind
    groups.clear();
    groups.add(rows);
    items.clear();
    line.setGroups(groups);
    update();
    if (!at("list").hidden) list();
  }

  for (const [id, kind] of [["people", (word) => word !== "place"], ["places", (word) => word === "place"]]) {
    const options = new Set(Object.values(names).filter((each) => kind(each.kind)).map((each) => each.names[0]));
    at(id).append(...[...options].sort().map((value) => { const option = make("option", ""); option.value = value; return option; }));
  }
  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); };
  at("legend").addEventListener("change", soon);
  at("filters").addEventListener("input", soon);
  at("filters").addEventListener("submit", (event) => event.preventDefault());
  at("filters").addEventListener("reset", () => {
    for (const box_ of [...looked("kind"), ...looked("look")]) box_.checked = true;
    soon();
  });
  at("legend").addEventListener("toggle", () => line.redraw());

  // ---- moving about

  const move = (share) => {
    const { start: left, end: right } = line.getWindow();
    const by = (right - left) * share;
    line.setWindow(+left + by, +right + by, { animation: false });
  };
  function whole() {
    const { first, last } = around(listed);
    line.setWindow(first, last, { animation: false });
  }
  at("closer").addEventListener("click", () => line.zoomIn(0.4, { animation: false }));
  at("farther").addEventListener("click", () => line.zoomOut(0.6, { animation: false }));
  at("earlier").addEventListener("click", () => move(-0.4));
  at("later").addEventListener("click", () => move(0.4));
  at("whole").addEventListener("click", whole);

  function step(by) {
    if (!listed.length) return;
    const place = listed.indexOf(current);
    const { start: left } = line.getWindow();
    const first = Math.max(0, listed.findIndex(({ to }) => to >= left));
    const from = place < 0 && Number.isFinite(by) ? first : place + by;
    const next = Math.min(Math.max(from, 0), listed.length - 1);
    current = listed[next];
    pin(current);
    bring(current);
    at("said").textContent = `${label(current)}, ${phrase(current.moment)}, ${stands(current)}. ${next + 1} of ${listed.length}.`;
  }
  at("line").addEventListener("keydown", (event) => {
    const keys = {
      ArrowRight: () => step(1), ArrowLeft: () => step(-1), Home: () => step(-Infinity), End: () => step(Infinity),
      "+": () => at("closer").click(), "=": () => at("closer").click(), "-": () => at("farther").click(),
      Enter: () => current && current.moment && open(current, true),
    };
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !at("panel").hidden) close();
  });

  filter();
  line.on("rangechanged", update);
  // For tests and for those who want to look inside.
  window.kgTimeline = { line, items, timed, untimed, open };
})();
