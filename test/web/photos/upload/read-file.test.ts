import { expect, test } from "vitest";
import { photoBytesMax } from "../../../../shared/limits.ts";
import {
	isHeic,
	refusalOfFile,
	refusalOfPrepared,
} from "../../../../web/photos/upload/read-file.ts";

function file(type: string, size = 10): File {
	return new File([new Uint8Array(size)], "x", { type });
}

test.each([
	["image/jpeg", null],
	["image/avif", null],
	["", null], // A file without a known ending: the server looks at its bytes.
	["image/svg+xml", "photo_unsupported"],
	["video/mp4", "photo_unsupported"],
	["application/pdf", "photo_unsupported"],
])("a file of type %j is sent, or refused at once: %j", (type, code) => {
	expect(refusalOfFile(file(type), "x")).toBe(code);
});

test("too much and nothing are refused before anything is sent", () => {
	expect(refusalOfFile(file("image/webp", photoBytesMax + 1), "x")).toBe("photo_too_big");
	expect(refusalOfFile(file("image/png", photoBytesMax + 1), "x.png")).toBeNull();
	expect(refusalOfPrepared(file("image/png", photoBytesMax + 1))).toBe("photo_too_big");
	expect(refusalOfFile(file("image/png", 0), "x.png")).toBe("photo_broken");
});

test("pictures of iPhones are known by type or name, because some browsers can read them", () => {
	expect(isHeic(file("image/heic"), "x")).toBe(true);
	expect(isHeic(file(""), "IMG_2041.HEIC")).toBe(true);
	expect(isHeic(file("image/jpeg"), "x.jpg")).toBe(false);
	expect(refusalOfFile(file("image/heif"), "x")).toBeNull();
});
