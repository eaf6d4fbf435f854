// Progressive enhancement only: every page works with scripts off.
// No eval, no inline handlers, no style attributes; the one place that parses HTML is `parse`.
const policy = globalThis.trustedTypes?.createPolicy("cockpit", { createHTML: (html) => html });
const parse = (html) => new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const live = one("#live");
const base = document.documentElement.dataset.base ?? "";
const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Tells a screen reader something; an equal text twice in a row is spoken twice. */
function say(text) {
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });
}

// Partial navigation: <a|form data-partial="id"> swaps #id from the answer to the same address.

let current; // the request under way: a newer one replaces it

/** Fetches `url` and swaps the element `id`; falls back to loading the page. */
async function swap(url, id, { push = true, speak = true, back = false } = {}) {
  const box = document.getElementById(id);
  if (!box) { location.assign(url); return; }
  current?.abort();
  const request = current = new AbortController();
  box.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { "X-Partial": id }, credentials: "same-origin", signal: request.signal });
    const type = answer.headers.get("content-type") ?? "";
    if (!answer.ok || answer.redirected || !type.startsWith("text/html")) { location.assign(url); return; }
    const page = parse(await answer.text());
    const focused = box.contains(document.activeElement) ? document.activeElement : null;
    const path = focused && (focused.id ? `#${CSS.escape(focused.id)}` : focused.getAttribute("href") && `a[href="${CSS.escape(focused.getAttribute("href"))}"]`);
    const fresh = page.getElementById(id);
    box.replaceChildren(...(fresh ?? page.body).childNodes);
    // What stands outside and tells of the swapped part; going back, what was typed there too.
    for (const old of all("[data-follow]")) old.replaceChildren(...(page.getElementById(old.id)?.childNodes ?? []));
    if (back) for (const old of all(`form[data-partial="${id}"][id]`)) old.replaceWith(page.getElementById(old.id) ?? old);
    if (push) history.pushState({ partial: id }, "", url);
    if (focused) ((path && one(path, box)) || box.closest("[tabindex]") || one("#main")).focus({ preventScroll: true });
    enhance(document);
    if (speak) say(one(".pager [role=status]", box)?.textContent ?? live.dataset.loaded);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  } finally {
    if (current === request) box.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-partial]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
  event.preventDefault();
  swap(link.href, link.dataset.partial);
});

/** The address a GET form leads to, without its empty fields. */
function addressOf(form, submitter) {
  const data = new FormData(form, submitter);
  const query = new URLSearchParams([...data].filter(([, value]) => value !== ""));
  const url = new URL(form.action);
  url.search = query;
  return url.href;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.matches("form[data-partial]") && form.method === "get") {
    event.preventDefault();
    const popup = event.submitter?.closest("details.popup");
    swap(addressOf(form, event.submitter), form.dataset.partial);
    if (popup) { popup.open = false; one("summary", popup).focus(); }
    return;
  }
  if (form.method !== "post") return;
  // A second click must not send the form twice.
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  delete form.dataset.dirty;
  for (const button of all("button:not([type=button])", form)) button.setAttribute("aria-disabled", "true");
  // The answer may be a file, which leaves this page as it is.
  setTimeout(() => unlock(form), 10_000);
});

/** Lets a form be sent again. */
function unlock(form) {
  delete form.dataset.sent;
  for (const button of all("[aria-disabled]", form)) button.removeAttribute("aria-disabled");
}
addEventListener("pageshow", () => all("form[data-sent]").forEach(unlock));

addEventListener("popstate", (event) => {
  const id = event.state?.partial ?? one("[data-partial]")?.dataset.partial;
  if (id && document.getElementById(id)) swap(location.href, id, { push: false, back: true });
});

let typing;
document.addEventListener("input", (event) => {
  const form = event.target.matches("input[type=search]") && event.target.closest("form[data-partial]");
  if (!form) return;
  clearTimeout(typing);
  typing = setTimeout(() => form.requestSubmit(), 250);
});

// Rows: select all, select a range with shift, say how many.

const boxesOf = (element) => all("tbody .sel input[type=checkbox]", element.closest("form, table") ?? document);

function counted(element) {
  const scope = element.closest("form") ?? document;
  const boxes = boxesOf(element), chosen = boxes.filter((box) => box.checked).length;
  const out = one("[data-selcount]", scope), every = one("[data-all]", scope);
  if (every) { every.checked = chosen > 0 && chosen === boxes.length; every.indeterminate = chosen > 0 && chosen < boxes.length; }
  if (!out) return;
  out.textContent = chosen ? `${chosen} ${chosen === 1 ? out.dataset.one : out.dataset.many}` : "";
  if (chosen) say(out.textContent);
}

