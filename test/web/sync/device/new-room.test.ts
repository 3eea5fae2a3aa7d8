import { expect, test } from "vitest";
import * as Y from "yjs";
import type { PhotoId } from "../../../../shared/ids.ts";
import { addPhoto } from "../../../../shared/surfaces/arrange/edits.ts";
import { addStroke, readItem } from "../../../../shared/surfaces/board.ts";
import {
	chatOf,
	metaOf,
	photosOf,
	strokesOf,
	textOf,
	titleOf,
} from "../../../../shared/surfaces/root.ts";
import { copyOf } from "../../../../web/sync/device/new-room.ts";

const stroke = {
	kind: "pen",
	color: 2,
	width: 1,
	points: Float64Array.of(1, 2, 30, 40),
	pressures: null,
	times: null,
} as const;

function lost(): Y.Doc {
	const doc = new Y.Doc();
	doc.transact(() => {
		textOf(doc).insert(0, "Roses\n", { bold: true, odd: "format" });
		textOf(doc).insertEmbed(6, { photo: "photo-of-a-rose" });
		addStroke(strokesOf(doc), stroke);
		addPhoto(strokesOf(doc), "photo-of-a-rose" as PhotoId, { minX: 0, minY: 0, maxX: 9, maxY: 9 });
		chatOf(doc).push([{ by: "g_ann", body: "hello" }]);
		photosOf(doc).set("photo-of-a-rose", new Y.Map());
		metaOf(doc).set("title", "Garden");
	});
	return doc;
}

test("words, drawing and title come along, by whom the copy is; talk and photos stay", () => {
	const doc = lost();
	const copy = copyOf(Y.encodeStateAsUpdate(doc));
	expect(textOf(copy).toDelta()).toEqual([{ insert: "Roses\n", attributes: { bold: true } }]);
	expect(strokesOf(copy).toArray().map(readItem)).toMatchObject([{ kind: "pen", photo: null }]);
	expect([titleOf(copy), metaOf(copy).get("schema")]).toEqual(["Garden", 1]);
	expect([chatOf(copy).length, photosOf(copy).size]).toEqual([0, 0]);
	expect([...copy.store.clients.keys()]).toEqual([copy.clientID]);
});

test("a file that is something else is refused", () => {
	expect(() => copyOf(Uint8Array.of(9, 9, 9, 9))).toThrow();
});
