import { expect, test } from "vitest";
import * as Y from "yjs";
import type { PhotoId } from "../../../../shared/ids.ts";
import { addPhoto, moveItems } from "../../../../shared/surfaces/arrange/edits.ts";
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
