/**
 * Service worker of `/me/`: the page and the files of its build, so that a phone without a connection opens it. Answers of the API are never
 * kept here. The build puts its name and its files in.
 */
const build = '';
const files = [];
const page = '/me/';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(build)
      .then((cache) => cache.addAll([page, ...files]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== build).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

/** The newest page when there is a connection; the kept one otherwise. */
const openPage = (request) => fetch(request).catch(() => caches.match(page));
/** Names of files carry their content: what is kept is right. */
const openFile = (request) => caches.match(request).then((kept) => kept ?? fetch(request));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || !pathname.startsWith(page)) return;
  if (request.mode === 'navigate') event.respondWith(openPage(request));
  else if (pathname.startsWith(`${page}assets/`)) event.respondWith(openFile(request));
});
