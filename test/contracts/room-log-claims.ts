/** What every RoomLog must remember of whose the client ids are. */
import { describe, expect, test } from "vitest";
import { ownersOf } from "../../server/store/owners.ts";
import type { Batch } from "../../server/store/room-log.ts";
import type { UserId } from "../../shared/ids.ts";
import { claiming, collect, foldHere, roomNamed, Writer } from "../fixtures/stored.ts";
import { day, type OpenRoomLog, useLog } from "./opened-log.ts";

const garden = roomNamed("garden");
const shed = roomNamed("shed");
const ann = "g_ann" as UserId;
const ben = "g_ben" as UserId;

/** Part of `roomLogContract`. */
export function claimsContract(name: string, open: OpenRoomLog): void {
	describe(`${name} remembers whose client ids are`, () => {
		const under = useLog(open);
		const owners = async (room = garden) => {
			const all = [...ownersOf(await under.log.load(room))];
			return all.sort(([a], [b]) => a - b);
		};

		/** Ann claims 1, Ben claims 2 and one that needs more than 32 bits. */
		async function write(): Promise<[Writer, Writer]> {
			const writers = [new Writer(1, ann), new Writer(2, ben)] as [Writer, Writer];
			await under.log.append(garden, claiming(writers[0].type("rose "), 1));
			await under.log.append(garden, writers[0].type("lily "));
			await under.log.append(garden, claiming(writers[1].type("fern "), 2, 2 ** 40));
			return writers;
		}
		const all = [
			[1, ann],
			[2, ben],
			[2 ** 40, ben],
		];
		const withThree = [...all.slice(0, 2), [3, ann], [2 ** 40, ben]];

		test("claims come back with their update, also after opening again", async () => {
			await write();
			await under.reopen();
			const { tail } = await under.log.load(garden);
			expect(tail.map(({ updates }) => updates[0]?.claims)).toEqual([[1], undefined, [2, 2 ** 40]]);
			expect(await owners()).toEqual(all);
			expect(await owners(shed)).toEqual([]);
		});

		test("claims survive compaction, and join those of an earlier one", async () => {
			const [first] = await write();
			await under.log.compact(garden, foldHere);
			expect((await under.log.load(garden)).tail).toEqual([]);
			await under.reopen();
			expect(await owners()).toEqual(all);
			await under.log.append(garden, claiming(first.type("moss "), 3));
			expect(await owners()).toEqual(withThree);
			await under.log.compact(garden, foldHere);
			await under.log.append(garden, first.type("fig "));
			await under.log.compact(garden, foldHere);
			await under.reopen();
			expect(await owners()).toEqual(withThree);
		});

		test("the first claim of a client id holds, also over a compaction", async () => {
			const [, second] = await write();
			await under.log.compact(garden, foldHere);
			await under.log.append(garden, claiming(second.type("theft "), 1));
			await under.log.compact(garden, foldHere);
			expect(await owners()).toEqual(all);
		});

		test("claims appended while a fold runs stay in the tail", async () => {
			const [first] = await write();
			await under.log.compact(garden, async (stored) => {
				await under.log.append(garden, claiming(first.type("moss "), 3));
				return foldHere(stored);
			});
			await under.reopen();
			expect(await owners()).toEqual(withThree);
		});

		test("history tells batches without their claims, and its end takes none away", async () => {
			await under.reopen(day);
			await write();
			await under.log.compact(garden, foldHere);
			const history = await collect(under.log.history(garden));
			expect(history.flatMap(claimsIn)).toEqual([]);
			under.clock.advance(3 * day);
			await under.log.compact(garden, foldHere);
			expect((await collect(under.log.history(garden))).flatMap(claimsIn)).toEqual([]);
			expect(await owners()).toEqual(all);
		});

		test("a thousand client ids of one user cost at most twelve bytes each", async () => {
			const writer = new Writer(1, ann);
			await under.log.append(garden, writer.type("rose"));
			const before = await under.log.sizeOf(garden);
			// Spread as Yjs draws them: 32 random bits.
			const ids = Array.from({ length: 1_000 }, (_, index) => (index * 2_654_435_761) % 2 ** 32);
			await under.log.append(garden, claiming(writer.type("lily"), ...ids));
			const tail = await under.log.sizeOf(garden);
			expect(tail.liveBytes - before.liveBytes).toBeLessThan(12 * 1_000 + 200);
			await under.log.compact(garden, foldHere);
			expect((await under.log.sizeOf(garden)).liveBytes).toBeLessThan(7 * 1_000);
			expect(await owners()).toHaveLength(1_000);
		});
	});
}

function claimsIn({ updates }: Batch): readonly (readonly number[])[] {
	return updates.flatMap(({ claims }) => (claims === undefined ? [] : [claims]));
}
