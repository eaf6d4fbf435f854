// <form data-upload="address" data-release="id" data-texts="{…}">: each chosen file is sent in parts
// (tus 1.0.0), so that one that broke off, was paused, or was left by closing the page goes on where it
// was. Without a script the form sends them by itself.

const PART = 8 * 1024 * 1024;
/** How long a connection that broke is waited for, milliseconds, growing with each time. */
const WAITS = [1000, 2000, 5000, 10_000, 30_000];
const beside = (file) => /\.(sig|minisig|blockmap)$/i.test(file.name);
const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const language = document.documentElement.lang;

/** A number of bytes as the host says it. */
function bytes(count) {
  const [unit, by] = count >= 1e9 ? ["GB", 1e9] : count >= 1e6 ? ["MB", 1e6] : count >= 1e3 ? ["kB", 1e3] : ["B", 1];
  return `${(count / by).toLocaleString(language, { maximumFractionDigits: by > 1 ? 1 : 0 })} ${unit}`;
}

/** The connection broke; it may come back. */
class Broken extends Error {}
/** Somebody pressed Pause or Cancel. */
class Halted extends Error {}

class Sending {
  constructor(form, file) {
    this.form = form;
    this.file = file;
    this.texts = JSON.parse(form.dataset.texts);
    this.key = ["upload", form.dataset.release, file.name, file.size, file.lastModified].join(":");
    this.place = ["piattaforma", "architettura", "formato"].map((name) => [name, form.elements[name]?.value ?? ""]);
    this.item = document.createElement("li");
    const name = this.item.appendChild(document.createElement("b"));
    name.textContent = file.name;
    this.said = this.item.appendChild(document.createElement("span"));
    this.said.setAttribute("role", "status");
    this.far = this.item.appendChild(document.createElement("span"));
    this.far.className = "muted num";
    this.acts = this.item.appendChild(document.createElement("span"));
    this.acts.className = "row";
    this.bar = this.item.appendChild(document.createElement("progress"));
    this.bar.max = file.size || 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", file.name);
    this.state("waiting");
  }

  /** Says how it stands, with the buttons that fit. */
  state(state, detail) {
    this.is = state;
    this.item.dataset.state = state;
    this.said.textContent = detail || this.texts[state];
    const buttons = { waiting: ["cancel"], sending: ["pause", "cancel"], broken: ["pause", "cancel"], paused: ["resume", "cancel"], failed: ["retry", "cancel"] };
    const held = this.acts.contains(document.activeElement);
    this.acts.replaceChildren(...(buttons[state] ?? []).map((act) => this.button(act)));
    if (held) this.acts.firstElementChild?.focus();
  }

  button(act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn small";
    button.textContent = this.texts[act];
    button.setAttribute("aria-label", `${this.texts[act]} ${this.file.name}`);
    button.addEventListener("click", () => this[act]());
    return button;
  }

  progress(sent) {
    this.bar.value = sent;
    this.far.textContent = this.texts.of.replace("{sent}", bytes(sent)).replace("{all}", bytes(this.file.size));
  }

  pause() { this.halt(); this.state("paused"); }
  resume() { this.state("waiting"); next(this.form); }
  retry() { this.resume(); }
  cancel() {
    this.halt();
    const address = localStorage.getItem(this.key);
    localStorage.removeItem(this.key);
    this.item.remove();
    const all = queues.get(this.form);
    all.splice(all.indexOf(this), 1);
    this.is = "cancelled";
    if (address) this.ask("DELETE", address, {}).catch(() => {});
    next(this.form);
  }

  /** Breaks off what is under way. */
  halt() {
    this.halted = true;
    this.request?.abort();
    this.wake?.();
  }

