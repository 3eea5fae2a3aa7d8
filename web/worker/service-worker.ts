/**
 * Keeps the app on this device, so that it opens without a network. Rooms are kept elsewhere
 * (`sync/offline.ts`), and what the server says is never kept here.
 *
 * Each build has a cache of its own, filled as a whole before this worker counts as installed. A
 * newer worker waits until no tab is open, or until a person asks for it: a room that is open goes
 * on with the files it was opened with.
 */
import { answerOf } from "./answers.ts";

/** Put in by the bundler: a hash over all of the build, and every file of it. */
declare const weftBuild: { readonly version: string; readonly files: readonly string[] };

const worker = self as unknown as ServiceWorkerGlobalScope;
const base = new URL("./", worker.location.href).href;
const cachePrefix = `weft-app:${base}:`;
const cacheName = cachePrefix + weftBuild.version;

/** Files that are fetched at a time: the page that is open has the line for itself, mostly. */
const fetchesMax = 3;

worker.addEventListener("install", (event) => event.waitUntil(fill()));
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("message", (event) => {
	if (event.data === "use") event.waitUntil(worker.skipWaiting());
});
worker.addEventListener("fetch", (event) => {
	const answer = answerOf(event.request, base);
	if (answer === "page") event.respondWith(page(event.request));
	if (answer === "asset") event.respondWith(asset(event.request));
});

worker.addEventListener("notificationclick", (event) => {
	event.notification.close();
	event.waitUntil(openRoom(event.notification.data?.url));
});

/** To the tab that told it, or a new one where that is closed. */
async function openRoom(url: unknown): Promise<void> {
	if (typeof url !== "string" || !url.startsWith(base)) return;
	const tabs = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
	const tab = tabs.find((one) => one.url === url);
	await (tab === undefined ? worker.clients.openWindow(url) : tab.focus());
}

async function fill(): Promise<void> {
	const cache = await caches.open(cacheName);
	try {
		await cache.put(base, await freshPage());
		const left = [...weftBuild.files];
		const fetchSome = async (): Promise<void> => {
			for (let file = left.pop(); file !== undefined; file = left.pop()) {
				await cache.add(base + file);
			}
		};
		await Promise.all(Array.from({ length: fetchesMax }, fetchSome));
	} catch (error) {
		await caches.delete(cacheName); // Half an app is none; the browser tries again.
		throw error;
	}
}

/** The page of this very build: one of another would ask for files that we do not have. */
async function freshPage(): Promise<Response> {
	const response = await fetch(base, { cache: "reload" });
	const text = await response.clone().text();
	const known = (path: string) => weftBuild.files.some((file) => path.endsWith(file));
	const isOurs = [...text.matchAll(/assets\/[\w.-]+/g)].every(([path]) => known(path));
	if (!response.ok || response.redirected || !isOurs) throw new Error("Not the page of this build");
	return response;
}

/** Other tabs may still need the files of the build before; of older ones nobody does. */
async function takeOver(): Promise<void> {
	const ours = (await caches.keys()).filter((name) => name.startsWith(cachePrefix));
	const older = ours.filter((name) => name !== cacheName);
	const tabs = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
	if (tabs.length > 0) older.pop(); // Caches are listed in the order in which they were made.
	await Promise.all(older.map((name) => caches.delete(name)));
	await worker.clients.claim();
}

async function page(request: Request): Promise<Response> {
	const cache = await caches.open(cacheName);
	return (await cache.match(base, { ignoreVary: true })) ?? fetch(request);
}

/** Of whichever build: a name with a hash means the same file in all of them. */
async function asset(request: Request): Promise<Response> {
	return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}
