/** States in which somebody may only look, decides about others, or has to say who they are. */
import type { Page } from "playwright-core";
import { aliasOf, type RoomLink } from "../../shared/room-access.ts";
import { textOf } from "../../shared/surfaces/root.ts";
import { openGate } from "./gate.ts";
import {
	type Caller,
	callerAt,
	guestNamed,
	keepKnocking,
	makeRoom,
	type OwnedRoom,
} from "./owned-room.ts";
import { enter, goTo, type State, settle, type Visit } from "./ways.ts";

const dayMs = 24 * 60 * 60 * 1_000;

/** All of them, in the order of the contact sheet. */
export const rightsStates: readonly State[] = [
	{ name: "share-owner", open: openOwnersShare },
	{ name: "people-owner", open: openOwnersPeople },
	{ name: "people-role", open: openRole },
	{ name: "audit", open: openAudit },
	{ name: "hand-over", open: askToHandOver },
	{ name: "cleared", open: openCleared },
	{ name: "somebody-knocks", open: openKnocked },
	{ name: "presenting", open: openPresenting },
	{ name: "presented", open: (visit) => beGuest(visit, present) },
	{ name: "presented-talk", open: (visit) => beGuest(visit, presentAndTalk) },
	{ name: "viewer", open: (visit) => beGuest(visit, be({ role: "viewer" })) },
	{ name: "viewer-chat", open: (visit) => beGuest(visit, be({ role: "viewer" }), "chat") },
	{ name: "viewer-photos", open: (visit) => beGuest(visit, be({ role: "viewer" }), "photos") },
	{ name: "viewer-board", open: (visit) => beGuest(visit, be({ role: "viewer" }), "board") },
	{ name: "commenter", open: (visit) => beGuest(visit, be({ role: "commenter" })) },
	{ name: "muted", open: (visit) => beGuest(visit, be({ isMuted: true }), "chat") },
	{ name: "narrowed", open: (visit) => beGuest(visit, narrow, "photos") },
	{ name: "knocking", open: openKnocking },
	{ name: "put-out", open: (visit) => stayOutside(visit, be({ role: "out" })) },
	{ name: "closed-room", open: (visit) => stayOutside(visit, close) },
	{ name: "link-over", open: openOverLink },
	{ name: "room-in-bin", open: (visit) => stayOutside(visit, bin) },
	{ name: "room-in-bin-owner", open: openOwnersBinned },
	{ name: "lost-work", open: openLost },
	{ name: "lost-work-kept", open: openKeptLost },
	{ name: "purge-offered", open: openPurge },
	{ name: "purge-asked", open: askToPurge },
	{ name: "purged", open: bePurged },
	{ name: "purged-unsent", open: bePurgedAway },
	{ name: "members-only", open: (visit) => openMembersOnly(visit, "off") },
	{ name: "sign-up", open: (visit) => openMembersOnly(visit, "invite", "#invitation=weft-4f9c") },
	{ name: "sign-in", open: openSignIn },
];

/** What an owner decides about who sits before the page. */
type Decision = (room: OwnedRoom, guest: Caller) => Promise<unknown>;

const present: Decision = ({ decide, owner }) => decide("PATCH", "access", { presenter: owner.id });
const presentAndTalk: Decision = ({ decide, owner }) =>
	decide("PATCH", "access", { presenter: owner.id, isTalkOpen: true });
const narrow: Decision = ({ decide }) =>
	decide("PATCH", "access", { least: { photos: "owner", chat: "owner" } });
const close: Decision = ({ decide }) => decide("PATCH", "access", { entry: "closed" });
const bin: Decision = ({ decide }) => decide("POST", "bin");

function be(change: object): Decision {
	return ({ decide }, { id }) => decide("PUT", `members/${id}`, change);
}

async function makeAnasRoom(visit: Visit): Promise<OwnedRoom> {
	const ana = await guestNamed(visit, "Ana");
	const owned = await makeRoom(visit, ana);
	await ana.come(owned.room);
	return owned;
}

async function beGuest(visit: Visit, decision: Decision, surface = "document"): Promise<void> {
	const { page } = visit;
	const owned = await makeAnasRoom(visit);
	await decision(owned, await callerAt(visit));
	await enter(visit, `/r/${owned.room}/${surface}`);
	await page.locator("weft-access-bar p").waitFor();
}