let lastBox;
document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.matches("[data-all]")) { for (const each of boxesOf(box)) each.checked = box.checked; counted(box); }
  else if (box.matches("tbody .sel input")) counted(box);
});
document.addEventListener("click", (event) => {
  const box = event.target;
  if (!box.matches?.("tbody .sel input[type=checkbox]")) return;
  const boxes = boxesOf(box);
  if (event.shiftKey && boxes.includes(lastBox)) {
    const [from, to] = [boxes.indexOf(lastBox), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
    counted(box);
  }
  lastBox = box;
});

// Dialogs: modal with scripts, popovers without.

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]"), closer = event.target.closest?.("[data-close]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (!dialog?.showModal) return;
    event.preventDefault();
    opener.closest("[popover]:popover-open")?.hidePopover();
    dialog.showModal();
  } else if (closer) {
    const dialog = closer.closest("dialog[open]");
    if (dialog) { event.preventDefault(); dialog.close(); }
  } else if (event.target.matches?.("dialog[open]") && event.target.id === "palette") {
    event.target.close();
  }
});
/** Only one pop-up list is open at a time, and Escape or a click elsewhere closes it. */
document.addEventListener("click", (event) => {
  for (const popup of all("details.popup[open]")) if (!popup.contains(event.target)) popup.open = false;
});
document.addEventListener("keydown", (event) => {
  const popup = event.key === "Escape" && event.target.closest?.("details.popup[open]");
  if (popup) { popup.open = false; one("summary", popup).focus(); }
});

// Copying.

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    const use = one("use", button), was = use?.getAttribute("href");
    use?.setAttribute("href", "#i-check");
    button.classList.add("done");
    setTimeout(() => { use?.setAttribute("href", was); button.classList.remove("done"); }, 2000);
    say(live.dataset.copied);
  } catch {
    // Over plain HTTP there is no clipboard: select the text instead.
    const text = button.parentElement && one("code", button.parentElement);
    if (text) getSelection().selectAllChildren(text);
    say(live.dataset.failed);
  }
});

// Unsaved changes.

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-guard]");
  if (form) form.dataset.dirty = "1";
});
addEventListener("beforeunload", (event) => { if (one("form[data-dirty]")) event.preventDefault(); });

// Keyboard. Single keys can be switched off (WCAG 2.1.4); the choice stays in this browser.

const KEYS = "cockpit-single-keys";
const stored = () => { try { return localStorage.getItem(KEYS); } catch { return null; } };
let singleKeys = stored() !== "off";
const keysSwitch = one("[data-keys]");
if (keysSwitch) {
  keysSwitch.checked = singleKeys;
  keysSwitch.addEventListener("change", () => {
    singleKeys = keysSwitch.checked;
    try { localStorage.setItem(KEYS, singleKeys ? "on" : "off"); } catch { /* it lasts for this page then */ }
  });
}

function moveCursor(step) {
  const rows = all("main .tablewrap tbody tr").filter((row) => one("a, input", row));
  const at = rows.findIndex((row) => row.classList.contains("cursor"));
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
  if (!next) return;
  rows[at]?.classList.remove("cursor");
  next.classList.add("cursor");
  // A box to tick may stand before the link that leads on.
  (one("a", next) ?? one("input", next)).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest", behavior: reduced ? "auto" : "smooth" });
}

