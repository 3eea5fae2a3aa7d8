import { expect, test } from "vitest";
import { RoomPhotos } from "../../../server/http/photo-index.ts";
import type { PhotoRecord } from "../../../server/store/records.ts";
import type { BlobId, PhotoId, UserId } from "../../../shared/ids.ts";

const source = "a".repeat(64) as BlobId;
const blob = "b".repeat(64) as BlobId;

/** One picture, shared under an id. */
function shared(id: string, original?: PhotoRecord["original"]): PhotoRecord {
	const facts = { source, blob, type: "image/jpeg", width: 4, height: 3, bytes: 12 };
	const kept = original === undefined ? {} : { original };
	return { id: id as PhotoId, ...facts, ...kept, receivedAtMs: 1, by: "g_ann" as UserId };
}

const plain = shared("plain");
const whole = shared("whole", { type: "image/jpeg", bytes: 900 });

test.each([
	["first", [whole, plain]],
	["last", [plain, whole]],
])("of one picture that was shared twice the one with an original is found, come %s", (_, all) => {
	const photos = new RoomPhotos();
	for (const record of all) photos.add(record);
	expect([photos.bySource(source)?.id, photos.byBlob(blob)?.id]).toEqual(["whole", "whole"]);
	expect([photos.count, photos.bytes]).toEqual([2, 12 + 12 + 900]);
});