async function stayOutside(visit: Visit, decision: Decision): Promise<void> {
	const owned = await makeAnasRoom(visit);
	await decision(owned, await callerAt(visit));
	await goTo(visit.page, `${visit.url}/r/${owned.room}/board`, ".weft-room__away a");
}

async function openKnocking(visit: Visit): Promise<void> {
	const { room, decide } = await makeAnasRoom(visit);
	await decide("PATCH", "access", { entry: "knock" });
	await goTo(visit.page, `${visit.url}/r/${room}/board`, "weft-knock p");
}

async function openOverLink(visit: Visit): Promise<void> {
	const { decide } = await makeAnasRoom(visit);
	const link = { role: "viewer", expiresAtMs: null };
	const { id } = (await decide("POST", "links", link)) as RoomLink;
	await decide("DELETE", `links/${id}`);
	await goTo(visit.page, `${visit.url}/r/${aliasOf(id)}`, ".weft-room__away a");
}

/** Who sits before the page owns the room; some are known in it, and two wait. */
async function beOwner(visit: Visit): Promise<OwnedRoom> {
	const owned = await makeRoom(visit, await callerAt(visit));
	for (const [name, change] of [
		["Bo", { role: "viewer" }],
		["Deniz", { isMuted: true }],
		["A name that is as long as people will have them", { role: "commenter", isMuted: true }],
		["Rude Robin", { role: "out" }],
	] as const) {
		const guest = await guestNamed(visit, name);
		await guest.come(owned.room);
		await owned.decide("PUT", `members/${guest.id}`, change);
	}
	return owned;
}

async function enterOwned(visit: Visit, { room }: OwnedRoom): Promise<void> {
	await enter(visit, `/r/${room}/document`);
	await settle(visit.page);
}

async function openOwnersShare(visit: Visit): Promise<void> {
	const owned = await beOwner(visit);
	for (const link of [
		{ role: "editor", expiresAtMs: null },
		{ role: "commenter", expiresAtMs: Date.now() + 7 * dayMs },
		{ role: "viewer", expiresAtMs: Date.now() + dayMs },
	]) {
		await owned.decide("POST", "links", link);
	}
	await enterOwned(visit, owned);
	await visit.page.getByRole("button", { name: /^(Share|Teilen)$/ }).click();
	await visit.page.locator(".weft-rights__link").first().waitFor();
}

async function openRightsPanel({ page }: Visit): Promise<void> {
	await page.locator(".weft-people__faces").click();
	await page.locator(".weft-people__rights").click();
	await page.locator(".weft-rights__person").first().waitFor();
}

async function openOwnersPeople(visit: Visit): Promise<void> {
	const owned = await beOwner(visit);
	await enterOwned(visit, owned);
	await openRightsPanel(visit);
}

/** The same further down. */
async function openRole(visit: Visit): Promise<void> {
	await openOwnersPeople(visit);
	await visit.page.locator(".weft-rights__least summary").click();
	await visit.page.locator(".weft-rights__least").scrollIntoViewIfNeeded();
}

async function openAudit(visit: Visit): Promise<void> {
	await openOwnersPeople(visit);
	await visit.page.locator(".weft-rights__audit summary").click();
	await visit.page.locator(".weft-rights__audit li").first().waitFor();
	await visit.page.locator(".weft-rights__audit").scrollIntoViewIfNeeded();
}

async function askToHandOver(visit: Visit): Promise<void> {
	const { page } = visit;
	await openOwnersPeople(visit);
	const roles = page.locator(".weft-rights__person select");
	await roles.first().selectOption("hand");
	await page.locator("dialog[open] .weft-dialog__actions").last().waitFor();
}

/** Somebody took out the text that stood in the room. */
async function openCleared(visit: Visit): Promise<void> {
	const { page } = visit;
	const owned = await beOwner(visit);
	const writer = await (await guestNamed(visit, "Elif")).come(owned.room);
	const text = textOf(writer.doc);
	text.delete(0, text.length);
	await writer.saved();
	await enter(visit, `/r/${owned.room}/document`);
	await settle(page);
	await page.locator("weft-page-menu [popovertarget]").click();
	await page.getByRole("button", { name: /^(Bring back deleted|Gelöschten Text)/ }).click();
	await page.locator("dialog[open] .weft-rights__list li").waitFor();
}

