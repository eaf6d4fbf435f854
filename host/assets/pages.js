// What single pages do beyond the behaviour every page has (app.js). Pages work without it.

// A page about a job shows what came of it once the job is over.
addEventListener("finished", (event) => { if (event.target.closest("[data-reload]")) location.reload(); });

// <form data-preview="address" data-into="id">: the element #id is taken anew from what the address
// answers to the form as typed, as soon as typing pauses. A document is asked for, not parsed here.
const previews = new WeakMap();

function preview(form) {
  const into = document.getElementById(form.dataset.into);
  if (!into) return;
  previews.get(form)?.abort();
  const request = new XMLHttpRequest();
  previews.set(form, request);
  request.open("POST", form.dataset.preview);
  request.responseType = "document";
  request.setRequestHeader("X-Partial", into.id);
  request.onload = () => {
    const fresh = request.status === 200 && request.response?.getElementById(into.id);
    // What says the same is not read out again.
    if (fresh && fresh.textContent !== into.textContent) into.replaceChildren(...fresh.childNodes);
  };
  request.send(new URLSearchParams(new FormData(form)));
}

const pauses = new WeakMap();
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-preview]");
  if (!form) return;
  clearTimeout(pauses.get(form));
  pauses.set(form, setTimeout(() => preview(form), 350));
});

// Printing needs a script; without one the browser's own menu does it.
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
document.addEventListener("click", (event) => { if (event.target.closest?.("[data-print]")) print(); });

// <form data-upload="address" data-release="id">: each chosen file is sent in parts (tus 1.0.0), so that
// one that broke off goes on where it was. Without a script the form sends them by itself.
const PART = 8 * 1024 * 1024;
const beside = (file) => /\.(sig|minisig|blockmap)$/i.test(file.name);
const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** Asks the host; a part of a file tells its progress. */
function tus(method, address, headers, body, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    request.setRequestHeader("Tus-Resumable", "1.0.0");
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (progress) request.upload.addEventListener("progress", (event) => progress(event.loaded));
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", () => reject(new Error("")));
    request.send(body);
  });
}

const refusal = (request) => {
  try { return new Error(JSON.parse(request.responseText).detail); } catch { return new Error(""); }
};

/** A host that keeps no parts takes the file in one piece. */
async function whole(form, file, said, progress) {
  const { filename, rilascio, ...place } = said;
  const path = form.dataset.upload.replace(/caricamenti$/, `rilasci/${rilascio}/file/${encodeURIComponent(filename)}`);
  const sent = await tus("PUT", `${path}?${new URLSearchParams(place)}`, { "Content-Type": "application/octet-stream" }, file, progress);
  if (sent.status !== 200) throw refusal(sent);
}

async function upload(form, file, progress) {
  const key = ["upload", form.dataset.release, file.name, file.size, file.lastModified].join(":");
  let address = localStorage.getItem(key), offset = 0;
  if (address) {
    const known = await tus("HEAD", address, {});
    if (known.status === 200) offset = Number(known.getResponseHeader("Upload-Offset"));
    else address = null;
  }
  if (!address) {
    const said = { filename: file.name, rilascio: form.dataset.release };
    for (const name of ["piattaforma", "architettura", "formato"]) said[name] = form.elements[name]?.value ?? "";
    const metadata = Object.entries(said).filter(([, text]) => text).map(([name, text]) => `${name} ${encoded(text)}`).join(",");
    const made = await tus("POST", form.dataset.upload, { "Upload-Length": file.size, "Upload-Metadata": metadata });
    if (made.status === 404) return whole(form, file, said, progress);
    if (made.status !== 201) throw refusal(made);
    address = made.getResponseHeader("Location");
    localStorage.setItem(key, address);
  }
  do {
    const part = file.slice(offset, offset + PART), from = offset;
    const headers = { "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" };
    const sent = await tus("PATCH", address, headers, part, (loaded) => progress(from + loaded));
    if (sent.status !== 204) {
      if (sent.status !== 409) localStorage.removeItem(key);
      throw refusal(sent);
    }
    offset = Number(sent.getResponseHeader("Upload-Offset"));
    progress(offset);
  } while (offset < file.size);
  localStorage.removeItem(key);
}

/** Files beside others come last: they say something about one that must be there. */
async function uploadAll(form) {
  const files = [...form.elements.file.files].sort((a, b) => beside(a) - beside(b));
  const list = form.querySelector("[data-uploads]"), button = form.querySelector("button:not([type])");
  button.disabled = true;
  let failed = false;
  for (const file of files) {
    const item = list.appendChild(document.createElement("li"));
    const name = item.appendChild(document.createElement("span")), bar = item.appendChild(document.createElement("progress"));
    name.textContent = file.name;
    bar.max = file.size || 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    try {
      await upload(form, file, (sent) => { bar.value = sent; });
      item.append(` ${form.dataset.done}`);
    } catch (error) {
      failed = true;
      item.append(` ${error.message || form.dataset.failed}`);
    }
  }
  button.disabled = false;
  if (!failed) location.reload();
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (!form?.elements.file.files.length) return;
  event.preventDefault();
  uploadAll(form);
}, true);
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("over", kind === "dragover");
    if (kind === "drop") zone.querySelector("input[type=file]").files = event.dataTransfer.files;
  });
}
