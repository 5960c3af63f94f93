// What one can do as the chosen person: send, press, follow links, join, and the menus that offer it.
import { ask, fillIn } from "./dialog.js";
import { makeGroupDeeds } from "./group.js";
import { problem, snack } from "./notices.js";
import { openMenu } from "./popup.js";
import { act } from "./server.js";

const TELEGRAM = /^(https?:\/\/)?(www\.)?(t\.me|telegram\.me)\//i;
const TYPING_PAUSE_MS = 250;
const LOCAL = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\/t\.me\//i;

/** All of it for one page; `page` gives the place (`view`, `person`, `people`, `talk`) and the ways to move (`go`, `refresh`). */
export function makeDeeds(page) {
  const { view } = page;

  const here = () => ({ chat: view.chat, topic: view.topic });

  async function deed(action, fields = {}) {
    try {
      const done = await act(view.person, action, fields);
      await page.refresh();
      return done;
    } catch (error) {
      problem(error);
      return null;
    }
  }

  const group = makeGroupDeeds({ page, deed, here });

  async function sendFiles(files, caption, replyTo) {
    const form = new FormData();
    const fields = { ...here(), caption, reply_to: replyTo };
    for (const [name, value] of Object.entries(fields)) if (value !== null && value !== "") form.append(name, String(value));
    for (const file of files) form.append("file", file, file.name);
    return deed("file", form);
  }

  const copy = (text) => navigator.clipboard.writeText(text).then(() => snack("Copied"), problem);

  async function press(message, row, column, button) {
    if (button.kind === "callback") return deed("press", { ...here(), message: message.id, row, column });
    if (button.kind === "copy") return copy(button.value);
    if (button.kind === "url") return openLink(button.value);
    if (button.kind === "inline" || button.kind === "inline here") return writeInline(message, row, column, button);
    return snack(`A ${button.kind} button works in Telegram only.`);
  }

  /** Puts the query into the box to write in: here, or in a chat that one chooses first. */
  async function writeInline(message, row, column, button) {
    const done = await deed("write-inline", { ...here(), message: message.id, row, column });
    if (!done) return null;
    const chat = button.kind === "inline here" ? view.chat : await chooseChat(button.label);
    if (chat === null) return null;
    if (chat !== view.chat) await page.go({ person: view.person, chat });
    return page.write(done.text);
  }

  async function chooseChat(label) {
    const options = page.person().chats.filter(({ member, started }) => member && started).map(({ id, title }) => ({ value: String(id), label: title }));
    const chosen = await fillIn(`${label}: into which chat?`, [{ kind: "choice", name: "chat", label: "Chat", value: options[0]?.value, options }], "Choose");
    return chosen ? Number(chosen.chat) : null;
  }

  async function openLink(url) {
    if (!TELEGRAM.test(url) && !LOCAL.test(url)) return leaveFor(url);
    const asked = new URL(url.includes("://") ? url : `https://${url}`);
    const { pathname, searchParams } = asked;
    if (searchParams.has("startgroup")) return group.addByLink(searchParams.get("startgroup"), rightsIn(searchParams));
    if (/\/(\+|joinchat\/)/.test(pathname)) return group.useInvite(url);
    const done = await deed("open", { url });
    if (done?.chat) page.go({ person: view.person, chat: done.chat });
    return done;
  }

  let asked = null;
  let pause = 0;

  /** Asks the bot `@bot words`; what it offers goes to `show` when it has answered, unless something else was asked since. */
  function inline(words, offerOf, show) {
    clearTimeout(pause);
    pause = setTimeout(() => askInline(words, offerOf, show).catch(problem), TYPING_PAUSE_MS);
  }

  async function askInline(words, offerOf, show) {
    const { query } = await act(view.person, "inline", { query: words });
    await expectOffers({ query, offerOf, show, before: [] });
  }

  /** What stood there before stays; the bot may have been faster than the answer to the request. */
  async function expectOffers(next) {
    asked = next;
    await inlineAnswered(next.query);
  }

  async function inlineAnswered(query) {
    if (asked?.query !== query) return;
    const { offerOf, show, before } = asked;
    const { results, button, more } = await act(view.person, "offered", { query });
    const found = results.map(({ title, description }, at) => offerOf(title, description, () => deed("choose", { ...here(), query, result: at })));
    const offers = [...before, ...found];
    const wayOut = button ? [offerOf(button, "To the chat with the bot", () => leaveInline(query))] : [];
    const further = more ? [{ ...offerOf("More", "", () => scrollOn(query, offers)), stays: true }] : [];
    show([...wayOut, ...offers, ...further]);
  }

  async function scrollOn(query, before) {
    const { offerOf, show } = asked;
    const next = await deed("scroll", { query });
    if (next) await expectOffers({ query: next.query, offerOf, show, before });
  }

  async function leaveInline(query) {
    const done = await deed("leave-inline", { query });
    if (done) page.go({ person: view.person, chat: view.person });
    return done;
  }

  async function leaveFor(url) {
    if (!/^(https?|mailto|tel):/i.test(url)) return;
    const choice = await ask(`This link leaves the sandbox: ${url}`, [{ label: "Open in a new tab", value: "open" }, { label: "Stay", value: "" }]);
    if (choice) window.open(url, "_blank", "noopener,noreferrer");
  }

  /** The rights that a link asks for: "admin=invite_users+pin_messages". */
  const rightsIn = (parameters) => (parameters.get("admin") ?? "").split(/[ +]/).filter(Boolean).map((name) => `can_${name}`);

  async function typeLink() {
    const typed = await fillIn("Open a Telegram link", [{ kind: "text", name: "url", label: "Link" }], "Open");
    if (!typed) return null;
    if (!TELEGRAM.test(typed.url) && !LOCAL.test(typed.url)) return problem(new Error("That is no link of Telegram: they begin with t.me/."));
    return openLink(typed.url);
  }

  function followLink(event) {
    const link = event.target.closest("a[href]:not([download])");
    if (!link) return;
    event.preventDefault();
    openLink(link.getAttribute("href"));
  }

  function ofMessage(message) {
    const { chat } = page.talk();
    const place = { ...here(), message: message.id };
    const pinned = chat.pinned?.id === message.id;
    const own = message.out || (chat.kind === "channel" && chat.admin); // a post is all admins' own
    return [
      chat.may_write ? { label: "Reply", act: () => page.reply(message) } : null,
      { label: "Forward to the bot", act: () => deed("forward", place) },
      chat.kind !== "private" && chat.admin ? { label: pinned ? "Unpin" : "Pin", act: () => deed(pinned ? "unpin" : "pin", place) } : null,
      own ? { label: "Edit", act: () => page.rewrite(message) } : null,
      message.out || chat.admin ? { label: "Delete", danger: true, act: () => deed("delete", place) } : null,
    ].filter(Boolean);
  }

  function ofChat(chat) {
    if (chat.kind !== "private") return group.ofGroup(chat);
    return chat.started && !chat.blocked ? [{ label: "Block the bot", danger: true, act: () => deed("block", {}) }] : [];
  }

  return {
    copy, inline, inlineAnswered, press, openLink, typeLink, followLink, sendFiles, ofChat, openMenu,
    found: group.found, ofTopic: group.ofTopic, openTopic: group.openTopic,
    send: (text, replyTo, anonymous = false) => deed("send", { ...here(), text, reply_to: replyTo, anonymous }),
    edit: (message, text) => deed("edit", { ...here(), message: message.id, text }),
    start: () => deed("start", {}),
    join: () => deed("join", here()),
    ask: () => deed("ask", here()),
    unblock: () => deed("unblock", {}),
    answerRequest: (id, accept) => deed(accept ? "accept" : "decline", { ...here(), applicant: id }),
    choose: (message, anchor) => openMenu(anchor, ofMessage(message), "What to do with this message"),
  };
}
