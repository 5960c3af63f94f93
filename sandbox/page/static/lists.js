// The two lists on the left: the people one can be, and the chats of the one chosen.
import { avatar, byId, el, keyed, walkWithArrows } from "./dom.js";
import { briefly } from "./times.js";

const KINDS = { private: "", group: "group", supergroup: "group", channel: "channel" };

function entry({ name, colour, kind, current, note, aside, unread, beside, href, choose }) {
  const badge = unread ? el("span", { className: "badge" }, unread > 99 ? "99+" : String(unread), el("span", { className: "quiet" }, " unread")) : null;
  const button = el("button", { type: "button", className: "entry", data: { key: href }, tabIndex: current ? 0 : -1, onclick: choose },
    avatar(name, colour, kind),
    el("span", { className: "entry__text" },
      el("span", { className: "entry__row" }, el("span", { className: "entry__name" }, name), aside ? el("span", { className: "entry__when" }, aside) : null, beside ? badge : null),
      el("span", { className: "entry__row" }, el("span", { className: "entry__note" }, note), beside ? null : badge)));
  if (current) button.setAttribute("aria-current", "true");
  return el("li", {}, button);
}

function fill(draw, list, entries) {
  draw(entries.map((shown) => [shown.href, shown, () => entry(shown)]));
  if (!list.querySelector("[tabindex='0']")) list.querySelector(".entry")?.setAttribute("tabindex", "0");
}

const drawPeople = keyed(byId("people-list"));
const drawChats = keyed(byId("chats-list"));

export function showPeople(people, view, choose) {
  fill(drawPeople, byId("people-list"), people.map((person) => ({
    name: person.name,
    colour: person.colour,
    kind: "person",
    note: person.note,
    aside: person.language,
    unread: person.unread,
    beside: true,
    current: person.id === view.person,
    href: `person-${person.id}`,
    choose: () => choose(person.id),
  })));
}

export function showChats(person, view, now, choose) {
  byId("chats-title").textContent = `Chats of ${person.first_name}`;
  const rows = person.chats.map((chat) => ({
    name: chat.title,
    colour: chat.colour,
    kind: chat.kind === "private" ? "bot" : "group",
    note: chat.member ? chat.last || (chat.started ? "Nothing here yet" : "Not started yet") : `${KINDS[chat.kind]}, not joined`,
    aside: chat.member && chat.last_at ? briefly(chat.last_at, now) : "",
    unread: chat.unread,
    current: chat.id === view.chat,
    href: `person-${person.id}-chat-${chat.id}`,
    choose: () => choose(chat.id),
  }));
  fill(drawChats, byId("chats-list"), rows);
}

walkWithArrows(byId("people-list"), ".entry");
walkWithArrows(byId("chats-list"), ".entry");
