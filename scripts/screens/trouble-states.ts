/** States in which something is wrong: no network, no room, no disk, an old app. */
import type { Page } from "playwright-core";
import type { FailureCode } from "../../shared/errors.ts";
import { filledRoom, picturesForUpload } from "./content.ts";
import { openGate } from "./gate.ts";
import { enter, goTo, type State, settle, troubleIsTold, type Visit } from "./ways.ts";

/** All of them, in the order of the contact sheet. */
export const troubleStates: readonly State[] = [
	{ name: "offline-empty", open: openOffline },
	{ name: "offline-filled", open: openCutOff },
	{ name: "offline-light", open: openCutOffLight },
	{ name: "offline-photos", open: openWaitingPhotos },
	{ name: "offline-at-once", open: openCutOffAtOnce },
	...refusals("refused-link", "no_entry"),
	...refusals("gone-room", "not_found"),
	{ name: "full-disk-empty", open: (visit) => openHeld(visit, "nothing-stored") },
	{ name: "full-disk-filled", open: (visit) => openHeld(visit, filledRoom) },
	...refusals("old-app", "app_too_old"),
	{ name: "no-indexeddb-empty", open: (visit) => openForgetful(visit, "nothing-kept") },
	{ name: "no-indexeddb-filled", open: (visit) => openForgetful(visit, filledRoom) },
	{ name: "app-missing", open: openWithoutApp, isForEyes: true },
	{ name: "page-missing", open: openWithoutPage, isForEyes: true },
	{ name: "slow-server", open: openSlow, isForEyes: true },
];

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

async function openCutOffLight(visit: Visit): Promise<void> {
	await openCutOff(visit);
	await visit.page.locator("weft-light > button").click();
	await visit.page.locator("#weft-light-details").waitFor();
}

/** The network goes at the beginning of a first visit: the code of the light never came. */
async function openCutOffAtOnce(visit: Visit): Promise<void> {
	const { page } = visit;
	const gate = await openGate(page);
	await page.route(/people-and-light/, (route) => route.abort());
	await goTo(page, `${visit.url}/r/${filledRoom}/board`, ".weft-board__bar");
	await settle(page);
	await gate.cut();
	await troubleIsTold(page);
}

/** Not a line of script comes: the page says so after a while by itself. */
async function openWithoutApp({ page, url }: Visit): Promise<void> {
	await page.route(/assets\/.*\.js/, (route) => route.abort());
	await page.goto(url);
	await page.locator(".weft-late a").click({ trial: true });
}

async function openWithoutPage({ page, url }: Visit): Promise<void> {
	await page.route(/assets\/room-.*\.js/, (route) => route.abort());
	await goTo(page, `${url}/r/${filledRoom}/board`, "h1");
}

/** Who was never here waits to be told who they are. */
async function openSlow({ page, url }: Visit): Promise<void> {
	await page.route("**/api/me", () => undefined);
	await goTo(page, `${url}/r/${filledRoom}/board`, "h1");
}

/** Photos that were chosen in the tunnel wait, with their bytes. */
async function openWaitingPhotos(visit: Visit): Promise<void> {
	const { page } = visit;
	const gate = await openGate(page);
	await enter(visit, `/r/${filledRoom}/photos`);
	await settle(page);
	await gate.cut();
	await troubleIsTold(page);
	await page
		.locator("weft-photos input[type=file][multiple]")
		.first()
		.setInputFiles(picturesForUpload(2));
	await page.locator("weft-light > button").click();
	await page.locator("#weft-light-details li").first().waitFor();
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

async function sayHello(page: Page): Promise<void> {
	const field = page.locator("weft-chat textarea");
	await field.fill("We are in the tunnel, this goes out later.");
	await field.press("Enter");
}
