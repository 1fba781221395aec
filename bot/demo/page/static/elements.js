// Makes elements. What others have typed becomes text, never markup.
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

// A status may go on to another line behind each underscore.
export function breakable(text) {
  return text.split(/(?<=_)/).flatMap((part) => (part.endsWith("_") ? [part, element("wbr")] : [part]));
}
