/** Every state that somebody may meet, each with the way there. */
import { adminStates, openFilled as openFilledAdmin } from "./admin-states.ts";
import { filledRoom } from "./content.ts";
import { rightsStates } from "./rights-states.ts";
import { openShapes, surfaceStates } from "./surface-states.ts";
import { troubleStates } from "./trouble-states.ts";
import { enter, enterAndPress, goTo, type State, settle, type Visit } from "./ways.ts";

const longInGerman = ["share-owner", "people-owner", "commenter", "lost-work", "sign-up"];

/** All of them, in the order of the contact sheet. */
export const states: readonly State[] = [
	{ name: "home-empty", open: openEmptyHome },
	{ name: "home-filled", open: ({ page, url }) => goTo(page, url, ".weft-room-card") },
	...surfaceStates,
	{ name: "people-empty", open: (visit) => openPeople(visit, "nobody-else") },
	{ name: "people-filled", open: (visit) => openPeople(visit, filledRoom) },
	{ name: "hand-raised", open: openHand },
	{ name: "following", open: openFollowing },
	{ name: "own-name", open: openOwnName },
	{ name: "light", open: openLight },
	{ name: "room-menu", open: openMenu },
	{ name: "keys", open: openKeys },
	{ name: "share", open: openShare },
	...rightsStates,
	...troubleStates,
	{ name: "view-link", open: (visit) => enter(visit, `/r/${filledRoom}/board?view`) },
	{ name: "this-device", open: openDevice },
	{ name: "connection", open: openConnection },
	...adminStates,
	{ name: "wrong-address", open: ({ page, url }) => goTo(page, `${url}/no/such/page`, "h1") },
	...german([
		["home", ({ page, url }) => goTo(page, url, ".weft-room-card")],
		["document", (visit) => enter(visit, `/r/${filledRoom}/document`)],
		["board", (visit) => enter(visit, "/r/nothing-in-board/board")],
		["board-shapes", openShapes],
		["chat", (visit) => enter(visit, `/r/${filledRoom}/chat`)],
		["photos", (visit) => enter(visit, `/r/${filledRoom}/photos`)],
		["own-name", openOwnName],
		["light", openLight],
		["keys", openKeys],
		["share", openShare],
		...rightsStates
			.filter(({ name }) => longInGerman.includes(name))
			.map(({ name, open }) => [name, open] as const),
		["this-device", openDevice],
		["connection", openConnection],
		["admin", openFilledAdmin],
	]),
];

/** The same for somebody who has chosen German on this device. */
function german(ways: readonly (readonly [name: string, open: State["open"]])[]): State[] {
	return ways.map(([name, open]) => ({
		name: `german-${name}`,
		isForEyes: true,
		open: async (visit) => {
			await visit.page.addInitScript(() => localStorage.setItem("weft:language", "de"));
			await open(visit);
		},
	}));
}

async function openEmptyHome({ page, url }: Visit): Promise<void> {
	await page.route("**/api/rooms*", (route) => route.fulfill({ json: { rooms: [] } }));
	await goTo(page, url, ".weft-empty");
}

function openConnection({ page, url }: Visit): Promise<void> {
	return goTo(page, `${url}/connection`, "h1");
}

async function openPeople(visit: Visit, room: string): Promise<void> {
	await enter(visit, `/r/${room}/board`);
	await visit.page.locator(".weft-people__faces").click();
	await visit.page.locator("#weft-people-list").waitFor();
}

async function openHand(visit: Visit): Promise<void> {
	await enter(visit, `/r/${filledRoom}/board`);
	await settle(visit.page);
	await visit.page.keyboard.press("Alt+Shift+H");
	await visit.page.locator(".weft-people__me .weft-avatar__hand").waitFor();
}

async function openFollowing(visit: Visit): Promise<void> {
	await openPeople(visit, filledRoom);
	await visit.page.getByTitle("Follow Bo", { exact: true }).click();
	await visit.page.locator(".weft-follow").waitFor();
}

async function openOwnName(visit: Visit): Promise<void> {
	await enterAndPress(visit, `/r/${filledRoom}/board`, ".weft-people__me");
	await visit.page.locator("dialog[open]").waitFor();
}

async function openLight(visit: Visit): Promise<void> {
	await enterAndPress(visit, `/r/${filledRoom}/board`, "weft-light > button");
	await visit.page.locator("#weft-light-details").waitFor();
}

async function openMenu(visit: Visit): Promise<void> {
	await enterAndPress(visit, `/r/${filledRoom}/board`, "[popovertarget=weft-room-menu]");
	await visit.page.locator("#weft-room-menu").waitFor();
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

async function openShare(visit: Visit): Promise<void> {
	await enter(visit, `/r/${filledRoom}/board`);
	await visit.page.getByRole("button", { name: /^(Share|Teilen)$/ }).click();
	await visit.page.locator("dialog[open]").waitFor();
}
