import { beforeEach, expect, test } from "vitest";
import { type FailureCode, WeftError } from "../../../../shared/errors.ts";
import { Unreachable } from "../../../../web/api.ts";
import { Claims } from "../../../../web/sync/device/claims.ts";
import { claimsKey, setKeeping } from "../../../../web/sync/device/keeping.ts";
import { type Myself, newcomer, type PersonMemory } from "../../../../web/sync/me.ts";
import { ManualClock } from "../../../fixtures/manual-clock.ts";
import { roomNamed } from "../../../fixtures/stored.ts";

const garden = roomNamed("garden-0123456789abcde");
const shed = roomNamed("shed-0123456789abcdefg");
const ann: Myself = { id: "g_ann", name: "Ann", color: "#c03030" };
const ben: Myself = { id: "g_ben", name: "Ben", color: "#3030c0" };

let clock: ManualClock;
let memory: PersonMemory;
/** What the server says of each room; of others it takes the claim. */
let refusals: Map<string, FailureCode | "away">;
let told: string[];
let online: () => void;

beforeEach(() => {
	clock = new ManualClock();
	refusals = new Map();
	told = [];
	online = () => undefined;
	const kept = new Map<string, string>();
	memory = {
		getItem: (key) => kept.get(key) ?? null,
		setItem: (key, value) => void kept.set(key, value),
	};
});

/** The page of somebody, with what their device keeps. */
function pageOf(person: Myself): Claims {
	return new Claims({
		...{ memory, clock, me: { person } },
		send: async (room) => {
			told.push(room);
			const refusal = refusals.get(room);
			if (refusal === "away") throw new Unreachable("no network");
			if (refusal !== undefined) throw new WeftError(refusal);
		},
		onReturn: (run) => {
			online = run;
			return () => undefined;
		},
	});
}

/** Lets all that is ready happen. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("a room that was made is claimed once", async () => {
	const page = pageOf(ann);
	page.add(garden);
	await page.send();
	await pageOf(ann).send();
	expect(told).toEqual([garden]);
});

test("a room made without a network is claimed when it is back, by the next page too", async () => {
	refusals.set(garden, "away");
	const page = pageOf(ann);
	page.add(garden);
	void page.send();
	await turn();
	expect(told).toEqual([garden]);
	clock.advance(1_000);
	await turn();
	expect(told).toEqual([garden, garden]);
	const next = pageOf(ann);
	const sent = next.send();
	await turn();
	refusals.clear();
	online();
	await sent;
	expect(told).toHaveLength(4);
	expect(memory.getItem(claimsKey)).toBe("");
});

test("one that is made while another waits does not wait with it", async () => {
	refusals.set(garden, "away");
	const page = pageOf(ann);
	page.add(garden);
	const sent = page.send();
	await turn();
	refusals.clear();
	page.add(shed);
	await sent;
	expect(told).toEqual([garden, garden, shed]);
});

test.for([
	["not_found", false],
	["put_out", false],
	["not_signed_in", true],
	["too_many_requests", true],
	["disk_full", true],
] as const)("a claim that is answered with %s is kept: %s", async ([code, isKept]) => {
	refusals.set(garden, code);
	const page = pageOf(ann);
	page.add(garden);
	void page.send();
	await turn();
	expect(memory.getItem(claimsKey)?.includes(garden)).toBe(isKept);
});

test("what Ann made is not claimed by Ben, but by the member that she signs in as", async () => {
	refusals.set(garden, "away");
	pageOf(ann).add(garden);
	refusals.clear();
	await pageOf(ben).send();
	expect(told).toEqual([]);
	await pageOf({ ...ben, id: "u_ann", was: [ann.id] }).send();
	expect(told).toEqual([garden]);
});

test("who was nobody yet claims what they made before", async () => {
	pageOf(newcomer).add(garden);
	await pageOf(ann).send();
	expect(told).toEqual([garden]);
});

test("a device that keeps nothing, or forgot, claims what this page made", async () => {
	memory.setItem(claimsKey, '[7, {"room": "a/b", "by": "x"}]');
	await pageOf(ann).send();
	memory.setItem(claimsKey, "{");
	await pageOf(ann).send();
	pageOf(ann).add(shed);
	memory.setItem(claimsKey, "");
	await pageOf(ann).send();
	setKeeping(memory, false);
	const page = pageOf(ann);
	page.add(garden);
	await pageOf(ann).send();
	expect(told).toEqual([]);
	await page.send();
	expect(told).toEqual([garden]);
});
