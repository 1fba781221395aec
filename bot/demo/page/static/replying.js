// Which message each person is replying to: one that was chosen, or one that asks for a reply, as Telegram opens it.

const open = new Map();
const offered = new Set();

const name = (chat, message) => `${chat} ${message}`;

export function replyTo(chat, message) {
  open.set(chat, message);
  offered.add(name(chat, message));
}

export function leave(chat) {
  open.delete(chat);
}

// what is asked opens by itself, once: unless somebody has written since
export function openAsked(chat) {
  const said = chat.messages.findLastIndex((one) => !one.bot);
  const asked = chat.messages.slice(said + 1).findLast((one) => one.asks);
  if (asked && !offered.has(name(chat.id, asked.id))) replyTo(chat.id, asked.id);
}

// the message that is replied to; none once it is deleted
export function replies(chat) {
  return chat.messages.find((one) => one.id === open.get(chat.id));
}
