// Builds elements: the few verbs of the DOM that every other file here needs.

/** An element with properties, `on*` listeners, `data` and `aria` maps, and children (null is left out). */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "aria") for (const [key, said] of Object.entries(value)) node.setAttribute(`aria-${key}`, said);
    else if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

const PATHS = {
  attach: "M8 12.5l6.2-6.2a3 3 0 0 1 4.3 4.3l-8 8a5 5 0 0 1-7-7l7.6-7.7",
  send: "M4 12l16-8-5 16-3.5-6.5z",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  close: "M6 6l12 12M18 6L6 18",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  slash: "M15 4L9 20",
  link: "M8 16l8-8M10 8h6v6",
  plus: "M12 5v14M5 12h14",
  mask: "M4 7c5-2 11-2 16 0 0 7-3 11-8 11S4 14 4 7zM8 11h2M14 11h2",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
};

/** A line drawing; it says nothing to a screen reader, so its button needs a label. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon--${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function avatar(name, colour, kind = "person") {
  const letters = name.replace(/[^\p{L}\p{N} ]/gu, "").split(" ").filter(Boolean);
  const initials = letters.length > 1 ? letters[0][0] + letters.at(-1)[0] : (letters[0] ?? "?").slice(0, 1);
  return el("span", { className: `avatar avatar--${kind}`, data: { colour: String(colour) }, aria: { hidden: "true" } }, initials.toUpperCase());
}

/** Makes the children of `list` these, touching only what moved: what stays keeps focus and a click half done. */
export function arrange(list, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
  });
}

const shownBefore = new WeakMap();

/** Whether `box` already shows this; remembers it if not. */
export function same(box, shown) {
  const signature = JSON.stringify(shown);
  if (shownBefore.get(box) === signature) return true;
  shownBefore.set(box, signature);
  return false;
}

/** A drawer of keyed rows: a row is made anew only when what it shows has changed. `rows`: [key, shown, make]. */
export function keyed(list) {
  let drawn = new Map();
  return (rows) => {
    const next = new Map(rows.map(([key, shown, make]) => {
      const signature = JSON.stringify(shown);
      const old = drawn.get(key);
      return [key, old?.signature === signature ? old : { signature, node: make() }];
    }));
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    arrange(list, [...next.values()].map(({ node }) => node));
    drawn = next;
    if (focused && !list.contains(document.activeElement)) [...list.querySelectorAll("[data-key]")].find((node) => node.dataset.key === focused)?.focus({ preventScroll: true });
  };
}

/** Calls `action` once after a burst of calls has been quiet for `ms`, and at the latest after five times that. */
export function settled(action, ms) {
  let timer = 0;
  let first = 0;
  return () => {
    const now = performance.now();
    if (!timer) first = now;
    clearTimeout(timer);
    timer = setTimeout(() => { timer = 0; action(); }, Math.max(0, Math.min(ms, first + 5 * ms - now)));
  };
}

/** Up, Down, Home and End move the focus among the buttons of a list, which is one stop for the Tab key. */
export function walkWithArrows(list, selector, keys = { ArrowDown: 1, ArrowUp: -1 }) {
  list.addEventListener("keydown", (event) => {
    const items = [...list.querySelectorAll(selector)];
    const at = items.indexOf(event.target);
    if (at < 0) return;
    const to = event.key === "Home" ? 0 : event.key === "End" ? items.length - 1 : at + (keys[event.key] ?? 0);
    if (to === at || !items[to]) return;
    event.preventDefault();
    items[to].focus();
  });
}
