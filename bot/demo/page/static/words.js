import { formatted, keyboard } from "./chat.js";
import { breakable, element } from "./elements.js";

const head = document.querySelector("#words thead");
const body = document.querySelector("#words tbody");
const find = document.querySelector("#find");

function cell(text, locale) {
  if (!text) return element("td", { class: "missing" }, "missing");
  const bubble = element("div", { class: "bubble" }, element("div", { class: "text" }, formatted(text.html, locale)));
  return element("td", { lang: locale }, bubble, keyboard(text.buttons, () => {}));
}

async function show() {
  const { languages, rows } = await (await fetch("/words.json")).json();
  head.append(element("tr", {}, element("th", { scope: "col" }, "Key"),
    ...languages.map(([code, name]) => element("th", { scope: "col" }, `${name} (${code})`))));
  body.append(...rows.map((row) => element("tr", {}, element("th", { scope: "row" }, ...breakable(row.key)),
    ...languages.map(([code]) => cell(row.texts[code], code)))));
}

find.addEventListener("input", () => {
  const wanted = find.value.toLocaleLowerCase();
  for (const row of body.rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
});

show();
