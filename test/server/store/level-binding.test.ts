import { expect, test, vi } from "vitest";
import { openLeveldown } from "../../../server/store/level-binding.ts";

const { written } = vi.hoisted(() => ({ written: [] as unknown[] }));

vi.mock("leveldown", () => ({
	default: () => ({
		batch: () => ({
			put: (key: unknown, value: unknown) => written.push(key, value),
			del: () => undefined,
			write: (options: unknown, done: () => void) => {
				written.push(options);
				done();
			},
		}),
	}),
}));

test("what asks for a sync is written with one, and as Buffers", async () => {
	const binding = openLeveldown("nowhere");
	const [key, value] = [Uint8Array.of(1), Uint8Array.of(2, 3)];
	await binding.write([{ type: "put", key, value }], { sync: true });
	expect(written).toEqual([Buffer.of(1), Buffer.of(2, 3), { sync: true }]);
	expect(Buffer.isBuffer(written[0]) && Buffer.isBuffer(written[1])).toBe(true);
});
