// Says short things: toasts and errors in a snack-bar, alerts and questions in a dialog, new messages to screen readers.
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

/** Opens the dialog; resolves to the value of the button pressed, or "" when it was closed with Escape. */
export function ask(text, choices = [{ label: "OK", value: "ok" }]) {
  const dialog = byId("dialog");
  const buttons = choices.map(({ label, value }, at) =>
    el("button", { type: "submit", className: at ? "button" : "button button--main", value }, label));
  dialog.replaceChildren(
    el("form", { method: "dialog" }, el("p", { className: "dialog__text", id: "dialog-text" }, text), el("div", { className: "dialog__buttons" }, buttons)),
  );
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue), { once: true }));
}
