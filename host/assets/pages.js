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
