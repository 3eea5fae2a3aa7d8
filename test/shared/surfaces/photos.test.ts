import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { BlobId, PhotoId } from "../../../shared/ids.ts";
import {
	addPhoto,
	captionOf,
	describePhoto,
	dropPlaceholder,
	finishPhoto,
	listPhotos,
	type ReceivedPhoto,
	readPhoto,
	removePhoto,
	restorePhoto,
} from "../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../shared/surfaces/root.ts";

fc.configureGlobal({ seed: 20261121 });

const ann = { id: "g_ann", name: "Ann", color: "#aa3300" };
const ben = { id: "g_ben", name: "Ben", color: "#0033aa" };
const file = { type: "image/png", width: 0, height: 0, bytes: 1234 };
const rose = "rose-0001" as PhotoId;
const lily = "lily-0001" as PhotoId;

function received(atMs: number): ReceivedPhoto {
	const blob = "ab".repeat(32) as BlobId;
	return { blob, type: "image/jpeg", width: 40, height: 30, bytes: 999, receivedAtMs: atMs };
}

/** Two docs that hear each other when told to. */
function twoDocs() {
	const [left, right] = [new Y.Doc(), new Y.Doc()];
	const meet = () => {
		Y.applyUpdate(left, Y.encodeStateAsUpdate(right, Y.encodeStateVector(left)));
		Y.applyUpdate(right, Y.encodeStateAsUpdate(left, Y.encodeStateVector(right)));
	};
	return { left: photosOf(left), right: photosOf(right), meet };
}

test("a photo is a placeholder until the server has it", () => {
	const photos = photosOf(new Y.Doc());
	addPhoto(photos, rose, file, { person: ann, at: 100 });
	expect(readPhoto(photos, rose)).toEqual({
		id: rose,
		by: "g_ann",
		name: "Ann",
		at: 100,
		type: "image/png",
		width: 0,
		height: 0,
		bytes: 1234,
		originalBytes: 0,
		blob: null,
		received: null,
		caption: "",
		gone: false,
	});
	describePhoto(photos, rose, { ...file, width: 8, height: 6 });
	expect(readPhoto(photos, rose)).toMatchObject({ width: 8, height: 6, blob: null });
	expect(finishPhoto(photos, rose, received(200))).toBe(true);
	expect(readPhoto(photos, rose)).toMatchObject({ width: 40, type: "image/jpeg", received: 200 });
});

test("what the server keeps of the file that was sent is told, once the photo is there", () => {
	const photos = photosOf(new Y.Doc());
	addPhoto(photos, rose, file, { person: ann, at: 100 });
	finishPhoto(photos, rose, { ...received(500), originalBytes: 8_000_000 });
	expect(readPhoto(photos, rose)).toMatchObject({ bytes: 999, originalBytes: 8_000_000 });
	addPhoto(photos, lily, file, { person: ann, at: 100 });
	finishPhoto(photos, lily, received(500));
	expect(readPhoto(photos, lily)).toMatchObject({ originalBytes: 0 });
});

test("an upload that is repeated changes nothing", () => {
	const doc = new Y.Doc();
	addPhoto(photosOf(doc), rose, file, { person: ann, at: 100 });
	finishPhoto(photosOf(doc), rose, received(200));
	let updateCount = 0;
	doc.on("update", () => updateCount++);
	finishPhoto(photosOf(doc), rose, received(200));
	describePhoto(photosOf(doc), rose, { ...file, width: 8, height: 6 });
	expect(updateCount).toBe(0);
});

test("what nobody knows is not finished, described, removed or restored", () => {
	const photos = photosOf(new Y.Doc());
	expect(finishPhoto(photos, rose, received(200))).toBe(false);
	describePhoto(photos, rose, file);
	removePhoto(photos, rose, { person: ann, at: 1 });
	restorePhoto(photos, rose);
	dropPlaceholder(photos, rose);
	expect(photos.size).toBe(0);
	expect(readPhoto(photos, rose)).toBeNull();
	expect(captionOf(photos, rose)).toBeNull();
});

test("a removed photo is listed no more, and comes back with its caption", () => {
	const photos = photosOf(new Y.Doc());
	addPhoto(photos, rose, file, { person: ann, at: 100 });
	captionOf(photos, rose)?.insert(0, "At the fence");
	removePhoto(photos, rose, { person: ben, at: 300 });
	expect(listPhotos(photos)).toEqual([]);
	expect(readPhoto(photos, rose)).toMatchObject({ gone: true });
	restorePhoto(photos, rose);
	expect(listPhotos(photos)).toMatchObject([{ id: rose, caption: "At the fence", gone: false }]);
});

