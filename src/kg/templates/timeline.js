"use strict";
// Everything from a document is shown with textContent, never as HTML.
(() => {
  // The library has put its own styles behind those of the page, which are to go before them.
  document.head.append(document.getElementById("style"));
  const shown = JSON.parse(document.getElementById("shown").textContent);
  const { things, names, sayings } = shown;
  const page = kgPanel(shown, () => line.setSelection([]));
  const { at, fold, make, brief, looks, card, inOrder, voices, placeOf, show, close } = page;
  if (window.matchMedia("(max-width: 800px)").matches) at("legend").open = false;

  // ---- days in words

  const DAY = 86400000;
  const start = (iso) => Date.parse(`${iso}T00:00Z`);
  const after = (iso) => start(iso) + DAY; // the end of a day
  const format = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
  const inFull = format({ day: "numeric", month: "long", year: "numeric" });
  const month = format({ month: "long", year: "numeric" });

  // A whole year or month by its name, else from its first to its last day.
  function stretch(first, last, joint = "to") {
    if (first === last) return inFull.format(start(first));
    const whole = (iso) => new Date(after(iso)).getUTCDate() === 1;
    if (first.endsWith("-01") && whole(last)) {
      if (first.slice(0, 7) === last.slice(0, 7)) return month.format(start(first));
      if (first.slice(4) === "-01-01" && last.slice(4) === "-12-31") {
        const [one, other] = [first, last].map((iso) => String(Number(iso.slice(0, 4))));
        return one === other ? one : `${one} ${joint} ${other}`;
      }
    }
    return `${inFull.format(start(first))} ${joint} ${inFull.format(start(last))}`;
  }

  function phrase(moment) {
    const { first, last, form } = moment;
    if (form === "day") return stretch(first, last);
    if (form === "span") {
      if (moment.open_end) return `${stretch(first, first)} or later`;
      if (moment.open_start) return `${stretch(last, last)} or earlier`;
      return `some time in ${stretch(first, last)}`.replace("in 1 ", "from 1 ")
        .replace(/in (\d+ \p{L}+ \d+ to)/u, "from $1");
    }
    const begin = moment.open_start ? "" : `from ${stretch(first, moment.sure_first || first)}`;
    const end = moment.open_end ? "" : `until ${stretch(moment.sure_last || last, last)}`;
    if (!begin) return `${end}, since when is not stated`;
    if (!end) return `${begin}, until when is not stated`;
    return `${begin} ${end}`;
  }

  // ---- the entries: a thing at one of its times

  const meanings = { affirmed: "said outright", alleged: "alleged", unreal: "planned or demanded", denied: "denied" };
  const leads = { unreal: "planned: ", denied: "denied: " };
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
  const byId = new Map(timed.map((each) => [each.id, each]));
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
  const kindRows = { event: "events", role: "roles" };
  const NONE = "none"; // the row of what belongs to nobody and nowhere
  // The rows of a thing: by whom it is, not by how that is called. Two may bear one name.
  const rowsOf = {
    kind: ({ kind }) => [kindRows[kind]],
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

  // ---- what is drawn: where many stand close together, a box that counts them

  const units = [
    ["day", 1], ["week", 7], ["month", 30.4], ["quarter", 91.3], ["year", 365.2], ["5 years", 1826],
    ["decade", 3652], ["50 years", 18262], ["century", 36524],
  ];
  const LINE = 29; // pixels from one entry to the one below it
  const BOX = 90; // pixels that a box for many takes at least: its number must be readable
  const GAP = 14; // and between two of them
  const years = { year: 1, "5 years": 5, decade: 10, "50 years": 50, century: 100 };

  const newYear = (year) => { const date = new Date(0); date.setUTCFullYear(year, 0, 1); return date.getTime(); };

  // First and last moment of the unit that a moment lies in.
  function slice(time, unit) {
    const date = new Date(time);
    const [year, m] = [date.getUTCFullYear(), date.getUTCMonth()];
    if (unit === "day") { const day = Math.floor(time / DAY) * DAY; return [day, day + DAY]; }
    if (unit === "week") {
      const monday = (Math.floor(time / DAY) - ((date.getUTCDay() + 6) % 7)) * DAY;
      return [monday, monday + 7 * DAY];
    }
    if (unit === "month" || unit === "quarter") {
      const length = unit === "month" ? 1 : 3;
      const first = m - (m % length);
      const [from, to] = [new Date(newYear(year)), new Date(newYear(year))];
      from.setUTCMonth(first);
      to.setUTCMonth(first + length);
      return [from.getTime(), to.getTime()];
    }
    const first = Math.floor(year / years[unit]) * years[unit];
    return [newYear(first), newYear(first + years[unit])];
  }

  const isoOf = (time) => new Date(time).toISOString().slice(0, 10);
  const items = new vis.DataSet();
  const groups = new vis.DataSet();
  let pinned = new Set(); // always drawn by themselves: what is selected

  function drawn(each, row) {
    const { moment, entry, thing } = each;
    const item = { id: `${each.id}@${row}`, group: row, each, start: each.from };
    const classes = [thing.kind, entry.look, moment.form];
    if (moment.form === "day") {
      Object.assign(item, { type: "point", start: each.from + DAY / 2 });
    } else {
      Object.assign(item, { type: "range", end: each.to, limitSize: false });
      if (moment.open_start) classes.push("open-start");
      if (moment.open_end) classes.push("open-end");
      const share = (time) => `${(100 * (time - each.from)) / (each.to - each.from)}%`;
      const [from, to] = moment.sure_first
        ? [start(moment.sure_first), after(moment.sure_last)] : [each.to, each.to];
      if (moment.form === "period") item.style = `--from: ${share(from)}; --to: ${share(to)};`;
    }
    if (entry.differs) classes.push("differs");
    item.className = classes.join(" ");
    return item;
  }

  function box(all, row, unit, [from, to], gap) {
    const kinds = [...new Set(all.map(({ thing }) => thing.kind))];
    const words = kinds.length === 1 ? kindRows[kinds[0]] : "things";
    return {
      id: `many@${row}@${unit}@${from}`, group: row, type: "range", start: from, end: Math.max(to - gap, from + 1),
      className: `many ${kinds.length === 1 ? kinds[0] : ""}`, many: all, unit, to,
      words: `${all.length.toLocaleString("en")} ${words}`,
    };
  }

  // Of one row: alone where there is room, counted in a box where there is none.
  function inRow(all, row, window_, most) { // most: so many of one slice stand alone
    const width = window_.end - window_.start;
    const pixels = at("line").clientWidth;
    const gap = (GAP * width) / pixels;
    const [unit, days] = units.find(([, length]) => (pixels * length * DAY) / width >= BOX) || units.at(-1);
    const near = all.filter((each) => each.to > window_.start - width / 2 && each.from < window_.end + width / 2);
    const slices = new Map();
    const wanted = [];
    for (const each of near) {
      if (pinned.has(each.id)) { wanted.push(drawn(each, row)); continue; }
      const long = each.to - each.from > 1.5 * days * DAY;
      const key = long ? "long" : slice(each.from, unit)[0];
      if (!slices.has(key)) slices.set(key, []);
      slices.get(key).push(each);
    }
    for (const [key, some] of slices) {
      if (key === "long") { // the longest by themselves, the others where they begin
        some.sort((a, b) => (b.to - b.from) - (a.to - a.from));
        wanted.push(...some.splice(0, Math.max(most, 8)).map((each) => drawn(each, row)));
        if (some.length) wanted.push(box(some, row, "long", [
          Math.min(...some.map(({ from }) => from)), Math.max(...some.map(({ to }) => to))], gap));
      } else if (some.length <= (unit === "day" ? Math.max(most, 12) : most)) {
        wanted.push(...some.map((each) => drawn(each, row)));
      } else wanted.push(box(some, row, unit, slice(some[0].from, unit), gap));
    }
    return wanted;
  }

  function update() {
    const window_ = line.getWindow();
    const [from, to] = [window_.start.getTime(), window_.end.getTime()];
    const lines = at("line").clientHeight / LINE;
    const inside = new Set(rows.flatMap(({ id }) => rowed.get(id)).filter((each) => each.to > from && each.from < to));
    // All of them where three stand beside each other at most; else a share of the height for each row.
    const most = inside.size <= 3 * lines ? Infinity : Math.max(4, Math.floor(lines / rows.length));
    const wanted = rows.flatMap(({ id }) => inRow(rowed.get(id), id, { start: from, end: to }, most));
    const ids = new Set(wanted.map(({ id }) => id));
    items.remove(items.getIds().filter((id) => !ids.has(id)));
    items.update(wanted.filter((item) => {
      const known = items.get(item.id);
      return !known || known.words !== item.words || +known.end !== +item.end;
    }));
    mark();
  }

  function rowName(words) {
    const element = make("span", "", words);
    element.title = words; // a long one is cut off
    return element;
  }

  const during = ({ start: from, to }) => stretch(isoOf(from), isoOf(to - DAY));

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
      box_.append(make("b", "", `${item.words} in ${during(item)}`), make("span", "", "Click to come closer."));
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

  const domain = timed.length
    ? [Math.min(...timed.map(({ from }) => from)), Math.max(...timed.map(({ to }) => to))]
    : [Date.UTC(2000, 0, 1), Date.UTC(2001, 0, 1)];
  const room = Math.max(domain[1] - domain[0], 20 * DAY);
  const line = new vis.Timeline(at("line"), items, groups, {
    width: "100%", height: "100%", orientation: { axis: "top", item: "top" },
    start: domain[0] - room * 0.04, end: domain[1] + room * 0.12,
    min: domain[0] - room, max: domain[1] + room, zoomMin: 4 * DAY,
    moment: (date) => vis.moment.utc(date), // days are days, wherever this is read
    showCurrentTime: false, verticalScroll: true, multiselect: false, stack: true,
    margin: { axis: 8, item: { horizontal: 12, vertical: 5 } },
    template: content, groupTemplate: (group) => rowName(group ? group.content : ""),
    order: (one, other) => rank(one) - rank(other), groupOrder: "order", groupHeightMode: "fitItems", align: "auto",
    tooltip: { followMouse: true, overflowMethod: "flip", delay: 250, template: tooltip },
  });

  // ---- who says so

  let current = null; // the entry that was opened or stepped to last

  function mark() {
    if (!current) return;
    line.setSelection(items.getIds({ filter: ({ each }) => each && each.thing === current.thing }));
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
    pinned = new Set(timed.filter(({ thing }) => thing === each.thing).map(({ id }) => id));
    update();
  }

  // So that it is seen, at the same scale where it is in the picture at all.
  function bring({ from, to }) {
    const { start: left, end: right } = line.getWindow();
    if (from > left && from < right) return;
    const width = Math.max(right - left, 2 * (to - from));
    line.setWindow(from - width / 2, from + width / 2, { animation: false });
  }

  function openMany(item) {
    if (item.unit !== "day" && item.unit !== "long") {
      const [from, to] = [item.start, item.to];
      line.setWindow(from - (to - from) * 0.05, to + (to - from) * 0.05, { animation: false });
      return;
    }
    const list = make("ul", "links");
    for (const each of item.many) {
      list.append(make("li", "", null, opener(each)));
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

  const ROWS = 400; // so many rows are laid out at a time; printing lays out all
  let listed = [];
  let untold = [];

  // On paper nothing can be clicked: there the sentences stand beside those who say them.
  function saidBy({ entry }, onPaper) {
    if (!onPaper) {
      const speakers = new Set(entry.sayings.map((id) => voices(sayings[id])));
      return [...speakers].map((who) => make("p", "", who));
    }
    return inOrder(entry.sayings).map((saying) => {
      const line_ = make("p", "", voices(saying));
      if (saying.quotation) {
        const words = saying.quotation.pieces.map(([piece]) => piece).join("");
        line_.append(make("small", "", `“${words}” ${placeOf(saying.quotation)}`));
      }
      return line_;
    });
  }

  function row(each, onPaper) {
    const { thing, entry, moment } = each;
    const when = make("td", "when", moment ? phrase(moment) : null);
    for (const words of entry.when) when.append(make("small", "", words));
    if (entry.differs) when.append(make("span", "badge differs", "others give another date"));
    const how = make("td", "", null, make("span", `badge ${entry.look}`, meanings[entry.look]));
    if (thing.disputed && entry.look !== "denied") how.append(make("span", "badge denied", "also denied"));
    const line_ = make("tr", "", null, ...(moment ? [when] : []),
      make("td", "", null, opener(each), make("small", "", thing.kind === "role" ? "role" : thing.sort)),
      how, make("td", "", null, ...saidBy(each, onPaper)));
    line_.className = thing.kind;
    return line_;
  }

  function table(title, entries, heads, all) {
    const body = make("tbody", "");
    const more = make("button", "plain", "Show more");
    more.type = "button";
    const add = (count) => {
      const from = body.childElementCount;
      body.append(...entries.slice(from, from + count).map((each) => row(each, all)));
      more.hidden = body.childElementCount >= entries.length;
    };
    add(all ? entries.length : ROWS);
    more.addEventListener("click", () => add(ROWS));
    const head = make("thead", "", null, make("tr", "", null, ...heads.map((words) => {
      const cell = make("th", "", words);
      cell.scope = "col";
      return cell;
    })));
    return [make("h2", "", title), entries.length
      ? make("table", "", null, head, body) : make("p", "", "None."), more];
  }

  function list(all = false) {
    const heads = ["What", "How it stands", "Who says so"];
    at("list").replaceChildren(
      ...table(`With a stated time (${listed.length.toLocaleString("en")})`, listed, ["When", ...heads], all),
      ...table(`Without a stated time (${untold.length.toLocaleString("en")})`, untold, heads, all));
    at("list").querySelectorAll("h2")[1].id = "without";
    at("list").querySelectorAll("h2")[1].tabIndex = -1;
  }

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
  const whole = () => line.setWindow(domain[0] - room * 0.04, domain[1] + room * 0.12, { animation: false });
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
    mark();
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
  window.kgTimeline = { line, items, timed, untimed, open, byId };
})();
