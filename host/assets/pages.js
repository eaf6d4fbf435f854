// What single pages do beyond the behaviour every page has (app.js). Pages work without it.
