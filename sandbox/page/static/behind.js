// The panel on the right: the clock that can be moved, and the live list of what the bot called.
import { byId, el } from "./dom.js";
import { get, post } from "./server.js";
import { problem, snack } from "./notices.js";
import { dayOf, placeName, shortDayOf, timeOf } from "./times.js";

const KEPT = 200;
const QUIET = new Set(["getUpdates"]);
const MOVES = [
  ["+10 min", { seconds: 600 }],
  ["+1 hour", { seconds: 3600 }],
  ["+1 day", { seconds: 86400 }],
  ["To the next reminder", { next: true }],
];

let calls = [];

export function buildClock(moved) {
  byId("clock-buttons").append(...MOVES.map(([label, move]) => el("button", {
    type: "button",
    className: move.next ? "button button--wide" : "button",
    onclick: () => post("/sandbox/clock", move).then((now) => said(now, move)).then(moved, problem),
  }, label)));
}

let offset = null;

function said(now, move) {
  if (move.next && now.offset === offset) snack("Nothing is due: no reminder is planned.");
  offset = now.offset;
}

let shown = { now: new Date().toISOString(), at: performance.now(), frozen: true };

export function setClock({ now, frozen, offset: moved }) {
  shown = { now, at: performance.now(), frozen };
  offset = moved;
  tick();
}

/** The sandbox's time now, as an ISO string. */
export function sandboxNow() {
  const gone = shown.frozen ? 0 : performance.now() - shown.at;
  return new Date(Date.parse(shown.now) + gone).toISOString();
}

export function tick() {
  const now = sandboxNow();
  byId("clock-now").textContent = timeOf(now);
  byId("clock-now").dateTime = now;
  byId("clock-zone").textContent = `${dayOf(now)}, in ${placeName()}.`;
  byId("top-time").textContent = `${shortDayOf(now)}, ${timeOf(now)}`;
  byId("top-time").dateTime = now;
}

setInterval(tick, 1000);

const everything = () => byId("calls-all").checked;
const wanted = (call) => everything() || !QUIET.has(call.method);

function rowOf(call) {
  const good = call.ok ? "call__state--good" : call.ok === null ? "call__state--open" : "call__state--bad";
  const details = el("details", { className: "call", data: { number: String(call.number) } },
    el("summary", { className: "call__line" },
      el("span", { className: `call__state ${good}` }, call.ok === null ? "…" : String(call.status)),
      el("span", { className: "call__method" }, call.method),
      el("span", { className: "call__to" }, call.to ?? ""),
      el("span", { className: "call__ms" }, call.ms === null ? "" : `${call.ms} ms`)));
  details.addEventListener("toggle", () => details.open && fillDetails(details, call.number), { once: true });
  return el("li", {}, details);
}

async function fillDetails(details, number) {
  try {
    const call = await get(`/sandbox/calls/${number}`);
    details.append(json("Asked", call.params), json(call.ok ? "Answer" : "Refused", call.ok ? call.result : call.description));
  } catch (error) {
    problem(error);
  }
}

function json(title, value) {
  return el("div", { className: "json" }, el("h4", { className: "json__title" }, title),
    el("pre", { className: "json__text", tabIndex: 0, aria: { label: title } }, JSON.stringify(value, null, 2)));
}

function draw() {
  byId("calls-list").replaceChildren(...calls.filter(wanted).slice(-KEPT).reverse().map(rowOf));
}

export async function loadCalls() {
  calls = (await get("/sandbox/calls")).calls;
  draw();
}

/** Puts one call on top, or replaces the line of one that has now been answered. */
export function addCall(call) {
  calls = calls.filter((known) => known.number !== call.number).concat(call).slice(-4 * KEPT);
  const list = byId("calls-list");
  list.querySelector(`[data-number="${call.number}"]`)?.parentElement.remove();
  if (!wanted(call)) return;
  list.prepend(rowOf(call));
  while (list.childElementCount > KEPT) list.lastElementChild.remove();
}

byId("calls-all").addEventListener("change", draw);
