"use strict";
// What all pages share: how a saying is shown, and the panel that shows it.
// Everything from a document is shown with textContent, never as HTML.
const kgPanel = ({ sayings, documents }, closed) => {
  const at = (id) => document.getElementById(id);
  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function make(tag, kind, words, ...inside) {
    const element = document.createElement(tag);
    if (kind) element.className = kind;
    if (words !== null && words !== undefined) {
      element.textContent = words;
      element.dir = "auto"; // names may be in any script
    }
    element.append(...inside);
    return element;
  }

  const brief = (words, most = 60) =>
    (words.length > most ? `${[...words].slice(0, most - 2).join("")} …` : words);

  // ---- the panel

  const stances = {
    denied: "denied", probable: "said to be probable", possible: "said to be possible",
    unreal: "planned, demanded or conditional",
  };
  const kinds = { claim: "claim", role: "role", event: "event", quantity: "number" };
  const looks = { denied: "denied", alleged: "alleged", unreal: "not said to be real", rejected: "rejected" };

  // In which document, and where in it.
  function placeOf(quotation) {
    const known = documents[quotation.document];
    const about = [known.title, known.publisher, known.author, known.issued, known.file];
    const parts = about.filter((part, i) => part && about.indexOf(part) === i);
    return [...parts, `characters ${quotation.start}–${quotation.end}`].join(" · ");
  }

  function source(quotation) {
    const known = documents[quotation.document];
    const box = make("div", "source", null, make("p", "", placeOf(quotation)));
    // As text: a link would tell another host who reads this.
    if (known.url) box.append(make("p", "", known.url));
    return box;
  }

  function voices(saying) {
    const known = saying.quotation && documents[saying.quotation.document];
    const itself = known ? known.publisher || known.title || known.file : "the document";
    if (!saying.speakers.length) return `${itself} (own voice)`;
    const [first, ...others] = saying.speakers;
    return [`${first} (${saying.how})`, ...others.map((name) => `passed on by ${name}`),
      `in ${itself}`].join(", ");
  }

  function card(saying) {
    const box = make("section", "saying");
    box.append(make("p", "who", voices(saying)));
    const badges = make("p", "", null, make("span", "badge", kinds[saying.kind] || saying.kind));
    if (saying.polarity === "denied") badges.append(make("span", "badge denied", stances.denied));
    if (stances[saying.certainty]) {
      const look = saying.certainty === "unreal" ? "unreal" : "alleged";
      badges.append(make("span", `badge ${look}`, stances[saying.certainty]));
    }
    if (saying.rejected) badges.append(make("span", "badge rejected", looks.rejected));
    box.append(badges, make("p", "words", saying.words));
    if (saying.curated) box.append(make("p", "curated", saying.curated));
    if (saying.quotation) {
      const quote = make("blockquote", "", "");
      for (const [words, rests] of saying.quotation.pieces) {
        quote.append(rests ? make("mark", "", words) : document.createTextNode(words));
      }
      for (const mark of quote.querySelectorAll("mark")) mark.removeAttribute("dir");
      box.append(quote, source(saying.quotation));
    }
    return box;
  }

  function inOrder(ids) {
    const key = (s) => (s.quotation
      ? [s.quotation.document, s.quotation.start, s.quotation.end] : ["", 0, 0]);
    const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    return ids.map((id) => sayings[id]).filter(Boolean).sort((a, b) => {
      const [left, right] = [key(a), key(b)];
      return compare(left[0], right[0]) || left[1] - right[1] || left[2] - right[2];
    });
  }

  let before = null; // what had the focus when the panel was opened

  // A heading and what stands below it; gives back the heading, for the focus.
  function show(title, badges, ...inside) {
    const heading = make("h2", "", title);
    heading.tabIndex = -1;
    at("content").replaceChildren(heading, make("p", "", null, ...badges), ...inside);
    if (!at("panel").contains(document.activeElement)) before = document.activeElement;
    at("panel").hidden = false;
    at("panel").scrollTop = 0;
    return heading;
  }

  function close() {
    at("panel").hidden = true;
    closed();
    (before && before.isConnected ? before : document.querySelector("input")).focus();
  }
  at("close").addEventListener("click", close);

  return { at, fold, make, brief, looks, card, inOrder, voices, placeOf, show, close };
};
