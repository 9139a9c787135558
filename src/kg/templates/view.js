"use strict";
// Everything from a document is shown with textContent, never as HTML.
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const at = (id) => document.getElementById(id);
  const { things, links, sayings, documents } = read("shown");
  // Before the picture is measured, which takes the rest of a small screen.
  if (window.matchMedia("(max-width: 800px)").matches) at("legend").open = false;
  const nodes = new vis.DataSet(read("nodes"));
  const edges = new vis.DataSet(read("edges"));
  const network = new vis.Network(at("network"), { nodes, edges }, read("options"));

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

  const brief = (words) => (words.length > 60 ? `${[...words].slice(0, 58).join("")} …` : words);
  const called = (id) => brief(things[id].names[0]);

  // ---- the panel

  const stances = {
    denied: "denied", probable: "said to be probable", possible: "said to be possible",
    unreal: "planned, demanded or conditional",
  };
  const kinds = { claim: "claim", role: "role", event: "event", quantity: "number" };
  const looks = { denied: "denied", alleged: "alleged", unreal: "not said to be real", rejected: "rejected" };

  function source(quotation) {
    const known = documents[quotation.document];
    const about = [known.title, known.publisher, known.author, known.issued, known.file];
    const parts = about.filter((part, i) => part && about.indexOf(part) === i);
    const place = `characters ${quotation.start}–${quotation.end}`;
    const box = make("div", "source", null, make("p", "", [...parts, place].join(" · ")));
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

  function goTo(id, words) {
    const button = make("button", "", words);
    button.type = "button";
    button.addEventListener("click", () => open(id, true));
    return make("li", "", null, button);
  }

  function connections(id) {
    const list = make("ul", "links");
    for (const [edge, link] of Object.entries(links)) {
      if (link.source !== id && link.target !== id) continue;
      const outward = link.source === id;
      const other = outward ? link.target : link.source;
      const words = outward
        ? `${link.words} → ${called(other)}`
        : `← ${called(other)}: ${link.words}`;
      list.append(goTo(other, words));
    }
    return list;
  }

  function show(title, kind, lines, look, ids, list) {
    const heading = make("h2", "", title);
    heading.tabIndex = -1;
    const badges = make("p", "", null, make("span", "badge", kind));
    if (looks[look] && looks[look] !== kind) badges.append(make("span", `badge ${look}`, looks[look]));
    const cards = inOrder(ids).map(card);
    at("content").replaceChildren(
      heading, badges, ...lines.map((line) => make("p", "", line)),
      make("h3", "", cards.length === 1 ? "Who says so" : `Who says so (${cards.length})`),
      ...(cards.length ? cards : [make("p", "", "Nothing is stated about this.")]),
      make("h3", "", "Connected with"), list,
    );
    at("panel").hidden = false;
    at("panel").scrollTop = 0;
    at("hint").hidden = true;
    return heading;
  }

  let before = null; // what had the focus when the panel was opened

  function open(id, focus) {
    const thing = things[id];
    const lines = [...thing.notes];
    if (thing.names.length > 1) lines.push(`also: ${thing.names.slice(1).join("; ")}`);
    const heading = show(
      thing.names[0], thing.word, lines, thing.look, thing.sayings, connections(id));
    if (at("panel").contains(document.activeElement) === false) before = document.activeElement;
    network.selectNodes([id]);
    if (focus) {
      network.setSize("100%", "100%"); // the panel has taken some of the room
      network.focus(id, { scale: Math.max(network.getScale(), 0.8), animation: false });
      heading.focus();
    }
  }

  function openEdge(id) {
    const link = links[id];
    const list = make("ul", "links", null,
      goTo(link.source, things[link.source].names[0]),
      goTo(link.target, things[link.target].names[0]));
    show(`${called(link.source)} → ${called(link.target)}`, link.words, [], link.look, link.sayings, list);
  }

  function close() {
    at("panel").hidden = true;
    network.unselectAll();
    (before && before.isConnected ? before : at("search")).focus();
  }

  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) open(node, false);
    else if (edge !== undefined) openEdge(edge);
  });
  at("close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!at("found").hidden) at("found").hidden = true;
    else if (!at("panel").hidden) close();
  });

  // ---- the legend hides and shows

  function filter() {
    const off = (name) => new Set(
      [...document.querySelectorAll(`input[data-${name}]`)]
        .filter((box) => !box.checked).map((box) => box.dataset[name]));
    const [offKinds, offLooks] = [off("kind"), off("look")];
    const away = (id) => offKinds.has(things[id].kind) || offLooks.has(things[id].look);
    nodes.update(Object.keys(things).map((id) => ({ id, hidden: away(id) })));
    edges.update(Object.entries(links).map(([id, link]) => ({
      id, hidden: offLooks.has(link.look) || away(link.source) || away(link.target),
    })));
  }
  at("legend").addEventListener("change", filter);

  // ---- the search

  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const names = Object.entries(things)
    .map(([id, thing]) => ({ id, thing, folded: fold(thing.names.join("\n")) }))
    .sort((a, b) => (a.folded < b.folded ? -1 : 1));

  function search() {
    const asked = fold(at("search").value.trim());
    // Names that begin so come first, claims that hold the words last.
    const rank = ({ thing, folded }) =>
      (thing.kind === "claim" ? 2 : 0) + (folded.startsWith(asked) ? 0 : 1);
    const found = names.filter(({ folded }) => folded.includes(asked))
      .sort((a, b) => rank(a) - rank(b));
    at("found").replaceChildren(...found.map(({ id, thing }) => {
      const entry = goTo(id, thing.names[0]);
      entry.firstChild.append(" ", make("small", "", thing.word));
      entry.firstChild.addEventListener("click", () => { at("found").hidden = true; });
      return entry;
    }));
    if (!found.length) at("found").append(make("li", "none", "Nothing here is called so."));
    at("found").hidden = false;
  }
  at("search").addEventListener("input", search);
  at("search").addEventListener("focus", search);
  document.querySelector(".search").addEventListener("keydown", (event) => {
    const buttons = [...at("found").querySelectorAll("button")];
    const place = buttons.indexOf(document.activeElement);
    if (event.key === "Enter" && place < 0 && buttons.length) buttons[0].click();
    else if (event.key === "ArrowDown") (buttons[place + 1] || buttons[0])?.focus();
    else if (event.key === "ArrowUp") (buttons[place - 1] || at("search")).focus();
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusin", (event) => {
    if (!event.target.closest(".search")) at("found").hidden = true;
  });
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest(".search")) at("found").hidden = true;
  });

  // ---- the picture

  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor });
  at("closer").addEventListener("click", () => zoom(1.3));
  at("farther").addEventListener("click", () => zoom(1 / 1.3));
  at("whole").addEventListener("click", () => network.fit());
  const degree = (id) => network.getConnectedEdges(id).length;
  network.once("afterDrawing", () => {
    network.fit();
    const readable = 0.72; // words drawn smaller than this cannot be read: show a part
    if (network.getScale() >= readable) return;
    const ids = Object.keys(things).filter((id) => things[id].kind !== "document");
    const middle = ids.reduce((best, id) => (degree(id) > degree(best) ? id : best), ids[0]);
    network.moveTo({ position: network.getPosition(middle), scale: readable });
  });

  // For tests and for those who want to look inside.
  window.kgView = { network, nodes, edges, open, openEdge };
})();
