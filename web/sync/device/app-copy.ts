/** The copy of the app on this device: kept by a service worker, renewed when a person says so. */
import { appBase, appUrl } from "../base.ts";

/** A tab that stays open for days asks so often whether there is a newer version. */
const askAgainMs = 60 * 60 * 1000;

/** A copy that did not come whole, on a line that went, is asked for again so often. */
const tryAgainMs = 30_000;
const triesMax = 20;

/** A worker that is asked to take over does so within this; a reload helps either way. */
const takeOverMsMax = 4_000;

/**
 * Keeps the app on this device, where the browser lets us: only pages of this machine, or with TLS,
 * have service workers. `offer` is called when a newer version waits, with what brings it.
 */
export async function keepApp(offer: (use: () => void) => void): Promise<void> {
	if (!("serviceWorker" in navigator)) return;
	const registration = await registerWhole();
	const tell = (): void => {
		const { controller } = navigator.serviceWorker;
		// Of the first version nothing is to be offered: it has no controller before it, and in
		// WebKit it may be the controller while it still counts as waiting.
		if (registration.waiting === null || controller === null) return;
		if (registration.waiting !== controller) offer(() => void useNewest());
	};
	registration.addEventListener("updatefound", () => {
		registration.installing?.addEventListener("statechange", tell);
	});
	tell();
	askNowAndThen(registration);
}

/** Browsers try again with the next page only: this one may stay open, and its tab be closed. */
async function registerWhole(triesLeft = triesMax): Promise<ServiceWorkerRegistration> {
	try {
		const registration = await navigator.serviceWorker.register(appUrl("sw.js"), {
			scope: appBase(),
			updateViaCache: "none",
		});
		if (registration.active !== null || (await isInstalled(registration))) return registration;
		throw new Error("not all of it came");
	} catch (error) {
		if (triesLeft === 1) throw error;
		console.info("The app is not kept yet:", error);
	}
	await new Promise((resolve) => {
		setTimeout(resolve, tryAgainMs);
		addEventListener("online", resolve, { once: true });
	});
	return registerWhole(triesLeft - 1);
}

/** Whether the first worker came with all that it keeps. */
function isInstalled({ installing, waiting }: ServiceWorkerRegistration): Promise<boolean> {
	if (installing === null) return Promise.resolve(waiting !== null);
	return new Promise((resolve) => {
		installing.addEventListener("statechange", () => resolve(installing.state !== "redundant"));
	});
}

/** Opens the page anew with the newest version there is, and not with the one that is kept. */
export async function useNewest(): Promise<void> {
	const registration = await navigator.serviceWorker?.getRegistration(appUrl(""));
	if (registration?.waiting) await handOver(registration.waiting);
	// Until the page has come from the server; it then keeps the app again.
	else if (await isServerThere()) await registration?.unregister();
	location.reload();
}

async function isServerThere(): Promise<boolean> {
	try {
		return (await fetch(appUrl("sw.js"), { signal: AbortSignal.timeout(takeOverMsMax) })).ok;
	} catch {
		return false; // Then what is kept is all there is.
	}
}

function handOver(waiting: ServiceWorker): Promise<void> {
	return new Promise((resolve) => {
		navigator.serviceWorker.addEventListener("controllerchange", () => resolve(), { once: true });
		setTimeout(resolve, takeOverMsMax);
		waiting.postMessage("use");
	});
}

/** For as long as the page lives. */
function askNowAndThen(registration: ServiceWorkerRegistration): void {
	let askedMs = performance.now();
	const ask = (): void => {
		const nowMs = performance.now();
		if (document.visibilityState !== "visible" || nowMs - askedMs < askAgainMs) return;
		askedMs = nowMs;
		registration.update().catch((error: unknown) => console.info("No newer version:", error));
	};
	document.addEventListener("visibilitychange", ask);
}
