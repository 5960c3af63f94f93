// The foot of a conversation: Start, Join, or the box to type in with the bot's command menu.
import { byId, el, icon, same } from "./dom.js";
import { plainOf } from "./conversation.js";

const MOST_COMMANDS = 12;

/** One composer lives for one person in one chat; `deeds` has send, sendFiles, edit, start, join, ask, unblock. */
export class Composer {
  constructor(deeds) {
    this.deeds = deeds;
    this.foot = byId("foot");
    this.drafts = new Map();
    this.mode = null;
    this.commands = [];
    this.offers = [];
    this.chosen = -1;
    this.build();
    this.growWithFoot();
  }

  build() {
    this.input = el("textarea", {
      className: "write__text", id: "write", rows: 1, placeholder: "Write a message", dir: "auto", autocomplete: "off",
      aria: { label: "Message", autocomplete: "list", controls: "commands" },
      oninput: () => this.changed(), onkeydown: (event) => this.key(event), onblur: () => setTimeout(() => this.hideCommands(), 150),
    });
    this.file = el("input", { type: "file", multiple: true, className: "quiet", tabIndex: -1, id: "file", aria: { label: "Files to send" }, onchange: () => this.pickedFile() });
    this.menu = el("ul", { className: "commands", id: "commands", role: "listbox", hidden: true, aria: { label: "Commands of the bot" } });
    this.about = el("div", { className: "about", hidden: true });
    this.reply = el("div", { className: "reply-keys", role: "group", aria: { label: "Answers the bot offers" }, hidden: true });
    this.mask = el("button", { type: "button", className: "round", hidden: true, aria: { label: "Write as the group", pressed: "false" }, title: "Write as the group", onclick: () => this.wear(!this.masked) }, icon("mask"));
    this.form = el("form", { className: "cs-message-input write", onsubmit: (event) => { event.preventDefault(); this.send(); } },
      el("button", { type: "button", className: "round", aria: { label: "Commands" }, onclick: () => this.startCommand() }, icon("slash")),
      el("button", { type: "button", className: "round", aria: { label: "Send files" }, onclick: () => this.file.click() }, icon("attach")),
      this.mask, this.file, this.input,
      el("button", { type: "submit", className: "round round--main", aria: { label: "Send" } }, icon("send")));
  }

  /** Shows what this person can do in this chat now. */
  show(talk, key) {
    this.moveTo(key);
    this.talk = talk;
    this.mask.hidden = talk.chat.kind !== "supergroup" || !talk.chat.admin;
    if (this.mask.hidden) this.wear(false);
    this.commands = talk.chat.commands;
    const gate = this.gate(talk.chat);
    if (gate) this.showGate(gate);
    else if (!this.form.isConnected) this.foot.replaceChildren(this.menu, this.about, this.reply, this.form);
    this.showReplyKeys(talk.chat.keyboard);
    this.grow();
  }

  /** Writes in the name of the group from now on, as an anonymous admin does, or as oneself again. */
  wear(masked) {
    this.masked = masked;
    this.mask.setAttribute("aria-pressed", String(masked));
    this.input.placeholder = masked ? "Write as the group" : "Write a message";
  }

  /** Keeps the draft of the place one leaves and brings that of the one entered. */
  moveTo(key) {
    if (this.place === key) return;
    this.wear(false);
    if (this.place) this.drafts.set(this.place, this.input.value);
    this.place = key;
    this.input.value = this.drafts.get(key) ?? "";
    this.forget();
    this.hideCommands();
  }

  gate(chat) {
    if (chat.kind === "private" && chat.blocked) return ["Unblock", () => this.deeds.unblock(), "You have blocked this bot."];
    if (chat.kind === "private" && !chat.started) return ["Start", () => this.deeds.start(), ""];
    if (chat.kind === "private" || (chat.member && chat.may_write)) return null;
    if (chat.member) return ["", null, "Only admins write here."];
    return chat.by_request ? ["Ask to join", () => this.deeds.ask(), chat.asked ? "You have asked to join." : ""] : ["Join", () => this.deeds.join(), ""];
  }

  showGate([label, act, words]) {
    const had = this.foot.dataset.gate === label + words && !this.form.isConnected && this.foot.childElementCount;
    if (had) return;
    this.foot.dataset.gate = label + words;
    this.foot.replaceChildren(el("div", { className: "gate" }, words ? el("p", { className: "gate__words" }, words) : null,
      act ? el("button", { type: "button", className: "button button--main button--wide", id: "gate", onclick: act }, label) : null));
  }

  showReplyKeys(rows) {
    this.reply.hidden = !rows.length;
    if (same(this.reply, [this.place, rows])) return;
    this.reply.replaceChildren(...rows.map((row) => el("div", { className: "keys__row" },
      row.map((label) => el("button", { type: "button", className: "key", onclick: () => this.deeds.send(label, null) }, label)))));
  }

  replyTo(message) { this.setMode({ kind: "reply", message }, `Reply to ${message.from.name}`); }

  edit(message) {
    this.setMode({ kind: "edit", message }, "Edit your message");
    this.input.value = plainOf(message);
    this.grow();
  }

