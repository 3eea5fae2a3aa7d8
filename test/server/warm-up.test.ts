import { afterEach, describe, expect, test, vi } from "vitest";
import { Seats } from "../../server/rooms/members/seats.ts";
import { warmUp } from "../../server/warm-up.ts";

afterEach(() => vi.restoreAllMocks());

/** Handles that were closed are let go of at the end of a turn. */
async function countServers(): Promise<number> {
	for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
	return process.getActiveResourcesInfo().filter((kind) => kind === "TCPServerWrap").length;
}

const longMs = 60_000;

describe("a server that warms itself up", () => {
	test("types, and what is typed comes back to the others", async () => {
		const bounds = { lettersEach: 20, spentMsMax: longMs, waitMsMax: longMs };
		const { typedCount, heardBytes, mergedBytes } = await warmUp(bounds);
		expect(typedCount).toBe(1_600);
		// Each letter to the one other person there; "saved" alone would be half of this.
		expect(heardBytes).toBeGreaterThan(20 * typedCount);
		// Of 200 words and 20 strokes, twice: what is told of a join is a tenth of that.
		expect(mergedBytes).toBeGreaterThan(6_000);
	});

	test.each([
		{ spentMsMax: 0, waitMsMax: longMs },
		{ spentMsMax: longMs, waitMsMax: 0 },
	])("stops when its time is over: %o", async (times) => {
		expect(await warmUp({ lettersEach: 20, ...times })).toEqual({
			...{ typedCount: 0, mergedBytes: 0 },
			heardBytes: expect.any(Number),
		});
	});

	test("says what failed in its rooms", async () => {
		vi.spyOn(Seats.prototype, "deliver").mockImplementation(() => {
			throw new Error("seats that break");
		});
		await expect(warmUp({ lettersEach: 1, spentMsMax: longMs, waitMsMax: longMs })).rejects.toThrow(
			"seats that break",
		);
	});

	test("leaves no server behind", async () => {
		const before = await countServers();
		await warmUp({ lettersEach: 20, spentMsMax: 0, waitMsMax: 0 });
		expect(await countServers()).toBe(before);
	});
});
