// The conversation in the middle: bubbles, keyboards under them, files, service messages, days.
import { avatar, byId, el, icon, keyed } from "./dom.js";
import { asFormatted, dayOf, sizeOf, timeOf, zoneName } from "./times.js";

const OPENS = new Set(["url", "link", "app"]);

function buttonOf(message, button, row, column, deeds) {
  const label = [button.label, OPENS.has(button.kind) ? icon("link") : null];
  return el("button", {
    type: "button",
    className: "key",
    data: { key: `${message.id}/${row}/${column}` },
    onclick: () => deeds.press(message, row, column, button),
  }, ...label);
}

function keyboardOf(message, deeds) {
  if (!message.keyboard.length) return null;
  const rows = message.keyboard.map((buttons, row) =>
    el("div", { className: "keys__row" }, buttons.map((button, column) => buttonOf(message, button, row, column, deeds))));
  return el("div", { className: "keys", role: "group", aria: { label: "Buttons of this message" } }, rows);
}

function fileOf(file) {
  if (!file) return null;
  if (file.kind === "photo" && file.url) return el("img", { className: "bubble__photo", src: file.url, alt: file.name || "Photo" });
  const words = [icon("file"), el("span", { className: "file__text" },
    el("span", { className: "file__name" }, file.name || file.kind),
    el("span", { className: "file__size" }, file.size === null ? file.kind : sizeOf(file.size)))];
  return file.url ? el("a", { className: "file", href: file.url, download: file.name || "" }, words) : el("p", { className: "file" }, words);
}

function quoteOf(message) {
  if (!message.reply_to) return null;
  return el("p", { className: "quote" }, el("span", { className: "quote__name" }, message.reply_to.name), message.reply_to.excerpt);
}

/** Text that the server made safe: escaped, and only Telegram's own tags. */
function textOf(message, deeds) {
  if (!message.html) return null;
  const text = el("div", { className: "bubble__text", dir: "auto", innerHTML: message.html });
  [...text.querySelectorAll("time")].forEach((time, at) => {
    time.title = `${dayOf(time.dateTime)}, ${timeOf(time.dateTime)} (${zoneName()})`;
    if (message.times[at]) time.textContent = asFormatted(time.dateTime, message.times[at]);
  });
  for (const code of text.querySelectorAll("code:not(pre code)")) {
    const copied = el("button", { type: "button", className: "linkish", title: "Copy", onclick: () => deeds.copy(code.textContent) });
    code.replaceWith(copied);
    copied.append(code);
  }
  for (const command of text.querySelectorAll(".entity-bot_command")) {
    command.replaceWith(el("button", { type: "button", className: "linkish", onclick: () => deeds.send(command.textContent, null) }, command.textContent));
  }
  return text;
}

function footOf(message) {
  const words = [message.edited ? "edited " : null, el("time", { dateTime: message.date }, timeOf(message.date))];
  return el("p", { className: "bubble__foot" }, words);
}

function menuOf(message, deeds) {
  return el("button", {
    type: "button",
    className: "bubble__more",
    aria: { label: `What to do with this message of ${message.from.name}`, haspopup: "menu" },
    data: { key: `${message.id}/more` },
    onclick: (event) => deeds.choose(message, event.currentTarget),
  }, icon("more"));
}

function serviceOf(message) {
  return el("li", { className: "service", data: { id: String(message.id) } }, el("span", { className: "service__text" }, message.service));
}

/** In a group there are faces, too; in a channel all posts are its own. */
function bubbleOf(message, kind, follows, deeds, topic) {
  if (message.service) return serviceOf(message);
  const side = message.out ? "outgoing" : "incoming";
  const named = kind !== "private" && !message.out && !follows;
  const faced = kind !== "private" && kind !== "channel" && !message.out;
  return el("li", { className: `cs-message cs-message--${side} message${kind === "channel" ? " message--post" : ""}`, data: { id: String(message.id) } },
    faced ? (follows ? el("span", { className: "avatar avatar--none" }) : avatar(message.from.name, message.from.colour, message.from.bot ? "bot" : "person")) : null,
    el("div", { className: "cs-message__content-wrapper message__body" },
      el("article", { className: "cs-message__content bubble", aria: { label: `${message.out ? "You" : message.from.name}, ${timeOf(message.date)}` } },
        named ? el("p", { className: "bubble__name", data: { colour: String(message.from.colour) } }, message.from.name) : null,
        topic ? el("p", { className: "bubble__via" }, `in ${topic}`) : null,
        message.via ? el("p", { className: "bubble__via" }, message.via) : null,
        quoteOf(message), fileOf(message.file), textOf(message, deeds), footOf(message), menuOf(message, deeds)),
      keyboardOf(message, deeds)));
}

function dayLine(iso) {
  return el("li", { className: "cs-message-separator day", data: { id: dayOf(iso) } }, dayOf(iso));
}

/** What stands in a chat where nothing was said yet. */
function emptyOf(chat) {
  const about = chat.about || (chat.member ? "Nothing was said here yet." : "Only members see what is said here.");
  return el("li", { className: "empty" }, el("strong", { className: "empty__title" }, chat.title), el("span", {}, about));
}

/** What the list should hold now, as rows for `keyed`. In all topics together each message says where it is. */
function plan(talk, deeds, all) {
  const { kind } = talk.chat;
  const zone = zoneName();
  const rows = [];
  let before = null;
  for (const message of talk.messages) {
    if (!before || dayOf(before.date) !== dayOf(message.date)) rows.push([`day ${message.id}`, [message.date, zone], () => dayLine(message.date)]);
    const follows = Boolean(kind !== "channel" && before && !before.service && before.from.id === message.from.id);
    const topic = all && message.topic !== before?.topic ? message.topic : null;
    rows.push([`${talk.chat.id}/${message.id}`, [message, kind, follows, topic, zone], () => bubbleOf(message, kind, follows, deeds, topic)]);
    before = message;
  }
  return rows.length ? rows : [["empty", talk.chat, () => emptyOf(talk.chat)]];
}

const draw = keyed(byId("messages"));

/** Draws only what changed, so that focus, selection and the screen reader's place survive an edit. */
export function showMessages(talk, deeds, fresh, all) {
  draw(plan(talk, deeds, all));
  if (fresh) atEnd = true;
  toEnd();
}

const scroll = byId("scroll");
let atEnd = true;

function toEnd() {
  if (atEnd) scroll.scrollTop = scroll.scrollHeight;
}

scroll.addEventListener("scroll", () => { atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80; });
new ResizeObserver(toEnd).observe(scroll);
byId("messages").addEventListener("load", toEnd, true);

/** The plain words of a message, for the screen reader and the line above the composer. */
export function plainOf(message) {
  if (message.service) return message.service;
  const text = new DOMParser().parseFromString(message.html ?? "", "text/html").body.textContent;
  return text || message.file?.name || "a file";
}
