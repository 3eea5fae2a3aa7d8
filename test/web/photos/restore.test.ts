import { expect, test } from "vitest";
import * as Y from "yjs";
import type { PhotoId } from "../../../shared/ids.ts";
import { addPhoto, listRemoved, removePhoto } from "../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../shared/surfaces/root.ts";
import { restore } from "../../../web/photos/restore.ts";

test("a photo that was removed comes back, unless the right to has gone since", () => {
	const doc = new Y.Doc();
	const photos = photosOf(doc);
	const author = { person: { id: "g_ann", name: "Ann", color: "#1d63c9" }, at: 1 };
	const rose = "photo-of-ann-1" as PhotoId;
	addPhoto(photos, rose, { type: "image/png", width: 1, height: 1, bytes: 9 }, author);
	removePhoto(photos, rose, author);
	let mayHide = false;
	let updateCount = 0;
	doc.on("update", () => updateCount++);
	const client = { doc, may: () => mayHide };
	expect(restore(client, rose)).toBe(false);
	expect(updateCount).toBe(0);
	mayHide = true;
	expect(restore(client, rose)).toBe(true);
	expect(listRemoved(photos)).toEqual([]);
});
