"use strict";
// Days in words, and the stretches that a line of time is cut into.
const kgDays = (() => {
  const DAY = 86400000;
  const start = (iso) => Date.parse(`${iso}T00:00Z`);
  const after = (iso) => start(iso) + DAY; // the end of a day
  const format = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
  const inFull = format({ day: "numeric", month: "long", year: "numeric" });
  const month = format({ month: "long", year: "numeric" });

  // A whole year or month by its name, else from its first to its last day.
  function stretch(first, last) {
    if (first === last) return inFull.format(start(first));
    const whole = (iso) => new Date(after(iso)).getUTCDate() === 1;
    if (first.endsWith("-01") && whole(last)) {
      if (first.slice(0, 7) === last.slice(0, 7)) return month.format(start(first));
      if (first.slice(4) === "-01-01" && last.slice(4) === "-12-31") {
        const [one, other] = [first, last].map((iso) => String(Number(iso.slice(0, 4))));
        return one === other ? one : `${one} to ${other}`;
      }
    }
    return `${inFull.format(start(first))} to ${inFull.format(start(last))}`;
  }

  function phrase(moment) {
    const { first, last, form } = moment;
    if (form === "day") return stretch(first, last);
    if (form === "span") {
      if (moment.open_end) return `${stretch(first, first)} or later`;
      if (moment.open_start) return `${stretch(last, last)} or earlier`;
      if (first === last) return `about ${stretch(first, last)}`;
      const words = stretch(first, last);
      return `some time ${words.includes(" to ") ? "from" : "in"} ${words}`;
    }
    const begin = moment.open_start ? "" : `from ${stretch(first, moment.sure_first || first)}`;
    const end = moment.open_end ? "" : `until ${stretch(moment.sure_last || last, last)}`;
    if (!begin) return `${end}, since when is not stated`;
    if (!end) return `${begin}, until when is not stated`;
    return `${begin} ${end}`;
  }

  // ---- stretches

  const units = [
    ["day", 1], ["week", 7], ["month", 30.4], ["quarter", 91.3], ["year", 365.2], ["5 years", 1826],
    ["decade", 3652], ["50 years", 18262], ["century", 36524],
  ];
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

  return { DAY, start, after, stretch, phrase, units, slice, isoOf };
})();
