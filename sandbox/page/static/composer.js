// The foot of a conversation: Start, Join, or the box to type in with the bot's command menu.
import { byId, el, icon, same } from "./dom.js";
import { plainOf } from "./conversation.js";

const MOST_COMMANDS = 12;

/** One composer lives for one person in one chat; `deeds` has send, sendFile, edit, start, join, ask, unblock. */
export class Composer {
  constructor(deeds) {
    this.deeds = deeds;
    this.foot = byId("foot");
    this.drafts = new Map();
    this.mode = null;
    this.commands = [];
    this.chosen = -1;
    this.build();
  }

  build() {
    this.input = el("textarea", {
      className: "write__text", id: "write", rows: 1, placeholder: "Write a message", dir: "auto", autocomplete: "off",
      aria: { label: "Message", autocomplete: "list", controls: "commands" },
      oninput: () => this.changed(), onkeydown: (event) => this.key(event), onblur: () => setTimeout(() => this.hideCommands(), 150),
    });
    this.file = el("input", { type: "file", className: "quiet", tabIndex: -1, id: "file", aria: { label: "File to send" }, onchange: () => this.pickedFile() });
    this.menu = el("ul", { className: "commands", id: "commands", role: "listbox", hidden: true, aria: { label: "Commands of the bot" } });
    this.about = el("div", { className: "about", hidden: true });
    this.reply = el("div", { className: "reply-keys", role: "group", aria: { label: "Answers the bot offers" }, hidden: true });
    this.form = el("form", { className: "cs-message-input write", onsubmit: (event) => { event.preventDefault(); this.send(); } },
      el("button", { type: "button", className: "round", aria: { label: "Commands" }, onclick: () => this.startCommand() }, icon("slash")),
      el("button", { type: "button", className: "round", aria: { label: "Send a file" }, onclick: () => this.file.click() }, icon("attach")),
      this.file, this.input,
      el("button", { type: "submit", className: "round round--main", aria: { label: "Send" } }, icon("send")));
  }

  /** Shows what this person can do in this chat now. */
  show(talk, key) {
    const moved = this.place !== key;
    if (moved) this.leave(key);
    this.talk = talk;
    this.commands = talk.chat.commands;
    const gate = this.gate(talk.chat);
    if (gate) this.showGate(gate);
    else if (!this.form.isConnected) this.foot.replaceChildren(this.menu, this.about, this.reply, this.form);
    this.showReplyKeys(talk.chat.keyboard);
    if (moved || !gate) this.grow();
  }

  leave(key) {
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
    const sent = mode?.kind === "edit" ? await this.deeds.edit(mode.message, text) : await this.deeds.send(text, mode?.message.id ?? null);
    if (!sent) return;
    this.input.value = "";
    this.mode = null;
    this.about.hidden = true;
    this.changed();
  }

  async pickedFile() {
    const file = this.file.files[0];
    if (!file) return;
    const caption = this.input.value.trim();
    if (await this.deeds.sendFile(file, caption, this.mode?.message.id ?? null)) this.input.value = "";
    this.file.value = "";
    this.forget();
    this.changed();
  }

  changed() {
    this.grow();
    const typed = /^\/([a-z0-9_]*)$/.exec(this.input.value);
    const fitting = typed ? this.commands.filter(({ command }) => command.startsWith(typed[1])).slice(0, MOST_COMMANDS) : [];
    if (!fitting.length) return this.hideCommands();
    this.chosen = 0;
    this.menu.replaceChildren(...fitting.map((command, at) => this.option(command, at)));
    this.menu.hidden = false;
    this.mark();
  }

  option({ command, description }, at) {
    return el("li", { className: "commands__item", role: "option", id: `command-${at}`, data: { command }, onmousedown: (event) => { event.preventDefault(); this.take(command); } },
      el("span", { className: "commands__name" }, `/${command}`), el("span", { className: "commands__note" }, description));
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

  take(command) {
    this.hideCommands();
    this.input.value = this.talk.chat.kind === "private" ? `/${command}` : `/${command}@${this.talk.chat.bot}`;
    this.send();
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
      if (open) this.take(this.menu.children[this.chosen].dataset.command);
      else this.send();
    } else if (event.key === "Tab" && open) {
      event.preventDefault();
      this.input.value = `/${this.menu.children[this.chosen].dataset.command} `;
      this.hideCommands();
    } else if (event.key === "Escape") {
      if (open) this.hideCommands();
      else this.forget();
    }
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 160)}px`;
  }
}
