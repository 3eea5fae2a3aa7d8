import { expect, test } from "vitest";
import type { RoomName } from "../../../shared/ids.ts";
import type { ShownMessage } from "../../../shared/surfaces/chat.ts";
import { ReadMark } from "../../../web/chat/read-mark.ts";

const room = "garden" as RoomName;
const ann = { id: "ann" };

function memory() {
	const values = new Map<string, string>();
	return {
		getItem: (key: string) => values.get(key) ?? null,
		setItem: (key: string, value: string) => void values.set(key, value),
	};
}
function said(...lines: string[]): ShownMessage[] {
	return lines.map((line) => {
		const [by = "", id = ""] = line.split(" ");
		const message = { id, by, name: by, at: 0, body: "x" };
		return { key: id, message, body: "x", edited: false, removed: false, reactions: [] };
	});
}

test("what others said since is unread, and the line stands above the first of it", () => {
	const mark = new ReadMark(room, memory());
	mark.readAll(said("ben 1", "ann 2"), ann);
	const now = said("ben 1", "ann 2", "ann 3", "ben 4", "ben 5");
	expect(mark.unreadOf(now, ann)).toEqual({ count: 2, firstKey: "4" });
});

test("who comes for the first time has all to read, and begins with the newest", () => {
	const mark = new ReadMark(room, memory());
	expect(mark.unreadOf(said("ben 1", "ben 2"), ann)).toEqual({ count: 2, firstKey: null });
});

test("own messages are never unread", () => {
	expect(new ReadMark(room, null).unreadOf(said("ann 1"), ann).count).toBe(0);
});

test("what was read stays read after the page was closed", () => {
	const device = memory();
	new ReadMark(room, device).readAll(said("ben 1"), ann);
	const after = new ReadMark(room, device).unreadOf(said("ben 1", "ben 2"), ann);
	expect(after).toEqual({ count: 1, firstKey: "2" });
});

test("what was said offline and came late is counted, though it stands above", () => {
	const mark = new ReadMark(room, memory());
	mark.readAll(said("ben 1", "ben 2"), ann);
	expect(mark.unreadOf(said("ben 1", "cleo 0", "ben 2"), ann)).toEqual({
		count: 1,
		firstKey: null,
	});
});

test("a copy that is still loading forgets nothing", () => {
	const mark = new ReadMark(room, memory());
	mark.readAll(said("ben 1", "ben 2"), ann);
	mark.readAll([], ann);
	expect(mark.unreadOf(said("ben 1", "ben 2"), ann).count).toBe(0);
});

test("a tab learns what another tab has read", () => {
	const device = memory();
	const [first, second] = [new ReadMark(room, device), new ReadMark(room, device)];
	first.readAll(said("ben 1"), ann);
	expect(second.unreadOf(said("ben 1"), ann).count).toBe(1);
	second.readAgain();
	expect(second.unreadOf(said("ben 1"), ann).count).toBe(0);
});

test("a strange value under our name is as good as none", () => {
	for (const text of ["", "null", "7", "{", '{"count":"x"}']) {
		const mark = new ReadMark(room, { getItem: () => text, setItem: () => undefined });
		expect(mark.unreadOf(said("ben 1"), ann).count).toBe(1);
	}
});

test("what one said as a guest, before one signed in, is nothing to read", () => {
	const mark = new ReadMark(room, memory());
	const now = { id: "u_ann", was: ["ann"] };
	expect(mark.unreadOf(said("ann 1", "ben 2"), now).count).toBe(1);
});
