import { expect, test } from "vitest";
import { parseCopyName } from "../../../../web/sync/device/kept-rooms.ts";
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
