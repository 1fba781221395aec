import { bubble, replace } from "./bubble.js";
import { breakable, element } from "./elements.js";
import { leave, openAsked, replies, replyTo } from "./replying.js";

const at = (id) => document.getElementById(id);
const PHASES = {
  starting: "Starting: the bot takes a few seconds …",
  ready: "The bot is up",
  killed: "The bot is down",
  ended: "The bot has ended by itself: press Start again",
};
const LANGUAGES = ["en", "es", "es-419", "pt-br", "pt", "de", "zh-hans"];
const SWITCHES = {
  "lost": "Webhooks get lost",
  "repeated": "Webhooks come thrice",
  "swapped": "Next two webhooks swap",
  "api-down": "API is down (500)",
  "telegram-429": "Telegram 429, wait 5 s",
  "telegram-403": "Telegram 403, blocked",
  "telegram-slow": "Telegram is slow (2 s)",
};
const WHO = { webhook: "Store → bot", api: "Bot → store", telegram: "Bot → Telegram" };

let state = null;
let chosen = null;
let toastSeen = null;
const drawn = new Map();

// ── talking to the server ────────────────────────────────────────────────────

async function act(action, given = {}) {
  const asked = { method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ do: action, ...given }) };
  try {
    const answer = await fetch("/act", asked);
    say(at("trouble"), answer.ok ? "" : (await answer.json()).error);
  } catch {
    say(at("trouble"), "The demo has ended. Start it again with: make demo");
  }
}

function listen() {
  const events = new EventSource("/events");
  // each event is the whole state: after a lost connection nothing is missing
  events.onmessage = (event) => { state = JSON.parse(event.data); draw(); };
  events.onerror = () => { at("phase").textContent = "The demo does not answer"; at("phase").dataset.phase = "killed"; };
}

const hiding = new Map();
function say(place, text, seconds = 6) {
  place.textContent = text;
  place.hidden = !text;
  clearTimeout(hiding.get(place));
  if (text) hiding.set(place, setTimeout(() => { place.hidden = true; }, seconds * 1000));
}

// ── drawing: an element is made anew only where what it shows has changed ────

function keyed(place, rows, key, make) {
  const known = drawn.get(place) ?? new Map();
  const next = new Map();
  for (const row of rows) {
    const name = key(row);
    const content = JSON.stringify(row);
    const old = known.get(name);
    next.set(name, old?.content === content ? old : { content, row, node: make(row, old?.row) });
    if (old && old.content !== content) replace(old.node, next.get(name).node);
  }
  for (const [name, old] of known) if (!next.has(name)) old.node.remove();
  [...next.values()].forEach(({ node }, index) => {
    if (place.children[index] !== node) place.insertBefore(node, place.children[index] ?? null);
  });
  drawn.set(place, next);
}

function draw() {
  chosen ??= state.chats[0].id;
  at("phase").textContent = PHASES[state.phase] ?? state.phase;
  at("phase").dataset.phase = state.phase;
  at("kill").disabled = state.phase !== "ready";
  at("start").disabled = !["killed", "ended"].includes(state.phase);
  drawPeople();
  drawChat();
  keyed(at("orders"), [...state.orders].reverse(), (order) => order.id, orderCard);
  keyed(at("switches"), Object.entries(state.switches), ([name]) => name, switchRow);
  keyed(at("call-list"), [...state.calls].reverse(), (call) => `${call.at} ${call.kind} ${call.what}`, callRow);
  const isNew = toastSeen !== null && state.toast.number !== toastSeen;
  if (isNew && state.toast.chat === chosen) say(at("toast"), state.toast.text, 4); // nobody sees another's
  toastSeen = state.toast.number;
}

function drawPeople() {
  const people = state.chats.map((chat) => ({
    id: chat.id, name: chat.name, kind: chat.kind, language: chat.language, chosen: chat.id === chosen,
  }));
  keyed(at("people"), people, (person) => person.id, (person) => element("button", {
    type: "button", class: person.kind, "aria-pressed": String(person.chosen),
    onclick: () => { chosen = person.id; drawn.delete(at("messages")); at("messages").replaceChildren(); draw(); focusPerson(); },
  }, person.name, element("small", {}, person.kind === "staff" ? "staff" : person.language ?? "–")));
}

const focusPerson = () => at("people").querySelector('[aria-pressed="true"]')?.focus();

function drawChat() {
  const chat = state.chats.find((one) => one.id === chosen);
  at("chat-about").textContent = chat.blocked ? "blocked" : chat.kind === "staff" ? "bot, seen by staff" : "bot";
  at("block").textContent = chat.blocked ? "Unblock" : "Block";
  drawLanguages(chat);
  const messages = at("messages");
  const stays = isAtEnd() || messages.children.length === 0;
  const seen = [...messages.children].find((one) => one.getBoundingClientRect().bottom > messages.getBoundingClientRect().top);
  const top = seen?.getBoundingClientRect().top;
  keyed(messages, chat.messages.map((message) => ({ ...message, locale: chat.language })), (m) => m.id,
    (message, before) => bubble(message, before, press, reply));
  openAsked(chat);
  drawReply(chat);
  if (stays) messages.scrollTop = messages.scrollHeight;
  else keepInPlace(seen.dataset.id, top);
  keyed(at("commands"), chat.commands, (one) => one.command, (one) => element("button", {
    type: "button", onclick: () => { openMenu(false); at("text").value = `/${one.command}`; at("text").focus(); },
  }, element("b", {}, `/${one.command}`), ` ${one.description}`));
}

