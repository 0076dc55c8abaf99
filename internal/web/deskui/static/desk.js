// Keys of the desk. Letters are read by their place on the keyboard, so that
// Q, F and English layouts agree; nothing here uses Ctrl+Alt, which types @ € ₺.
"use strict";

const typing = (el) => el && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName)) && !/^(checkbox|radio)$/.test(el.type);

// links are what the keys go through: the rows of a list, or the pieces of a text
// that can be taken over.
const links = () => [...document.querySelectorAll("#rows .row > a, #rows details[open] a, .trio input[type=checkbox]")];

function move(step) {
  const all = links();
  if (!all.length) return;
  let at = all.indexOf(document.activeElement);
  if (at < 0) at = all.findIndex((a) => a.getAttribute("aria-current"));
  const to = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
  all[to].focus();
}

// take begins a story from the row in focus, or from the dispatch being read.
function take() {
  const row = document.activeElement.closest && document.activeElement.closest("#rows .row");
  if (document.body.dataset.here !== "wire") return;
  if (!row || row.querySelector("a[aria-current]")) {
    press("#take, #taken");
    return;
  }
  const form = document.createElement("form");
  form.method = "post";
  const chosen = document.activeElement.closest("a");
  const id = chosen ? new URL(chosen.href).pathname.split("/").pop() : row.dataset.id;
  form.action = "/wire/" + encodeURIComponent(id) + "/take";
  document.body.append(form);
  form.submit();
}

const press = (selector) => {
  const el = document.querySelector(selector);
  if (el) el.click();
  return !!el;
};

// answer says that the call in focus, or the one being read, has been seen.
function answer() {
  const row = document.activeElement.closest && document.activeElement.closest("#rows .row");
  const button = (row && row.querySelector(".answer")) || document.querySelector(".reading .answer") || document.querySelector(".calls .answer");
  if (button) button.click();
  return !!button;
}

// unfold shows the other copy about the event of the row in focus, or of the one
// that is open, and hides it again.
function unfold() {
  const focused = document.activeElement.closest && document.activeElement.closest("#rows .row");
  const row = focused || (document.querySelector("#rows a[aria-current]") || document.body).closest("#rows .row");
  const beside = row && row.querySelector("details.beside");
  if (!beside) return false;
  beside.open = !beside.open;
  if (beside.open) beside.querySelector("a").focus();
  else row.querySelector("a").focus();
  return true;
}

function letter(code) {
  switch (code) {
    case "KeyJ": move(1); return true;
    case "KeyK": move(-1); return true;
    case "KeyE": return unfold();
    case "KeyS": take(); return true;
    case "KeyN": return press("#new");
    case "KeyA": return press("#theirs");
    case "KeyH": return press("#untouching");
    case "KeyF": return press("#alarms .flashed");
    case "KeyC": return press('nav a[href="/calls"]');
    case "KeyX": return answer();
    case "KeyM": return press("#sound");
    case "Digit1": return press('nav a[href="/wire"]');
    case "Digit2": return press('nav a[href="/stories"]');
    case "Digit3": return press('nav a[href="/front"]');
  }
  if (/^Digit[4-9]$/.test(code)) return press('#watches a[data-key="' + code.slice(5) + '"]');
  return false;
}

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
  if (e.key === "Escape") {
    if (typing(document.activeElement)) document.activeElement.blur();
    else press(".back a");
    return;
  }
  if (typing(document.activeElement)) return;
  if (e.key === "/") {
    const search = document.getElementById("q");
    if (search) { e.preventDefault(); search.focus(); search.select(); }
  } else if (e.key === "?") {
    press("a.keys");
  } else if (!e.shiftKey && letter(e.code)) {
    e.preventDefault();
  }
});

// On a narrow screen the row of screens is longer than it can show.
const here = document.querySelector(".bar nav a[aria-current]");
if (here) here.scrollIntoView({ block: "nearest", inline: "nearest" });

// A chosen row stays where it was when its dispatch opens.
const list = document.querySelector(".panes .list");
if (list) {
  const key = "desk-list";
  list.scrollTop = Number(sessionStorage.getItem(key)) || 0;
  addEventListener("pagehide", () => sessionStorage.setItem(key, String(list.scrollTop)));
  const open = list.querySelector("a[aria-current]");
  if (open) open.scrollIntoView({ block: "nearest" });
}
