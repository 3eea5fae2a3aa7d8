/** What every RoomLog must do when it is compacted, and what its history must hold. */
import { describe, expect, test } from "vitest";
import { foldStored } from "../../server/fold/fold.ts";
import type { Fold } from "../../server/store/room-log.ts";
import {
	collect,
	docOf,
	foldHere,
	loadText,
	roomNamed,
	slowFold,
	textIn,
	Writer,
} from "../fixtures/stored.ts";
import { day, type OpenRoomLog, useLog } from "./opened-log.ts";

const garden = roomNamed("garden");
const shed = roomNamed("shed");

/** Part of `roomLogContract`. */
export function compactionContract(name: string, open: OpenRoomLog): void {
	describe(`${name} folds what it keeps`, () => {
		const under = useLog(open);

		test("compaction keeps the content, and what came after it", async () => {
			const ann = new Writer(1);
			const ben = new Writer(2);
			for (const word of ["rose ", "lily ", "fern "])
				await under.log.append(garden, ann.type(word));
			await under.log.append(garden, ann.remove(5));
			await under.log.append(shed, ben.type("spade"));
			await under.log.compact(garden, foldHere);
			const compacted = await under.log.load(garden);
			expect(compacted.tail).toEqual([]);
			expect(textIn(compacted)).toBe("lily fern ");
			await under.log.append(garden, ann.type("moss"));
			await under.reopen();
			const stored = await under.log.load(garden);
			expect(stored.tail).toHaveLength(1);
			expect(textIn(stored)).toBe("lily fern moss");
			expect(await loadText(under.log, shed)).toBe("spade");
			await under.log.compact(garden, foldHere);
			expect(await loadText(under.log, garden)).toBe("lily fern moss");
		});

		test("the snapshot comes back as the fold made it", async () => {
			const ann = new Writer(1);
			await under.log.append(garden, ann.type("rose lily"));
			await under.log.append(garden, ann.remove(4));
			const made = foldStored(await under.log.load(garden));
			await under.log.compact(garden, foldHere);
			await under.reopen();
			expect((await under.log.load(garden)).snapshot).toEqual(made);
			expect(made.deleteSet.length).toBeGreaterThan(2);
		});

		test("batches appended while a fold runs stay, and wait for nobody", async () => {
			const ann = new Writer(1);
			await under.log.append(garden, ann.type("rose "));
			const { fold, started, finish } = slowFold();
			const compaction = under.log.compact(garden, fold);
			await started;
			await under.log.append(garden, ann.type("lily "));
			await under.log.append(garden, ann.remove(2));
			finish();
			await compaction;
			const stored = await under.log.load(garden);
			expect(stored.snapshot).not.toBeNull();
			expect(stored.tail).toHaveLength(2);
			expect(textIn(stored)).toBe("se lily ");
			await under.reopen();
			expect(await loadText(under.log, garden)).toBe("se lily ");
		});

		test("a second compaction of a room waits for the first; another room's does not", async () => {
			const ann = new Writer(1);
			const ben = new Writer(2);
			await under.log.append(garden, ann.type("rose "));
			await under.log.append(shed, ben.type("spade"));
			const first = slowFold();
			const order: string[] = [];
			const compactions = [
				under.log.compact(garden, first.fold).then(() => order.push("first")),
				under.log.compact(garden, foldHere).then(() => order.push("second")),
			];
			await first.started;
			await under.log.compact(shed, foldHere);
			await under.log.append(garden, ann.type("lily"));
			order.push("other room");
			first.finish();
			await Promise.all(compactions);
			expect(order).toEqual(["other room", "first", "second"]);
			const stored = await under.log.load(garden);
			expect(stored.tail).toEqual([]);
			expect(textIn(stored)).toBe("rose lily");
		});

		test("a fold that fails changes nothing, and the next one may succeed", async () => {
			const ann = new Writer(1);
			await under.log.append(garden, ann.type("rose"));
			const before = await under.log.load(garden);
			const failing: Fold = () => Promise.reject(new Error("no"));
			await expect(under.log.compact(garden, failing)).rejects.toThrow("no");
			expect(await under.log.load(garden)).toEqual(before);
			await under.log.compact(garden, foldHere);
			expect(await loadText(under.log, garden)).toBe("rose");
		});

		test("history holds every batch as it was, through compactions", async () => {
			const ann = new Writer(1);
			const batches = [];
			for (let index = 0; index < 60; index++) {
				const atMs = under.clock.now() + index;
				const batch = index % 7 === 6 ? ann.remove(2, atMs) : ann.type(`word${index} `, atMs);
				batches.push(batch);
				await under.log.append(garden, batch);
				if (index % 20 === 19) await under.log.compact(garden, foldHere);
			}
			await under.log.append(garden, ann.type("end"));
			await under.reopen();
			const history = await collect(under.log.history(garden));
			expect(history.slice(0, 60)).toEqual(batches);
			expect(textIn({ snapshot: null, tail: history })).toBe(ann.text());
		});

		test("old history becomes one update, and its replay still ends as the room", async () => {
			await under.reopen(10 * day);
			const ann = new Writer(1);
			for (let index = 0; index < 40; index++) {
				await under.log.append(garden, ann.type(`day${index} `, under.clock.now()));
				await under.log.compact(garden, foldHere);
				under.clock.advance(day);
			}
			await under.reopen(10 * day);
			const history = await collect(under.log.history(garden));
			expect(history.length).toBeGreaterThan(5);
			expect(history.length).toBeLessThan(15);
			expect(textIn({ snapshot: null, tail: history })).toBe(ann.text());
			expect(await loadText(under.log, garden)).toBe(ann.text());
		});

		test("a room at rest longer than history is kept costs its snapshot only", async () => {
			const ann = new Writer(1);
			for (let index = 0; index < 50; index++) {
				await under.log.append(garden, ann.type("word ", under.clock.now()));
			}
			await under.log.compact(garden, foldHere);
			expect((await under.log.sizeOf(garden)).historyBytes).toBeGreaterThan(0);
			under.clock.advance(34 * day);
			await under.log.compact(garden, foldHere);
			const whole = await collect(under.log.history(garden));
			expect(whole).toHaveLength(1);
			expect(textIn({ snapshot: null, tail: whole })).toBe(ann.text());
			await under.log.append(garden, ann.type("again", under.clock.now()));
			await under.log.compact(garden, foldHere);
			await under.reopen();
			const history = await collect(under.log.history(garden));
			expect(history).toHaveLength(2);
			expect(textIn({ snapshot: null, tail: history })).toBe(ann.text());
			expect(await loadText(under.log, garden)).toBe(ann.text());
		});

		test("sizes tell the present from the history", async () => {
			const ann = new Writer(1);
			for (let index = 0; index < 200; index++) await under.log.append(garden, ann.type("a"));
			const before = await under.log.sizeOf(garden);
			expect(before.historyBytes).toBe(0);
			expect(before.liveBytes).toBeGreaterThan(200 * 30);
			await under.log.compact(garden, foldHere);
			const after = await under.log.sizeOf(garden);
			expect(after.liveBytes).toBeLessThan(before.liveBytes / 5);
			expect(after.historyBytes).toBeGreaterThan(0);
		});

		test("a doc of many clients survives compaction with all it deletes", async () => {
			const people = Array.from({ length: 20 }, (_, index) => new Writer(index + 1));
			for (const person of people) await under.log.append(garden, person.type("hello "));
			const everyone = docOf(await under.log.load(garden));
			everyone.getMap("photos").set("a", 1);
			await under.log.compact(garden, foldHere);
			const again = docOf(await under.log.load(garden));
			expect(again.getText("text").toString()).toBe(everyone.getText("text").toString());
			expect(again.getText("text").length).toBe(120);
		});

		test("closing waits for a compaction", async () => {
			const ann = new Writer(1);
			await under.log.append(garden, ann.type("rose"));
			const { fold, started, finish } = slowFold();
			const compaction = under.log.compact(garden, fold);
			await started;
			const closing = under.log.close();
			finish();
			await Promise.all([compaction, closing]);
			await under.reopen();
			expect((await under.log.load(garden)).tail).toEqual([]);
			expect(await loadText(under.log, garden)).toBe("rose");
		});
	});
}
