/** Large documents, made up, and pieces of code by their names. */
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { judge, judgedFigures } from "../../../scripts/bench/micro/judge.ts";
import { timesOf } from "../../../scripts/bench/micro/piece.ts";
import { pieces } from "../../../scripts/bench/micro/pieces.ts";
import {
	isSameDoc,
	keepState,
	keptState,
	makeDocument,
	sizeOf,
} from "../../../scripts/bench/people/documents.ts";
import { strokesOf, textOf } from "../../../shared/surfaces/root.ts";
import { dropFolder, makeFolder } from "../../fixtures/project.ts";

let folder: string;

beforeEach(() => {
	folder = makeFolder();
});

afterEach(() => dropFolder(folder));

describe("a made-up document", () => {
	test("a paper is typed a letter at a time, with some taken back", () => {
		const { updates, doc } = makeDocument("paper", 2_000, null);
		expect(updates).toHaveLength(2_000);
		expect(textOf(doc).length).toBeGreaterThan(1_000);
		expect(textOf(doc).length).toBeLessThan(2_000);
	});

	test("a board has its strokes, an update each", () => {
		const { updates, doc } = makeDocument("board", 50, null);
		expect(updates).toHaveLength(50);
		expect(strokesOf(doc).length).toBe(50);
		expect(sizeOf(doc)).toBe(50);
	});

	test("is the same every time, and what its updates come to", () => {
		const one = makeDocument("paper", 500, null);
		const other = makeDocument("paper", 500, null);
		expect(one.updates).toEqual(other.updates);
		const doc = new Y.Doc();
		for (const update of one.updates) Y.applyUpdate(doc, update);
		expect(isSameDoc(doc, one.doc)).toBe(true);
		expect(isSameDoc(doc, makeDocument("paper", 499, null).doc)).toBe(false);
	});

	test("is kept and found again", () => {
		const made = makeDocument("board", 20, null);
		keepState(join(folder, "deep", "state.bin"), made);
		expect(isSameDoc(keptState(join(folder, "deep", "state.bin")), made.doc)).toBe(true);
	});
});

test.each(pieces.map((piece) => [piece.name, piece] as const))(
	"%s can be measured by itself",
	async (_, piece) => {
		const prepared = await piece.prepare(folder);
		const times = await timesOf(prepared, 5);
		await prepared.close?.();
		expect(times.length).toBeGreaterThan(0);
		expect(times.every((us) => us > 0)).toBe(true);
	},
);

test.each(judge.shapes.map(({ label }) => label))("%s is taken by the guard", (label) => {
	const { us, slow, share } = judgedFigures(label, 0);
	expect(share).toBeGreaterThan(0);
	expect(slow).toBeGreaterThanOrEqual(us);
});
