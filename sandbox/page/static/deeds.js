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
    return snack(`A ${button.kind} button works in Telegram only.`);
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
    asked = { query, offerOf, show };
    await inlineAnswered(query); // the bot may have been faster than the answer to this request
  }

  async function inlineAnswered(query) {
    if (asked?.query !== query) return;
    const { offerOf, show } = asked;
    const { results } = await act(view.person, "offered", { query });
    show(results.map(({ title, description }, at) => offerOf(title, description, () => deed("choose", { ...here(), query, result: at }))));
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
    return [
      { label: "Reply", act: () => page.reply(message) },
      { label: "Forward to the bot", act: () => deed("forward", place) },
      chat.kind !== "private" && chat.admin ? { label: pinned ? "Unpin" : "Pin", act: () => deed(pinned ? "unpin" : "pin", place) } : null,
      message.out ? { label: "Edit", act: () => page.rewrite(message) } : null,
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
