import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import type { WebSocket } from "ws";
import type { Access, Admitted } from "../../../server/auth/access.ts";
import type { Login } from "../../../server/auth/accounts.ts";
import type { Guest } from "../../../server/auth/guest.ts";
import { Unfinished } from "../../../server/gateway/frames/unfinished.ts";
import { type Desk, Visit } from "../../../server/gateway/visit.ts";
import { Watch } from "../../../server/gateway/watch.ts";
import { WebSocketWire } from "../../../server/gateway/wire.ts";
import { standingOf } from "../../../server/rooms/access.ts";
import type { Registry } from "../../../server/rooms/registry.ts";
import { encodeAwareness } from "../../../shared/awareness.ts";
import { WeftError } from "../../../shared/errors.ts";
import type { RoomName, UserId } from "../../../shared/ids.ts";
import {
	encodeAwarenessFrame,
	encodeChanged,
	encodeHello,
	encodeStanding,
	encodeWelcome,
} from "../../../shared/protocol.ts";
import { type Role, rightsOf } from "../../../shared/roles.ts";
import { clockStartMs, ManualClock } from "../../fixtures/manual-clock.ts";
import { garden, openRoom, turns } from "../../fixtures/rooms/open-room.ts";

const ann: Guest = { id: "g_1" as UserId, name: "Ann", color: "#112233" };

/** A socket of ws, as far as a visit needs one, and the stream below it. */
function createSocket() {
	const closes: number[] = [];
	const socket = Object.assign(new EventEmitter(), {
		...{ OPEN: 1, readyState: 1, bufferedAmount: 0 },
		close: (code: number) => closes.push(code),
		resume: () => undefined,
		terminate: () => undefined,
	});
	const parts: Uint8Array[] = [];
	const write = (part: Uint8Array) => parts.push(part) > 0;
	const ignore = () => undefined;
	const stream = { write, cork: ignore, uncork: ignore, on: ignore };
	return {
		closes,
		/** How often that message was sent; ours have a head of two bytes and one part, or two. */
		written: (message: Uint8Array) => {
			const bytes = Buffer.concat(parts).toString("latin1");
			const head = String.fromCharCode(0x82, message.length);
			return bytes.split(head + Buffer.from(message).toString("latin1")).length - 1;
		},
		emit: (event: string, ...args: unknown[]) => socket.emit(event, ...args),
		socket: socket as unknown as WebSocket,
		stream: stream as unknown as Socket,
	};
}

interface ComeOptions {
	readonly login?: Login | null;
	readonly taken?: string;
	readonly access?: Access;
}

function admitted(role: Role, untilMs: number | null = null): Admitted {
	return { room: garden, standing: standingOf(role), untilMs, presenterId: null };
}

/** Ann comes to a room that is there when the test says so, or that lets nobody in. */
async function come(
	refusal: WeftError | null = null,
	{ login = null, taken = "", access }: ComeOptions = {},
) {
	const { room, clock, visit: visitor } = await openRoom();
	let open: () => void = () => undefined;
	const opened = new Promise<void>((resolve) => {
		open = resolve;
	});
	const registry: Pick<Registry, "enter" | "leave"> = {
		enter: async (_name, member) => {
			await opened;
			if (refusal !== null) throw refusal;
			room.join(member);
			return room;
		},
		leave: (_room, member) => room.leave(member),
	};
	const ends: (string | null)[] = [];
	const desk: Desk = {
		registry: registry as Registry,
		rules: { clock, watch: new Watch(new ManualClock()), frameRate: null, outboxBytesMax: 640_000 },
		isTaken: (name) => name === taken,
		access: access ?? (async () => admitted("editor")),
		mayBegin: () => true,
		newIds: null,
		ended: (_visit, code) => ends.push(code),
	};
	const wire = createSocket();
	const caller = { address: "127.0.0.1", guest: ann, login, name: garden };
	const visit = new Visit(
		new WebSocketWire(wire.socket, wire.stream, new Unfinished(clock, () => 0)),
		caller,
		desk,
	);
	visit.enter();
	return { room, clock, visitor, visit, wire, ends, open, written: wire.written };
}

