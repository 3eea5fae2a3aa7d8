/**
 * The kill switch: served in place of the service worker (`WEFT_APP_COPY=off`), it takes away what
 * the other has kept, and itself. Open pages go on with what they have.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;
const cachePrefix = `weft-app:${new URL("./", worker.location.href).href}:`;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave(): Promise<void> {
	const ours = (await caches.keys()).filter((name) => name.startsWith(cachePrefix));
	await Promise.all(ours.map((name) => caches.delete(name)));
	await worker.registration.unregister();
}
