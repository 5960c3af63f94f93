// One line for somebody who is here for the first time: what this is, and what to try next.
import { byId, el, icon } from "./dom.js";

const KEY = "hint-read";

function next(chat, messages) {
  if (!chat.member) return chat.by_request ? "Ask to join: the bot lets in whoever belongs to the group, an admin the others." : "Join to see more.";
  if (chat.kind === "channel") return "Here the bot and the organisers publish.";
  if (chat.kind !== "private") return "Whatever you write here, the others see too.";
  if (!chat.started) return "Press Start.";
  if (!messages.some(({ out }) => out)) return "Press a button, or type /.";
  return "Try a button, or be somebody else.";
}

export function greet(person, { chat, messages }) {
  const line = byId("hint");
  line.hidden = localStorage.getItem(KEY) !== null;
  if (line.hidden) return;
  const words = `You are ${person.first_name}${person.note ? `, ${person.note}` : ""}. ${next(chat, messages)}`;
  if (line.firstChild?.textContent === words) return;
  line.replaceChildren(el("span", {}, words), el("button", {
    type: "button",
    className: "hint__close",
    aria: { label: "Do not show this line again" },
    onclick: () => { localStorage.setItem(KEY, "yes"); line.hidden = true; },
  }, icon("close")));
}