test("who goes while the room is loaded is nobody there", async () => {
	const { room, wire, ends, open } = await come();
	wire.emit("close");
	open();
	await turns();
	expect([room.memberCount, ends]).toEqual([0, [null]]);
});

test("who leaves later is told of once, and is nobody there", async () => {
	const { room, wire, ends, open } = await come();
	open();
	await turns();
	expect([room.memberCount, ends]).toEqual([1, []]);
	for (let time = 0; time < 2; time++) wire.emit("close");
	expect([room.memberCount, ends]).toEqual([0, [null]]);
});

test("who is not let in is told why", async () => {
	const { wire, ends, open } = await come(new WeftError("room_full"));
	open();
	await turns();
	expect([wire.closes, ends]).toEqual([[4409], ["room_full"]]);
});

test("who has a new name is shown under it, and nobody else is", async () => {
	const { room, clock, visitor, visit, wire, open } = await come();
	open();
	await turns();
	const ben = visitor();
	const state = { clientId: 77, clock: 1, state: "{}" };
	wire.emit("message", Buffer.from(encodeAwarenessFrame(encodeAwareness([state]))), true);
	const shown = () => {
		clock.advance(30);
		return ben.presences.get(77)?.state;
	};
	expect(shown()).toEqual({ user: ann });
	visit.rename({ ...ann, id: "g_2" as UserId, name: "Eve" });
	expect(shown()).toEqual({ user: ann });
	visit.rename({ ...ann, name: "Anna" });
	expect(shown()).toEqual({ user: { ...ann, name: "Anna" } });
	await room.settled();
});

test("a guest who is called as a member is shown as a guest, the member is not", async () => {
	const guest = await come(null, { taken: "Ann" });
	expect(guest.visit.stamp(null)).toEqual({ ...ann, name: "Ann (guest)" });
	const member = await come(null, { taken: "Ann", login: loginUntil(1e15) });
	expect(member.visit.stamp(null)).toEqual(ann);
	const other = await come(null, { taken: "Ben" });
	expect(other.visit.stamp(null)).toEqual(ann);
});

test("a login that is over ends its visit at once, however long it lasted", async () => {
	for (const lastsMs of [2_000, 0, -5, 90 * 24 * 60 * 60 * 1000]) {
		const { clock, wire, open } = await come(null, { login: loginUntil(clockStartMs + lastsMs) });
		open();
		await turns();
		clock.advance(Math.max(0, lastsMs - 1));
		expect(wire.closes).toEqual(lastsMs > 0 ? [] : [4401]);
		clock.advance(1);
		expect(wire.closes).toEqual([4401]);
	}
});

test("who left before their login was over leaves no timer behind", async () => {
	const { clock, wire, open } = await come(null, { login: loginUntil(clockStartMs + 5_000) });
	open();
	await turns();
	wire.emit("close");
	clock.advance(10_000);
	expect(wire.closes).toEqual([]);
});

