/** What every RoomLog must do when a room is purged. */
import { describe, expect, test } from "vitest";
import { foldStored } from "../../server/fold/fold.ts";
import { ownersOf } from "../../server/store/owners.ts";
import type { NextEpoch, RoomLog } from "../../server/store/room-log.ts";
import { nobody, type RoomName, type UserId } from "../../shared/ids.ts";
import { emptyPreview } from "../../shared/preview.ts";
import { clockStartMs } from "../fixtures/manual-clock.ts";
import {
	batchOf,
	claiming,
	collect,
	foldHere,
	loadText,
	roomNamed,
	textIn,
	Writer,
} from "../fixtures/stored.ts";
import { type OpenRoomLog, useLog } from "./opened-log.ts";

const garden = roomNamed("garden");
const shed = roomNamed("shed");

/** What a room begins anew with: these words, under an id of nobody's. */
export async function nextOf(log: RoomLog, room: RoomName, words: string): Promise<NextEpoch> {
	const clean = new Writer(900, nobody);
	const made = { snapshot: null, tail: [clean.type(words)] };
	const by = { id: "g_ann" as UserId, name: "Ann" };
	const times = { madeAtMs: clockStartMs, changedAtMs: clockStartMs };
	return {
		from: await log.load(room),
		snapshot: foldStored(made),
		owners: new Map([
			[1, nobody],
			[900, nobody],
		]),
		atMs: clockStartMs,
		records: {
			room: { name: room, kind: "guarded", ...times, madeBy: by, preview: emptyPreview },
			audit: [],
			photos: [],
			blobs: [],
		},
	};
}

/** Part of `roomLogContract`. */
export function purgeContract(name: string, open: OpenRoomLog): void {
	describe(`${name} begins rooms anew`, () => {
		const under = useLog(open);

		test("of the epoch before nothing is left, whatever there was of it", async () => {
			const ann = new Writer(1);
			await under.log.append(garden, claiming(ann.type("secret "), 1));
			await under.log.compact(garden, foldHere);
			await under.log.append(garden, ann.type("more "));
			await under.log.compact(garden, foldHere);
			await under.log.append(garden, ann.type("and more"));
			await under.log.append(shed, new Writer(2).type("spade"));
			await under.log.purge(garden, await nextOf(under.log, garden, "rose"));
			for (const round of ["at once", "opened again"]) {
				const stored = await under.log.load(garden);
				expect(textIn(stored), round).toBe("rose");
				expect(stored).toMatchObject({ tail: [], epoch: 2 });
				expect([...ownersOf(stored)]).toEqual([
					[1, nobody],
					[900, nobody],
				]);
				const history = await collect(under.log.history(garden));
				expect(history.map(({ updates }) => updates.length)).toEqual([1]);
				expect(textIn({ snapshot: null, tail: history })).toBe("rose");
				expect((await under.log.load(shed)).epoch).toBeUndefined();
				expect(await loadText(under.log, shed)).toBe("spade");
				await under.reopen();
			}
		});

		test("the next epoch is written, folded, let go of and purged like the first", async () => {
			const clean = new Writer(900, nobody);
			const ben = new Writer(3);
			await under.log.append(garden, new Writer(1).type("secret "));
			await under.log.purge(garden, await nextOf(under.log, garden, "rose "));
			clean.type("rose ");
			const texts = async () => [
				await loadText(under.log, garden),
				textIn({ snapshot: null, tail: await collect(under.log.history(garden)) }),
			];
			for (const word of ["lily ", "fern ", "moss "]) {
				await under.log.append(garden, claiming(ben.type(word), 3), 2);
				await under.log.compact(garden, foldHere);
				await under.reopen();
			}
			expect((await texts()).map((text) => text.split(" ").sort().join(" "))).toEqual([
				" fern lily moss rose",
				" fern lily moss rose",
			]);
			expect(ownersOf(await under.log.load(garden)).get(3)).toBe("anyone");
			await under.reopen(0);
			await under.log.compact(garden, foldHere);
			expect((await under.log.sizeOf(garden)).liveBytes).toBeGreaterThan(0);
			await under.log.purge(garden, await nextOf(under.log, garden, "thorn"));
			expect(await texts()).toEqual(["thorn", "thorn"]);
			expect((await under.log.load(garden)).epoch).toBe(3);
		});

		test("nothing is appended to another epoch than that which its writer knows", async () => {
			const ann = new Writer(1);
			await under.log.append(garden, ann.type("secret "));
			await under.log.purge(garden, await nextOf(under.log, garden, "rose"));
			for (const epoch of [undefined, 1, 3]) {
				await expect(under.log.append(garden, ann.type("x"), epoch)).rejects.toMatchObject({
					code: "room_failed",
				});
				await under.reopen();
			}
			await expect(under.log.append(shed, batchOf([1]), 2)).rejects.toMatchObject({
				code: "room_failed",
			});
			expect(await loadText(under.log, garden)).toBe("rose");
			expect(await collect(under.log.rooms())).toEqual([garden]);
		});

		test("what was loaded before another purge begins no epoch", async () => {
			await under.log.append(garden, new Writer(1).type("secret"));
			const stale = await nextOf(under.log, garden, "stale");
			await under.log.purge(garden, await nextOf(under.log, garden, "rose"));
			await expect(under.log.purge(garden, stale)).rejects.toMatchObject({ code: "room_failed" });
			expect(await loadText(under.log, garden)).toBe("rose");
		});
	});
}
