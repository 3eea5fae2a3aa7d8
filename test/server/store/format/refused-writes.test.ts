import { expect, test } from "vitest";
import { Level } from "../../../../server/store/level.ts";
import { FakeDisk } from "../../../fixtures/fake-disk.ts";
import { advanceUntil, ManualClock } from "../../../fixtures/manual-clock.ts";
import { collect } from "../../../fixtures/stored.ts";

test("a refused value never takes the place of what was there, nor one of nothing", async () => {
	const clock = new ManualClock();
	const disk = new FakeDisk();
	const { openBinding } = disk;
	const probeDisk = () => Promise.resolve();
	const level = await Level.open({ directory: "disk", clock, openBinding, probeDisk });
	const [kept, fresh] = [Buffer.from("a1"), Buffer.from("a2")];
	const put = (key: Buffer, byte: number) =>
		({ type: "put", key, value: Buffer.of(byte) }) as const;
	await level.write([put(kept, 1)]);
	const look = async () => {
		expect(await level.getMany([kept, fresh])).toEqual([Buffer.of(1), null]);
		const entries = await collect(level.read({ gte: kept, lt: Buffer.from("b") }));
		expect(entries.flat()).toMatchObject([{ key: kept, value: Buffer.of(1) }]);
	};
	disk.fault = "unsynced";
	const refused = level.write([put(kept, 9), put(fresh, 9)], [kept, fresh]);
	await expect(refused).rejects.toMatchObject({ code: "disk_full" });
	disk.fault = null;
	let openGate: () => void = () => undefined;
	disk.gate = new Promise((resolve) => {
		openGate = resolve;
	});
	const writable = level.whenWritable();
	for (let turn = 0; turn < 40 && disk.openCount < 2; turn++) {
		await look();
		clock.advance(50);
		await new Promise((resolve) => setImmediate(resolve));
	}
	expect(disk.contents().has("a2")).toBe(true);
	await look();
	openGate();
	await advanceUntil(clock, writable);
	await look();
	expect(disk.contents().has("a2")).toBe(false);
	await level.close();
});
