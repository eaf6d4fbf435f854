// What single pages do beyond the behaviour every page has (app.js). Pages work without it.

// A page about a job shows what came of it once the job is over.
addEventListener("finished", (event) => { if (event.target.closest("[data-reload]")) location.reload(); });
