import { expect, test } from "vitest";
import { parseRoomName, type RoomName, type UserId } from "../../../../shared/ids.ts";
import { emptyPreview, type RoomPreview } from "../../../../shared/preview.ts";
import type { RoomSummary } from "../../../../shared/room-access.ts";
import { noteVisit, recentVisits } from "../../../../web/pages/list/recent.ts";
import { arrangeRooms } from "../../../../web/pages/list/room-list.ts";
import { cleanTitle } from "../../../../web/pages/room/clean-title.ts";
import { fallbackTitle } from "../../../../web/sync/access/fallback-title.ts";

const secret = name("abcdefghijklmnopqrstuv");

function name(text: string): RoomName {
	const room = parseRoomName(text);
	if (room === null) throw new Error(`${text} is no room name`);
	return room;
}

function summary(
	room: RoomName,
	changedAtMs: number,
	preview: Partial<RoomPreview> = {},
): RoomSummary {
	return {
		name: room,
		kind: "guarded",
		madeAtMs: 0,
		madeBy: { id: "g_ann" as UserId, name: "Ann" },
		changedAtMs,
		preview: { ...emptyPreview, ...preview },
		people: 0,
		role: "editor",
		binnedAtMs: null,
	};
}

function memory(): Pick<Storage, "getItem" | "setItem"> {
	const values = new Map<string, string>();
	return {
		getItem: (key) => values.get(key) ?? null,
		setItem: (key, value) => void values.set(key, value),
	};
}

test("rooms of this device stand first by visit, the others by change, none twice", () => {
	const summaries = [summary(name("a"), 1), summary(name("b"), 3), summary(name("c"), 2)];
	const visits = [{ room: name("c"), title: "", atMs: 9 }];
	const { recent, others } = arrangeRooms(summaries, visits, "");
	expect(recent.map(({ room }) => room)).toEqual(["c"]);
	expect(others.map(({ room }) => room)).toEqual(["b", "a"]);
});

test("a visited room that the server no longer lists is still offered", () => {
	const visits = [{ room: secret, title: "Garden", atMs: 9 }];
	expect(arrangeRooms([], visits, "").recent).toMatchObject([{ title: "Garden", summary: null }]);
});

test("search looks at title, name, text and maker, every word of it", () => {
	const rooms = [
		summary(name("plan"), 1, { title: "Summer in Umbria" }),
		summary(name("other"), 2, { excerpt: "olive trees" }),
	];
	const found = (words: string) => arrangeRooms(rooms, [], words).others.map(({ room }) => room);
	expect(found("umbria SUMMER")).toEqual(["plan"]);
	expect(found("olive")).toEqual(["other"]);
	expect(found("ann")).toEqual(["other", "plan"]);
	expect(found("ann umbria olive")).toEqual([]);
});

test("a room without a title is called in words, never by 22 signs", () => {
	expect(fallbackTitle(name("planning"), null)).toBe("planning");
	expect(fallbackTitle(secret, null)).toBe("Untitled room");
	const excerpt = "one two three four five six seven";
	expect(fallbackTitle(secret, summary(secret, 0, { excerpt }))).toBe(
		"one two three four five six…",
	);
	const lines = "Summer plan\nWe go in July";
	expect(fallbackTitle(secret, summary(secret, 0, { excerpt: lines }))).toBe("Summer plan");
});

test("a room is remembered once, its last visit first, and at most 24 are", () => {
	const device = memory();
	for (let count = 0; count < 30; count++) {
		noteVisit(device, { room: name(`room ${count}`), title: "", atMs: count });
	}
	noteVisit(device, { room: name("room 20"), title: "again", atMs: 99 });
	const visits = recentVisits(device);
	expect(visits).toHaveLength(24);
	expect(visits[0]).toEqual({ room: "room 20", title: "again", atMs: 99 });
	expect(visits.filter(({ room }) => room === "room 20")).toHaveLength(1);
});

test.each(["no json", "{}", '[1, null, {"room": "a/b", "title": "", "atMs": 1}]'])(
	"a device that remembers %s remembers nothing",
	(stored) => {
		expect(recentVisits({ ...memory(), getItem: () => stored })).toEqual([]);
	},
);

test("a title is one trimmed line, bounded, and ends on no half of a pair", () => {
	expect(cleanTitle("  a \n b  ")).toBe("a b");
	expect(cleanTitle(`${"x".repeat(119)}😀`)).toBe("x".repeat(119));
	expect(cleanTitle("x".repeat(500))).toHaveLength(120);
	expect(cleanTitle("   ")).toBe("");
});
