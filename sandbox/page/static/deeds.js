// What one can do as the chosen person: send, press, follow links, join, and the menus that offer it.
import { ask, problem, snack } from "./notices.js";
import { openMenu } from "./popup.js";
import { act } from "./server.js";

const TELEGRAM = /^(https?:\/\/)?(www\.)?(t\.me|telegram\.me)\//i;
const TYPING_PAUSE_MS = 250;
const LOCAL = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\/t\.me\//i;

/** All of it for one page; `page` gives the place (`view`, `person`, `talk`) and the ways to move (`go`, `refresh`). */
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

  async function sendFile(file, caption, replyTo) {
    const form = new FormData();
    const fields = { ...here(), caption, reply_to: replyTo };
    for (const [name, value] of Object.entries(fields)) if (value !== null && value !== "") form.append(name, String(value));
    form.append("file", file, file.name);
    return deed("file", form);
  }

  async function press(message, row, column, button) {
    if (button.kind === "callback") return deed("press", { ...here(), message: message.id, row, column });
    if (button.kind === "copy") return navigator.clipboard.writeText(button.value).then(() => snack("Copied"), problem);
    if (button.kind === "url") return openLink(button.value);
    return snack(`A ${button.kind} button works in Telegram only.`);
  }

  async function openLink(url) {
    if (!TELEGRAM.test(url) && !LOCAL.test(url)) return leaveFor(url);
    const group = /[?&]startgroup(?:=([\w-]*))?/i.exec(url);
    if (group) return chooseGroup(group[1] ?? "");
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

  async function chooseGroup(payload) {
    const groups = page.person().chats.filter(({ kind, member }) => member && (kind === "group" || kind === "supergroup"));
    const choices = [...groups.map(({ id, title }) => ({ label: title, value: String(id) })), { label: "Cancel", value: "" }];
    const chosen = await ask(groups.length ? "Which group shall the bot join?" : `${page.person().first_name} is in no group.`, choices);
    if (chosen && await deed("add-bot", { chat: Number(chosen), payload })) page.go({ person: view.person, chat: Number(chosen) });
  }

  function followLink(event) {
    const link = event.target.closest("a[href]:not([download])");
    if (!link) return;
    event.preventDefault();
    openLink(link.getAttribute("href"));
  }

  async function sure(question, label, act_) {
    if (await ask(question, [{ label, value: "yes" }, { label: "Cancel", value: "" }])) act_();
  }

  function ofMessage(message) {
    const own = [
      { label: "Edit", act: () => page.rewrite(message) },
      { label: "Delete", danger: true, act: () => deed("delete", { ...here(), message: message.id }) },
    ];
    return [
      { label: "Reply", act: () => page.reply(message) },
      { label: "Forward to the bot", act: () => deed("forward", { ...here(), message: message.id }) },
      ...(message.out ? own : []),
    ];
  }

  function ofChat(chat) {
    if (chat.kind === "private") return chat.started && !chat.blocked ? [{ label: "Block the bot", danger: true, act: () => deed("block", {}) }] : [];
    if (!chat.member) return [];
    const bots = chat.bot_member
      ? [{ label: "Remove the bot", danger: true, act: () => deed("remove-bot", here()) },
         chat.bot_admin ? { label: "Make the bot an ordinary member", act: () => deed("demote-bot", here()) } : { label: "Make the bot an admin", act: () => deed("promote-bot", here()) }]
      : [{ label: "Add the bot", act: () => deed("add-bot", here()) }];
    return [...(chat.admin || !chat.bot_member ? bots : []), { label: "Leave", danger: true, act: () => sure(`Leave ${chat.title}?`, "Leave", () => deed("leave", here())) }];
  }

  return {
    inline, inlineAnswered, press, openLink, followLink, sendFile, ofChat, openMenu,
    send: (text, replyTo) => deed("send", { ...here(), text, reply_to: replyTo }),
    edit: (message, text) => deed("edit", { ...here(), message: message.id, text }),
    start: () => deed("start", {}),
    join: () => deed("join", here()),
    ask: () => deed("ask", here()),
    unblock: () => deed("unblock", {}),
    answerRequest: (id, accept) => deed(accept ? "accept" : "decline", { ...here(), applicant: id }),
    choose: (message, anchor) => openMenu(anchor, ofMessage(message), "What to do with this message"),
  };
}