async function openKnocked(visit: Visit): Promise<void> {
	const owned = await beOwner(visit);
	await owned.decide("PATCH", "access", { entry: "knock" });
	await keepKnocking(visit, owned.room, await guestNamed(visit, "Elif"));
	await enterOwned(visit, owned);
	await visit.page.locator("weft-access-bar p").waitFor();
}

async function openPresenting(visit: Visit): Promise<void> {
	const owned = await beOwner(visit);
	await owned.decide("PATCH", "access", { presenter: owned.owner.id });
	await enterOwned(visit, owned);
	await visit.page.locator("weft-access-bar p").waitFor();
}

async function openOwnersBinned(visit: Visit): Promise<void> {
	const owned = await beOwner(visit);
	await owned.decide("POST", "bin");
	await enterOwned(visit, owned);
	await visit.page.locator("weft-access-bar p").waitFor();
}

/** The server refuses what was written here. */
async function openLost(visit: Visit): Promise<void> {
	const { page } = visit;
	const gate = await openGate(page);
	const { room } = await makeAnasRoom(visit);
	await enter(visit, `/r/${room}/document`);
	await settle(page);
	await page.locator(".ql-editor").click();
	await page.keyboard.type("Radishes");
	gate.lose("refused_update");
	await page.locator("dialog[open]").waitFor();
}

async function openPurge(visit: Visit): Promise<void> {
	await openOwnersShare(visit);
	await visit.page.locator(".weft-rights__purge").scrollIntoViewIfNeeded();
}

async function askToPurge(visit: Visit): Promise<void> {
	const { page } = visit;
	await openPurge(visit);
	await page.locator(".weft-rights__purge button").click();
	await page.locator("dialog[open] .weft-dialog__actions").waitFor();
}

/** All that was done here had been sent. */
async function bePurged(visit: Visit): Promise<void> {
	const { page } = visit;
	const { room, decide } = await makeAnasRoom(visit);
	await enter(visit, `/r/${room}/document`);
	await settle(page);
	await decide("POST", "purge");
	await page.locator(".weft-toast").waitFor();
	await settle(page);
}

/** Something was not sent yet. */
async function bePurgedAway(visit: Visit): Promise<void> {
	const { page } = visit;
	const gate = await openGate(page);
	const { room, decide } = await makeAnasRoom(visit);
	await enter(visit, `/r/${room}/document`);
	await settle(page);
	await gate.cut();
	await page.locator(".ql-editor").click();
	await page.keyboard.type("Radishes");
	await decide("POST", "purge");
	await gate.mend();
	await page.locator("dialog[open]").waitFor();
}

async function openKeptLost(visit: Visit): Promise<void> {
	await openLost(visit);
	await goTo(visit.page, `${visit.url}/device`, "weft-lost-list li");
}

/** The answers of a server that lets in members only. */
async function openMembersOnly({ page, url }: Visit, signUp: string, tail = ""): Promise<void> {
	const error = { code: "not_signed_in", message: "" };
	await page.route("**/api/me", (route) => route.fulfill({ status: 401, json: { error } }));
	await knowAccounts(page, { hasGuests: false, signUp });
	await goTo(page, `${url}/${tail}`, "weft-sign-in input");
	const last = signUp === "off" ? ".weft-sign-in p:last-child" : "input[name=invitation]";
	await page.locator(last).waitFor();
}

async function knowAccounts(page: Page, rules: object): Promise<void> {
	const json = { hasAccounts: true, ...rules };
	await page.route("**/api/login", (route) => route.fulfill({ json }));
}

async function openSignIn(visit: Visit): Promise<void> {
	const { page } = visit;
	await knowAccounts(page, { hasGuests: true, signUp: "open" });
	await enter(visit, "/r/nothing-in-board/board");
	await settle(page);
	await page.locator(".weft-people__me").click();
	await page.locator(".weft-me__account button").click();
	await page.locator("weft-sign-in input").first().waitFor();
}
