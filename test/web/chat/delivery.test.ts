import { expect, test } from "vitest";
import type { RoomName } from "../../../shared/ids.ts";
import { DeliveryNotes, sayDelivery } from "../../../web/chat/delivery.ts";
import type { PersonMemory } from "../../../web/sync/me.ts";
import type { RoomPhase, RoomStatus } from "../../../web/sync/status.ts";

const saved: RoomStatus = { phase: "saved", atMs: 1, copy: "kept" };
const saving: RoomStatus = { phase: "saving", sinceMs: 1, copy: "kept" };

const garden = "garden" as RoomName;

function notesOf(memory: PersonMemory | null = null): DeliveryNotes {
	return new DeliveryNotes({ memory, room: garden });
}

function wordsIn(phase: RoomPhase, copy: RoomStatus["copy"] = "kept"): string | null {
	const notes = notesOf();
	notes.said("m1");
	const status = { ...phase, copy };
	notes.status(status);
	const delivery = notes.of("m1", status);
	return delivery === null ? null : sayDelivery(delivery);
}

test("a message is saved at the first moment at which every frame is", () => {
	const notes = notesOf();
	notes.said("m1");
	notes.status(saving);
	expect(notes.of("m1", saving)).toEqual({ where: "sending" });
	notes.status(saved);
	expect(notes.of("m1", saved)).toEqual({ where: "saved" });
});

test("what was saved stays saved, whatever happens to the connection", () => {
	const notes = notesOf();
	notes.said("m1");
	notes.status(saved);
	const offline: RoomStatus = { phase: "offline", waiting: 1, because: null, copy: "kept" };
	notes.said("m2");
	notes.status(offline);
	expect(notes.of("m1", offline)).toEqual({ where: "saved" });
	expect(notes.of("m2", offline)).toEqual({ where: "device" });
});

test("each phase has its words", () => {
	expect(wordsIn({ phase: "offline", waiting: 1, because: null })).toBe("On this device");
	expect(wordsIn({ phase: "device" })).toBe("On this device");
	expect(wordsIn({ phase: "saving", sinceMs: 1 })).toBe("Sending\u2026");
	expect(wordsIn({ phase: "sent" })).toBe("Sent");
	expect(wordsIn({ phase: "saved", atMs: 1 })).toBe("Saved");
	expect(wordsIn({ phase: "readOnly", code: "disk_full", waiting: 1 })).toContain("disk is full");
	expect(wordsIn({ phase: "refused", code: "not_allowed", waiting: 1 })).toContain("not change it");
});

test("without a copy on the device nobody claims that there is one", () => {
	expect(wordsIn({ phase: "offline", waiting: 1, because: null }, "off")).toBe("Only in this tab");
});

test("a status matters only while a message is on its way", () => {
	const notes = notesOf();
	expect(notes.status(saving)).toBe(false);
	notes.said("m1");
	expect(notes.status(saving)).toBe(true);
	expect(notes.status(saved)).toBe(true);
	expect(notes.status(saving)).toBe(false);
});

test("nothing is said of messages that were there before", () => {
	expect(notesOf().of("m1", saved)).toBe(null);
});

const offline: RoomStatus = { phase: "offline", waiting: 1, because: null, copy: "kept" };

function newMemory(): PersonMemory & { readonly values: Map<string, string> } {
	const values = new Map<string, string>();
	return {
		values,
		getItem: (key) => values.get(key) ?? null,
		setItem: (key, value) => void values.set(key, value),
	};
}

test("what was said without a network is on this device when the page is opened again", () => {
	const memory = newMemory();
	const before = notesOf(memory);
	before.said("m1");
	before.status(saved);
	before.said("m2");
	before.status(offline);
	const after = notesOf(memory);
	expect(after.of("m1", offline)).toBe(null);
	expect(after.of("m2", offline)).toEqual({ where: "device" });
	expect(after.status(saved)).toBe(true);
	expect(after.of("m2", saved)).toEqual({ where: "saved" });
	expect(notesOf(memory).of("m2", offline)).toBe(null);
});

test("what another tab has said is not forgotten with one's own, nor in another room", () => {
	const memory = newMemory();
	const [one, other] = [notesOf(memory), notesOf(memory)];
	one.said("m1");
	other.said("m2");
	one.status(saved);
	expect(notesOf(memory).of("m2", offline)).toEqual({ where: "device" });
	const elsewhere = new DeliveryNotes({ memory, room: "shed" as RoomName });
	expect(elsewhere.of("m2", offline)).toBe(null);
});

test("a device remembers the newest 200, and survives what somebody else wrote there", () => {
	const memory = newMemory();
	const notes = notesOf(memory);
	for (let count = 0; count < 201; count++) notes.said(`m${count}`);
	expect(notesOf(memory).of("m0", offline)).toBe(null);
	expect(notesOf(memory).of("m1", offline)).toEqual({ where: "device" });
	for (const key of memory.values.keys()) memory.setItem(key, "{");
	expect(notesOf(memory).of("m1", offline)).toBe(null);
});
