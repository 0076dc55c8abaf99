// The live list: rows come from the server as it would have rendered them.
// New ones are put on top and told of politely; the focus stays where it is.
"use strict";

const pulse = document.getElementById("live");
const rows = document.getElementById("rows");

// Rows are made by this very server's templates and by nothing else.
const policy = window.trustedTypes
  ? window.trustedTypes.createPolicy("rotatif-rows", { createHTML: (s) => s })
  : { createHTML: (s) => s };

function rowOf(html) {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(html);
  return template.content.querySelector("li");
}

let fresh = 0;
let telling = 0;

function say(text, state) {
  pulse.firstElementChild.textContent = text;
  pulse.dataset.state = state;
}

// tell gathers arrivals, so that a busy wire is one sentence and not twenty.
function tell() {
  clearTimeout(telling);
  telling = setTimeout(() => {
    say(pulse.dataset.sayNew.replace("{n}", fresh), "new");
    seen();
  }, 400);
}

// beside is the row whose copy has become part of this one, if there is one.
function beside(row) {
  for (const id of (row.dataset.beside || "").split(" ")) {
    const other = id && document.getElementById("item-" + id);
    if (other) return other;
  }
  return null;
}

// apart takes away the other rows of copy that this one shows.
function apart(row, kept) {
  for (const id of (row.dataset.beside || "").split(" ")) {
    const other = id && document.getElementById("item-" + id);
    if (other && other !== kept) other.remove();
  }
}

function put(html) {
  const row = rowOf(html);
  if (!row) return;
  const old = document.getElementById(row.id) || beside(row);
  apart(row, old);
  if (old) {
    const focused = old.contains(document.activeElement);
    const current = old.querySelector("a[aria-current]");
    const spread = old.querySelector("details[open]");
    if (spread && row.querySelector("details")) row.querySelector("details").open = true;
    if (current) row.querySelector("a").setAttribute("aria-current", "true");
    const moved = old.dataset.moved !== row.dataset.moved;
    old.replaceWith(row);
    if (moved) rows.prepend(row);
    if (focused) row.querySelector("a").focus({ preventScroll: true });
    if (current && row.classList.contains("used") && !old.classList.contains("used")) taken();
    return;
  }
  rows.hidden = false;
  const empty = document.getElementById("empty");
  if (empty) empty.remove();
  rows.prepend(row);
  fresh++;
  tell();
  while (rows.children.length > 300) rows.lastElementChild.remove();
}

// taken puts what may be done with the open dispatch anew, once somebody has
// made a story of it; who had the button in focus has what is in its place.
async function taken() {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer || !answer.ok) return;
  const page = document.createElement("template");
  page.innerHTML = policy.createHTML(await answer.text());
  const was = document.querySelector(".reading .doing");
  const now = page.content.querySelector(".reading .doing");
  if (!was || !now) return;
  const focused = was.contains(document.activeElement);
  was.replaceWith(now);
  if (focused && now.querySelector("a")) now.querySelector("a").focus({ preventScroll: true });
}

// watches puts the row of saved filters anew; the focus stays where it is.
function watches(html) {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(html);
  const old = document.getElementById("watches");
  const nav = template.content.querySelector("nav");
  if (!nav || !old || old.contains(document.activeElement)) return;
  old.replaceWith(nav);
}

// seen says that what the list shows has been before somebody's eyes, to the
// house and then to the alarm bar.
async function seen() {
  const nav = document.getElementById("watches");
  if (!nav || !nav.dataset.seen || document.visibilityState !== "visible") return;
  const answer = await fetch(nav.dataset.seen, { method: "POST", keepalive: true }).catch(() => null);
  if (answer && answer.ok) dispatchEvent(new Event("seen"));
}

function listen() {
  const query = new URLSearchParams(location.search);
  query.delete("before");
  query.set("since", pulse.dataset.since);
  const source = new EventSource(pulse.dataset.live + "?" + query);
  source.onopen = () => say(fresh ? pulse.dataset.sayNew.replace("{n}", fresh) : pulse.dataset.sayLive, "on");
  source.onerror = () => {
    say(pulse.dataset.sayLost, "off");
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 20000); // it was refused, and does not come again by itself
  };
  source.addEventListener("row", (e) => put(e.data));
  source.addEventListener("watches", (e) => watches(e.data));
  source.addEventListener("end", () => { source.close(); say(pulse.dataset.sayEnd, "off"); });
  addEventListener("pagehide", () => source.close());
}

if (pulse && rows && !pulse.dataset.older && window.EventSource) {
  listen();
  seen();
  addEventListener("visibilitychange", seen);
  addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });
}
