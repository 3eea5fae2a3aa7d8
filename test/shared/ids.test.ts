import { expect, test } from "vitest";
import {
	isUnguessable,
	mintEntryId,
	mintGuestId,
	mintRoomName,
	parseBlobId,
	parsePhotoId,
	parseRoomName,
	parseRoomSegment,
	parseUserId,
} from "../../shared/ids.ts";

test("a room's name is 1 to 128 bytes and can never be a path", () => {
	const good = [
		"a",
		"my room",
		"Käse",
		"日本",
		"👩‍👩‍👧",
		"__proto__",
		"a.b",
		"...",
		"x".repeat(128),
	];
	for (const name of good) expect(parseRoomName(name), name).toBe(name);
	const bad = ["", "a/b", "a?b", "a#b", "50%", "a\\b", "a\u0000", "a\n", "\u0085", ".", ".."];
	for (const name of [...bad, "x".repeat(129), "é".repeat(65), "\ud800"]) {
		expect(parseRoomName(name), JSON.stringify(name)).toBeNull();
	}
});

test("a name is decoded once and has one canonical form", () => {
	expect(parseRoomSegment("caf%65%CC%81")).toBe("café");
	expect(parseRoomName("cafe\u0301")).toBe("café");
	expect(parseRoomSegment("%252e%252e")).toBeNull();
	expect(parseRoomSegment("%2e%2e")).toBeNull();
	expect(parseRoomSegment("%00")).toBeNull();
	expect(parseRoomSegment("%ff")).toBeNull();
	expect(parseRoomSegment("a%2Fb")).toBeNull();
});

test("minted names have 128 bits and are told apart from guessable ones", () => {
	const zeros = mintRoomName((size) => new Uint8Array(size));
	expect(zeros).toBe("AAAAAAAAAAAAAAAAAAAAAA");
	const ones = mintRoomName((size) => new Uint8Array(size).fill(255));
	expect(ones).toBe("_____________________w");
	expect(isUnguessable(ones)).toBe(true);
	expect(parseRoomName(ones)).toBe(ones);
	const name = parseRoomName("garden");
	expect(name !== null && isUnguessable(name)).toBe(false);
});

test("other ids are taken only in the form in which they are minted", () => {
	const random = (size: number) => new Uint8Array(size).fill(7);
	expect(parseUserId(mintGuestId(random))).toBe("g_BwcHBwcHBwcHBwcHBwcHBw");
	expect(parseUserId("anyone")).toBe("anyone");
	for (const id of ["root", "g_", "g_a/b", "x_abc"]) expect(parseUserId(id)).toBeNull();
	expect(parsePhotoId(mintEntryId(random))).toBe("BwcHBwcHBwcHBwcH");
	for (const id of ["short", "a/b/c/d/e", "x".repeat(65)]) expect(parsePhotoId(id)).toBeNull();
	expect(parseBlobId("0".repeat(64))).toBe("0".repeat(64));
	for (const id of ["0".repeat(63), "G".repeat(64), `${"0".repeat(63)}A`]) {
		expect(parseBlobId(id)).toBeNull();
	}
});
