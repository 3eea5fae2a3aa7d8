/** Every state that somebody may meet, each with the way there. */
import type { Page } from "playwright-core";
import type { FailureCode } from "../../shared/errors.ts";
import { whenCalm } from "./calm.ts";
import { filledRoom } from "./content.ts";
import { openGate } from "./gate.ts";

/** Somebody who comes with a page of their own; the server has what `fillRooms` makes. */
export interface Visit {
	readonly page: Page;
	/** The server's address. */
	readonly url: string;
}

/** One state. */
export interface State {
	/** Also the name of its files. */
	readonly name: string;
	/** Brings the page there; resolves when it is there. */
	readonly open: (visit: Visit) => Promise<void>;
}

/** All of them, in the order of the contact sheet. */
export const states: readonly State[] = [
	{ name: "home-empty", open: openEmptyHome },
	{ name: "home-filled", open: ({ page, url }) => goTo(page, url, ".weft-room-card") },
	...(["document", "board", "chat", "photos"] as const).flatMap((surface) => [
		{
			name: `${surface}-empty`,
			open: (visit: Visit) => enter(visit, `/r/nothing-in-${surface}/${surface}`),
		},
		{
			name: `${surface}-filled`,
			open: (visit: Visit) => enter(visit, `/r/${filledRoom}/${surface}`),
		},
	]),
	{ name: "people-empty", open: (visit) => openPeople(visit, "nobody-else") },
	{ name: "people-filled", open: (visit) => openPeople(visit, filledRoom) },
	{ name: "offline-empty", open: openOffline },
	{ name: "offline-filled", open: openCutOff },
	...refusals("refused-link", "not_allowed"),
	...refusals("gone-room", "not_found"),
	{ name: "full-disk-empty", open: (visit) => openHeld(visit, "nothing-stored") },
	{ name: "full-disk-filled", open: (visit) => openHeld(visit, filledRoom) },
	...refusals("old-app", "app_too_old"),
	{ name: "no-indexeddb-empty", open: (visit) => openForgetful(visit, "nothing-kept") },
	{ name: "no-indexeddb-filled", open: (visit) => openForgetful(visit, filledRoom) },
	{ name: "view-link", open: (visit) => enter(visit, `/r/${filledRoom}/board?view`) },
	{ name: "this-device", open: openDevice },
	{ name: "connection", open: ({ page, url }) => goTo(page, `${url}/connection`, "h1") },
	{ name: "wrong-address", open: ({ page, url }) => goTo(page, `${url}/no/such/page`, "h1") },
	{ name: "keys", open: openKeys },
	{ name: "message-menu", open: openMessageMenu },
	{ name: "photo-viewer", open: openViewer },
	{ name: "share", open: openShare },
];

/** Resolves when nothing on the page changes any more. */
export async function settle(page: Page): Promise<void> {
	await page.evaluate(whenCalm);
}

async function goTo(page: Page, url: string, selector: string): Promise<void> {
	await page.goto(url);
	await page.locator(selector).first().waitFor();
}

async function openEmptyHome({ page, url }: Visit): Promise<void> {
	await page.route("**/api/rooms*", (route) => route.fulfill({ json: { rooms: [] } }));
	await goTo(page, url, ".weft-empty");
}

/** Comes into a room; resolves when the light says where one's changes are. */
async function enter({ page, url }: Visit, path: string): Promise<void> {
	await page.goto(url + path);
	const told = page.locator(".weft-light__label:not(:empty)");
	await told.waitFor({ state: "attached" }); // A phone's light has no words.
	await page.locator("weft-room main [data-pane] > :defined").first().waitFor();
}

async function openPeople(visit: Visit, room: string): Promise<void> {
	await enter(visit, `/r/${room}/board`);
	await visit.page.locator(".weft-people__faces").click();
	await visit.page.locator("#weft-people-list").waitFor();
}

/** The app is here, the room is not: nothing of it was ever on this device. */
async function openOffline({ page, url }: Visit): Promise<void> {
	const gate = await openGate(page);
	await goTo(page, url, "h1");
	await enter({ page, url }, "/r/before-the-tunnel/board");
	await settle(page);
	await gate.cut();
	await page.evaluate(() => {
		history.pushState(null, "", "/r/never-seen/board");
		dispatchEvent(new PopStateEvent("popstate"));
	});
	await troubleIsTold(page);
}

async function openCutOff(visit: Visit): Promise<void> {
	const gate = await openGate(visit.page);
	await enter(visit, `/r/${filledRoom}/chat`);
	await settle(visit.page);
	await gate.cut();
	await sayHello(visit.page);
	await troubleIsTold(visit.page);
}

/** The light waits for a second whether the trouble ends by itself. */
async function troubleIsTold(page: Page): Promise<void> {
	await page.locator(".weft-light--warn").waitFor({ state: "attached" });
}

function refusals(name: string, code: FailureCode): State[] {
	return [
		{
			name: `${name}-empty`,
			async open({ page, url }) {
				const gate = await openGate(page);
				await gate.refuse(code);
				await goTo(page, `${url}/r/${name}/board`, "[role=alert]");
			},
		},
		{
			name: `${name}-filled`,
			async open(visit) {
				const gate = await openGate(visit.page);
				await enter(visit, `/r/${filledRoom}/document`);
				await settle(visit.page);
				await gate.refuse(code);
				await visit.page.locator("[role=alert]").first().waitFor();
			},
		},
	];
}

async function openHeld(visit: Visit, room: string): Promise<void> {
	const gate = await openGate(visit.page);
	await enter(visit, `/r/${room}/chat`);
	await settle(visit.page);
	gate.hold("disk_full");
	await visit.page.locator("[role=alert]").first().waitFor();
}

async function openForgetful(visit: Visit, room: string): Promise<void> {
	await visit.page.addInitScript(() => {
		Object.defineProperty(window, "indexedDB", { value: undefined });
	});
	await enter(visit, `/r/${room}/document`);
}

async function openKeys(visit: Visit): Promise<void> {
	await enter(visit, `/r/${filledRoom}/board`);
	await visit.page.keyboard.press("?");
	await visit.page.locator("dialog[open]").waitFor();
}

async function openDevice(visit: Visit): Promise<void> {
	await enter(visit, `/r/${filledRoom}/board`);
	await settle(visit.page);
	await goTo(visit.page, `${visit.url}/device`, "h1");
}

async function openMessageMenu(visit: Visit): Promise<void> {
	await enter(visit, `/r/${filledRoom}/chat`);
	await settle(visit.page);
	await visit.page.locator(".weft-chat-more").last().press("Enter");
	await visit.page.locator(".weft-chat-menu button").first().waitFor();
}

async function openViewer(visit: Visit): Promise<void> {
	await enter(visit, `/r/${filledRoom}/photos`);
	await visit.page.locator(".weft-photos__open").first().click();
	await visit.page.locator("dialog[open]").waitFor();
}

async function openShare(visit: Visit): Promise<void> {
	await enter(visit, `/r/${filledRoom}/board`);
	await visit.page
		.locator(".weft-room__bar button:has(.weft-icon)", { hasText: "Share" })
		.or(visit.page.getByRole("button", { name: "Share" }))
		.first()
		.click();
	await visit.page.locator("dialog[open]").waitFor();
}

async function sayHello(page: Page): Promise<void> {
	const field = page.locator("weft-chat textarea");
	await field.fill("We are in the tunnel, this goes out later.");
	await field.press("Enter");
}
