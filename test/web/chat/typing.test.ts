import { expect, test } from "vitest";
import type { Clock } from "../../../shared/clock.ts";
import { sayTyping, TypingSignal } from "../../../web/chat/typing.ts";

/** A clock with one alarm, which is all that a signal sets. */
function handClock() {
	let alarm: (() => void) | null = null;
	const clock: Clock = {
		now: () => 0,
		elapsed: () => 0,
		after(_ms, run) {
			alarm = run;
			return () => {
				alarm = null;
			};
		},
	};
	return { clock, ring: () => alarm?.() };
}

test("a whole sentence is told twice: when it begins and when its writer pauses", () => {
	const { clock, ring } = handClock();
	const told: boolean[] = [];
	const signal = new TypingSignal((typing) => told.push(typing), clock);
	for (let key = 0; key < 40; key++) signal.pressed();
	ring();
	expect(told).toEqual([true, false]);
});

test("stopping twice is told once, and nothing rings later", () => {
	const { clock, ring } = handClock();
	const told: boolean[] = [];
	const signal = new TypingSignal((typing) => told.push(typing), clock);
	signal.pressed();
	signal.stop();
	signal.stop();
	ring();
	expect(told).toEqual([true, false]);
});

function typing(id: string, name: string) {
	return { state: { user: { id, name, color: "#000000" }, typing: true } };
}

test("one and two are named, more are several; two tabs are one person", () => {
	expect(sayTyping([])).toBe("");
	expect(sayTyping([{ state: { typing: true } }])).toBe("");
	expect(sayTyping([typing("a", "Ann"), typing("a", "Ann")])).toBe("Ann is typing\u2026");
	expect(sayTyping([typing("a", "Ann"), typing("b", "Ben")])).toBe("Ann and Ben are typing\u2026");
	expect(sayTyping([typing("a", "A"), typing("b", "B"), typing("c", "C")])).toMatch(/^Several/);
});
