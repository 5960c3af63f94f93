// The page as a whole: who one is, which chat is open, and what follows from every event of the sandbox.
import { addCall, buildClock, loadCalls, sandboxNow, setClock, tick } from "./behind.js";
import { Composer } from "./composer.js";
import { plainOf, showMessages } from "./conversation.js";
import { makeDeeds } from "./deeds.js";
import { ask } from "./dialog.js";
import { byId, el, icon, same, settled } from "./dom.js";
import { greet } from "./hint.js";
import { showChats, showPeople } from "./lists.js";
import { announce, hush, problem, snack } from "./notices.js";
import { act, get, listen } from "./server.js";
import { useZone } from "./times.js";

const view = { person: null, chat: null, topic: null };
let state = { people: [], bots: [] };
let talk = null;
let seen = new Map();

const person = () => state.people.find(({ id }) => id === view.person);
const chatOf = () => person()?.chats.find(({ id }) => id === view.chat);
const place = () => `${view.person}/${view.chat}/${view.topic}`;
const deeds = makeDeeds({ view, person, people: () => state.people, talk: () => talk, go, refresh: () => refresh(), write: (text) => composer.write(text), reply: (message) => composer.replyTo(message), rewrite: (message) => composer.edit(message) });
const composer = new Composer(deeds);

/** Goes to a person, a chat and a topic; the hash keeps the place over a reload. */
function go(to, panel = "talk") {
  const next = { person: to.person ?? view.person, chat: to.chat ?? null, topic: to.topic ?? null };
  const hash = `#/${[next.person, next.chat, next.topic].filter((part) => part !== null).join("/")}`;
  showPanel(panel);
  localStorage.setItem("place", hash);
  if (hash === location.hash) return refresh();
  history.pushState(null, "", hash);
  return enter();
}

function readHash() {
  const place = location.hash.startsWith("#/") ? location.hash : localStorage.getItem("place") ?? "";
  const [, who, chat, topic] = /^#\/(\d+)(?:\/(-?\d+))?(?:\/(\d+))?$/.exec(place) ?? [];
  const chosen = state.people.find(({ id }) => id === Number(who)) ?? state.people[0];
  if (view.person !== (chosen?.id ?? null)) hush();
  view.person = chosen?.id ?? null;
  view.chat = chosen?.chats.find(({ id }) => id === Number(chat))?.id ?? chosen?.chats[0]?.id ?? null;
  view.topic = topic && view.chat === Number(chat) ? Number(topic) : null;
}

async function enter() {
  readHash();
  composer.moveTo(place()); // at once: what is typed while the chat is being fetched belongs to it
  await refresh(true);
  const link = /^#open=(.+)$/.exec(location.hash)?.[1];
  if (link) offerLink(decodeURIComponent(link));
}

async function offerLink(link) {
  history.replaceState(null, "", "#");
  const choice = await ask(`Open ${link.replace(/^https?:\/\//, "")} as ${person()?.name}?`, [{ label: "Open", value: "open" }, { label: "Not now", value: "" }]);
  if (choice) deeds.openLink(link);
}

async function loadState() {
  state = await get("/sandbox/state");
  setClock(state.clock);
  showBotsPage(state.bots_page);
  if (!person() || !chatOf()) readHash();
  useZone(person()?.zone);
  tick();
  drawLists();
}

/** What the bot shows outside Telegram, if it told the sandbox where. */
function showBotsPage(address) {
  const link = byId("bots-page");
  link.hidden = !address;
  if (address) link.href = `${address}/`;
}

function drawLists() {
  showPeople(state.people, view, (id) => go({ person: id }, phone.matches ? "chats" : "talk"));
  if (person()) showChats(person(), view, sandboxNow(), (id) => go({ person: view.person, chat: id }));
}

async function loadTalk(fresh) {
  if (view.chat === null) return;
  const asked = { ...view };
  const topic = view.topic === null ? "" : `?topic=${view.topic}`;
  const next = await get(`/sandbox/chats/${view.person}/${view.chat}${topic}`);
  if (asked.person !== view.person || asked.chat !== view.chat || asked.topic !== view.topic) return;
  talk = next;
  drawTalk(fresh);
}

