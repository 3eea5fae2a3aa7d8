import type { TemplateResult } from "lit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type FetchedRefusals, notice } from "../../../web/pages/room/notices.ts";
import type { RoomClient } from "../../../web/sync/room-client.ts";

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
	expect(strip(null)).toContain("number of guests");
	expect(strip(null)).not.toContain("<a ");
});

test("where what can be done is not to be had, the page can be loaded again", () => {
	expect(strip("missing")).toMatch(/number of guests.*<a [^>]*target="_self"[^>]*>Reload/s);
});
