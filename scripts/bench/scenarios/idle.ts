/** Many people who do nothing: what does their being there cost? */

import { coreShare } from "../drive/load.ts";
import { heldKib } from "../drive/probe.ts";
import type { Stage } from "../drive/stage.ts";
import { inWaves, Seat } from "../people/seat.ts";
import { type Finding, refused, type Scenario, type Shape } from "./scenario.ts";

/** Sockets of a room. */
const socketsPerRoom = 5;
/**
 * Sockets that come first and stay, as many as the rooms: V8's space for young objects grows with
 * a crowd that survives, up to 32 MiB, which belong to no room.
 */
const warmSockets = 2_000;
const warmRooms = 100;

/** `count` sockets in a fifth as many rooms. */
async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const server = await stage.serve();
	const roomCount = Math.floor(shape.count / socketsPerRoom);
	const warm = await inWaves(Math.min(warmSockets, shape.count), (index) => {
		return Seat.join(server, `warm-${index % warmRooms}`);
	});
	const before = await heldKib(server);
	const first = await inWaves(roomCount, (index) => Seat.join(server, `idle-${index}`));
	const oneEach = await heldKib(server);
	const others = await inWaves(shape.count - roomCount, (index) => {
		return Seat.join(server, `idle-${index % roomCount}`);
	});
	const all = await heldKib(server);
	const load = await stage.watch(server, async () => {
		await new Promise((resolve) => setTimeout(resolve, shape.seconds * 1000));
	});
	const everybody = [...warm, ...first, ...others];
	const lost = everybody.find(({ closing }) => closing !== null)?.closing;
	for (const seat of everybody) seat.leave();
	if (lost) return refused(`somebody was sent away with ${lost.code} ${lost.reason}`);
	const socket = (all - oneEach) / others.length;
	return {
		figures: {
			socket,
			room: Math.max(0, (oneEach - before) / roomCount - socket),
			core: coreShare(load),
			memory: all / 1024,
		},
		refusal: null,
	};
}

function sockets(count: number, seconds: number): Shape {
	const rooms = Math.floor(count / socketsPerRoom).toLocaleString("en-US");
	const label = `${count.toLocaleString("en-US")} sockets in ${rooms} rooms`;
	return { label, count, rate: 0, seconds };
}

/** 10,000 sockets in 2,000 rooms. */
export const idle: Scenario = {
	name: "idle",
	title: "Many people who do nothing",
	about:
		"A crowd is there already, so that heap and code are warm. Then one joins each room, then " +
		"four more each; memory is looked at when the server has become quiet, in between. A socket " +
		"is what the later ones took, a room what the first ones took beyond a socket. Garbage is " +
		"collected before each look.",
	measures: [
		{ key: "socket", label: "KiB a socket", better: "less", noise: 0.5 },
		{ key: "room", label: "KiB a room", better: "less", noise: 0.5 },
		{ key: "core", label: "core share", better: "less", noise: 0.005 },
		{ key: "memory", label: "MiB in all", better: "less", isContext: true },
	],
	shapes: [sockets(10_000, 10)],
	quickShapes: [sockets(500, 1)],
	runSeconds: 18,
	needs: "relay",
	run,
};
