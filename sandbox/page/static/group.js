// What one can do with a group or channel: found it, let people and the bot in, give and take rights, open topics.
import { ask, fillIn, showList } from "./dialog.js";
import { avatar, el, icon } from "./dom.js";
import { snack } from "./notices.js";
import { openMenu } from "./popup.js";

const RIGHTS = {
  can_post_messages: "Post",
  can_edit_messages: "Edit posts of others",
  can_change_info: "Change the name and the picture",
  can_delete_messages: "Delete messages",
  can_restrict_members: "Remove members",
  can_invite_users: "Invite by link, let people in",
  can_pin_messages: "Pin messages",
  can_manage_topics: "Manage topics",
  can_manage_video_chats: "Manage video chats",
  can_promote_members: "Appoint admins",
};
const STANDINGS = { creator: "owner", administrator: "admin", restricted: "restricted" };
const KINDS = [
  { value: "group", label: "Group, as small groups begin" },
  { value: "supergroup", label: "Supergroup" },
  { value: "forum", label: "Supergroup with topics" },
];

/** All of it for one page; see deeds.js for `page`, `deed` and `here`. */
export function makeGroupDeeds({ page, deed, here }) {
  const { view } = page;
  const people = () => page.people();
  const chat = () => page.talk().chat;
  const isChannel = () => chat().kind === "channel";
  const noun = () => (isChannel() ? "channel" : "group");
  const moveTo = (done, topic = null) => done?.chat && page.go({ person: view.person, chat: done.chat, topic });

  async function sure(question, label, act) {
    return (await ask(question, [{ label, value: "yes" }, { label: "Cancel", value: "" }])) ? act() : null;
  }

  async function askName(title, label, value, done) {
    return (await fillIn(title, [{ kind: "text", name: "name", label, value, max: 128 }], done))?.name ?? "";
  }

  // --- Founding and coming in ------------------------------------------------------------------

  async function found() {
    const wanted = await fillIn("New group", [
      { kind: "text", name: "title", label: "Name", max: 128 },
      { kind: "choice", name: "kind", label: "Kind", value: "supergroup", options: KINDS },
    ], "Create the group");
    if (!wanted) return;
    const forum = wanted.kind === "forum";
    moveTo(await deed("found-group", { title: wanted.title, kind: forum ? "supergroup" : wanted.kind, topics: forum }));
  }

  /** Shows what an invite link leads to, as clients do, and joins or asks to join. */
  async function useInvite(url) {
    const found_ = await deed("look-at-invite", { url });
    if (!found_) return;
    if (found_.is_in) return moveTo(found_);
    const label = found_.by_request ? "Ask to join" : "Join";
    const members = `${found_.members} member${found_.members === 1 ? "" : "s"}`;
    await sure(`${found_.title}\n${members}${found_.by_request ? ". An admin has to let you in." : ""}`, label, async () => {
      if (await deed("open", { url })) moveTo(found_);
    });
  }

  async function addSomebody() {
    const inside = new Set(chat().members.map(({ id }) => id));
    const others = people().filter(({ id }) => !inside.has(id));
    if (!others.length) return snack(`Everybody is in this ${noun()} already.`);
    const options = others.map(({ id, name, note }) => ({ value: String(id), label: note ? `${name}, ${note}` : name }));
    const chosen = await fillIn(`Add to ${chat().title}`, [{ kind: "choice", name: "user", label: "Who?", value: options[0].value, options }], "Add");
    return chosen && deed("add-member", { ...here(), user: Number(chosen.user) });
  }

  async function showLink() {
    const wanted = await fillIn("New invite link", [{ kind: "check", name: "by_request", label: "An admin lets people in", value: true }], "Make it");
    const made = wanted && await deed("make-link", { ...here(), by_request: wanted.by_request });
    if (made) await fillIn("Invite link", [{ kind: "text", name: "link", label: "To be sent to whom it is for", value: made.link, readOnly: true }], "Done");
  }

  /** Adds the bot by a link: to which group, and (as the link asks, and only by an admin) with which rights. */
  async function addByLink(payload, asked) {
    const groups = page.person().chats.filter(({ kind, member }) => member && (kind === "group" || kind === "supergroup"));
    const choices = [...groups.map(({ id, title }) => ({ label: title, value: String(id) })), { label: "Cancel", value: "" }];
    const chosen = await ask(groups.length ? "Which group shall the bot join?" : `${page.person().first_name} is in no group.`, choices);
    if (!chosen || (groups.length === 0)) return;
    await page.go({ person: view.person, chat: Number(chosen) });
    const rights = asked.length && chat().admin ? await askRights(`Add the bot to ${chat().title} as an admin`, asked, "Add as admin") : [];
    if (rights) await deed("add-bot", { chat: Number(chosen), payload, rights });
  }

  // --- Rights -------------------------------------------------------------------------------------

  /** Asks which rights an admin shall have; null when it was cancelled. */
  async function askRights(title, ticked, done) {
    const offered = Object.entries(RIGHTS).filter(([name]) => chat().rights.includes(name));
    const answer = await fillIn(title, offered.map(([name, label]) => ({ kind: "check", name, label, value: ticked.includes(name) })), done);
    return answer && Object.keys(answer).filter((name) => answer[name]);
  }

  async function promote(member) {
    const isAdmin = member.status === "administrator";
    const ticked = isAdmin ? member.rights : chat().rights.filter((name) => name !== "can_promote_members");
    const rights = await askRights(`${member.name} as an admin of ${chat().title}`, ticked, "Save");
    return rights && deed("promote", { ...here(), user: member.id, rights: ["can_manage_chat", ...rights] });
  }

  const demote = (member) => deed("demote", { ...here(), user: member.id });
  const remove = (member) => sure(`Remove ${member.name} from ${chat().title}?`, "Remove", () => deed("remove-member", { ...here(), user: member.id }));

  function ofMember(member, drawn) {
    const then = (act) => async () => { await act(member); drawn(); };
    const isAdmin = member.status === "administrator";
    return [
      { label: isAdmin ? "Change the rights" : "Make an admin", act: then(promote) },
      isAdmin ? { label: "Take the rights away", act: then(demote) } : null,
      { label: `Remove from the ${noun()}`, danger: true, act: then(remove) },
    ].filter(Boolean);
  }

  function memberLine(member, drawn) {
    const { id, name, colour, bot, status, you } = member;
    const said = [STANDINGS[status], you ? "you" : null].filter(Boolean).join(", ");
    const mayAct = chat().admin && status !== "creator" && !you;
    return el("li", { className: "roll__line" }, avatar(name, colour, bot ? "bot" : "person"),
      el("span", { className: "roll__name" }, name), el("span", { className: "roll__note" }, said),
      mayAct ? el("button", {
        type: "button",
        className: "round",
        aria: { label: `What to do with ${name}`, haspopup: "menu", expanded: "false" },
        onclick: (event) => openMenu(event.currentTarget, ofMember(member, drawn), name),
        data: { key: `member-${id}` },
      }, icon("more")) : null);
  }

  const showMembers = () => showList(`${isChannel() ? "Subscribers" : "Members"} of ${chat().title}`, (drawn) => chat().members.map((member) => memberLine(member, drawn)));

  // --- Topics -------------------------------------------------------------------------------------

  async function openTopic() {
    const name = await askName("New topic", "Name", "", "Open it");
    const done = name && await deed("open-topic", { ...here(), name });
    if (done) page.go({ ...view, topic: done.topic });
  }

  async function renameTopic({ name }) {
    const said = await askName("Rename the topic", "Name", name, "Rename");
    return said && deed("rename-topic", { ...here(), name: said });
  }

  async function deleteTopic({ name }) {
    const done = await sure(`Delete the topic “${name}” with all its messages?`, "Delete", () => deed("delete-topic", here()));
    if (done) page.go({ ...view, topic: null });
  }

  /** What an admin can do with the topic that is shown; the general one stays, but may be closed. */
  function ofTopic(topic) {
    const own = topic.id !== 1;
    return [
      own ? { label: "Rename", act: () => renameTopic(topic) } : null,
      topic.closed ? { label: "Open again", act: () => deed("reopen-topic", here()) } : { label: "Close", act: () => deed("close-topic", here()) },
      own ? { label: "Delete", danger: true, act: () => deleteTopic(topic) } : null,
    ].filter(Boolean);
  }

  // --- The menu of a group -----------------------------------------------------------------------

  async function rename() {
    const title = await askName(`Rename the ${noun()}`, "Name", chat().title, "Rename");
    return title && deed("rename-chat", { ...here(), title });
  }

  function ofBot({ bot_member, members, bot_id }) {
    if (!bot_member) return [{ label: "Add the bot", act: () => deed("add-bot", here()) }];
    const bot = members.find(({ id }) => id === bot_id);
    const admin = bot.status === "administrator";
    return [
      { label: admin ? "Change the bot's rights" : "Make the bot an admin", act: () => promote(bot) },
      admin ? { label: "Make the bot an ordinary member", act: () => demote(bot) } : null,
      { label: "Remove the bot", danger: true, act: () => deed("remove-bot", here()) },
    ];
  }

  function ofAdmin({ kind, forum }) {
    const group = kind !== "channel";
    return [
      { label: group ? "Rename the group" : "Rename the channel", act: rename },
      { label: "New invite link", act: showLink },
      group && forum ? { label: "New topic", act: openTopic } : null,
      group ? { label: forum ? "Switch topics off" : "Switch topics on", act: async () => moveTo(await deed("switch-topics", { ...here(), on: !forum })) } : null,
      kind === "group" ? { label: "Make it a supergroup", act: async () => moveTo(await deed("migrate", here())) } : null,
    ];
  }

  function ofGroup(shown) {
    if (!shown.member) return shown.asked ? [{ label: "Take the request back", act: () => deed("take-back", here()) }] : [];
    // Who else reads a channel, and who comes into it, is for its admins only.
    const channel = shown.kind === "channel";
    const inside = shown.admin || !channel;
    return [
      inside ? { label: channel ? "Subscribers" : "Members", act: showMembers } : null,
      inside ? { label: "Add somebody", act: addSomebody } : null,
      ...(shown.admin || (inside && !shown.bot_member) ? ofBot(shown) : []),
      ...(shown.admin ? ofAdmin(shown) : []),
      { label: "Leave", danger: true, act: () => sure(`Leave ${shown.title}?`, "Leave", () => deed("leave", here())) },
    ].filter(Boolean);
  }

  return { found, useInvite, addByLink, ofGroup, ofTopic, openTopic };
}
