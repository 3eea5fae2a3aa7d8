import { expect, test } from "vitest";
import * as Y from "yjs";
import type { PhotoId } from "../../../shared/ids.ts";
import { addPhoto, listPhotos, removePhoto } from "../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../shared/surfaces/root.ts";
import { PhotoList } from "../../../web/photos/photo-list.ts";

const person = { id: "g_ann", name: "Ann", color: "#aa3300" };

test("a list that is told of changes is the same as a new one", () => {
	const doc = new Y.Doc();
	const photos = photosOf(doc);
	const add = (id: string, at: number) =>
		addPhoto(photos, id as PhotoId, { type: "", width: 1, height: 1, bytes: 1 }, { person, at });
	add("photo-01", 10);
	const list = new PhotoList(doc);
	add("photo-02", 30);
	add("photo-03", 20);
	list.update(new Set(["photo-02", "photo-03"]));
	expect(list.photos.map((photo) => photo.id)).toEqual(["photo-02", "photo-03", "photo-01"]);
	removePhoto(photos, "photo-03" as PhotoId, { person, at: 40 });
	photos.delete("photo-01");
	list.update(new Set(["photo-03", "photo-01", "no id"]));
	expect(list.photos).toEqual(listPhotos(photos).reverse());
	expect(list.photos.map((photo) => photo.id)).toEqual(["photo-02"]);
});
