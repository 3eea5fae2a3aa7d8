import { expect, test } from "vitest";
import { DeliveryNotes, sayDelivery } from "../../../web/chat/delivery.ts";
import type { RoomPhase, RoomStatus } from "../../../web/sync/status.ts";

const saved: RoomStatus = { phase: "saved", atMs: 1, copy: "kept" };
const saving: RoomStatus = { phase: "saving", sinceMs: 1, copy: "kept" };

function wordsIn(phase: RoomPhase, copy: RoomStatus["copy"] = "kept"): string | null {
	const notes = new DeliveryNotes();
	notes.said("m1");
	const status = { ...phase, copy };
	notes.status(status);
	const delivery = notes.of("m1", status);
	return delivery === null ? null : sayDelivery(delivery);
}

test("a message is saved at the first moment at which every frame is", () => {
	const notes = new DeliveryNotes();
	notes.said("m1");
	notes.status(saving);
	expect(notes.of("m1", saving)).toEqual({ where: "sent" });
	notes.status(saved);
	expect(notes.of("m1", saved)).toEqual({ where: "saved" });
});

test("what was saved stays saved, whatever happens to the connection", () => {
	const notes = new DeliveryNotes();
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
	expect(wordsIn({ phase: "saving", sinceMs: 1 })).toBe("Sent");
	expect(wordsIn({ phase: "sent" })).toBe("Sent");
	expect(wordsIn({ phase: "saved", atMs: 1 })).toBe("Saved");
	expect(wordsIn({ phase: "readOnly", code: "disk_full", waiting: 1 })).toContain("disk is full");
	expect(wordsIn({ phase: "refused", code: "not_allowed", waiting: 1 })).toContain("not change it");
});

test("without a copy on the device nobody claims that there is one", () => {
	expect(wordsIn({ phase: "offline", waiting: 1, because: null }, "off")).toBe("Only in this tab");
});

test("a status matters only while a message is on its way", () => {
	const notes = new DeliveryNotes();
	expect(notes.status(saving)).toBe(false);
	notes.said("m1");
	expect(notes.status(saving)).toBe(true);
	expect(notes.status(saved)).toBe(true);
	expect(notes.status(saving)).toBe(false);
});

test("nothing is said of messages of earlier visits", () => {
	expect(new DeliveryNotes().of("m1", saved)).toBe(null);
});
