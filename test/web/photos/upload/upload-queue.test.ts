import { expect, test } from "vitest";
import * as Y from "yjs";
import { WeftError } from "../../../../shared/errors.ts";
import type { PhotoId, RoomName } from "../../../../shared/ids.ts";
import { photoBytesMax } from "../../../../shared/limits.ts";
import { readPhoto } from "../../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../../shared/surfaces/root.ts";

import { Browser, photo, received, settle } from "./browser.ts";

test("a chosen file is in the room at once, its picture when it arrived", async () => {
	const ann = new Browser();
	const [id] = ann.queue.add([photo("a.jpg")]);
	expect(ann.photos).toMatchObject([{ id, by: "g_ann", name: "Ann", blob: null, bytes: 10 }]);
	await settle();
	expect(ann.photos).toMatchObject([{ width: 8, height: 6 }]);
	expect(ann.sendings[0]?.url).toBe(`/api/rooms/garden/photos/${id}`);
	ann.sendings[0]?.onProgress(0.5);
	expect(ann.queue.stateOf(id as PhotoId)).toEqual({ phase: "sending", share: 0.5 });
	ann.sendings[0]?.onProgress(1);
	expect(ann.queue.stateOf(id as PhotoId)).toEqual({ phase: "making" });
	await ann.sendings[0]?.answer(received);
	expect(ann.queue.stateOf(id as PhotoId)).toEqual({ phase: "shared" });
	expect(ann.photos).toMatchObject([{ id, blob: received.blob, received: 5_000 }]);
	expect(ann.device.size).toBe(0);
	await ann.clock.step(4_000);
	expect(ann.queue.stateOf(id as PhotoId)).toBeNull();
	expect(ann.queue.localUrl(id as PhotoId)).not.toBeNull();
	await ann.clock.step(60_000);
	expect(ann.queue.localUrl(id as PhotoId)).toBeNull();
});

test("no more than three are sent at a time", async () => {
	const ann = new Browser();
	ann.queue.add(Array.from({ length: 5 }, (_, index) => photo(`${index}.jpg`)));
	await settle();
	expect(ann.sendings).toHaveLength(3);
	await ann.sendings[1]?.answer(received);
	expect(ann.sendings).toHaveLength(4);
	expect(ann.queue.unsentCount()).toBe(4);
});

test("who may not share now writes nothing, and sends when they may again", async () => {
	const ann = new Browser();
	const [id] = ann.queue.add([photo("a.jpg")]) as [PhotoId];
	await settle();
	ann.mayShare = false;
	const before = Y.encodeStateVector(ann.doc);
	await ann.sendings[0]?.answer(received);
	expect(ann.queue.stateOf(id)).toMatchObject({ phase: "waiting", because: "not_allowed" });
	expect(ann.refusals).toEqual([]);
	expect(Y.encodeStateVector(ann.doc)).toEqual(before);
	ann.mayShare = true;
	await ann.clock.step(60_000);
	await ann.sendings[1]?.answer(received);
	expect(ann.photos).toMatchObject([{ id, blob: received.blob }]);
});

test("what no server would take is refused in words, without a placeholder", () => {
	const ann = new Browser();
	const ids = ann.queue.add([
		photo("drawing.svg", "image/svg+xml"),
		photo("film.mp4", "video/mp4"),
		photo("huge.webp", "image/webp", 20_000_001),
		photo("empty.png", "image/png", 0),
	]);
	expect(ids).toEqual([]);
	expect(ann.photos).toEqual([]);
	expect(ann.refusals.map((refusal) => refusal.code)).toEqual([
		"photo_unsupported",
		"photo_unsupported",
		"photo_too_big",
		"photo_broken",
	]);
});

test("a photo that the server refuses leaves neither placeholder nor bytes", async () => {
	const ann = new Browser();
	ann.queue.add([photo("torn.jpg")]);
	await settle();
	await ann.sendings[0]?.answer(new WeftError("photo_broken"));
	expect(ann.refusals).toEqual([{ fileName: "torn.jpg", code: "photo_broken" }]);
	expect(ann.photos).toEqual([]);
	expect(ann.device.size).toBe(0);
	expect(ann.queue.unsentCount()).toBe(0);
});

test("without an answer it is tried again, later each time, and at once when back", async () => {
	const ann = new Browser();
	ann.setPhase("offline");
	ann.queue.add([photo("a.jpg")]);
	await settle();
	await ann.sendings[0]?.answer(new WeftError("photo_unsent"));
	expect(ann.queue.stateOf("photo-1-xx" as PhotoId)).toEqual({
		phase: "waiting",
		because: "photo_unsent",
	});
	await ann.clock.step(1_000);
	expect(ann.sendings).toHaveLength(2);
	await ann.sendings[1]?.answer(new WeftError("photos_busy"));
	await ann.clock.step(1_000);
	expect(ann.sendings).toHaveLength(2);
	ann.setPhase("saved");
	await settle();
	expect(ann.sendings).toHaveLength(3);
	ann.setPhase("saved");
	await ann.sendings[2]?.answer(received);
	expect(ann.photos).toMatchObject([{ blob: received.blob }]);
});

