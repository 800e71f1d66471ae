// The page works without this file. With it, answers come in without leaving the page, the heat map follows what is
// typed, names are copied by a click and can be heard. The server renders everything that is shown.
"use strict";

const WAIT = 150; // ms after the last key, before the heat map is asked for
const heat = document.getElementById("heat");
const pattern = document.getElementById("q");
let asked = 0;
let typed = 0;

async function page(url, signal) {
  const answer = await fetch(url, { headers: { accept: "text/html" }, signal });
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// Put parts of the page at an address in the place of those here.
async function swap(url, change) {
  const mine = ++asked;
  const answer = document.getElementById("answer");
  const focused = document.activeElement && document.activeElement.id;
  answer.setAttribute("aria-busy", "true");
  try {
    const found = await page(url);
    if (mine !== asked) return;
    for (const id of ["ask", "heat", "answer"]) {
      if (id === "ask" && change === "typed") continue;
      const [old, fresh] = [document.getElementById(id), found.getElementById(id)];
      if (old && fresh) old.innerHTML = fresh.innerHTML;
    }
    document.title = found.title;
    history[change === "back" ? "replaceState" : "pushState"](null, "", url);
    ready(document.getElementById("answer"));
    const again = focused && document.getElementById(focused);
    if (again) again.focus();
  } finally {
    answer.removeAttribute("aria-busy");
  }
}

function address(form) {
  const said = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") said.append(name, value);
  return `/?${said}`;
}

// The heat map of what is typed, or nothing.
async function follow() {
  const field = document.getElementById("q");
  const mine = ++typed;
  if (!field.value.trim()) return void document.getElementById("heat").replaceChildren();
  const found = await page(address(field.form).replace("/?", "/heat?"));
  if (mine === typed) document.getElementById("heat").innerHTML = found.body.innerHTML;
}

async function copy(holder, button) {
  await navigator.clipboard.writeText(holder.textContent.trim());
  say(button, "Copied");
}

function say(button, word) {
  const before = button.dataset.word || button.textContent;
  button.dataset.word = before;
  button.textContent = word;
  setTimeout(() => { button.textContent = before; }, 1200);
}

async function reasons(link) {
  const row = link.closest("li");
  const shown = row.querySelector(".reasons");
  link.setAttribute("aria-expanded", String(!shown));
  if (shown) return shown.remove();
  const found = (await page(link.href)).getElementById("reasons");
  if (!found || row.querySelector(".reasons")) return;
  found.className = "reasons";
  found.removeAttribute("id");
  found.setAttribute("role", "status");
  row.append(found);
}

function hear(name) {
  speechSynthesis.cancel();
  speechSynthesis.speak(new SpeechSynthesisUtterance(name));
}

// Buttons that only a browser with scripts can offer.
function ready(part) {
  for (const holder of part.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-live", "polite");
    const away = document.createElement("span");
    away.className = "away";
    away.textContent = ` ${holder.textContent.trim().slice(0, 60)}`;
    const row = holder.closest(".names li");
    const tools = row && row.querySelector(".tools");
    const label = document.createElement("span");
    label.textContent = "Copy";
    button.replaceChildren(label, away);
    const act = () => copy(holder, label);
    button.addEventListener("click", act);
    holder.addEventListener("click", act);
    if (tools) tools.append(button); else holder.after(button);
    if (tools && "speechSynthesis" in window && row.closest(".characters")) {
      const voice = document.createElement("button");
      voice.type = "button";
      voice.className = "copy";
      voice.append("Hear", away.cloneNode(true));
      voice.addEventListener("click", () => hear(holder.textContent.trim()));
      tools.append(voice);
    }
  }
  for (const link of part.querySelectorAll("[data-why]")) link.setAttribute("aria-expanded", "false");
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-swap]")) return;
  event.preventDefault();
  swap(address(event.target));
});

document.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = event.target.closest("a[data-swap], a[data-why], a[data-fill]");
  if (!link) return;
  event.preventDefault();
  if (link.matches("[data-why]")) return void reasons(link);
  if (link.matches("[data-fill]")) {
    document.getElementById("q").value = link.dataset.fill;
    return void swap(address(document.getElementById("ask"))).then(() => document.getElementById("q").focus());
  }
  swap(link.getAttribute("href"));
});

if (heat && pattern) {
  let timer = 0;
  document.addEventListener("input", (event) => {
    if (!["q", "corpus", "model", "length"].includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(follow, WAIT);
  });
  addEventListener("popstate", () => swap(location.pathname + location.search, "back"));
  ready(document.getElementById("answer"));
}
