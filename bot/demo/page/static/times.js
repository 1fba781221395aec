// Telegram shows a <tg-time> in the reader's zone and language, and lets relative ones go on; so does this page.
import { element } from "./elements.js";

const UNITS = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3600], ["minute", 60]];

function known(locale) {
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined; // people may call their language anything
  }
}

// "now" in the first minute, so that nothing changes each second
function relative(unix, locale) {
  const seconds = unix - Date.now() / 1000;
  const [unit, size] = UNITS.find(([, one]) => Math.abs(seconds) >= one) ?? ["second", Infinity];
  const how = { numeric: unit === "second" ? "auto" : "always" };
  return new Intl.RelativeTimeFormat(known(locale), how).format(Math.trunc(seconds / size) || 0, unit);
}

function absolute(when, format, locale) {
  const how = {};
  if (format.includes("w")) how.weekday = "short";
  if (format.includes("d")) Object.assign(how, { month: "short", day: "numeric" });
  if (format.includes("D")) Object.assign(how, { month: "long", day: "numeric", year: "numeric" });
  if (/t/i.test(format)) Object.assign(how, { hour: "numeric", minute: "2-digit" });
  if (format.includes("T")) how.second = "2-digit";
  return new Intl.DateTimeFormat(known(locale), how).format(when);
}

export function timeOf(node, locale) {
  const unix = Number(node.getAttribute("unix"));
  const when = new Date(unix * 1000);
  const format = node.getAttribute("format") ?? "";
  if (Number.isNaN(when.getTime()) || !format) return document.createTextNode(node.textContent);
  if (format !== "r") {
    return element("time", { datetime: when.toISOString(), title: node.textContent }, absolute(when, format, locale));
  }
  // a reader of the screen would hear each minute else
  return element("time", { datetime: when.toISOString(), title: absolute(when, "wdt", locale), "aria-live": "off",
    "data-unix": unix, "data-locale": locale ?? "" }, relative(unix, locale));
}

function tick() {
  for (const time of document.querySelectorAll("time[data-unix]")) {
    const text = relative(Number(time.dataset.unix), time.dataset.locale);
    if (time.textContent !== text) time.textContent = text;
  }
}

setInterval(tick, 1000);
