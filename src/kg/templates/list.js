"use strict";
// The entries of a timeline as two tables: with a stated time, and without one.
const kgList = ({ at, make, inOrder, voices, placeOf }, { sayings, documents }, { meanings, opener }) => {
  const { phrase } = kgDays;
  const ROWS = 400; // so many rows are laid out at a time; printing lays out all

  // Who says so, and when that was published: what has no time is at least known to be said by then.
  function dated(saying) {
    const known = saying.quotation && documents[saying.quotation.document];
    return voices(saying) + (known && known.issued ? `, ${known.issued}` : "");
  }

  // On paper nothing can be clicked: there the sentences stand beside those who say them.
  function saidBy({ entry }, onPaper) {
    if (!onPaper) {
      const speakers = new Set(entry.sayings.map((id) => dated(sayings[id])));
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

  function list(listed, untold, all) {
    const heads = ["What", "How it stands", "Who says so"];
    at("list").replaceChildren(
      ...table(`With a stated time (${listed.length.toLocaleString("en")})`, listed, ["When", ...heads], all),
      ...table(`Without a stated time (${untold.length.toLocaleString("en")})`, untold, heads, all));
    at("list").querySelectorAll("h2")[1].id = "without";
    at("list").querySelectorAll("h2")[1].tabIndex = -1;
  }

  return list;
};
