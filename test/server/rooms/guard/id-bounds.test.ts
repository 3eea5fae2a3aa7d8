/** How many client ids come into a room: each is in everybody's state vector for ever. */
import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { Owners, roomIdsMax } from "../../../../server/rooms/guard/owners.ts";
import type { Room } from "../../../../server/rooms/room.ts";
import { readUpdate } from "../../../../server/rooms/update-reader.ts";
import { nobody, type UserId } from "../../../../shared/ids.ts";
import { stateVectorBytesMax } from "../../../../shared/limits.ts";
import { rightsOf } from "../../../../shared/roles.ts";
import { openRoom } from "../../../fixtures/rooms/open-room.ts";

const [ann, eve] = ["g_ann", "g_eve"] as [UserId, UserId];

function stateOf(room: Room): Uint8Array {
	if (room.doc === null) throw new Error("the room has no doc");
	return Y.encodeStateAsUpdate(room.doc);
}

/** An update of many people, each with a letter in front of all others'. */
function crowd(firstId: number, count: number): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, count);
		for (let id = firstId + count - 1; id >= firstId; id--) {
			for (const number of [1, id, 0]) encoding.writeVarUint(encoder, number);
			encoding.writeUint8(encoder, 4); // Letters, with their parent named.
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarString(encoder, "text");
			encoding.writeVarString(encoder, "x");
		}
		encoding.writeVarUint(encoder, 0);
	});
}

describe("client ids without end", () => {
	test("are not brought by who brought as many as they may; nothing is claimed", async () => {
		const { room, visit } = await openRoom();
		const mallory = visit({ userId: eve });
		await room.settled();
		mallory.idsLeft = 5;
		room.write(mallory, crowd(100, 4), false);
		await room.settled();
		expect([mallory.closedWith, room.doc?.store.clients.size]).toEqual([null, 4]);
		const before = stateOf(room);
		room.write(mallory, crowd(200, 2), false);
		await room.settled();
		expect(mallory.closedWith).toBe("too_many_requests");
		expect(stateOf(room)).toEqual(before);
		const other = visit({ clientId: 200, userId: ann });
		await room.settled();
		other.type("rose");
		await room.settled();
		expect(other.closedWith).toBeNull();
		expect(room.doc?.getText("text").toString()).toContain("rose");
	});

	test("do not make joining dearer where 200,000 come in one update", async () => {
		const { room, visit } = await openRoom();
		const [ben, mallory] = [visit({ userId: ann }), visit({ userId: eve })];
		await room.settled();
		ben.type("rose");
		await room.settled();
		const bytesToJoin = async () => {
			const who = visit();
			let bytes = 0;
			const send = who.send.bind(who);
			who.send = (frames) => {
				for (const { length } of frames) bytes += length;
				send(frames);
			};
			await room.settled();
			expect(who.text()).toBe("rose");
			return bytes;
		};
		const before = await bytesToJoin();
		room.write(mallory, crowd(1_000, 200_000), false);
		await room.settled();
		expect(mallory.closedWith).toBe("refused_update");
		// FAULTS.md, R5: at most twice.
		expect(await bytesToJoin()).toBeLessThan(2 * before);
		expect(room.doc?.store.clients.size).toBe(1);
	});

	test("do not fill a room so far that nobody could join it; purged ones do not count", () => {
		const made = (count: number, from: number, owner: UserId) =>
			Array.from({ length: count }, (_, index) => [from + index, owner] as const);
		const held = made(roomIdsMax - 1, 1_000, ann);
		const purged = made(500, 1, nobody);
		const stored = { snapshot: null, tail: [], owners: new Map([...purged, ...held]) };
		const owners = new Owners(stored, { holderOf: () => null, healed: null });
		const who = { userId: eve, accountName: null, formerIds: [], claimer: null };
		const author = { ...who, rights: rightsOf("editor") };
		const holdings = { clientCount: 0, clockOf: () => 0, hasDeleted: () => true };
		const bring = (count: number) =>
			owners.admit(readUpdate(crowd(900_000, count)), author, holdings).length;
		expect(() => bring(2)).toThrow(expect.objectContaining({ code: "room_too_big" }));
		expect(bring(1)).toBe(1);
		expect(() => bring(2)).toThrow(expect.objectContaining({ code: "room_too_big" }));
	});
});

test("a room that is full of them has a state vector that the server reads still", () => {
	// The largest ids that Yjs makes, each with as many letters as a room has place for.
	const vector = encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, roomIdsMax);
		for (let id = 2 ** 32 - roomIdsMax; id < 2 ** 32; id++) {
			encoding.writeVarUint(encoder, id);
			encoding.writeVarUint(encoder, 700);
		}
	});
	expect(vector.length).toBeLessThan(stateVectorBytesMax);
});
