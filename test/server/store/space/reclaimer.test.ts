import { expect, test } from "vitest";
import {
	type Freed,
	Reclaimer,
	reclaimBytesMin,
} from "../../../../server/store/space/reclaimer.ts";
import { ManualClock } from "../../../fixtures/manual-clock.ts";
import { roomNamed } from "../../../fixtures/stored.ts";

const garden = roomNamed("garden");
const shed = roomNamed("shed");

function create(ms = 0) {
	const clock = new ManualClock();
	const reclaimed: string[] = [];
	const reclaim = async (room: string, { isOfHistory }: Freed) => {
		await null; // Behind the `advance` that began this.
		clock.advance(ms);
		reclaimed.push(isOfHistory ? `${room} and its history` : room);
	};
	return { clock, reclaimed, reclaimer: new Reclaimer({ clock, reclaim }) };
}

function present(bytes: number): Freed {
	return { bytes, isOfHistory: false };
}

function turn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

test("what adds up is reclaimed soon, also while people write", async () => {
	const { clock, reclaimed, reclaimer } = create();
	for (let part = 0; part < 4; part++) {
		reclaimer.freed(garden, present(reclaimBytesMin / 4));
		clock.advance(1_000);
		await turn();
	}
	reclaimer.freed(shed, present(reclaimBytesMin - 1));
	expect(reclaimed).toEqual([]);
	clock.advance(2_000);
	await turn();
	expect(reclaimed).toEqual([garden]);
	expect(clock.timerCount).toBe(0);
	reclaimer.freed(garden, present(reclaimBytesMin - 1));
	clock.advance(60_000);
	await turn();
	expect(reclaimed).toEqual([garden]);
});

test("a merge rests twenty times as long as the one before it took", async () => {
	const { clock, reclaimed, reclaimer } = create(400);
	for (const room of [garden, shed]) reclaimer.freed(room, present(reclaimBytesMin));
	clock.advance(3_000);
	await turn();
	expect(reclaimed).toEqual([garden]);
	clock.advance(20 * 400 - 1);
	await turn();
	expect(reclaimed).toEqual([garden]);
	clock.advance(1);
	await turn();
	expect(reclaimed).toEqual([garden, shed]);
});

test("where history went, it is merged too", async () => {
	const { clock, reclaimed, reclaimer } = create();
	reclaimer.freed(garden, { bytes: 1, isOfHistory: true });
	reclaimer.freed(garden, present(reclaimBytesMin));
	clock.advance(3_000);
	await turn();
	reclaimer.freed(garden, present(reclaimBytesMin));
	clock.advance(3_000);
	await turn();
	expect(reclaimed).toEqual(["garden and its history", garden]);
});

test("after a merge that failed the others have their turn", async () => {
	const clock = new ManualClock();
	const tried: string[] = [];
	const reclaim = async (room: string) => {
		tried.push(room);
		throw new Error("no");
	};
	const reclaimer = new Reclaimer({ clock, reclaim });
	for (const room of [garden, shed]) reclaimer.freed(room, present(reclaimBytesMin));
	for (let rest = 0; rest < 2; rest++) {
		clock.advance(3_000);
		await turn();
	}
	expect(tried).toEqual([garden, shed]);
	await reclaimer.close();
});

test("closing waits for the merge under way", async () => {
	const clock = new ManualClock();
	let end: () => void = () => undefined;
	const merged = new Promise<void>((resolve) => {
		end = resolve;
	});
	const reclaimer = new Reclaimer({ clock, reclaim: () => merged });
	reclaimer.freed(garden, present(reclaimBytesMin));
	clock.advance(3_000);
	const order: string[] = [];
	const closing = reclaimer.close().then(() => order.push("closed"));
	await turn();
	order.push("merged");
	end();
	await closing;
	expect(order).toEqual(["merged", "closed"]);
});

test("closing reclaims what is worth it, for a second at most", async () => {
	const { clock, reclaimed, reclaimer } = create(400);
	const rooms = ["a", "b", "c", "d", "e"].map(roomNamed);
	for (const room of rooms) reclaimer.freed(room, present(reclaimBytesMin));
	reclaimer.freed(shed, present(1));
	await reclaimer.close();
	expect(reclaimed).toEqual(["a", "b", "c"]);
	expect(clock.timerCount).toBe(0);
});

test("no more than so many rooms are counted", async () => {
	const { reclaimed, reclaimer } = create();
	reclaimer.freed(garden, present(reclaimBytesMin - 1));
	for (let room = 0; room < 1_000; room++) reclaimer.freed(roomNamed(`room ${room}`), present(1));
	reclaimer.freed(garden, present(1));
	await reclaimer.close();
	expect(reclaimed).toEqual([]);
});
