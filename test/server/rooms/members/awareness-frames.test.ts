import { expect, test } from "vitest";
import { AwarenessFrames } from "../../../../server/rooms/members/awareness-frames.ts";
import { encodeAwareness } from "../../../../shared/awareness.ts";
import { encodeAwarenessFrame } from "../../../../shared/protocol.ts";

/** States of so many people, of different lengths, some longer than their letters. */
function statesOf(count: number) {
	return Array.from({ length: count }, (_, index) => ({
		clientId: 2 ** 32 - 1 - index * 7_654_321,
		clock: 1_800_000_000_000 + index,
		state: JSON.stringify({ name: "ä€😀".repeat(index % 60), index }),
	}));
}

test.each([1, 2, 3, 127, 128, 129, 300])(
	"of %i states are what was encoded anew for each",
	(count) => {
		const states = statesOf(count);
		const plain = (entries: typeof states) =>
			Buffer.from(encodeAwarenessFrame(encodeAwareness(entries)));
		const frames = new AwarenessFrames(states);
		expect(plain(states).equals(frames.all())).toBe(true);
		for (const [index, own] of states.entries()) {
			const others = states.filter((state) => state !== own);
			const frame = frames.allBut(index);
			if (others.length === 0) expect(frame).toBeNull();
			else expect(frame !== null && plain(others).equals(frame)).toBe(true);
		}
	},
);