test("a tab that was closed meanwhile goes on at the next visit", async () => {
	const ann = new Browser();
	const [id] = ann.queue.add([photo("a.jpg")]);
	await settle();
	expect(ann.queue.mayLosePhotos()).toBe(false);
	ann.doc.destroy();
	expect(ann.sendings[0]?.signal.aborted).toBe(true);
	await ann.sendings[0]?.answer(new WeftError("photo_unsent"));
	expect(ann.device.size).toBe(1);

	const later = new Browser(ann.device);
	await later.queue.resume();
	await settle();
	expect(later.photos).toMatchObject([{ id, blob: null }]);
	await later.sendings[0]?.answer(received);
	expect(readPhoto(photosOf(later.doc), id as PhotoId)).toMatchObject({ blob: received.blob });
	expect(later.device.size).toBe(0);
});

test("what somebody else left on this device is not sent, and stays theirs", async () => {
	const id = "photo-of-ben" as PhotoId;
	const room = "garden" as RoomName;
	const kept = { room, id, file: photo("b.jpg"), fileName: "b.jpg", at: 7, by: "g_ben" };
	const ann = new Browser(new Map([[id, kept]]));
	await ann.queue.resume();
	await settle();
	expect(ann.sendings).toHaveLength(0);
	expect(ann.photos).toEqual([]);
	expect(ann.device.size).toBe(1);
});

test("a device without space still sends, and says that leaving would lose something", async () => {
	const ann = new Browser();
	ann.isDeviceFull = true;
	ann.queue.add([photo("a.jpg")]);
	await settle();
	expect(ann.queue.mayLosePhotos()).toBe(true);
	await ann.sendings[0]?.answer(received);
	expect(ann.queue.mayLosePhotos()).toBe(false);
});

test("an own photo can be given up while it is on its way", async () => {
	const ann = new Browser();
	const [id] = ann.queue.add([photo("a.jpg")]);
	await settle();
	ann.queue.cancel(id as PhotoId);
	await settle();
	expect(ann.sendings[0]?.signal.aborted).toBe(true);
	await ann.sendings[0]?.answer(received);
	expect(ann.photos).toEqual([]);
	expect(ann.device.size).toBe(0);
});

test("a photo that somebody removed while it came stays removed", async () => {
	const ann = new Browser();
	const [id] = ann.queue.add([photo("a.jpg")]);
	await settle();
	photosOf(ann.doc).delete(id as PhotoId);
	await ann.sendings[0]?.answer(received);
	expect(ann.photos).toEqual([]);
});

test("what is made smaller is kept, and goes as the same bytes at the next visit", async () => {
	const ann = new Browser();
	const small = new Blob(["small"], { type: "image/jpeg" });
	ann.prepare = async () => small;
	ann.queue.add([photo("large.jpg")]);
	await settle();
	expect(ann.sendings[0]?.file).toBe(small);
	expect([...ann.device.values()][0]?.file).toBe(small);
	ann.doc.destroy();

	const later = new Browser(ann.device);
	later.prepare = async () => new Blob(["other bytes"]);
	await later.queue.resume();
	await settle();
	expect(later.sendings[0]?.file).toBe(small);
});

test("an original is asked for only where the file goes as it was chosen", async () => {
	const ann = new Browser();
	const small = new Blob(["small"], { type: "image/jpeg" });
	ann.prepare = async (file, name, isWhole) => (isWhole && name === "a.jpg" ? file : small);
	ann.queue.add([photo("before.jpg")]);
	ann.isSendingWhole = true;
	ann.queue.add([photo("a.jpg"), photo("too-large.jpg")]);
	await settle();
	const asked = ann.sendings.map(({ url }) => url.slice(url.lastIndexOf("/") + 1));
	expect(asked).toEqual(["photo-1-xx", "photo-2-xx?original", "photo-3-xx"]);
});

test("a photo that was chosen whole goes whole at the next visit too", async () => {
	const ann = new Browser();
	ann.isSendingWhole = true;
	ann.setPhase("offline");
	ann.queue.add([photo("a.jpg")]);
	await settle();
	ann.doc.destroy();
	const later = new Browser(ann.device);
	later.prepare = async (file, _name, isWhole) => (isWhole ? file : null);
	await later.queue.resume();
	await settle();
	expect(later.sendings[0]?.url).toContain("?original");
});

test("a photo that this browser cannot read is refused when it is picked, not later", async () => {
	const ann = new Browser();
	ann.prepare = async (file, name) => (name.endsWith("HEIC") ? null : file);
	ann.setPhase("offline");
	ann.queue.add([photo("IMG_1.HEIC", "image/heic"), photo("b.jpg")]);
	await settle();
	expect(ann.refusals).toEqual([{ fileName: "IMG_1.HEIC", code: "photo_heic" }]);
	expect(ann.photos).toHaveLength(1);
	expect(ann.device.size).toBe(1);
});

test("what can be made smaller is tried, and refused where it stays too large", async () => {
	const ann = new Browser();
	ann.prepare = async (file) => file;
	ann.queue.add([photo("poster.jpg", "image/jpeg", photoBytesMax + 1)]);
	expect(ann.refusals).toEqual([]);
	await settle();
	expect(ann.refusals).toEqual([{ fileName: "poster.jpg", code: "photo_too_big" }]);
});