test("only a placeholder can be taken away for good", () => {
	const photos = photosOf(new Y.Doc());
	addPhoto(photos, rose, file, { person: ann, at: 100 });
	addPhoto(photos, lily, file, { person: ann, at: 100 });
	finishPhoto(photos, lily, received(200));
	dropPlaceholder(photos, rose);
	dropPlaceholder(photos, lily);
	expect([...photos.keys()]).toEqual([lily]);
});

test("two people who type into one caption while apart both keep their words", () => {
	const { left, right, meet } = twoDocs();
	addPhoto(left, rose, file, { person: ann, at: 100 });
	meet();
	captionOf(left, rose)?.insert(0, "red ");
	captionOf(right, rose)?.insert(0, "big ");
	meet();
	expect(readPhoto(left, rose)?.caption).toBe(readPhoto(right, rose)?.caption);
	expect(readPhoto(left, rose)?.caption).toHaveLength(8);
});

test("photos chosen together stand as they were chosen, whichever is received first", () => {
	const photos = photosOf(new Y.Doc());
	const ben = { ...ann, id: "g_ben" };
	const add = (id: string, at: number, person = ann) =>
		addPhoto(photos, id as PhotoId, file, { person, at });
	const order = () => listPhotos(photos).map((photo) => photo.id);
	add("ann-first", 500);
	add("ann-second", 501);
	add("ann-third", 502);
	add("ben-only", 7, ben);
	finishPhoto(photos, "ann-third" as PhotoId, received(900));
	finishPhoto(photos, "ben-only" as PhotoId, received(1_000));
	finishPhoto(photos, "ann-first" as PhotoId, received(1_100));
	finishPhoto(photos, "ann-second" as PhotoId, received(1_200));
	expect(order()).toEqual(["ann-first", "ann-second", "ann-third", "ben-only"]);
	removePhoto(photos, "ann-second" as PhotoId, { person: ben, at: 2_000 });
	expect(order()).toEqual(["ann-first", "ann-third", "ben-only"]);
});

test("what the same person chose later stands where it was received", () => {
	const photos = photosOf(new Y.Doc());
	const add = (id: string, at: number, person = ann) =>
		addPhoto(photos, id as PhotoId, file, { person, at });
	add("ann-early", 500);
	add("ann-later", 9_000);
	add("ben-photo", 3, { ...ann, id: "g_ben" });
	finishPhoto(photos, "ann-early" as PhotoId, received(100));
	finishPhoto(photos, "ben-photo" as PhotoId, received(200));
	finishPhoto(photos, "ann-later" as PhotoId, received(300));
	expect(listPhotos(photos).map(({ id }) => id)).toEqual(["ann-early", "ben-photo", "ann-later"]);
});

test("photos stand by the time the server received them, then by id", () => {
	const photos = photosOf(new Y.Doc());
	const ids = ["photo-d", "photo-a", "photo-c", "photo-b"].map((id) => `${id}-0` as PhotoId);
	for (const id of ids) addPhoto(photos, id, file, { person: ann, at: 500 });
	finishPhoto(photos, ids[0] as PhotoId, received(100));
	finishPhoto(photos, ids[2] as PhotoId, received(900));
	expect(listPhotos(photos).map((photo) => photo.id)).toEqual([
		"photo-d-0",
		"photo-a-0",
		"photo-b-0",
		"photo-c-0",
	]);
});

test("a stranger's entry is read as far as it makes sense", () => {
	const doc = new Y.Doc();
	const photos: Y.Map<unknown> = doc.getMap("photos");
	photos.set("plain-object", { name: "Eve", width: 30, height: "tall", blob: "no" });
	photos.set("just-a-text", "hello there");
	photos.set("a-list-here", [1, 2]);
	photos.set("a-text-type", new Y.Text("hello"));
	photos.set("bad id?", { name: "Eve" });
	expect(listPhotos(photosOf(doc))).toEqual([
		{
			id: "plain-object",
			by: "",
			name: "Eve",
			at: 0,
			type: "",
			width: 30,
			height: 0,
			bytes: 0,
			originalBytes: 0,
			blob: null,
			received: null,
			caption: "",
			gone: false,
		},
	]);
});

test("whatever a stranger writes, reading neither throws nor lets markup be a type", () => {
	const key = fc.constantFrom("by", "at", "name", "type", "width", "blob", "received", "caption");
	fc.assert(
		fc.property(fc.dictionary(key, fc.jsonValue()), (entry) => {
			const photos: Y.Map<unknown> = new Y.Doc().getMap("photos");
			photos.set(rose, { ...entry });
			const photo = readPhoto(photos as Y.Map<Y.Map<unknown>>, rose);
			expect(photo?.type ?? "").toMatch(/^(image\/[a-z]+)?$/);
			expect(photo?.width).toBeGreaterThanOrEqual(0);
		}),
	);
});
