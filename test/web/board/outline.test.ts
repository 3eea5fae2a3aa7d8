import { expect, test } from "vitest";
import * as Y from "yjs";
import { addStrokes } from "../../../shared/surfaces/board.ts";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import { describeBoard } from "../../../web/board/outline.ts";
import type { BoardClient } from "../../../web/board/people/client.ts";
import { Scene } from "../../../web/board/scene.ts";

const plain = { kind: "pen", color: 0, width: 0, pressures: null, times: null } as const;

function board(count: number) {
	const doc = new Y.Doc();
	const all = Array.from({ length: count }, (_, index) => ({
		...plain,
		points: Float64Array.of(index, 0, index, 10),
	}));
	addStrokes(strokesOf(doc), all);
	const client = { doc, me: { id: "u_1" }, people: () => [] } as unknown as BoardClient;
	return { scene: new Scene(strokesOf(doc), () => undefined), client };
}

test("a large board is told in pieces, and whole", async () => {
	const { scene, client } = board(5_000);
	let rests = 0;
	const told = await describeBoard(scene, client, async () => {
		rests++;
	});
	expect(told.summary).toBe("5,000 strokes");
	expect(told.items).toHaveLength(40);
	expect(rests).toBe(3);
});

test("what is drawn while a board is told harms nothing", async () => {
	const { scene, client } = board(2_500);
	const told = await describeBoard(scene, client, async () => {
		client.doc.getArray("strokes").delete(0, 100);
	});
	expect(told.summary).toMatch(/^2,[345]\d\d strokes$/);
});
