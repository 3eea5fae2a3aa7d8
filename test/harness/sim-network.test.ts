/** The simulated network and disk do what their faults say, and nothing else. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { SimBinding, SimDisk } from "../../scripts/converge/sim/disk.ts";
import { SimConnection } from "../../scripts/converge/sim/network.ts";
import { SimTime } from "../../scripts/converge/sim/time.ts";
import { encodeSaved, encodeStep1, encodeStep2, encodeUpdate } from "../../shared/protocol.ts";

/** A connection with what arrived at either end, by first byte of each frame. */
function connect() {
	const time = new SimTime();
	const [up, down, ends]: [number[], number[], string[]] = [[], [], []];
	const chance = () => 0.5;
	const line = new SimConnection(
		time,
		{ up: chance, down: chance },
		{
			opened: () => undefined,
			message: (frame) => void down.push(frame[0] ?? -1),
			closed: (code) => void ends.push(`client ${code}`),
		},
	);
	line.wire.listen({
		message: (frame) => void up.push(frame[0] ?? -1),
		broken: () => undefined,
		drained: () => void ends.push("drained"),
		closed: () => void ends.push("server"),
	});
	return { time, line, up, down, ends };
}

const frames = [1, 2, 3].map((number) => Uint8Array.of(number));

describe("a connection", () => {
	test("brings everything in order, and what was sent before it was closed", async () => {
		const { time, line, up, down, ends } = connect();
		for (const frame of frames) line.send(frame);
		line.wire.send(frames);
		await time.advance(200);
		expect([up, down]).toEqual([
			[1, 2, 3],
			[1, 2, 3],
		]);
		line.send(Uint8Array.of(4));
		line.close();
		await time.advance(200);
		expect([up.at(-1), ends]).toEqual([4, ["server"]]);
	});

	test("loses one direction for a while, while the other goes on", async () => {
		const { time, line, up, down } = connect();
		line.lose("up", 100);
		line.send(Uint8Array.of(1));
		line.wire.send([Uint8Array.of(1)]);
		await time.advance(150);
		line.send(Uint8Array.of(2));
		await time.advance(100);
		expect([up, down]).toEqual([[2], [1]]);
	});

	test("loses in turns, again and again, and then no more", async () => {
		const { time, line, up } = connect();
		line.lose("up", 400, 100);
		for (const [index] of Array(6).entries()) {
			line.send(Uint8Array.of(1 + index));
			await time.advance(100);
		}
		expect(up).toEqual([2, 4, 5, 6]);
	});

	test("of a page in another network ends at the page, and hangs at the server", async () => {
		const { time, line, up, down, ends } = connect();
		line.roam();
		line.send(Uint8Array.of(1));
		line.wire.send([Uint8Array.of(2)]);
		await time.advance(60_000);
		expect([up, down, ends]).toEqual([[], [], ["client 1006"]]);
		line.wire.terminate();
		await time.advance(100);
		expect(ends).toEqual(["client 1006", "server"]);
	});

	test("brings every frame twice", async () => {
		const { time, line, up } = connect();
		line.repeat(100);
		line.send(Uint8Array.of(1));
		await time.advance(100);
		expect(up).toEqual([1, 1]);
	});

	test("holds everything back, and then brings it in one moment", async () => {
		const { time, line, up } = connect();
		line.hold(500);
		for (const frame of frames) line.send(frame);
		await time.advance(499);
		expect(up).toEqual([]);
		await time.advance(1);
		expect(up).toEqual([1, 2, 3]);
	});

	test("to a slow reader keeps what waits in sight, and says when all went out", async () => {
		const { time, line, down, ends } = connect();
		line.readSlowly(1_000, 5_000);
		line.wire.send(frames);
		await time.advance(999);
		expect([down, line.wire.waitingBytes]).toEqual([[], 5_003]);
		await time.advance(500);
		expect([down, line.wire.waitingBytes, ends]).toEqual([[1, 2, 3], 0, ["drained"]]);
	});

	test("that lost a write shows its gap with the next one, until somebody asks", async () => {
		const { time, line, down } = connect();
		const doc = new Y.Doc();
		doc.clientID = 7;
		doc.on("update", (update: Uint8Array) => line.send(encodeUpdate(update)));
		let gapCount = 0;
		line.gapShown = () => gapCount++;
		line.lose("up", 50);
		doc.getText("text").insert(0, "lost");
		await time.advance(60);
		doc.getText("text").insert(4, "found");
		await time.advance(60);
		expect([gapCount, [...line.losses.unasked]]).toEqual([1, [[7, 0]]]);
		line.wire.send([encodeStep1(Uint8Array.of(0)), encodeSaved({ count: 1, atMs: 0 })]);
		await time.advance(60);
		expect(line.losses.unasked.size).toBe(0);
		expect(down).toEqual([0]); // Nobody may go by a count of frames that were lost.
	});

	test("that lost an answer shows no gap: whoever asked may wait for it", async () => {
		const { time, line } = connect();
		const doc = new Y.Doc();
		doc.clientID = 7;
		line.lose("up", 50);
		doc.getText("text").insert(0, "lost");
		line.send(encodeStep2(Y.encodeStateAsUpdate(doc)));
		await time.advance(60);
		const before = Y.encodeStateVector(doc);
		doc.getText("text").insert(4, "found");
		line.send(encodeUpdate(Y.encodeStateAsUpdate(doc, before)));
		await time.advance(60);
		expect(line.losses.unasked.size).toBe(0);
	});
});

test("a flipped bit is one bit of one value, and comes back", () => {
	const disk = new SimDisk();
	const put = (key: string) =>
		({ type: "put", key: Buffer.from(key), value: Buffer.from("rose") }) as const;
	disk.write([put("a"), put("b")]);
	const flip = disk.flip(() => 0.5);
	const bits = (value: Buffer | undefined) =>
		[...(value ?? [])].map((byte, at) => byte ^ (Buffer.from("rose")[at] ?? 0));
	const changed = [...disk.recover().values()].flatMap(bits).filter((byte) => byte !== 0);
	expect(changed.length).toBe(1);
	flip?.putBack();
	expect([...disk.recover().values()].map(String)).toEqual(["rose", "rose"]);
});

test("every n-th write fails, and the disk can be mended", () => {
	const disk = new SimDisk();
	disk.failEvery(3);
	expect(Array.from({ length: 6 }, () => disk.failsNow())).toEqual([
		false,
		false,
		true,
		false,
		false,
		true,
	]);
	disk.mend();
	expect(disk.isFailing).toBe(false);
});

test("a device that refuses a write may be gone for a moment, and then be read again", async () => {
	const [disk, clock] = [new SimDisk(), new SimTime()];
	const alive = { isAlive: () => true, isSyncing: () => true };
	const binding = new SimBinding({ disk, clock, random: () => 0, ...alive });
	const outcomes: string[] = [];
	const note = (work: Promise<unknown>): void => {
		work.then(
			() => outcomes.push("done"),
			() => outcomes.push("failed"),
		);
	};
	disk.failEvery(1);
	note(binding.write([], { sync: true }));
	await clock.advance(1);
	note(binding.getMany([]));
	await clock.advance(300);
	note(binding.getMany([]));
	await clock.advance(1);
	expect(outcomes).toEqual(["failed", "failed", "done"]);
});
