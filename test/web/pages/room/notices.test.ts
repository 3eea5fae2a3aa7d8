import type { TemplateResult } from "lit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type FetchedRefusals, isUnseen, notice } from "../../../../web/pages/room/notices.ts";
import type { RoomClient } from "../../../../web/sync/room-client.ts";

/** The strip for somebody who was sent away from a room that they have. */
function strip(refusals: FetchedRefusals): string {
	const doc = new Y.Doc();
	doc.getText("text").insert(0, "rose");
	const status = { phase: "refused", code: "room_full", waiting: 0 };
	return written(notice({ doc, status } as unknown as RoomClient, true, refusals));
}

function written(value: unknown): string {
	if (typeof value !== "object" || value === null || !("strings" in value)) return String(value);
	const { strings, values } = value as TemplateResult;
	return strings.map((text, index) => text + written(values[index] ?? "")).join("");
}

test("a refusal is said before anything can be done about it", () => {
	expect(strip(null)).toContain("no more people");
	expect(strip(null)).not.toContain("<a ");
});

test("where what can be done is not to be had, the page can be loaded again", () => {
	expect(strip("missing")).toMatch(/no more people.*<a [^>]*target="_self"[^>]*>Reload/s);
});

/** Somebody without a network, in a room of which the server has told nothing yet. */
function offline(copy: string, doc = new Y.Doc()): RoomClient {
	return { doc, status: { phase: "offline", waiting: 0, copy } } as unknown as RoomClient;
}

test("a room that this device does not have is said to come with the network", () => {
	const none = offline("kept");
	expect(isUnseen(none, false)).toBe(true);
	expect(written(notice(none, false, null))).toContain("never opened on this device");
});

test("it is not said beside one's own words, nor before the device's copy was read", () => {
	const doc = new Y.Doc();
	expect(isUnseen(offline("opening", doc), false)).toBe(false);
	doc.getText("text").insert(0, "rose");
	const own = offline("kept", doc);
	expect(isUnseen(own, false)).toBe(false);
	expect(written(notice(own, false, null))).not.toContain("never open");
	expect(isUnseen(offline("kept"), true)).toBe(false);
});