  setMode(mode, title) {
    this.mode = mode;
    this.about.hidden = false;
    this.about.replaceChildren(
      el("p", { className: "about__text" }, el("strong", {}, title), " ", plainOf(mode.message)),
      el("button", { type: "button", className: "round", aria: { label: "Cancel" }, onclick: () => this.forget() }, icon("close")));
    this.input.focus();
  }

  forget() {
    if (this.mode?.kind === "edit") this.input.value = "";
    this.mode = null;
    this.about.hidden = true;
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    const mode = this.mode;
    await this.clearedDuring(() => (mode?.kind === "edit" ? this.deeds.edit(mode.message, text) : this.deeds.send(text, mode?.message.id ?? null, this.masked)));
  }

  async pickedFile() {
    const files = [...this.file.files];
    if (!files.length) return;
    const answers = this.mode?.message.id ?? null;
    const caption = this.input.value.trim();
    await this.clearedDuring(() => this.deeds.sendFiles(files, caption, answers));
    this.file.value = "";
  }

  /** Empties the box at once, so that typing can go on, and puts the text back where it was if sending failed. */
  async clearedDuring(sending) {
    const { value } = this.input;
    const { place, mode } = this;
    this.input.value = "";
    this.mode = null;
    this.about.hidden = true;
    this.changed();
    if (await sending()) return;
    if (this.place !== place) this.drafts.set(place, value);
    else if (!this.input.value) {
      this.input.value = value;
      this.mode = mode;
      this.about.hidden = mode === null;
      this.grow();
    }
  }

  changed() {
    this.grow();
    const text = this.input.value;
    const inline = new RegExp(`^@${this.talk.chat.bot}\\s+(.*)$`, "is").exec(text);
    if (inline) return this.deeds.inline(inline[1], (title, description, take) => ({ name: title, note: description, take }), (offers) => this.input.value === text && this.offer(offers));
    const typed = /^\/([a-z0-9_]*)$/.exec(text);
    return this.offer(typed ? this.commands.filter(({ command }) => command.startsWith(typed[1])).slice(0, MOST_COMMANDS).map((command) => this.commandOffer(command)) : []);
  }

  commandOffer({ command, description }) {
    const address = this.talk.chat.kind === "private" ? "" : `@${this.talk.chat.bot}`;
    return { name: `/${command}`, note: description, complete: `/${command} `, take: () => { this.input.value = `/${command}${address}`; this.send(); } };
  }

  /** Shows what can be chosen above the box: [{name, note, take, complete}]. */
  offer(offers) {
    this.offers = offers;
    if (!offers.length) return this.hideCommands();
    this.chosen = 0;
    this.menu.replaceChildren(...offers.map((offered, at) => this.option(offered, at)));
    this.menu.hidden = false;
    return this.mark();
  }

  option({ name, note }, at) {
    return el("li", { className: "commands__item", role: "option", id: `command-${at}`, onmousedown: (event) => { event.preventDefault(); this.take(at); } },
      el("span", { className: "commands__name" }, name), el("span", { className: "commands__note" }, note));
  }

  mark() {
    [...this.menu.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === this.chosen)));
    this.menu.children[this.chosen]?.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", `command-${this.chosen}`);
  }

  hideCommands() {
    this.menu.hidden = true;
    this.chosen = -1;
    this.input.removeAttribute("aria-activedescendant");
  }

  async take(at) {
    const offered = this.offers[at];
    this.hideCommands();
    if (offered.complete || offered.stays) offered.take();
    else await this.clearedDuring(offered.take);
  }

  /** Writes a text into the box as if it were typed. */
  write(text) {
    this.input.value = text;
    this.input.focus();
    this.changed();
  }

  startCommand() {
    this.input.focus();
    if (!this.input.value) this.input.value = "/";
    this.changed();
  }

  key(event) {
    if (event.isComposing) return;
    const open = !this.menu.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (open && step) {
      event.preventDefault();
      this.chosen = (this.chosen + step + this.menu.children.length) % this.menu.children.length;
      this.mark();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (open) this.take(this.chosen);
      else this.send();
    } else if (event.key === "Tab" && open && this.offers[this.chosen].complete) {
      event.preventDefault();
      this.input.value = this.offers[this.chosen].complete;
      this.hideCommands();
    } else if (event.key === "Escape") {
      if (open) this.hideCommands();
      else this.forget();
    }
  }

  /** Makes the box as high as its text; only from its greatest height on does it scroll. */
  grow() {
    const { input, foot } = this;
    if (!input.clientWidth) return;
    foot.style.minHeight = `${foot.offsetHeight}px`; // else the messages would move while the box is measured
    input.style.overflowY = "hidden";
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
    input.style.overflowY = input.scrollHeight > input.clientHeight + 1 ? "auto" : "hidden";
    foot.style.minHeight = "";
  }

  /** Measures the box anew when it comes into sight or becomes wider or narrower: its lines break elsewhere. */
  growWithFoot() {
    let width = 0;
    new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width === width) return;
      width = contentRect.width;
      requestAnimationFrame(() => this.grow());
    }).observe(this.foot);
  }
}
