import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { below, seeded } from "../../../scripts/converge/random.ts";
import { copyName, moveUpdates, OfflineCopy } from "../../../web/sync/offline.ts";
import { handClock } from "./hand-clock.ts";
import { type Device, MemoryUpdates, newDevice, settle } from "./memory-updates.ts";

/** Nearly as many as are folded, which leave nothing. */
const manyUpdates = Array.from({ length: 498 }, (_, index) => ({
	key: index + 1,
	update: Uint8Array.of(0, 0),
}));

function open(device: Device) {
	const doc = new Y.Doc();
	const store = new MemoryUpdates(device);
	const reports = { loaded: vi.fn(), failed: vi.fn() };
	const clock = handClock();
	const copy = new OfflineCopy(doc, Promise.resolve(store), reports, clock);
	return { doc, store, reports, clock, copy, text: doc.getText("text") };
}

/** A copy whose store is open once `opened` is called. */
function openSlowly(device: Device) {
	const doc = new Y.Doc();
	const store = new MemoryUpdates(device);
	const reports = { loaded: vi.fn(), failed: vi.fn() };
	let opened: () => void = () => undefined;
	const opening = new Promise<MemoryUpdates>((resolve) => {
		opened = () => resolve(store);
	});
	const copy = new OfflineCopy(doc, opening, reports, handClock());
	return { doc, store, reports, copy, text: doc.getText("text"), opened };
}

test("what was written is there again after the tab was closed", async () => {
	const device = newDevice();
	const before = open(device);
	before.text.insert(0, "rose");
	await settle();
	// FAULTS.md S6 has 50 ms: no clock has moved.
	expect(device.writeCount).toBe(1);
	before.copy.setWaiting(2);
	await settle();
	before.copy.close();

	const after = open(device);
	await settle();
	expect(after.text.toString()).toBe("rose");
	expect(after.reports.loaded).toHaveBeenCalledExactlyOnceWith(2);
	expect(after.copy.isKept()).toBe(true);
});

test("opening a room writes nothing", async () => {
	const device = newDevice();
	open(device);
	await settle();
	expect(device.updates).toEqual([]);
	expect(device.writeCount).toBe(0);
});

test("what is typed before the copy is open is kept too", async () => {
	const device = newDevice();
	const { copy, text, opened } = openSlowly(device);
	text.insert(0, "early");
	expect(copy.isKept()).toBe(false);
	opened();
	await settle();
	expect(copy.isKept()).toBe(true);
	const again = open(device);
	await settle();
	expect(again.text.toString()).toBe("early");
});

test("it is not kept until the write is on the device", async () => {
	const { text, copy } = open(newDevice());
	await settle();
	text.insert(0, "x");
	expect(copy.isKept()).toBe(false);
	await settle();
	expect(copy.isKept()).toBe(true);
});

test("a key is one write; that it was saved is noted with the next, or in calm", async () => {
	const device = newDevice();
	const { text, copy, clock } = open(device);
	await settle();
	for (const key of ["a", "b", "c"]) {
		text.insert(0, key);
		copy.setWaiting(1);
		await settle();
		copy.setWaiting(0);
		await settle();
	}
	expect(device).toMatchObject({ writeCount: 3, waiting: 1 });
	clock.pass(1_000);
	await settle();
	expect(device).toMatchObject({ writeCount: 4, waiting: 0 });
	clock.pass(10_000);
	await settle();
	expect(device.writeCount).toBe(4);
});

test("that all was saved is noted when the room is left at once", async () => {
	const device = newDevice();
	const { text, copy } = open(device);
	await settle();
	text.insert(0, "x");
	copy.setWaiting(1);
	await settle();
	copy.setWaiting(0);
	copy.close();
	await settle();
	expect(device.waiting).toBe(0);
});

test("that all was saved is noted too where the device was slow to write", async () => {
	for (const end of ["left", "calm"]) {
		const device = newDevice();
		const { text, store, copy, clock } = open(device);
		await settle();
		const release = store.hold();
		text.insert(0, "x");
		copy.setWaiting(1);
		await settle();
		copy.setWaiting(0);
		if (end === "left") copy.close();
		else clock.pass(1_000);
		release();
		await settle();
		expect([end, device.waiting]).toEqual([end, 0]);
	}
});

test("many updates are folded into few, and another tab's are not lost", async () => {
	const device = newDevice();
	const one = open(device);
	const other = open(device);
	await settle();
	other.text.insert(0, "from the other tab ");
	await settle();
	for (let count = 0; count < 600; count++) {
		one.text.insert(0, "x");
		await settle();
	}
	expect(device.updates.length).toBeLessThan(200);
	const later = open(device);
	await settle();
	expect(later.text.toString()).toContain("from the other tab ");
	expect(later.text.toString().replace(/[^x]/g, "")).toHaveLength(600);
});

