import { describe, expect, test } from "vitest";
import { GuestCookies, guestCookieIn, mintGuest, stampAnyone } from "../../../server/auth/guest.ts";
import { cleanPersonName } from "../../../shared/awareness.ts";

const cookies = new GuestCookies(new Uint8Array(32).fill(1));
const random = (size: number) => new Uint8Array(size).fill(9);

describe("a guest's cookie", () => {
	test("brings back who signed it", () => {
		const guest = mintGuest(random, "Quiet Otter");
		expect(cookies.read(cookies.sign(guest))).toEqual(guest);
		expect(guest.name).toBe("Quiet Otter");
	});

	test("is nothing when one letter is changed, or another server signed it", () => {
		const value = cookies.sign(mintGuest(random, "Quiet Otter"));
		for (let index = 0; index < value.length; index++) {
			const letter = value[index] === "A" ? "B" : "A";
			const forged = value.slice(0, index) + letter + value.slice(index + 1);
			expect(cookies.read(forged), forged).toBeNull();
		}
		expect(new GuestCookies(new Uint8Array(32)).read(value)).toBeNull();
		for (const nothing of [undefined, "", ".", "a.b.c", "e30."]) {
			expect(cookies.read(nothing)).toBeNull();
		}
	});

	test("is found among others", () => {
		expect(guestCookieIn("a=1; weft_guest=x.y; b=2")).toBe("x.y");
		expect(guestCookieIn("weft_guests=x")).toBeUndefined();
		expect(guestCookieIn(undefined)).toBeUndefined();
	});
});

describe("a client without a cookie", () => {
	test("may say a name and a colour, and is anyone all the same", () => {
		expect(stampAnyone({ id: "root", name: " Ben\n", color: "#aabbcc" })).toEqual({
			id: "anyone",
			name: "Ben",
			color: "#aabbcc",
		});
	});

	test("is a guest where what it says is no name", () => {
		for (const claimed of [null, undefined, 5, {}, { name: 3 }, { name: "\u0000 " }, []]) {
			expect(stampAnyone(claimed)).toMatchObject({ id: "anyone", name: "Guest" });
		}
	});
});

test("a name is one line without hidden letters, 40 code points at most", () => {
	expect(cleanPersonName("  Ann \u202e evil\u0000 ")).toBe("Ann evil");
	expect(cleanPersonName("\u200b\u200d")).toBeNull();
	expect(Array.from(cleanPersonName("😀".repeat(60)) ?? "")).toHaveLength(40);
});
