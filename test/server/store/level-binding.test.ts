import { beforeEach, expect, test, vi } from "vitest";
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

beforeEach(() => {
	written.length = 0;
});

test("what asks for a sync is written with one, and as Buffers", async () => {
	const binding = openLeveldown("nowhere");
	const [key, value] = [Uint8Array.of(1), Uint8Array.of(2, 3)];
	await binding.write([{ type: "put", key, value }], { sync: true });
	expect(written).toEqual([Buffer.of(1), Buffer.of(2, 3), { sync: true }]);
	expect(Buffer.isBuffer(written[0]) && Buffer.isBuffer(written[1])).toBe(true);
});

test("a large batch is handed over in turns, a large value alone", async () => {
	const put = (bytes: number) => ({
		type: "put" as const,
		key: Buffer.of(1),
		value: Buffer.alloc(bytes),
	});
	const sizes = () => written.filter((_, index) => index % 2 === 1).map((one) => sizeOf(one));
	const large = 3 * 1024 * 1024;
	const operations = [put(10), put(20), put(large), put(30)];
	const done = openLeveldown("nowhere").write(operations, { sync: true });
	expect(sizes()).toEqual([10, 20]);
	await new Promise((resolve) => setImmediate(resolve));
	expect(sizes()).toEqual([10, 20, large]);
	await done;
	expect(sizes()).toEqual([10, 20, large, 30]);
	expect(written.at(-1)).toEqual({ sync: true });
});

function sizeOf(bytes: unknown): number {
	return (bytes as Buffer).length;
}
