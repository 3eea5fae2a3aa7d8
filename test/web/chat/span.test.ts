import { expect, test } from "vitest";
import type { ShownMessage } from "../../../shared/surfaces/chat.ts";
import {
	endOf,
	grownAtEnd,
	grownAtStart,
	spanMax,
	spanStep,
	startAt,
	stillAt,
} from "../../../web/chat/span.ts";

function chat(count: number): ShownMessage[] {
	return Array.from({ length: count }, (_, index) => {
		const message = { id: `m${index}`, by: "ann", name: "", at: 0, body: "x" };
		return { key: message.id, message, body: "x", edited: false, removed: false, reactions: [] };
	});
}

test("the newest are drawn at first", () => {
	expect(endOf(chat(10_000))).toMatchObject({ from: 10_000 - spanStep, to: 10_000 });
	expect(endOf(chat(3))).toMatchObject({ from: 0, to: 3 });
	expect(endOf([])).toEqual({ from: 0, to: 0, firstKey: "" });
});

test("one who scrolls up and down sees every message, and never more than the bound", () => {
	const messages = chat(1_000);
	const seen = new Set<number>();
	let span = endOf(messages);
	const look = () => {
		expect(span.to - span.from).toBeLessThanOrEqual(spanMax);
		for (let index = span.from; index < span.to; index++) seen.add(index);
	};
	for (look(); span.from > 0; look()) span = grownAtStart(span, messages);
	expect(seen.size).toBe(1_000);
	seen.clear();
	for (look(); span.to < 1_000; look()) span = grownAtEnd(span, messages);
	expect(seen.size).toBe(1_000);
});

test("the same messages stay drawn when something came before them", () => {
	const messages = chat(1_000);
	const span = startAt(messages, 500);
	const late = [...chat(1).map((shown) => ({ ...shown, key: "late" })), ...messages];
	expect(stillAt(span, late)).toMatchObject({ from: span.from + 1, to: span.to + 1 });
});

test("a new message is drawn where the end is in sight, and not where it is far", () => {
	const [before, after] = [chat(1_000), chat(1_001)];
	expect(stillAt(endOf(before), after).to).toBe(1_001);
	const far = startAt(before, 100);
	expect(stillAt(far, after)).toEqual(far);
});

test("the line above what is unread has something above it", () => {
	const span = startAt(chat(1_000), 500);
	expect(span.from).toBeLessThan(500);
	expect(span.to).toBeGreaterThan(500);
	expect(startAt(chat(10), 2)).toMatchObject({ from: 0, to: 10 });
});
