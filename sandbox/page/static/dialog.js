// What opens in front of the page: a question, a small form, or a list in which each line has a menu.
import { el } from "./dom.js";

let opened = 0;

/** Opens a dialog; resolves to the value of the button that closed it, "" for Escape. It is gone afterwards. */
function open(title, content, buttons) {
  const id = `dialog-${++opened}`;
  const dialog = el("dialog", { className: "dialog", aria: { labelledby: id } },
    el("form", { method: "dialog" }, el("p", { className: "dialog__text", id }, title), content, el("div", { className: "dialog__buttons" }, buttons)));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => { dialog.remove(); done(dialog.returnValue); }, { once: true }));
}

/** Asks a question; resolves to the value of the button pressed, or "" when it was closed with Escape. */
export function ask(text, choices = [{ label: "OK", value: "ok" }]) {
  return open(text, [], choices.map(({ label, value }, at) =>
    el("button", { type: "submit", className: at ? "button" : "button button--main", value }, label)));
}

const MAKERS = {
  text: ({ name, label, value, max, readOnly }) => el("label", { className: "field" }, el("span", { className: "field__label" }, label),
    el("input", { className: "field__text", type: "text", name, value: value ?? "", maxLength: max ?? 200, required: true, readOnly: Boolean(readOnly), autocomplete: "off", dir: "auto" })),
  check: ({ name, label, value }) => el("label", { className: "field field--row" }, el("input", { type: "checkbox", name, checked: Boolean(value) }), label),
  choice: ({ name, label, value, options }) => el("fieldset", { className: "field field--group" }, el("legend", { className: "field__label" }, label),
    options.map((option) => el("label", { className: "field field--row" },
      el("input", { type: "radio", name, value: option.value, checked: option.value === value }), option.label))),
};

function valueOf({ kind, name }, form) {
  if (kind === "check") return form.elements[name].checked;
  return form.elements[name].value;
}

/** Asks for several things at once: [{kind: text | check | choice, name, label, value}]; resolves to their values, or null. */
export async function fillIn(title, fields, done) {
  const content = fields.map((field) => MAKERS[field.kind](field));
  const answer = open(title, content, [
    el("button", { type: "submit", className: "button button--main", value: "yes" }, done),
    el("button", { type: "submit", className: "button", value: "", formNoValidate: true }, "Cancel")]);
  const form = content[0].closest("form");
  content[0].querySelector("input")?.select();
  return (await answer) ? Object.fromEntries(fields.map((field) => [field.name, valueOf(field, form)])) : null;
}

/** Shows lines until it is closed; `lines()` makes them, and the function it is given makes them anew. */
export function showList(title, lines) {
  const list = el("ul", { className: "roll" });
  const draw = () => list.replaceChildren(...lines(draw));
  draw();
  return open(title, list, [el("button", { type: "submit", className: "button button--main", value: "" }, "Close")]);
}
