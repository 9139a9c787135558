"use strict";
// What a line of time draws: each entry by itself where there is room, else a box that counts them.
const kgCrowd = (() => {
  const { DAY, start, after, stretch, units, slice, isoOf } = kgDays;
  const kindWords = { event: "events", role: "roles" };
  const LINE = 29; // pixels from one entry to the one below it
  const BOX = 90; // pixels that a box for many takes at least: its number must be readable
  const GAP = 14; // and between two of them

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
      const [sure, unsure] = moment.sure_first
        ? [start(moment.sure_first), after(moment.sure_last)] : [each.to, each.to];
      if (moment.form === "period") item.style = `--from: ${share(sure)}; --to: ${share(unsure)};`;
    }
    if (entry.differs) classes.push("differs");
    item.className = classes.join(" ");
    return item;
  }

  function box(all, row, unit, [from, to], gap) {
    const kinds = [...new Set(all.map(({ thing }) => thing.kind))];
    const words = kinds.length === 1 ? kindWords[kinds[0]] : "things";
    return {
      id: `many@${row}@${unit}@${from}`, group: row, type: "range", start: from, end: Math.max(to - gap, from + 1),
      className: `many ${kinds.length === 1 ? kinds[0] : ""}`, many: all, unit, to,
      words: `${all.length.toLocaleString("en")} ${words}`,
    };
  }

  // Of one row: alone where there is room, counted in a box where there is none.
  function inRow(all, row, { from, to, pixels, pinned }, most) { // most: so many of one slice stand alone
    const width = to - from;
    const gap = (GAP * width) / pixels;
    const [unit, days] = units.find(([, length]) => (pixels * length * DAY) / width >= BOX) || units.at(-1);
    const near = all.filter((each) => each.to > from - width / 2 && each.from < to + width / 2);
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

  // Of all rows, where the window goes from one moment to another over so many pixels.
  function wanted(rowed, window_) {
    const { from, to, height } = window_;
    const inside = new Set([...rowed.values()].flat().filter((each) => each.to > from && each.from < to));
    // All of them where three stand beside each other at most; else a share of the height for each row.
    const lines = height / LINE;
    const most = inside.size <= 3 * lines ? Infinity : Math.max(4, Math.floor(lines / rowed.size));
    return [...rowed].flatMap(([row, all]) => inRow(all, row, window_, most));
  }

  const during = ({ start: from, to }) => stretch(isoOf(from), isoOf(to - DAY));

  return { wanted, during, kindWords };
})();