  /** Asks the host; a part of a file tells its progress. */
  ask(method, address, headers, body, progress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.open(method, address);
      request.setRequestHeader("Tus-Resumable", "1.0.0");
      request.setRequestHeader("Accept-Language", language);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      if (progress) request.upload.addEventListener("progress", (event) => progress(event.loaded));
      request.addEventListener("load", () => (request.status >= 502 ? reject(new Broken()) : resolve(request)));
      request.addEventListener("error", () => reject(new Broken()));
      request.addEventListener("abort", () => reject(new Halted()));
      request.send(body);
    });
  }

  /** What the host says against it; a session that ended is no matter of the file. */
  refused(request) {
    if (request.status === 401) return new Error(this.texts.signed_out);
    try { return new Error(JSON.parse(request.responseText).detail); } catch { return new Error(""); }
  }

  /** Where it is sent, and how much of it is there. */
  async begun() {
    const known = localStorage.getItem(this.key);
    if (known) {
      const told = await this.ask("HEAD", known, {});
      if (told.status === 200) {
        this.complete = false;
        return [known, Number(told.getResponseHeader("Upload-Offset"))];
      }
      if (told.status === 401) throw this.refused(told);
      localStorage.removeItem(this.key);
      // The answer to the last part may be what got lost.
      if (this.complete && await this.arrived()) return [known, this.file.size];
    }
    const said = [["filename", this.file.name], ["rilascio", this.form.dataset.release], ...this.place];
    const metadata = said.filter(([, text]) => text).map(([name, text]) => `${name} ${encoded(text)}`).join(",");
    const made = await this.ask("POST", this.form.dataset.upload, { "Upload-Length": this.file.size, "Upload-Metadata": metadata });
    if (made.status !== 201) throw this.refused(made);
    const address = made.getResponseHeader("Location");
    localStorage.setItem(this.key, address);
    return [address, 0];
  }

  /** Whether the release has the file. */
  async arrived() {
    const told = await this.ask("GET", this.form.dataset.upload.replace(/caricamenti$/, `rilasci/${this.form.dataset.release}`), {});
    const files = told.status === 200 ? JSON.parse(told.responseText).file : [];
    return files.some((one) => one.nome === this.file.name && one.dimensione === this.file.size);
  }

  /** Sends what is missing. */
  async sent() {
    let [address, offset] = await this.begun();
    this.progress(offset);
    // A file of no bytes is one part as well; one whose last part was kept but not taken is asked again.
    while (offset < this.file.size || !this.complete) {
      const part = this.file.slice(offset, offset + PART), from = offset;
      const headers = { "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" };
      this.complete = offset + part.size === this.file.size;
      const told = await this.ask("PATCH", address, headers, part, (loaded) => this.progress(Math.min(from + loaded, this.file.size)));
      if (told.status !== 204) {
        // Another place than the host's: it says by asking again where to go on.
        if (told.status === 409 && /tus_posizione/.test(told.responseText)) throw new Broken();
        if (told.status < 500 && told.status !== 401 && told.status !== 429) localStorage.removeItem(this.key);
        throw this.refused(told);
      }
      offset = Number(told.getResponseHeader("Upload-Offset"));
      this.progress(offset);
      this.tries = 0;
    }
    localStorage.removeItem(this.key);
  }

  /** Sends it, through breaks of the connection, until it is there or will not be. */
  async run() {
    this.halted = false;
    this.tries = 0;
    for (;;) {
      this.state("sending");
      try {
        await this.sent();
        return this.state("done");
      } catch (error) {
        if (this.halted) return;
        if (!(error instanceof Broken)) return this.state("failed", error.message);
        this.state("broken");
        const wait = WAITS[Math.min(this.tries++, WAITS.length - 1)];
        await new Promise((resolve) => {
          this.wake = resolve;
          setTimeout(resolve, wait);
          addEventListener("online", resolve, { once: true });
        });
        if (this.halted) return;
      }
    }
  }
}

/** The files of each form. */
const queues = new WeakMap();
const busy = new Set();

/** Sends the first that waits, one at a time. */
async function next(form) {
  if (busy.has(form)) return;
  const waiting = queues.get(form).find((one) => one.is === "waiting");
  if (!waiting) return;
  busy.add(form);
  await waiting.run();
  busy.delete(form);
  next(form);
}

/** Files beside others come last: they say something about one that must be there. */
function add(form, files) {
  const list = form.querySelector("[data-uploads]");
  if (!queues.has(form)) queues.set(form, []);
  for (const file of [...files].sort((a, b) => beside(a) - beside(b))) {
    const one = new Sending(form, file);
    const again = queues.get(form).find((known) => known.key === one.key && known.is !== "done");
    if (again) { if (again.is !== "sending") again.resume(); continue; }
    list.querySelector(`[data-left="${CSS.escape(one.key)}"]`)?.remove();
    queues.get(form).push(one);
    list.append(one.item);
  }
  next(form);
}

/** What was left when the page was closed: the same file goes on, or it is given up. */
async function left(form) {
  const texts = JSON.parse(form.dataset.texts), prefix = `upload:${form.dataset.release}:`;
  for (const key of Object.keys(localStorage).filter((key) => key.startsWith(prefix))) {
    const address = localStorage.getItem(key);
    const asked = (method) => fetch(address, { method, headers: { "Tus-Resumable": "1.0.0" } });
    const told = await asked("HEAD").catch(() => null);
    if (told?.status === 404) localStorage.removeItem(key);
    if (told?.status !== 200) continue;
    const [name, size] = key.slice(prefix.length).split(":");
    const item = document.createElement("li"), text = item.appendChild(document.createElement("span"));
    item.dataset.left = key;
    const sent = bytes(Number(told.headers.get("Upload-Offset")));
    text.textContent = texts.left.replace("{name}", name).replace("{sent}", sent).replace("{all}", bytes(Number(size)));
    const button = item.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "btn small";
    button.textContent = texts.cancel;
    button.setAttribute("aria-label", `${texts.cancel} ${name}`);
    button.addEventListener("click", () => { localStorage.removeItem(key); item.remove(); asked("DELETE"); });
    form.querySelector("[data-uploads]").append(item);
  }
}

for (const form of document.querySelectorAll("form[data-upload]")) left(form);

document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("form[data-upload]"), input = form?.elements.file;
  if (!input?.files.length) return;
  event.preventDefault();
  event.stopPropagation();
  add(form, input.files);
  input.value = "";
}, true);

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const form = document.querySelector("form[data-upload]");
    if (!form || !event.dataTransfer?.types.includes("Files")) return;
    // Beside the place for it, too: the browser would leave the page and show the file.
    event.preventDefault();
    const zone = event.target.closest?.("[data-drop]");
    form.querySelector("[data-drop]").classList.toggle("over", kind === "dragover" && Boolean(zone));
    if (kind !== "drop" || !zone) return;
    const both = new DataTransfer(), input = form.elements.file;
    for (const file of [...input.files, ...event.dataTransfer.files]) both.items.add(file);
    input.files = both.files;
  });
}

addEventListener("beforeunload", (event) => { if (busy.size) event.preventDefault(); });
