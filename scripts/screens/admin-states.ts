/** The page of who runs the server, with figures of a school that has used it for a year. */
import type { Page } from "playwright-core";
import type { HerePerson, OperatedAccount, OperatedRoom } from "../../shared/operator.ts";
import { pageRowsMax } from "../../shared/operator.ts";
import { goTo, type State, type Visit } from "./ways.ts";

/** All of them, in the order of the contact sheet. */
export const adminStates: readonly State[] = [
	{ name: "admin-empty", open: openEmpty },
	{ name: "admin-filled", open: openFilled },
	{ name: "admin-room", open: openRoom },
	{ name: "admin-account", open: openAccount },
	{ name: "admin-others", open: ({ page, url }) => goTo(page, `${url}/admin`, "h1") },
];

const gigabyte = 1e9;
const hourMs = 3_600_000;

const rules = {
	...{ hasGuests: true, signUp: "invite", isListing: false, isBeyondLoopback: true },
	...{ hasHostTokens: false, isHealing: false },
};

/** Somebody who runs the server, and what it answers. */
async function runServer(page: Page, answers: Readonly<Record<string, () => object>>) {
	const person = { id: "u_olga", name: "Olga", color: "#0b6b5d", isSignedIn: true, isAdmin: true };
	await page.route("**/api/me", (route) => route.fulfill({ json: { ...person, was: [] } }));
	for (const [path, answer] of Object.entries(answers)) {
		await page.route(`**/api/admin/${path}*`, (route) => route.fulfill({ json: answer() }));
	}
}

function pageOf(rows: readonly object[], totalCount = rows.length) {
	const shown = rows.slice(0, pageRowsMax);
	return { rows: shown, matchCount: totalCount, totalCount, unmeasuredCount: 0 };
}

/** What a server does that nobody uses. */
const idle = {
	...{ people: 0, rooms: 0, accounts: 1, storeBytes: 40_000, photoBytes: 0 },
	...{ part: 0.01, swing: 0, changesPerStep: 0 },
};

/** What it does in the third lesson. */
const busy = {
	...{ people: 214, rooms: 31, accounts: 43, storeBytes: 3.2 * gigabyte },
	...{ photoBytes: 21 * gigabyte, part: 0.35, swing: 0.25, changesPerStep: 900 },
};

/** The server's figures; each time they are asked for, two seconds later. */
function figures(load: typeof busy): () => object {
	let step = 0;
	let busyMs = 0;
	const startedAtMs = Date.now() - 260 * hourMs;
	return () => {
		step++;
		const part = load.part + load.swing * Math.sin(step / 3);
		busyMs += part * 2_000;
		return {
			...{ version: "0.1.0", startedAtMs, nowMs: startedAtMs + 260 * hourMs + step * 2_000 },
			...{
				sessionCount: load.people,
				openRoomCount: load.rooms,
				accountCount: load.accounts,
				rules,
			},
			disk: {
				...{ freeBytes: 48 * gigabyte, totalBytes: 120 * gigabyte },
				...{ storeBytes: load.storeBytes, photoBytes: load.photoBytes },
			},
			load: {
				...{ busyMs, idleMs: step * 2_000 - busyMs, updateCount: step * load.changesPerStep },
				...{ heapBytes: 120e6 + part * 20e6, memoryBytes: 310e6 + part * 30e6 },
			},
		};
	};
}

async function openEmpty({ page, url }: Visit): Promise<void> {
	const olga = accounts().filter(({ isAdmin }) => isAdmin);
	await runServer(page, {
		server: figures(idle),
		rooms: () => pageOf([]),
		people: () => pageOf([]),
		accounts: () => pageOf(olga),
	});
	await goTo(page, `${url}/admin`, "weft-admin-accounts li");
}

/** Also in German. */
export async function openFilled({ page, url }: Visit): Promise<void> {
	await runServer(page, {
		server: figures(busy),
		rooms: () => pageOf(rooms(), 10_412),
		people: () => pageOf(people(), 214),
		accounts: () => pageOf(accounts(), 43),
	});
	await goTo(page, `${url}/admin`, "weft-admin-accounts li");
	await page.locator(".weft-admin__table").waitFor();
}

async function openRoom(visit: Visit): Promise<void> {
	await openFilled(visit);
	await visit.page.locator("weft-admin-rooms tbody button").first().click();
	await visit.page.locator("dialog[open] .weft-rights__list li").first().waitFor();
}

async function openAccount(visit: Visit): Promise<void> {
	await openFilled(visit);
	await visit.page.locator("weft-admin-accounts li button").last().click();
	await visit.page.locator("dialog[open]").waitFor();
}

function rooms(): Partial<OperatedRoom>[] {
	const named = [
		["class-4b", "Class 4b: where water comes from", "Ms Adeyemi", 28, 4_812_000],
		["choir", "Choir practice", "Bo", 11, 920_000],
		["staff", "Staff meeting, November", "Deniz", 4, 240_500],
		["trip", "Trip to the lock: photos of everybody", "Carla", 0, 1_904_000_000],
		["a".repeat(64), "", "", 0, 88_000],
		["old", "Last year’s summer fair", "Ana", 0, 61_300_000],
	] as const;
	const filler = Array.from({ length: 19 }, (_, index) => {
		const title = `Maths, group ${index + 1}`;
		return [`maths-${index}`, title, "Mr Okafor", 0, 310_000 - index * 9_000] as const;
	});
	return [...named, ...filler].map(([name, title, owner, here, sizeBytes], index) => ({
		...{ name, title, kind: title === "" ? "open" : "guarded", people: here, sizeBytes },
		...{ owner: owner === "" ? null : { id: `u_${owner}`, name: owner } },
		...{ madeBy: { id: "u", name: owner }, isOpen: here > 0 || index === 4 },
		changedAtMs: Date.now() - index ** 2 * 40 * 60_000,
		binnedAtMs: name === "old" ? Date.now() - hourMs : null,
	})) as unknown as OperatedRoom[];
}

function people(): HerePerson[] {
	const named = [
		["u_adeyemi", "Ms Adeyemi", "#6a4bc0", ["class-4b", "staff"]],
		["g_bo", "Bo", "#00668b", ["choir"]],
		["g_fox", "Quick Fox", "#a34a00", ["class-4b"]],
		["anyone", "", "#0b6b5d", ["class-4b", "choir", "staff", "trip", "maths-0"]],
		["u_olga", "Olga", "#0b6b5d", ["staff"]],
	] as const;
	return named.map(([id, name, color, inRooms]) => ({
		...{ id, name, color, rooms: inRooms, socketCount: inRooms.length },
		...{ isSignedIn: id.startsWith("u_"), isAdmin: id === "u_olga" },
	})) as unknown as HerePerson[];
}

function accounts(): OperatedAccount[] {
	const names = ["Ms Adeyemi", "Carla", "Deniz", "Olga", "Mr Okafor"];
	return names.map((name, index) => ({
		...{ id: name === "Olga" ? "u_olga" : `u_${index}`, name, isAdmin: name === "Olga" },
		...{
			madeAtMs: Date.now() - (300 - index) * 24 * hourMs,
			loginCount: index === 1 ? 0 : index || 1,
		},
		signedInAtMs: index === 1 ? null : Date.now() - index * 50 * hourMs,
		isHere: index === 0 || name === "Olga",
	})) as unknown as OperatedAccount[];
}
