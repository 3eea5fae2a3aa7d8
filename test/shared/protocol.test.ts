import * as decoding from "lib0/decoding";
import { describe, expect, test } from "vitest";
import { below, seeded } from "../../scripts/converge/random.ts";
import { WeftError } from "../../shared/errors.ts";
import {
	countsAsWrite,
	decodeClientFrame,
	encodeAwarenessFrame,
	encodeChanged,
	encodeHello,
	encodeInk,
	encodeRefused,
	encodeSaved,
	encodeStanding,
	encodeStep1,
	encodeStep2,
	encodeUpdate,
	encodeWelcome,
	encodeWritable,
	readInk,
	readRefused,
	readSaved,
	readStanding,
	readWelcome,
	readWritable,
} from "../../shared/protocol.ts";
import { type Role, rightsOf, roles } from "../../shared/roles.ts";

/** Bytes as PROTOCOL.md writes them. */
function hex(text: string): Uint8Array {
	return Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));
}

/** What follows the type, as a provider's message handler gets it. */
function body(frame: Uint8Array): decoding.Decoder {
	const decoder = decoding.createDecoder(frame);
	decoding.readVarUint(decoder);
	return decoder;
}

describe("golden bytes, written by hand from PROTOCOL.md", () => {
	test("messages of y-protocols", () => {
		expect(encodeStep1(hex("01 07 05"))).toEqual(hex("00 00 03 01 07 05"));
		expect(encodeStep2(hex("00 00"))).toEqual(hex("00 01 02 00 00"));
		expect(encodeUpdate(hex("aa bb cc"))).toEqual(hex("00 02 03 aa bb cc"));
		expect(encodeAwarenessFrame(hex("00"))).toEqual(hex("01 01 00"));
	});

	test("messages of Weft", () => {
		expect(encodeHello()).toEqual(hex("64 01"));
		expect(encodeWelcome({ version: 1, userId: "g_a", kind: "open" })).toEqual(
			hex("65 01 03 67 5f 61 04 6f 70 65 6e"),
		);
		// 300 is 1_0101100 in two groups of seven bits; 1,000,000,000,000 needs six.
		expect(encodeSaved({ count: 300, atMs: 1_000_000_000_000 })).toEqual(
			hex("66 ac 02 80 a0 94 a5 8d 1d"),
		);
		expect(encodeWritable(null)).toEqual(hex("67 00"));
		expect(encodeWritable("disk_full")).toEqual(hex("67 09 64 69 73 6b 5f 66 75 6c 6c"));
		expect(encodeInk(129, hex("01 02"))).toEqual(hex("68 81 01 02 01 02"));
		expect(encodeRefused({ code: "bad_frame", frameIndex: 5 })).toEqual(
			hex("69 09 62 61 64 5f 66 72 61 6d 65 05"),
		);
		const standing = (role: Role) => encodeStanding({ role, rights: rightsOf(role) });
		expect(standing("viewer")).toEqual(hex("6a 06 76 69 65 77 65 72 00"));
		expect(standing("commenter")).toEqual(hex("6a 09 63 6f 6d 6d 65 6e 74 65 72 04"));
		// All nine bits: 511 is 11_1111111.
		expect(standing("owner")).toEqual(hex("6a 05 6f 77 6e 65 72 ff 03"));
		expect(encodeChanged()).toEqual(hex("6b"));
	});

	test("what a client may send is read back", () => {
		const table: [string, unknown][] = [
			["00 00 01 00", { type: "stateVector", stateVector: hex("00") }],
			["00 01 02 00 00", { type: "update", update: hex("00 00"), isStep2: true }],
			["00 02 01 ff", { type: "update", update: hex("ff"), isStep2: false }],
			["01 01 00", { type: "awareness", update: hex("00") }],
			["03", { type: "queryAwareness" }],
			["64 01", { type: "hello", version: 1 }],
			["68 07 01 2a", { type: "ink", clientId: 7, ink: hex("2a") }],
		];
		for (const [bytes, frame] of table) expect(decodeClientFrame(hex(bytes))).toEqual(frame);
	});

	test("what the server sends is read back", () => {
		const welcome = { version: 1, userId: "g_b", kind: "guarded" } as const;
		expect(readWelcome(body(encodeWelcome(welcome)))).toEqual(welcome);
		expect(readSaved(body(encodeSaved({ count: 9, atMs: 12 })))).toEqual({ count: 9, atMs: 12 });
		expect(readWritable(body(encodeWritable(null)))).toBeNull();
		expect(readWritable(body(encodeWritable("disk_full")))).toBe("disk_full");
		const refused = { code: "refused_update", frameIndex: 3 } as const;
		expect(readRefused(body(encodeRefused(refused)))).toEqual(refused);
		expect(readInk(body(encodeInk(1, hex("09"))))).toEqual({ clientId: 1, ink: hex("09") });
		for (const role of roles) {
			const standing = { role, rights: rightsOf(role) };
			expect(readStanding(body(encodeStanding(standing)))).toEqual(standing);
		}
	});
});

describe("bad frames", () => {
	test("unknown types, server messages, cut and overlong frames have the one code", () => {
		const bad = [
			"",
			"02 00",
			"04",
			"65 01 00 00",
			"66 01 01",
			"67 00",
			"69 00 00",
			"6a 00 00",
			"6b",
			"7f",
			"00",
		];
		const cut = [
			"00 03 00",
			"00 02 05 01",
			"00 02 01 ff 00",
			"03 00",
			"64",
			"68 07 05 01",
			"ff ff",
		];
		for (const bytes of [...bad, ...cut]) {
			expect(() => decodeClientFrame(hex(bytes)), bytes).toThrow(
				expect.objectContaining({ code: "bad_frame" }),
			);
		}
	});

	test("50,000 frames of chance throw nothing but the one code", () => {
		const random = seeded(5);
		for (let round = 0; round < 50_000; round++) {
			const frame = Uint8Array.from({ length: below(random, 12) }, () => below(random, 256));
			try {
				decodeClientFrame(frame);
			} catch (error) {
				expect(error).toBeInstanceOf(WeftError);
			}
		}
	});
});

test("step 2 and update frames count as writes, nothing else does", () => {
	expect(countsAsWrite(encodeStep2(hex("00 00")))).toBe(true);
	expect(countsAsWrite(encodeUpdate(hex("00 00")))).toBe(true);
	for (const frame of [encodeStep1(hex("00")), encodeHello(), encodeAwarenessFrame(hex("00"))]) {
		expect(countsAsWrite(frame)).toBe(false);
	}
});