function drawTalk(fresh) {
  drawHead();
  drawTopics();
  drawPinned();
  drawRequests();
  composer.show(talk, place());
  greet(person(), talk);
  showMessages(talk, deeds, fresh, view.topic === null);
  sayNew(fresh);
  markRead();
}

function drawHead() {
  const { chat } = talk;
  byId("talk-title").textContent = chat.title;
  byId("talk-note").textContent = chat.typing ? "is writing…" : chat.note;
  document.title = `${person().first_name}: ${chat.title}`;
  const choices = deeds.ofChat(chat);
  const menu = byId("talk-menu");
  if (!choices.length) return menu.replaceChildren();
  if (!menu.firstChild) menu.append(el("button", { type: "button", className: "round", id: "talk-more", aria: { label: "What to do in this chat", haspopup: "menu", expanded: "false" } }, icon("more")));
  menu.firstChild.onclick = (event) => deeds.openMenu(event.currentTarget, deeds.ofChat(talk.chat), "What to do in this chat");
}

function drawTopics() {
  const box = byId("topics");
  const { topics, admin, forum, id: chat } = talk.chat;
  box.hidden = !forum || !talk.chat.member;
  const chip = (label, id) => el("button", { type: "button", className: "chip", data: { topic: String(id) }, aria: { pressed: String(view.topic === id) }, onclick: () => go({ ...view, topic: id }) }, label);
  if (same(box, [chat, view.topic, topics, admin])) return;
  const shown = topics.find(({ id }) => id === view.topic);
  const held = box.contains(document.activeElement) ? document.activeElement.dataset.topic : null;
  box.replaceChildren(chip("All", null), ...topics.map(({ id, name, closed }) => chip(closed ? `${name} (closed)` : name, id)),
    ...(admin && shown ? [topicMenu(shown)] : []),
    ...(admin ? [el("button", { type: "button", className: "round round--small", aria: { label: "New topic" }, onclick: () => deeds.openTopic() }, icon("plus"))] : []));
  [...box.children].find(({ dataset }) => held && dataset.topic === held)?.focus();
}

const topicMenu = (topic) => el("button", {
  type: "button",
  className: "round round--small",
  aria: { label: `What to do with the topic ${topic.name}`, haspopup: "menu", expanded: "false" },
  onclick: (event) => deeds.openMenu(event.currentTarget, deeds.ofTopic(topic), "What to do with this topic"),
}, icon("more"));

/** The newest pinned message stands on top; pressing it leads to its place. */
function drawPinned() {
  const box = byId("pinned");
  const { pinned } = talk.chat;
  box.hidden = !pinned || !talk.chat.member;
  if (box.hidden || same(box, pinned)) return;
  box.replaceChildren(icon("pin"), el("span", { className: "pinned__text" }, el("span", { className: "pinned__label" }, "Pinned "), pinned.excerpt));
  box.onclick = () => goToMessage(pinned.id);
}

function goToMessage(id) {
  const row = byId("messages").querySelector(`[data-id="${id}"]`);
  row?.scrollIntoView({ block: "center" });
  row?.querySelector(".bubble__more, button")?.focus({ preventScroll: true });
}

function plusMenu(event) {
  deeds.openMenu(event.currentTarget, [{ label: "New group", act: deeds.found }, { label: "Open a link", act: deeds.typeLink }], "New group, open a link");
}

function drawRequests() {
  const box = byId("requests");
  const { requests } = talk.chat;
  box.hidden = !requests.length;
  if (same(box, [view.person, talk.chat.id, requests])) return;
  box.replaceChildren(...requests.map(({ id, name }) => el("p", { className: "request" }, el("span", {}, `${name} asks to join`),
    el("button", { type: "button", className: "button button--main", onclick: () => deeds.answerRequest(id, true) }, "Let in"),
    el("button", { type: "button", className: "button", onclick: () => deeds.answerRequest(id, false) }, "Decline"))));
}

function sayNew(fresh) {
  const last = talk.messages.at(-1);
  const key = `${view.person}/${view.chat}`;
  const known = seen.get(key) ?? 0;
  if (last && !fresh && last.id > known && !last.out) announce(`${last.service ? "" : `${last.from.name}: `}${plainOf(last)}`);
  seen.set(key, last?.id ?? 0);
}

