import { describe, expect, test } from "vitest";
import {
	GuestCookies,
	guestCookie,
	markNamesake,
	mintGuest,
	stampAnyone,
} from "../../../server/auth/guest.ts";
import { cookieIn } from "../../../server/auth/login-cookie.ts";
import { cleanPersonName } from "../../../shared/awareness.ts";
import { personColors } from "../../../shared/person-colors.ts";

const cookies = new GuestCookies(new Uint8Array(32).fill(1));
const random = (size: number) => new Uint8Array(size).fill(9);

describe("a guest's cookie", () => {
	test("brings back who signed it", () => {
		const guest = mintGuest(random, "Quiet Otter");
		expect(cookies.read(cookies.sign(guest))).toEqual(guest);
		expect(guest.name).toBe("Quiet Otter");
	});

	test("is understood as long as a browser keeps it", () => {
		// By hand: HMAC-SHA-256 of "guest:" and the first part, with 32 bytes 1 as its key.
		const facts = '{"id":"g_0123456789abcdefghijkl","name":"Quiet Otter","color":"#1d63c9"}';
		const mac = "rk5k7J3NEHfR-CGGdyTAP-h9q9JW3CEHvKuYvmCknxk";
		const value = `${Buffer.from(facts).toString("base64url")}.${mac}`;
		expect(cookies.read(value)).toEqual(JSON.parse(facts));
		expect(cookies.read(`${value}.more`)).toBeNull();
	});

	test("is nothing where it names nobody that could be, though we signed it", () => {
		const guest = mintGuest(random, "Quiet Otter");
		for (const wrong of [{ id: "root" }, { name: " " }, { color: "red" }]) {
			const value = cookies.sign({ ...guest, ...wrong } as typeof guest);
			expect(cookies.read(value), JSON.stringify(wrong)).toBeNull();
		}
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
		expect(cookieIn("a=1; weft_guest=x.y; b=2", guestCookie)).toBe("x.y");
		expect(cookieIn("weft_guests=x", guestCookie)).toBeUndefined();
		expect(cookieIn(undefined, guestCookie)).toBeUndefined();
	});
});

test("guests come in all colours", () => {
	const colors = personColors.map((_, index) => mintGuest(() => Uint8Array.of(index), "Ann").color);
	expect(colors).toEqual(personColors);
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
	expect(cleanPersonName("\u3164\u2800")).toBeNull();
	expect(cleanPersonName("Ann\u2800")).toBe("Ann");
	expect(Array.from(cleanPersonName("😀".repeat(60)) ?? "")).toHaveLength(40);
});

test("a guest who is called as a member is shown as a guest, however long the name is", () => {
	const guest = mintGuest((size) => new Uint8Array(size), "ann");
	expect(markNamesake(guest)).toEqual({ ...guest, name: "ann (guest)" });
	const long = markNamesake({ ...guest, name: "x".repeat(40) });
	expect(long.name).toBe(`${"x".repeat(32)} (guest)`);
});