const shortcuts = {
  "/": () => one("[data-hotkey='/']")?.focus(),
  "?": () => one("#keys")?.showModal(),
  g: () => { going = true; setTimeout(() => { going = false; }, 1500); },
  j: () => moveCursor(1),
  k: () => moveCursor(-1),
  x: () => one("tr.cursor .sel input")?.click(),
};
let going = false;
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k" && palette) {
    event.preventDefault();
    openPalette();
    return;
  }
  if (!singleKeys || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("input:not([type=checkbox], [type=radio]), select, textarea, dialog, [contenteditable]")) return;
  if (going) {
    going = false;
    const link = one(`[data-go="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); }
    return;
  }
  const act = Object.hasOwn(shortcuts, event.key) && shortcuts[event.key];
  if (act) { event.preventDefault(); act(); }
});

// The command palette offers the page's own links.

const palette = one("#palette");
const query = one("#palette-query"), list = one("#palette-list");
let chosen = 0;

function commands() {
  const seen = new Set();
  return all(".side a[href], .head a[href], .acts a[href], .views a[href], .areas a[href], .menu a[href]")
    .filter((link) => !seen.has(link.href) && seen.add(link.href))
    .map((link) => ({ text: (one("span", link) ?? link).textContent.trim().replace(/\s+/g, " "), link }))
    .filter(({ text }) => text);
}

function draw() {
  const words = query.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = commands().filter(({ text }) => words.every((word) => text.toLocaleLowerCase().includes(word)));
  chosen = Math.max(0, Math.min(chosen, found.length - 1));
  list.replaceChildren(...found.map(({ text, link }, index) => {
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(index === chosen));
    option.id = `palette-${index}`;
    option.textContent = text;
    option.addEventListener("click", () => { palette.close(); link.click(); });
    return option;
  }));
  list.hidden = !found.length;
  one("[data-none]", palette).hidden = found.length > 0;
  query.setAttribute("aria-expanded", String(found.length > 0));
  if (found.length) query.setAttribute("aria-activedescendant", `palette-${chosen}`);
  else query.removeAttribute("aria-activedescendant");
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
}

function openPalette() {
  if (palette.open) return;
  query.value = "";
  chosen = 0;
  draw();
  palette.showModal();
  query.focus();
}

if (palette) {
  one("[data-palette]")?.addEventListener("click", openPalette);
  query.addEventListener("input", () => { chosen = 0; draw(); });
  query.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); chosen += step; draw(); }
    if (event.key === "Enter") { event.preventDefault(); list.children[chosen]?.click(); }
  });
}

// Charts: arrow keys walk the marks; hover or focus shows and speaks the value.

function enhanceChart(chart) {
  const marks = all(".mark", chart), tip = one(".tip", chart);
  const show = (event) => { if (event.target.matches(".mark")) tip.textContent = event.target.getAttribute("aria-label"); };
  marks[0]?.setAttribute("tabindex", "0");
  chart.addEventListener("pointerover", show);
  chart.addEventListener("focusin", show);
  chart.addEventListener("keydown", (event) => {
    const at = marks.indexOf(event.target), last = marks.length - 1;
    const next = { ArrowRight: Math.min(at + 1, last), ArrowLeft: Math.max(at - 1, 0), Home: 0, End: last }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    marks[at].setAttribute("tabindex", "-1");
    marks[next].setAttribute("tabindex", "0");
    marks[next].focus();
  });
}

// Jobs: asks once a second how far they have come.

function followJob(job) {
  let told = 0;
  const ask = async () => {
    if (!job.isConnected) return;
    try {
      const answer = await fetch(job.dataset.job, { credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const state = await answer.json();
      one("progress", job).value = state.percent;
      one("[data-percent]", job).textContent = state.percent;
      one("[data-message]", job).textContent = state.message ?? "";
      if (state.state !== "queued" && state.state !== "running") { say(state.message || job.dataset.finished); job.dispatchEvent(new CustomEvent("finished", { bubbles: true })); return; }
      if (state.percent - told >= 25) { told = state.percent; say(`${told} %`); }
    } catch { /* the next round may succeed */ }
    setTimeout(ask, 1000);
  };
  ask();
}

// Live parts: <… id data-live="topic"> is fetched again when the host says that the topic moved.

function followTopic(part) {
  let waiting;
  const again = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const busy = part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
      if (part.isConnected && !document.hidden && !busy && !one("dialog[open], .popup[open], .sel :checked", part)) swap(location.href, part.id, { push: false, speak: false });
    }, 300);
  };
  const source = new EventSource(`${base}/live?topic=${encodeURIComponent(part.dataset.live)}`);
  source.addEventListener("message", again);
  source.addEventListener("error", () => {
    // The stream is refused, perhaps by a proxy: ask now and then instead.
    if (source.readyState === EventSource.CLOSED) setInterval(again, 15_000);
  });
  addEventListener("pagehide", () => source.close());
}

/** Folds the filters of a table where there is no room for them side by side. */
function fold(filters) {
  const room = matchMedia("(min-width: 60.01rem)"), follow = () => { filters.open = room.matches; };
  room.addEventListener("change", follow);
  follow();
}

/** Gives life to the parts of `root` that need it, once each. */
function enhance(root) {
  const each = (selector, start) => {
    for (const element of all(selector, root)) {
      if (element.dataset.alive) continue;
      element.dataset.alive = "1";
      start(element);
    }
  };
  each("details.fold", fold);
  each("[data-chart]", enhanceChart);
  each("[data-job]", followJob);
  each("[data-live]", followTopic);
}

enhance(document);
one("[data-focus]")?.focus();
