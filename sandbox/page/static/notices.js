// Says short things: toasts and errors in a snack-bar, new messages to screen readers.
import { byId, el } from "./dom.js";

const SHOWN_MS = 5000;

export function snack(text, kind = "toast") {
  if (kind === "problem" && [...byId("snacks").children].some((shown) => shown.textContent === text)) return;
  const note = el("p", { className: `snack snack--${kind}` }, text);
  byId("snacks").append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}

/** Takes away what was said to somebody else. */
export const hush = () => byId("snacks").replaceChildren();

export const problem = (error) => snack(error.message, "problem");

/** Reads a new message out to people who do not see it appear. */
export function announce(text) {
  byId("live").textContent = text;
}