describe("what somebody may do", () => {
	test("is looked up again when their link is over, and sends them away", async () => {
		let answer: Admitted | WeftError = admitted("viewer", clockStartMs + 5_000);
		const access: Access = async () => {
			if (answer instanceof WeftError) throw answer;
			return answer;
		};
		const { clock, room, wire, open } = await come(null, { access });
		open();
		await turns();
		answer = new WeftError("link_over");
		clock.advance(4_999);
		await turns();
		expect([room.memberCount, wire.closes]).toEqual([1, []]);
		clock.advance(1);
		await turns();
		expect([room.memberCount, wire.closes]).toEqual([0, [4403]]);
	});

	test("is looked up again when something was decided while the room was loaded", async () => {
		let role: Role = "editor";
		const { wire, open, written } = await come(null, { access: async () => admitted(role) });
		await turns();
		role = "viewer";
		open();
		await turns();
		wire.emit("message", Buffer.from(encodeHello()), true);
		expect(written(encodeStanding({ role, rights: rightsOf(role) }))).toBe(1);
	});

	test("is what was decided while it was looked up, before anything is told", async () => {
		const waiting: ((role: Role | null) => void)[] = [];
		const access: Access = () =>
			new Promise((resolve, reject) => {
				waiting.push((role) =>
					role === null ? reject(new WeftError("put_out")) : resolve(admitted(role)),
				);
			});
		const { room, wire, open, written } = await come(null, { access });
		waiting.shift()?.("editor");
		open();
		await turns();
		wire.emit("message", Buffer.from(encodeHello()), true);
		room.reconsider();
		waiting.shift()?.("editor");
		await turns();
		expect(written(encodeWelcome({ version: 1, userId: ann.id, kind: "guarded" }))).toBe(0);
		for (const answer of waiting.splice(0)) answer(null);
		await turns();
		expect([room.memberCount, wire.closes]).toEqual([0, [4403]]);
	});

	test("is told at a change, and only then; who may manage is told of every one", async () => {
		let role: Role = "editor";
		const { room, wire, open, written } = await come(null, { access: async () => admitted(role) });
		open();
		await turns();
		wire.emit("message", Buffer.from(encodeHello()), true);
		for (const next of ["editor", "commenter", "commenter", "owner", "owner"] as const) {
			role = next;
			room.reconsider();
			await turns();
		}
		const told = (["commenter", "owner", "editor"] as const).map((one) =>
			written(encodeStanding({ role: one, rights: rightsOf(one) })),
		);
		expect([told, written(encodeChanged())]).toEqual([[1, 1, 0], 2]);
	});

	test("is looked up for no knock, of which only who may manage is told", async () => {
		let lookCount = 0;
		for (const role of ["owner", "editor"] as const) {
			const access: Access = async () => {
				lookCount++;
				return admitted(role);
			};
			const { visit, wire, open, written } = await come(null, { access });
			open();
			await turns();
			wire.emit("message", Buffer.from(encodeHello()), true);
			const before = [lookCount, written(encodeChanged())];
			visit.knocked(garden);
			visit.knocked("elsewhere" as RoomName);
			await turns();
			const told = written(encodeChanged()) - (before[1] ?? 0);
			expect([role, lookCount, told]).toEqual([role, before[0], role === "owner" ? 1 : 0]);
		}
	});

	test("is shown to the others, but for an editor's; and again when it changes", async () => {
		let role: Role = "viewer";
		const access: Access = async () => admitted(role);
		const { room, clock, visitor, wire, open } = await come(null, { access });
		open();
		await turns();
		const ben = visitor();
		const state = { clientId: 77, clock: 1, state: JSON.stringify({ user: { role: "owner" } }) };
		wire.emit("message", Buffer.from(encodeAwarenessFrame(encodeAwareness([state]))), true);
		const shown = async () => {
			room.reconsider();
			await turns();
			clock.advance(30);
			return ben.presences.get(77)?.state;
		};
		expect(await shown()).toEqual({ user: { ...ann, role: "viewer" } });
		role = "owner";
		expect(await shown()).toEqual({ user: { ...ann, role: "owner" } });
		role = "editor";
		expect(await shown()).toEqual({ user: ann });
	});

	test("is what was looked up last, however long an earlier look takes", async () => {
		const waiting: ((role: Role) => void)[] = [];
		const access: Access = () =>
			new Promise((resolve) => waiting.push((role) => resolve(admitted(role))));
		const { room, wire, open, written } = await come(null, { access });
		open();
		for (let look = 0; look < 2; look++) {
			waiting.shift()?.("editor");
			await turns();
		}
		wire.emit("message", Buffer.from(encodeHello()), true);
		room.reconsider();
		room.reconsider();
		waiting.pop()?.("viewer");
		await turns();
		waiting.pop()?.("owner");
		await turns();
		expect(written(encodeStanding({ role: "viewer", rights: rightsOf("viewer") }))).toBe(1);
		expect(written(encodeStanding({ role: "owner", rights: rightsOf("owner") }))).toBe(0);
	});
});

function loginUntil(untilMs: number): Login {
	const who = { person: ann, isAdmin: false, key: "key" };
	return { ...who, untilMs, rooms: null, endsAs: "signed_out" };
}
