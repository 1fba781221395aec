import { formatted, keyboard } from "./chat.js";
import { element } from "./elements.js";

const head = document.querySelector("#words thead");
const body = document.querySelector("#words tbody");
const find = document.querySelector("#find");
const state = document.querySelector("#state");

function says(text) {
  state.textContent = text;
  state.hidden = !text;
}

function cell(turn, locale) {
  if (!turn) return element("td", { class: "missing" }, "missing");
  const bubble = element("div", { class: "bubble" }, element("div", { class: "text" }, formatted(turn.html, locale)));
  const shown = turn.html ? [bubble, keyboard(turn.buttons, () => {})] : [];
  return element("td", { lang: locale }, element("p", { class: "did" }, turn.did), ...shown,
    turn.aside ? element("p", { class: "aside" }, turn.aside) : null);
}

function titled(title, columns) {
  return element("tr", { class: "scene" }, element("th", { scope: "rowgroup", colspan: columns }, title));
}

async function show() {
  const response = await fetch("/words.json");
  if (!response.ok) throw new Error(`answered ${response.status}`);
  const { languages, rows } = await response.json();
  head.append(element("tr", {}, element("th", { scope: "col" }, "Place"),
    ...languages.map(([code, name]) => element("th", { scope: "col" }, `${name} (${code})`))));
  body.append(...rows.map((row) => row.title ? titled(row.title, languages.length + 1)
    : element("tr", {}, element("th", { scope: "row" }, row.key),
      ...languages.map(([code]) => cell(row.texts[code], code)))));
}

function filter() {
  const wanted = find.value.toLocaleLowerCase();
  for (const row of body.rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
  says([...body.rows].every((row) => row.hidden) ? "No message has that in it." : "");
}

show().then(() => {
  find.addEventListener("input", filter);
  filter();
}).catch((error) => says(`The messages can't be shown (${error.message}). Is the demo still running? Load the page again.`));
