import { afterEach, expect, test, vi } from "vitest";
import { listKeptRooms, parseCopyName } from "../../../../web/sync/device/kept-rooms.ts";
import { copyName } from "../../../../web/sync/offline.ts";

test.for([
	["weft:g_ann:garden", "g_ann", "garden"],
	["weft:anyone:garden", "anyone", "garden"],
	["weft:g_ann:trip: day 1", "g_ann", "trip: day 1"],
] as const)("a copy's name says whose it is, and of which room: %s", ([name, userId, room]) => {
	expect(parseCopyName(name)).toEqual({ userId, room });
	expect(copyName(userId, room)).toBe(name);
});

test.for(["", "weft", "weft:uploads", "weft::garden", "weft:g_ann:", "other:weft:g_ann:garden"])(
	"another database is nobody's copy: '%s'",
	(name) => expect(parseCopyName(name)).toBeNull(),
);

afterEach(() => vi.unstubAllGlobals());

/** A browser that lists a copy which another tab has removed by the time it is opened. */
function browserThatForgot(name: string, abort: () => void, fault: Error) {
	const open = () => {
		const opening = { transaction: { abort }, error: fault } as unknown as IDBOpenDBRequest;
		queueMicrotask(() => {
			opening.onupgradeneeded?.(new Event("upgradeneeded") as IDBVersionChangeEvent);
			opening.onerror?.(new Event("error"));
		});
		return opening;
	};
	return { databases: async () => [{ name }], open };
}

test("a copy that was removed a moment ago is not listed, and not made again", async () => {
	const abort = vi.fn();
	const gone = browserThatForgot("weft:g_ann:garden", abort, new Error("aborted"));
	vi.stubGlobal("indexedDB", gone);
	expect(await listKeptRooms()).toEqual([]);
	expect(abort).toHaveBeenCalledTimes(1);
});
