import { expect, test } from "vitest";
import { mayTryAgain, readAnswer } from "../../../../web/photos/upload/send-photo.ts";

const stored = {
	id: "photo-0001",
	blob: "ef".repeat(32),
	type: "image/png",
	width: 3,
	height: 2,
	bytes: 77,
	receivedAtMs: 1_234,
};

test("a stored photo is read from the answer", () => {
	const { id: _id, ...photo } = stored;
	expect(readAnswer(201, JSON.stringify(stored))).toEqual(photo);
	expect(readAnswer(200, JSON.stringify(stored))).toEqual(photo);
	const whole = { ...stored, originalBytes: 999 };
	expect(readAnswer(201, JSON.stringify(whole))).toEqual({ ...photo, originalBytes: 999 });
});

test.each([
	["our own failure", 415, '{"error":{"code":"photo_heic","message":"."}}', "photo_heic"],
	["no answer at all", 0, "", "photo_unsent"],
	["a proxy's page", 502, "<html>Bad gateway", "photo_unsent"],
	["a proxy's limit", 413, "<html>Too large", "photo_too_big"],
	["a code of another time", 500, '{"error":{"code":"photo_odd"}}', "photo_unsent"],
	["an answer without a blob", 200, '{"blob":"../x"}', "photo_unsent"],
	["half an answer", 200, JSON.stringify({ ...stored, width: "3" }), "photo_unsent"],
])("%s is understood", (_case, status, body, code) => {
	expect(readAnswer(status, body)).toMatchObject({ code });
});

test("what is about the photo itself is not tried again, all else is", () => {
	expect(mayTryAgain("photo_broken")).toBe(false);
	expect(mayTryAgain("photos_full")).toBe(false);
	expect(mayTryAgain("photos_busy")).toBe(true);
	expect(mayTryAgain("disk_full")).toBe(true);
	expect(mayTryAgain("photo_unsent")).toBe(true);
});
