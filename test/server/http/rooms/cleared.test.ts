/** What was cleared away, asked for over HTTP by those who may and those who may not. */
import { beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { type FindCleared, findCleared } from "../../../../server/fold/cleared/cleared.ts";
import { ClearedWorks } from "../../../../server/http/rooms/cleared.ts";
import type { Batch } from "../../../../server/store/room-log.ts";
import type { RoomName, UserId } from "../../../../shared/ids.ts";
import { clearBoard } from "../../../../shared/surfaces/board.ts";
import { strokesOf, textOf } from "../../../../shared/surfaces/root.ts";
import { ManualClock } from "../../../fixtures/manual-clock.ts";
import { createGarden, statusOf } from "../../../fixtures/people/garden.ts";
import { draw, PastOfRoom } from "../../../fixtures/rooms/past.ts";

const findHere: FindCleared = async (history, owners) => {
	const batches: Batch[] = [];
	for await (const batch of history) batches.push(batch);
	return findCleared({ batches, owners });
};

type Garden = Awaited<ReturnType<typeof createGarden>>;

let garden: Garden;
let past: PastOfRoom;
let clock: ManualClock;
/** How often the past was gone through, and the room read. */
let lookCount = 0;
let loadCount = 0;

beforeEach(async () => {
	past = new PastOfRoom();
	clock = new ManualClock();
	lookCount = 0;
	loadCount = 0;
	const cleared = new ClearedWorks({
		log: {
			load: async () => {
				loadCount++;
				return { snapshot: null, owners: past.past.owners, tail: [] };
			},
			history: async function* () {
				yield* past.past.batches;
			},
		},
		findCleared: (history, owners) => {
			lookCount++;
			return findHere(history, owners);
		},
		nameOf: (id) => (id === "g_cleo" ? "Cleo" : null),
		clock,
	});
	garden = await createGarden({ cleared });
	await garden.plant();
	const cleo = past.come("cleo");
	draw(cleo, 2);
	textOf(cleo).insert(0, "A sentence that is long enough.");
	cleo.transact(() => {
		clearBoard(strokesOf(cleo));
		textOf(cleo).delete(0, textOf(cleo).length);
	});
});

const list = async () => (await garden.ben.browser.read("/api/rooms/garden/cleared")).cleared;
const ask = (path: string) => statusOf(garden.ben.browser.send("GET", `/api/rooms/garden/${path}`));

test("editors find all of it, by whom and when, and can have it", async () => {
	const found = await list();
	expect(found.map(({ id: _id, ...one }: { id: string }) => one)).toEqual([
		{
			...{ surface: "document", atMs: 1_000, by: { id: "g_cleo", name: "Cleo" }, count: 31 },
			excerpt: "A sentence that is long enough.",
		},
		{
			...{ surface: "board", atMs: 1_000, by: { id: "g_cleo", name: "Cleo" }, count: 2 },
			excerpt: "",
		},
	]);
	const read = (id: string) =>
		garden.ben.browser.read(`/api/rooms/garden/cleared/${encodeURIComponent(id)}`);
	expect(await read(found[0].id)).toMatchObject({
		texts: [{ ops: [{ insert: "A sentence that is long enough." }] }],
	});
	const doc = new Y.Doc();
	Y.applyUpdate(doc, Buffer.from((await read(found[1].id)).update, "base64"));
	expect(strokesOf(doc).toJSON()).toMatchObject([{ by: "g_cleo" }, { by: "g_cleo" }]);
	expect(await ask("cleared/board.7.g_cleo")).toBe("404 not_found");
});

test("who may not write a surface sees nothing of what was on it", async () => {
	const [text, board] = await list();
	await garden.patch(garden.ann, { least: { board: "owner" } });
	expect((await list()).map(({ surface }: { surface: string }) => surface)).toEqual(["document"]);
	expect(await ask(`cleared/${encodeURIComponent(board.id)}`)).toBe("404 not_found");
	await garden.patch(garden.ann, { presenter: garden.ann.id, isTalkOpen: true });
	for (const path of ["cleared", `cleared/${encodeURIComponent(text.id)}`, "writers?client=1"]) {
		expect(await ask(path)).toBe("403 not_allowed");
	}
	await garden.patch(garden.ann, { presenter: null });
	for (const role of ["commenter", "viewer"]) {
		await garden.decide(garden.ben.id, { role });
		expect(await ask("cleared")).toBe("403 not_allowed");
		expect(await ask("writers?client=1")).toBe("403 not_allowed");
	}
	await garden.decide(garden.ben.id, { role: "out" });
	expect(await ask("cleared")).toBe("403 put_out");
	expect(await ask(`cleared/${encodeURIComponent(text.id)}`)).toBe("403 put_out");
});

test("however many ask at once, a room's past is gone through once in a while", async () => {
	await Promise.all(Array.from({ length: 20 }, list));
	expect(lookCount).toBe(1);
	clock.advance(4_999);
	await list();
	expect(lookCount).toBe(1);
	clock.advance(1);
	await list();
	expect(lookCount).toBe(2);
});

test("the pasts of many rooms are gone through one after another", async () => {
	const [running, most] = [new Set<object>(), { count: 0 }];
	const works = new ClearedWorks({
		log: {
			load: async () => ({ snapshot: null, tail: [] }),
			history: async function* () {
				yield* past.past.batches;
			},
		},
		findCleared: async (history, owners) => {
			const one = {};
			running.add(one);
			most.count = Math.max(most.count, running.size);
			const found = await findHere(history, owners);
			running.delete(one);
			return found;
		},
		nameOf: () => null,
		clock,
	});
	const rooms = ["one", "two", "three"] as RoomName[];
	const found = await Promise.all(rooms.map((room) => works.list(room, ["board"])));
	expect(found.map((list) => list.length)).toEqual([1, 1, 1]);
	expect(most.count).toBe(1);
});

test("whose a client id is is told of those that were asked for", async () => {
	const read = (query: string) => garden.ben.browser.read(`/api/rooms/garden/writers${query}`);
	expect(await read("?client=1&client=9&client=x")).toEqual({ writers: [[1, "g_cleo"]] });
	expect(await read("")).toEqual({ writers: [] });
	await Promise.all(Array.from({ length: 20 }, () => read("?client=1")));
	expect(loadCount).toBe(1); // However many ask, the room is read once in a while.
	clock.advance(1_000);
	await read("?client=1");
	expect(loadCount).toBe(2);
});

test("a past that failed to be read is asked for again", async () => {
	const batches = [{ atMs: 1, updates: [{ userId: "g_cleo" as UserId, bytes: Uint8Array.of(9) }] }];
	let isDamaged = true;
	const works = new ClearedWorks({
		log: {
			load: async () => ({ snapshot: null, tail: [] }),
			history: async function* () {
				yield* isDamaged ? batches : past.past.batches;
			},
		},
		findCleared: findHere,
		nameOf: () => null,
		clock,
	});
	const listed = () => works.list("garden" as never, ["board"]);
	await expect(listed()).rejects.toMatchObject({ code: "room_damaged" });
	isDamaged = false;
	expect(await listed()).toMatchObject([{ by: { id: "g_cleo", name: "" } }]);
});
