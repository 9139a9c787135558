"use strict";
// Everything from a document is shown with textContent, never as HTML.
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const shown = read("shown");
  const { things, links } = shown;
  const page = kgPanel(shown, () => network.unselectAll());
  const { at } = page;
  // Before the picture is measured, which takes the rest of a small screen.
  if (window.matchMedia("(max-width: 800px)").matches) at("legend").open = false;
  const nodes = new vis.DataSet(read("nodes"));
  const edges = new vis.DataSet(read("edges"));
  const network = new vis.Network(at("network"), { nodes, edges }, read("options"));

  const { fold, make, brief, looks, card, inOrder, show, close } = page;
  const called = (id) => brief(things[id].names[0]);

  // ---- the panel

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

  function behind(ids, lines, list) {
    const cards = inOrder(ids).map(card);
    return [
      ...lines.map((line) => make("p", "", line)),
      make("h3", "", cards.length === 1 ? "Who says so" : `Who says so (${cards.length})`),
      ...(cards.length ? cards : [make("p", "", "Nothing is stated about this.")]),
      make("h3", "", "Connected with"), list,
    ];
  }

  function badgesOf(kind, look) {
    const badges = [make("span", "badge", kind)];
    if (looks[look] && looks[look] !== kind) badges.push(make("span", `badge ${look}`, looks[look]));
    return badges;
  }

  function open(id, focus) {
    const thing = things[id];
    const lines = [...thing.notes];
    const drawn = nodes.get(id) !== null;
    if (!drawn) lines.push("There was no room for it in the picture.");
    if (thing.names.length > 1) lines.push(`also: ${thing.names.slice(1).join("; ")}`);
    const heading = show(
      thing.names[0], badgesOf(thing.word, thing.look),
      ...behind(thing.sayings, lines, connections(id)));
    network.selectNodes(drawn ? [id] : []);
    if (!focus) return;
    network.setSize("100%", "100%"); // the panel has taken some of the room
    if (drawn) network.focus(id, { scale: Math.max(network.getScale(), 0.8), animation: false });
    heading.focus();
  }

  function openEdge(id) {
    const link = links[id];
    const list = make("ul", "links", null,
      goTo(link.source, things[link.source].names[0]),
      goTo(link.target, things[link.target].names[0]));
    show(
      `${called(link.source)} → ${called(link.target)}`, badgesOf(link.words, link.look),
      ...behind(link.sayings, [], list));
  }

  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) open(node, false);
    else if (edge !== undefined) openEdge(edge);
  });
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
    nodes.update(nodes.getIds().map((id) => ({ id, hidden: away(id) })));
    edges.update(edges.getIds().map((id) => ({
      id, hidden: offLooks.has(links[id].look) || away(links[id].source) || away(links[id].target),
    })));
  }
  at("legend").addEventListener("change", filter);

  // ---- the search

  const names = Object.entries(things)
    .map(([id, thing]) => ({ id, thing, folded: fold(thing.names.join("\n")) }))
    .sort((a, b) => (a.folded < b.folded ? -1 : 1));

  const MOST_FOUND = 200; // more than anybody reads

  function search() {
    const asked = fold(at("search").value.trim());
    // Names that begin so come first, claims that hold the words last.
    const rank = ({ thing, folded }) =>
      (thing.kind === "claim" ? 2 : 0) + (folded.startsWith(asked) ? 0 : 1);
    const found = names.filter(({ folded }) => folded.includes(asked))
      .sort((a, b) => rank(a) - rank(b));
    at("found").replaceChildren(...found.slice(0, MOST_FOUND).map(({ id, thing }) => {
      const entry = goTo(id, thing.names[0]);
      entry.firstChild.append(" ", make("small", "", thing.word));
      entry.firstChild.addEventListener("click", () => { at("found").hidden = true; });
      return entry;
    }));
    if (!found.length) at("found").append(make("li", "none", "Nothing here is called so."));
    const more = found.length - MOST_FOUND;
    if (more > 0) at("found").append(make("li", "none", `and ${more} more: add letters to see them`));
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
    const ids = nodes.getIds().filter((id) => things[id].kind !== "document");
    const middle = ids.reduce((best, id) => (degree(id) > degree(best) ? id : best), ids[0]);
    network.moveTo({ position: network.getPosition(middle), scale: readable });
  });

  // For tests and for those who want to look inside.
  window.kgView = { network, nodes, edges, open, openEdge };
})();
