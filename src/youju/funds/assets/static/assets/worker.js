/* Lets the counting page open without a connection: what the page names is kept; the network comes first, what is kept comes second. */
"use strict";
const KEPT = "youju-assets-1";

self.addEventListener("install", () => { self.skipWaiting(); });
self.addEventListener("activate", (event) => { event.waitUntil(self.clients.claim()); });

/* A page that was answered by a login is not the page. */
async function keep(addresses) {
  const cache = await caches.open(KEPT);
  await Promise.all(addresses.map(async (address) => {
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) { await cache.put(address, answer); }
    } catch { /* without a connection what is kept stays */ }
  }));
}

async function forget(addresses) {
  const cache = await caches.open(KEPT);
  await Promise.all(addresses.map((address) => cache.delete(address)));
}

self.addEventListener("message", (event) => {
  const wish = event.data || {};
  const work = wish.forget ? forget(wish.forget) : keep(wish.keep || []);
  event.waitUntil(work.then(() => { if (event.ports[0]) { event.ports[0].postMessage("done"); } }));
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) { return; }
  const page = /\/stocktakes\/\d+\/count\/(list\/)?$/.test(address.pathname);
  if (!page && !address.pathname.includes("/static/")) { return; }
  event.respondWith((async () => {
    const cache = await caches.open(KEPT);
    try {
      const answer = await fetch(event.request);
      if (page && answer.ok && !answer.redirected) { await cache.put(address.pathname, answer.clone()); }
      return answer;
    } catch (error) {
      const kept = await cache.match(address.pathname);
      if (kept) { return kept; }
      throw error;
    }
  })());
});
