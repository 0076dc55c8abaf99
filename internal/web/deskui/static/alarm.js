// The alarm bar: it is kept up to date while a page is open, tells the tab's
// title, and sounds when something new calls or calls louder. The sound is made
// here, only after the person has touched the page, and can be switched off.
"use strict";

const alarmPolicy = window.trustedTypes
  ? window.trustedTypes.createPolicy("rotatif-alarms", { createHTML: (s) => s })
  : { createHTML: (s) => s };

const plainTitle = document.title;
const alarmBar = () => document.getElementById("alarms");
let audio = null;
let stamp = alarmBar().dataset.stamp;

const silent = () => localStorage.getItem("desk-silent") === "1";

// voice wakes what makes the sound. Browsers let it wait until the person has
// touched a page of ours; then it resolves.
function voice() {
  if (!window.AudioContext) return Promise.reject(new Error("no sound here"));
  if (!audio) audio = new AudioContext();
  return audio.resume();
}

function touched() {
  voice().then(() => {
    removeEventListener("pointerdown", touched);
    removeEventListener("keydown", touched);
  }, () => {});
}
addEventListener("pointerdown", touched);
addEventListener("keydown", touched);

// play plays a note a rung, higher the longer nobody came.
function play(loud) {
  for (let i = 0; i <= Math.min(loud, 3); i++) {
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    const at = audio.currentTime + i * 0.3;
    tone.frequency.value = 660 + 110 * loud;
    gain.gain.setValueAtTime(0.0001, at);
    gain.gain.exponentialRampToValueAtTime(0.25, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.25);
    tone.connect(gain).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.26);
  }
}

// beep sounds, unless it is switched off or the bar is another by the time it may.
// The bar says which of it has come true.
function beep(loud) {
  const called = alarmBar().dataset.stamp;
  sounded("off");
  if (silent()) return;
  const waiting = setTimeout(() => sounded("waiting"), 300);
  voice().then(() => {
    clearTimeout(waiting);
    if (silent() || alarmBar().dataset.stamp !== called) return;
    play(loud);
    sounded("on");
  }, () => clearTimeout(waiting));
}

function sounded(how) {
  alarmBar().dataset.sounded = how;
  dress();
}

// dress puts the switch and the title in order.
function dress() {
  const bar = alarmBar();
  const open = bar.hidden ? 0 : bar.dataset.stamp.trim().split(" ").length;
  document.title = open ? "(" + open + ") " + plainTitle : plainTitle;
  const sound = document.getElementById("sound");
  if (!sound) return;
  const waits = bar.dataset.sounded === "waiting" && !silent();
  sound.hidden = false;
  sound.firstElementChild.textContent = waits ? sound.dataset.sayWaiting : silent() ? sound.dataset.saySilent : sound.dataset.saySounding;
  sound.onclick = () => {
    if (waits) return; // the touch was all that it waited for
    localStorage.setItem("desk-silent", silent() ? "0" : "1");
    dress();
  };
}

// announce says to who listens to the page what is new in the bar, and only that.
function announce(before, bar) {
  const fresh = (flash) => bar.dataset.stamp.trim().split(" ").some((s) => s && s.startsWith("f") === flash && !before.includes(s));
  const said = [];
  for (const [flash, selector] of [[true, ".flashed"], [false, ".called"]]) {
    const words = fresh(flash) ? bar.querySelectorAll(selector + " strong, " + selector + " .words") : [];
    said.push([...words].map((w) => w.textContent).join(": "));
  }
  const out = document.getElementById("alarm-said");
  out.textContent = ""; // the same words twice are said twice
  out.textContent = said.filter(Boolean).join(". ");
}

// news says whether a stamp holds a call, or a rung, that the one before had not.
const news = (before, after) => after.trim().split(" ").some((call) => call && !before.includes(call));

function show(html) {
  const template = document.createElement("template");
  template.innerHTML = alarmPolicy.createHTML(html);
  const fresh = template.content.querySelector("#alarms");
  if (!fresh) return;
  const bar = alarmBar();
  const focused = bar.contains(document.activeElement);
  for (const name of ["data-stamp", "data-loud"]) bar.setAttribute(name, fresh.getAttribute(name));
  bar.hidden = fresh.hidden;
  bar.replaceChildren(...fresh.childNodes);
  if (focused && bar.querySelector("a")) bar.querySelector("a").focus();
  const before = stamp;
  stamp = bar.dataset.stamp;
  dress();
  if (!news(before, stamp)) return;
  announce(before, bar);
  beep(Number(bar.dataset.loud));
}

dress();
if (alarmBar().dataset.watch && window.EventSource) {
  let source = null;
  let again = 0;
  let lost = 0;
  const deaf = document.getElementById("alarm-lost");
  const tellDeaf = () => { deaf.hidden = false; };
  const listen = () => {
    clearTimeout(again);
    if (source) source.close(); // and with it what it may still have to say
    source = new EventSource(alarmBar().dataset.watch);
    source.addEventListener("bar", (e) => show(e.data));
    source.onopen = () => {
      clearTimeout(lost);
      lost = 0;
      deaf.hidden = true;
    };
    // A stream that broke comes again by itself, one that was refused does not. A
    // page that nothing can call on says so; a moment is nothing.
    source.onerror = () => {
      const refused = source.readyState === EventSource.CLOSED;
      if (refused) again = setTimeout(listen, 20000);
      if (refused) tellDeaf();
      else if (!lost) lost = setTimeout(tellDeaf, 5000);
    };
  };
  listen();
  addEventListener("seen", listen); // what was seen calls no more, and only a new stream is certain to know it
  addEventListener("pagehide", () => source.close());
}
