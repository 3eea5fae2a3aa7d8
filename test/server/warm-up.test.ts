import { describe, expect, test } from "vitest";
import { warmUp } from "../../server/warm-up.ts";

describe("a server that warms itself up", () => {
	test("types, and what is typed comes back to the others", async () => {
		const { typedCount, heardBytes } = await warmUp({ lettersEach: 20, msMax: 60_000 });
		expect(typedCount).toBe(800);
		// Each letter to the one other person there; "saved" alone would be half of this.
		expect(heardBytes).toBeGreaterThan(20 * typedCount);
	});

	test("stops when its time is over", async () => {
		expect((await warmUp({ lettersEach: 20, msMax: 0 })).typedCount).toBe(0);
	});

	test("leaves no server behind", async () => {
		const before = process.getActiveResourcesInfo().filter((kind) => kind === "TCPServerWrap");
		await warmUp({ lettersEach: 20, msMax: 0 });
		const after = process.getActiveResourcesInfo().filter((kind) => kind === "TCPServerWrap");
		expect(after.length).toBeLessThanOrEqual(before.length);
	});
});
