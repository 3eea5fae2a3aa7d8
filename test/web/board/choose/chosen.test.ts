import { expect, test } from "vitest";
import * as Y from "yjs";
import type { PhotoId } from "../../../../shared/ids.ts";
import { addPhoto, lockItems, moveItems } from "../../../../shared/surfaces/arrange/edits.ts";
import { plainLook } from "../../../../shared/surfaces/item-look.ts";
import { addShape } from "../../../../shared/surfaces/shapes.ts";
import { Chosen } from "../../../../web/board/choose/chosen.ts";
import { Scene } from "../../../../web/board/scene.ts";

test("the frame is worked out once, and anew where something chosen changed or went", () => {
	const board = new Y.Doc().getArray<unknown>("strokes");
	for (const left of [0, 100, 200]) {
		addPhoto(board, "photo" as PhotoId, { minX: left, minY: 0, maxX: left + 10, maxY: 10 });
	}
	const scene = new Scene(board, () => undefined);
	const chosen = new Chosen(scene, () => undefined);
	expect(chosen.frame).toBeNull();
	const ids = scene.items().map(({ id }) => id);
	chosen.set(ids.slice(0, 2));
	const frame = chosen.frame;
	expect(frame).toMatchObject({ x: 55, width: 110 });
	moveItems(board, new Set([board.get(2)]), { x: 50, y: 0 });
	expect(chosen.frame).toBe(frame);
	moveItems(board, new Set([board.get(1)]), { x: 50, y: 0 });
	expect(chosen.frame).toMatchObject({ x: 80, width: 160 });
	board.delete(0);
	expect(chosen.frame).toMatchObject({ x: 155, width: 10 });
});

test("one shape that is not locked can be written in, two or a line cannot", () => {
	const board = new Y.Doc().getArray<unknown>("strokes");
	const plain = { color: 0, width: 0, look: plainLook, points: [0, 0, 90, 40] } as const;
	for (const kind of ["rectangle", "diamond", "line"] as const) {
		addShape(board, { ...plain, kind });
	}
	const scene = new Scene(board, () => undefined);
	const chosen = new Chosen(scene, () => undefined);
	const [box = 0, diamond = 0, line = 0] = scene.items().map(({ id }) => id);
	const hasWords = (...ids: number[]) => {
		chosen.set(ids);
		return chosen.summary.hasWords;
	};
	expect([hasWords(box), hasWords(diamond)]).toEqual([true, true]);
	expect([hasWords(line), hasWords(box, diamond), hasWords()]).toEqual([false, false, false]);
	lockItems(board, new Set([board.get(0)]), true);
	expect(hasWords(box)).toBe(false);
});
