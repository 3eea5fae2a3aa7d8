import { afterEach, expect, test, vi } from "vitest";
import { notify, notifyState, switchNotify } from "../../../../web/sync/device/notify.ts";

afterEach(() => vi.unstubAllGlobals());

/** A browser in which a person answers the question so; what is shown and asked is noted. */
function browser(answer: NotificationPermission, before: NotificationPermission = "default") {
	const shown: string[] = [];
	let asked = 0;
	const told = new Map<string, string>();
	const memory = {
		getItem: (key: string) => told.get(key) ?? null,
		setItem: (key: string, value: string) => void told.set(key, value),
	};
	class FakeNotification {
		static permission = before;
		static async requestPermission(): Promise<NotificationPermission> {
			asked++;
			FakeNotification.permission = answer;
			return answer;
		}
		constructor(title: string, { body }: { body: string }) {
			shown.push(`${title}: ${body}`);
		}
		close(): void {
			shown.pop();
		}
	}
	const page = { visibilityState: "hidden" };
	vi.stubGlobal("isSecureContext", true);
	vi.stubGlobal("Notification", FakeNotification);
	vi.stubGlobal("document", page);
	vi.stubGlobal("location", { href: "https://weft.test/r/garden" });
	vi.stubGlobal("localStorage", memory);
	return { memory, page, shown, asked: () => asked };
}

const notice = { title: "Ann in Garden", body: "@Ben", tag: "chat", open: () => undefined };

test("they are off, and nobody is asked, until somebody switches them on", async () => {
	const { memory, shown, asked } = browser("granted");
	expect(notifyState(memory)).toBe("off");
	await notify(notice);
	expect([shown, asked()]).toEqual([[], 0]);
	expect(await switchNotify(true, memory)).toBe("on");
	await notify(notice);
	expect([shown, asked()]).toEqual([["Ann in Garden: @Ben"], 1]);
});

test("who looks at the page is told nothing twice", async () => {
	const { memory, page, shown } = browser("granted");
	await switchNotify(true, memory);
	page.visibilityState = "visible";
	await notify(notice);
	expect(shown).toEqual([]);
});

test("off is remembered though the browser would allow it", async () => {
	const { memory, shown, asked } = browser("granted", "granted");
	expect(notifyState(memory)).toBe("off");
	await switchNotify(true, memory);
	expect(await switchNotify(false, memory)).toBe("off");
	await notify(notice);
	expect([shown, asked()]).toEqual([[], 0]);
});

test("a question that is answered with no, or not at all, leaves them off", async () => {
	const no = browser("denied");
	expect(await switchNotify(true, no.memory)).toBe("blocked");
	expect(await switchNotify(true, no.memory)).toBe("blocked");
	expect(no.asked()).toBe(1);
	const closed = browser("default");
	expect(await switchNotify(true, closed.memory)).toBe("off");
});

test("without TLS, or in a browser without them, it says so and asks nothing", async () => {
	const { memory, asked } = browser("granted");
	vi.stubGlobal("isSecureContext", false);
	expect(await switchNotify(true, memory)).toBe("insecure");
	vi.unstubAllGlobals();
	vi.stubGlobal("isSecureContext", true);
	expect(await switchNotify(true, memory)).toBe("unsupported");
	expect(asked()).toBe(0);
});

test("where only the service worker may show them it does", async () => {
	const { memory, shown } = browser("granted");
	await switchNotify(true, memory);
	const OnlyByWorker = Object.assign(
		function OnlyByWorker() {
			throw new TypeError("Illegal constructor");
		},
		{ permission: "granted" },
	);
	vi.stubGlobal("Notification", OnlyByWorker);
	const showNotification = async (title: string) => void shown.push(`worker: ${title}`);
	const serviceWorker = { getRegistration: async () => ({ showNotification }) };
	vi.stubGlobal("navigator", { serviceWorker });
	await notify(notice);
	expect(shown).toEqual(["worker: Ann in Garden"]);
});
