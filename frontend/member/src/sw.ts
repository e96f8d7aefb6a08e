/// <reference lib="webworker" />
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst, StaleWhileRevalidate } from 'workbox-strategies';
import { isMemberPage, isPublicBrandFile } from './app/workerScope';

declare const self: ServiceWorkerGlobalScope;

/*
 * Handles an allow-list and nothing else: this app's own files, its pages, the public brand of the host. Whatever is
 * not named here (the console, sign-in, GraphQL, media, the session) goes to the network as if there were no worker.
 * Caches named kolektor-* are purged at sign-out.
 */
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

const page = new NetworkFirst({
  cacheName: 'kolektor-page',
  networkTimeoutSeconds: 5,
  // Every member page is the same document: one copy serves them all without a network.
  plugins: [{ cacheKeyWillBeUsed: () => Promise.resolve(new URL('/', self.location.origin).toString()) }],
});

registerRoute(({ request, url }) => request.mode === 'navigate' && isMemberPage(url, self.location.origin), page);

registerRoute(({ url }) => isPublicBrandFile(url, self.location.origin), new StaleWhileRevalidate({ cacheName: 'kolektor-brand' }));

registerRoute(
  ({ url }) => url.origin === self.location.origin && /^\/static\/member\/assets\/[^/]+\.woff2$/.test(url.pathname),
  new CacheFirst({ cacheName: 'fonts' }),
);

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