function markRead() {
  const last = talk.messages.at(-1);
  if (!last || document.hidden || !chatOf()?.unread) return;
  act(view.person, "read", { chat: view.chat, message: last.id }).then(loadState, problem);
}

let running = null;
let wanted = null;

/** Fetches everything shown; calls that come while one is under way share the next one, so answers never cross. */
function refresh(fresh = false) {
  wanted = { fresh: fresh || Boolean(wanted?.fresh) };
  running ??= refreshAll().catch(problem).finally(() => { running = null; });
  return running;
}

async function refreshAll() {
  while (wanted) {
    const { fresh } = wanted;
    wanted = null;
    await loadState();
    await loadTalk(fresh);
    drawLists();
  }
}

const refreshSoon = settled(refresh, 60);

const HEARD = {
  call: (event) => event.call && addCall(event.call),
  clock: refreshSoon,
  toast: toasted,
  inline: (event) => event.user === view.person && deeds.inlineAnswered(event.query).catch(problem),
  typing: (event) => event.chat === view.chat && showTyping(),
};

function heard(event) {
  (HEARD[event.kind] ?? refreshSoon)(event);
}

function toasted(event) {
  if (event.user !== view.person) return;
  if (event.text && event.alert) ask(event.text);
  else if (event.text) snack(event.text);
  if (event.url) deeds.openLink(event.url);
  refreshSoon();
}

let typing = 0;

function showTyping() {
  byId("talk-note").textContent = "is writing…";
  clearTimeout(typing);
  typing = setTimeout(() => { byId("talk-note").textContent = talk?.chat.note ?? ""; }, 4000);
}

const phone = matchMedia("(max-width: 759px)");
const roomy = matchMedia("(min-width: 1000px)");
const CLOSED = "behind-closed";

function showPanel(name) {
  document.body.dataset.panel = name;
  markBehind();
  for (const tab of document.querySelectorAll(".tab")) {
    if (tab.dataset.panel === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  if (name === "talk") byId("scroll").scrollTop = byId("scroll").scrollHeight;
}

function showBehind(open) {
  document.body.dataset.behind = open ? "open" : "closed";
  markBehind();
}

function markBehind() {
  const { panel, behind } = document.body.dataset;
  byId("behind-toggle").setAttribute("aria-expanded", String(phone.matches ? panel === "behind" : behind === "open"));
}

/** Opens the clock where it has a column of its own, unless the person closed it there; elsewhere it would cover the chat. */
function fitBehind() {
  showBehind(roomy.matches && localStorage.getItem(CLOSED) === null);
}

function toggleBehind() {
  const { panel, behind } = document.body.dataset;
  if (phone.matches) return showPanel(panel === "behind" ? "talk" : "behind");
  const open = behind !== "open";
  if (roomy.matches && open) localStorage.removeItem(CLOSED);
  else if (roomy.matches) localStorage.setItem(CLOSED, "yes");
  return showBehind(open);
}

function buildFrame() {
  buildClock(() => refresh());
  byId("skip").addEventListener("click", () => (byId("write") ?? byId("gate") ?? byId("scroll")).focus());
  byId("behind-toggle").addEventListener("click", toggleBehind);
  byId("chats-more").append(icon("plus"));
  byId("chats-more").addEventListener("click", plusMenu);
  for (const tab of document.querySelectorAll(".tab")) tab.addEventListener("click", () => showPanel(tab.dataset.panel));
  for (const width of [phone, roomy]) width.addEventListener("change", fitBehind);
  fitBehind();
  showPanel("talk");
  for (const kind of ["click", "auxclick"]) byId("messages").addEventListener(kind, deeds.followLink);
  addEventListener("popstate", enter);
  addEventListener("hashchange", enter);
  document.addEventListener("visibilitychange", () => !document.hidden && refresh());
}

buildFrame();
let first = true;
listen(heard, () => {
  document.body.classList.remove("lost");
  loadCalls().catch(problem);
  if (first) enter().then(() => document.body.classList.add("ready"));
  else refresh();
  first = false;
}, () => document.body.classList.add("lost"));
