import fc from "fast-check";
import { expect, test } from "vitest";
import { inkBytesMax } from "../../../../shared/limits.ts";
import {
	decodeInkPayload,
	encodeInkPayload,
	inkPointsMax,
} from "../../../../shared/surfaces/ink/ink.ts";

fc.configureGlobal({ seed: 20261121 });

const bytes = (hex: string): Uint8Array =>
	Uint8Array.from(hex.split(" "), (byte) => Number.parseInt(byte, 16));

test("points, an end and a cancel are these bytes", () => {
	const points = {
		type: "points",
		kind: "pen",
		ink: 5,
		color: 2,
		width: 1,
		from: 3,
		points: [
			{ x: 1, y: -1, pressure: 1 },
			{ x: 2, y: -1, pressure: 0 },
		],
	} as const;
	// lib0 writes signed numbers with the sign in bit 6 of the first byte.
	const golden = bytes("00 05 12 03 02 10 50 ff 10 00 00");
	expect(encodeInkPayload(points)).toEqual(golden);
	expect(decodeInkPayload(golden)).toEqual(points);
	const wide = { ...points, kind: "highlighter" } as const;
	expect(encodeInkPayload(wide)).toEqual(bytes("03 05 12 03 02 10 50 ff 10 00 00"));
	expect(decodeInkPayload(encodeInkPayload(wide))).toEqual(wide);
	expect(encodeInkPayload({ type: "end", ink: 5, clock: 300 })).toEqual(bytes("01 05 ac 02"));
	expect(decodeInkPayload(bytes("01 05 ac 02"))).toEqual({ type: "end", ink: 5, clock: 300 });
	expect(encodeInkPayload({ type: "cancel", ink: 5 })).toEqual(bytes("02 05"));
	expect(decodeInkPayload(bytes("02 05"))).toEqual({ type: "cancel", ink: 5 });
});

test("the largest message fits the limit of the wire", () => {
	const points = Array.from({ length: inkPointsMax }, (_, index) => ({
		x: index % 2 === 0 ? 8e6 : -8e6,
		y: index % 2 === 0 ? -8e6 : 8e6,
		pressure: 0.5,
	}));
	const bytes = encodeInkPayload({
		...{ type: "points", kind: "pen", ink: 1, color: 0, width: 0, from: 0, points },
	});
	expect(bytes.length).toBeLessThanOrEqual(inkBytesMax);
});

test("any bytes are ink or a bad frame", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 60 }), (payload) => {
			try {
				decodeInkPayload(payload);
			} catch (error) {
				expect(error).toMatchObject({ name: "WeftError", code: "bad_frame" });
			}
		}),
		{ numRuns: 2_000 },
	);
});
