/** The app is kept on the device also where the line went while it came. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepApp } from "../../../../web/sync/device/app-copy.ts";

/** A worker that ends as it is told, once somebody listens. */
class FakeWorker extends EventTarget {
	state = "installing";

	end(state: "installed" | "redundant"): void {
		this.state = state;
		this.dispatchEvent(new Event("statechange"));
	}
}

let workers: FakeWorker[] = [];
/** What the browser says of a page that has a worker already. */
let earlier: { readonly active: FakeWorker | null; readonly waiting: FakeWorker } | null = null;
let isOnline = true;

async function register(): Promise<object> {
	if (!isOnline) throw new TypeError("no line");
	if (earlier !== null) return Object.assign(new EventTarget(), { ...earlier, installing: null });
	const worker = new FakeWorker();
	workers.push(worker);
	return Object.assign(new EventTarget(), { active: null, waiting: null, installing: worker });
}

beforeEach(() => {
	vi.useFakeTimers();
	workers = [];
	earlier = null;
	isOnline = true;
	const page = new EventTarget();
	vi.stubGlobal("navigator", { serviceWorker: { register, controller: null } });
	vi.stubGlobal("document", Object.assign(page, { querySelector: () => null }));
	vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
	vi.stubGlobal("dispatchEvent", page.dispatchEvent.bind(page));
});

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

test("a copy that did not come whole is asked for again, and no more once it has", async () => {
	const kept = keepApp(() => undefined);
	await vi.waitFor(() => expect(workers).toHaveLength(1));
	workers[0]?.end("redundant");
	isOnline = false;
	await vi.advanceTimersByTimeAsync(60_000);
	isOnline = true;
	dispatchEvent(new Event("online"));
	await vi.waitFor(() => expect(workers).toHaveLength(2));
	workers[1]?.end("installed");
	await kept;
	await vi.advanceTimersByTimeAsync(120_000);
	expect(workers).toHaveLength(2);
});

test("a browser that keeps no app is asked no more after a while", async () => {
	isOnline = false;
	const kept = expect(keepApp(() => undefined)).rejects.toThrow("no line");
	await vi.advanceTimersByTimeAsync(60 * 60_000);
	await kept;
});

test("a newer version is offered where the page is an older one's", async () => {
	const [older, newer] = [new FakeWorker(), new FakeWorker()];
	earlier = { active: older, waiting: newer };
	Object.assign(navigator.serviceWorker, { controller: older });
	let offerCount = 0;
	await keepApp(() => offerCount++);
	expect(offerCount).toBe(1);
});

test("the first version is never offered as a newer one", async () => {
	const first = new FakeWorker();
	// WebKit says for a moment that it waits, and that the page is its own.
	earlier = { active: null, waiting: first };
	Object.assign(navigator.serviceWorker, { controller: first });
	let offerCount = 0;
	await keepApp(() => offerCount++);
	expect(offerCount).toBe(0);
});