/** WEFT_TAB_SEEDS=1000 npx vitest run sync/offline: as many as FAULTS.md has (S7). */
const seedCount = Number(process.env["WEFT_TAB_SEEDS"] ?? 100);

test("two tabs that come and go in any order leave what both wrote", async () => {
	for (let seed = 1; seed <= seedCount; seed++) {
		const random = seeded(seed);
		const device = newDevice();
		// Of every tenth the updates are folded meanwhile.
		if (seed % 10 === 0) device.updates.push(...manyUpdates);
		device.lastKey = device.updates.length;
		const tabs = [open(device), open(device)];
		const written: string[] = [];
		for (let turn = 0; turn < 12; turn++) {
			const tab = below(random, 2);
			const { text, copy } = tabs[tab] ?? open(device);
			if (random() < 0.7) {
				written.push(`${turn},`);
				text.insert(text.length, `${turn},`);
			} else {
				copy.close();
				tabs[tab] = open(device);
			}
			if (random() < 0.5) await settle();
		}
		for (const { copy } of tabs) copy.close();
		await settle();
		const { text } = open(device);
		await settle();
		const all = text.toString().split(/(?<=,)/);
		expect(all.filter((word) => word !== "").sort(), `seed ${seed}`).toEqual(written.sort());
	}
});

test("a device that is full is told once, and the doc lives on", async () => {
	const { text, store, copy, reports } = open(newDevice());
	await settle();
	store.failure = new Error("QuotaExceededError");
	text.insert(0, "x");
	await settle();
	text.insert(1, "y");
	await settle();
	expect(reports.failed).toHaveBeenCalledOnce();
	expect(copy.isKept()).toBe(false);
	expect(text.toString()).toBe("xy");
});

test("a browser without IndexedDB is told, not thrown", async () => {
	const reports = { loaded: vi.fn(), failed: vi.fn() };
	const copy = new OfflineCopy(
		new Y.Doc(),
		Promise.reject(new Error("none")),
		reports,
		handClock(),
	);
	await settle();
	expect(reports.failed).toHaveBeenCalledOnce();
	copy.close();
	copy.close();
});

test("closing writes what is queued before it lets go of the store", async () => {
	const device = newDevice();
	const { text, store, copy } = open(device);
	await settle();
	text.insert(0, "last word");
	copy.close();
	expect(store.isClosed).toBe(false);
	await settle();
	expect(store.isClosed).toBe(true);
	const again = open(device);
	await settle();
	expect(again.text.toString()).toBe("last word");
});

test("what was typed is kept where the room is left before its copy is open", async () => {
	const device = newDevice();
	const before = open(device);
	await settle();
	for (let count = 0; count < 500; count++) {
		before.text.insert(0, "x");
		await settle();
	}
	before.copy.close();
	const { doc, store, reports, copy, text, opened } = openSlowly(device);
	text.insert(0, "early");
	copy.setWaiting(1);
	copy.close();
	doc.destroy();
	opened();
	await settle();
	expect(store.isClosed).toBe(true);
	expect(reports.loaded).not.toHaveBeenCalled();
	const again = open(device);
	await settle();
	expect(again.text.toString()).toContain("early");
	expect(again.text.length).toBe(505);
	expect(again.reports.loaded).toHaveBeenCalledExactlyOnceWith(1);
});

test("a room that is left before its copy is open, without a word, writes nothing", async () => {
	const device = newDevice();
	const { store, copy, opened } = openSlowly(device);
	copy.close();
	opened();
	await settle();
	expect(store.isClosed).toBe(true);
	expect(device.writeCount).toBe(0);
});

test("copies of two people on one device do not meet", () => {
	expect(copyName("g_ann", "garden")).toBe("weft:g_ann:garden");
	expect(copyName("g_ben", "garden")).not.toBe(copyName("g_ann", "garden"));
});

test("what a guest left here is in the copy of who they are now, and waits there", async () => {
	const [guests, members] = [newDevice(), newDevice()];
	const guest = open(guests);
	const member = open(members);
	await settle();
	guest.text.insert(0, "rose ");
	guest.copy.setWaiting(2);
	member.text.insert(0, "lily ");
	member.copy.setWaiting(1);
	await settle();
	for (const { copy } of [guest, member]) copy.close();
	await moveUpdates(new MemoryUpdates(guests), new MemoryUpdates(members));
	const now = open(members);
	await settle();
	expect(now.text.toString().split(" ").sort()).toEqual(["", "lily", "rose"]);
	expect(now.reports.loaded).toHaveBeenCalledExactlyOnceWith(3);
});
