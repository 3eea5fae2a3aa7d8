import { expect, test } from "vitest";
import type { ShownMessage } from "../../../shared/surfaces/chat.ts";
import { rowsOf } from "../../../web/chat/rows.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const dayOf = (at: number) => String(Math.floor(at / dayMs));

function said(by: string, at: number): ShownMessage {
	const message = { id: `${by}${at}`, by, name: by, at, body: "x" };
	return { key: message.id, message, body: "x", edited: false, removed: false, reactions: [] };
}
function drawn(messages: ShownMessage[], unreadKey: string | null = null): string {
	return rowsOf(messages, { from: 0, to: messages.length }, unreadKey, dayOf)
		.map((row) => {
			if (row.type !== "message") return row.type;
			return `${row.first ? "[" : ""}${row.shown.message.by}${row.last ? "]" : ""}`;
		})
		.join(" ");
}

test("what one person says in a row is one group", () => {
	const messages = [said("ann", dayMs), said("ann", dayMs + 1), said("ben", dayMs + 2)];
	expect(drawn(messages)).toBe("day [ann ann] [ben]");
});

test("a pause of more than five minutes begins a new group", () => {
	const messages = [said("ann", dayMs), said("ann", dayMs + 5 * minuteMs)];
	expect(drawn([...messages, said("ann", dayMs + 11 * minuteMs)])).toBe("day [ann ann] [ann]");
});

test("a new day has a line of its own", () => {
	expect(drawn([said("ann", dayMs - 1), said("ann", dayMs)])).toBe("day [ann] day [ann]");
});

test("a message without a time claims no day", () => {
	expect(drawn([said("ann", 0)])).toBe("[ann]");
});

test("the unread line parts a group", () => {
	const messages = [said("ann", dayMs), said("ann", dayMs + 1)];
	expect(drawn(messages, messages[1]?.key)).toBe("day [ann] unread [ann]");
});

test("a window knows what stands before and after it", () => {
	const messages = Array.from({ length: 5 }, (_, index) => said("ann", dayMs + index));
	expect(rowsOf(messages, { from: 1, to: 3 }, null, dayOf)).toMatchObject([
		{ type: "message", first: false, last: false },
		{ type: "message", first: false, last: false },
	]);
});