function drawReply(chat) {
  const message = replies(chat);
  at("replying").hidden = !message;
  at("replying").firstChild.textContent = message ? `Replying to: ${message.text.split("\n")[0] || `[${message.kind}]`}` : "";
}

function reply(message) {
  replyTo(chosen, message.id);
  drawReply(state.chats.find((one) => one.id === chosen));
  at("text").focus();
}

function leaveReply() {
  leave(chosen);
  at("replying").hidden = true;
}

function send(text) {
  const message = replies(state.chats.find((one) => one.id === chosen));
  act("say", { chat: chosen, text, reply: message ? message.id : null });
  leaveReply();
}

// an edit above what somebody reads doesn't move it
function keepInPlace(id, top) {
  const now = at("messages").querySelector(`[data-id="${id}"]`);
  if (now) at("messages").scrollTop += now.getBoundingClientRect().top - top;
}

function isAtEnd() {
  const { scrollHeight, scrollTop, clientHeight } = at("messages");
  return scrollHeight - scrollTop - clientHeight < 80;
}

function drawLanguages(chat) {
  const select = at("language");
  const codes = LANGUAGES.includes(chat.language) ? LANGUAGES : [chat.language ?? "", ...LANGUAGES];
  if (select.dataset.shown !== codes.join()) {
    select.replaceChildren(...codes.map((code) => element("option", { value: code }, code || "–")));
    select.dataset.shown = codes.join();
  }
  if (document.activeElement !== select) select.value = chat.language ?? "";
}

function press(message, button) {
  if (button.url) say(at("toast"), `Telegram would open ${button.url}`, 4);
  else if (button.web_app) say(at("toast"), `Telegram would open ${button.web_app.url} inside the app`, 4);
  else if (button.copy_text) copy(button.copy_text.text);
  else act("press", { chat: chosen, message: message.id, data: button.callback_data });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say(at("toast"), `Copied: ${text}`, 4);
  } catch {
    say(at("toast"), `To copy: ${text}`, 8);
  }
}

function orderCard(order) {
  const button = (label, action, given, extra = {}) => element("button",
    { type: "button", onclick: () => act(action, { order: order.id, ...given }), ...extra }, label);
  const select = element("select", { "aria-label": `Status of ${order.id}`,
    onchange: (event) => act("move", { order: order.id, status: event.target.value }) },
    ...state.statuses.map((status) => element("option", { selected: status === order.status }, status)));
  const couriers = order.services.map((one) => element("li", {}, `${one.courier}: ${one.status}`));
  return element("article", { class: "order" },
    element("div", { class: "title" }, element("h3", {}, order.id),
      // whoever is chosen when it is pressed, not when it was drawn
      element("button", { type: "button", class: "quiet",
        onclick: () => send(order.id) }, "Send its number")),
    element("div", { class: "row" }, select,
      button(order.next ? `Next: ${order.next}` : "At its end", "move", {}, { class: "main", disabled: !order.next })),
    couriers.length ? element("ul", {}, ...couriers) : null,
    element("div", { class: "row" },
      button(order.walking ? "Stop walking" : "Walk to the end", "walk", { on: !order.walking }, { disabled: !order.next }),
      button("Two couriers", "couriers", {}),
      button("Incident", "service", { status: "INCIDENT" }, { disabled: !order.services.length }),
      button("Goes on", "service", { status: "ON_ROUTE" }, { disabled: !order.services.length }),
      button("Return", "move", { status: "RETURNED" })));
}

function switchRow([name, on]) {
  const box = element("input", { type: "checkbox", role: "switch", id: `switch-${name}`, checked: on,
    onchange: (event) => act("switch", { name, on: event.target.checked }) });
  return element("label", { class: "switch", for: `switch-${name}` }, box, SWITCHES[name] ?? name);
}

function callRow(call) {
  const time = new Date(call.at * 1000).toLocaleTimeString([], { hour12: false });
  const after = call.after === null || call.after === undefined ? "" : `${call.after.toFixed(2)} s after its cause`;
  return element("li", { class: call.good ? "" : "bad" }, element("time", {}, time),
    element("span", { class: `who ${call.kind}` }, WHO[call.kind]), element("span", { class: "what" }, ...breakable(call.what)),
    element("span", { class: "outcome" }, call.outcome), element("span", { class: "after" }, after));
}

// ── what people do ───────────────────────────────────────────────────────────

function openMenu(open) {
  const stays = isAtEnd(); // the menu takes room from the messages
  at("commands").hidden = !open;
  if (stays) at("messages").scrollTop = at("messages").scrollHeight;
  at("menu").setAttribute("aria-expanded", String(open));
}

function view(name) {
  document.body.dataset.view = name;
  for (const tab of at("tabs").children) tab.setAttribute("aria-pressed", String(tab.dataset.view === name));
}

at("write").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = at("text").value.trim();
  if (text) send(text);
  at("text").value = "";
});
at("replying").querySelector("button").addEventListener("click", () => {
  leaveReply();
  at("text").focus();
});
at("menu").addEventListener("click", () => openMenu(at("commands").hidden));
document.addEventListener("keydown", (event) => { if (event.key === "Escape") openMenu(false); });
at("language").addEventListener("change", (event) => act("language", { chat: chosen, code: event.target.value }));
at("block").addEventListener("click", () => {
  act("block", { chat: chosen, on: !state.chats.find((one) => one.id === chosen).blocked });
});
at("make-order").addEventListener("click", () => act("make-order"));
at("expire").addEventListener("click", () => act("expire-tokens"));
at("kill").addEventListener("click", () => act("kill"));
at("start").addEventListener("click", () => act("start"));
for (const tab of at("tabs").children) tab.addEventListener("click", () => view(tab.dataset.view));

listen();
