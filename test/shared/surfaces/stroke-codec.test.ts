import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WeftError } from "../../../shared/errors.ts";
import {
	checkStroke,
	coordinateMax,
	decodeOffset,
	decodeStroke,
	encodeOffset,
	encodeStroke,
	itemKinds,
	itemPointsMax,
	type Stroke,
	strokeBounds,
} from "../../../shared/surfaces/stroke-codec.ts";

fc.configureGlobal({ seed: 20261121 });

/** A pen stroke with what is given, and nothing else. */
function stroke(points: number[], rest: Partial<Stroke> = {}): Stroke {
	return {
		kind: "pen",
		color: 2,
		width: 1,
		points: Float64Array.from(points),
		pressures: null,
		times: null,
		...rest,
	};
}

const bytes = (hex: string): Uint8Array =>
	Uint8Array.from(hex.split(" "), (byte) => Number.parseInt(byte, 16));

describe("golden bytes", () => {
	const plain = "01 01 12 03 20 40 20 40 00 10";

	test("a pen stroke of three points is these bytes", () => {
		const golden = stroke([1, 2, 2, 4, 3, 6.5]);
		expect(encodeStroke(golden)).toEqual(bytes(plain));
		expect(decodeStroke(bytes(plain))).toEqual(golden);
	});

	test("pressures are two to a byte, times are what passed", () => {
		const golden = stroke([1, 2, 2, 4, 3, 6.5], {
			pressures: Float32Array.of(0, 0.5, 1),
			times: Float64Array.of(0, 8, 20),
		});
		const planes = bytes(`${plain.replace("01", "31")} f0 00 08 0c`);
		expect(encodeStroke(golden)).toEqual(planes);
		expect(decodeStroke(planes)).toEqual(golden);
	});

	test("negative numbers are zig-zag, large ones take more bytes", () => {
		const golden = stroke([-0.0625, -8], { kind: "photo", color: 0, width: 0 });
		expect(encodeStroke(golden)).toEqual(bytes("01 0a 00 01 01 ff 01"));
		expect(decodeStroke(bytes("01 0a 00 01 01 ff 01"))).toEqual(golden);
	});

	test("an offset is two numbers", () => {
		expect(encodeOffset(1, -0.5)).toEqual(bytes("20 0f"));
		expect(decodeOffset(bytes("20 0f"))).toEqual({ x: 1, y: -0.5 });
	});

	test("the numbers of the kinds never change", () => {
		expect(Object.values(itemKinds)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
	});
});

/** What comes back, or the words of the only failure that may come out. */
function fateOf(read: (d: Uint8Array) => unknown, d: Uint8Array): unknown {
	try {
		return read(d);
	} catch (error) {
		expect(error).toMatchObject({ name: "WeftError", code: "bad_item" });
		return String(error);
	}
}

const isDecoded = (d: Uint8Array) => decodeStroke(d) !== null;

describe("what is not a stroke", () => {
	test.each([
		["nothing", ""],
		["a head without a style", "01 01"],
		["no points", "01 01 00 00"],
		["points cut short", "01 01 00 02 20 40 20"],
		["bytes left over", "01 01 00 01 20 40 00"],
		["unknown flags", "41 01 00 01 20 40"],
		["pressures cut short", "11 01 00 01 20 40"],
		["half a byte too many", "11 01 00 01 20 40 10"],
		["times that begin late", "21 01 00 01 20 40 01"],
		["a number without an end", "01 01 00 01 ff ff ff ff ff ff"],
		["more points than there may be", "01 01 00 ff ff 7f 00"],
		["a coordinate out of bounds", "01 01 00 01 ff ff ff ff 07 00"],
	])("%s is refused as bad_item", (_name, hex) => {
		expect(() => decodeStroke(hex === "" ? new Uint8Array() : bytes(hex))).toThrow(
			expect.objectContaining({ name: "WeftError", code: "bad_item" }),
		);
	});

	test("a newer version and a newer kind are not damaged, only unknown", () => {
		expect(decodeStroke(bytes("02 01 00 ff"))).toBeNull();
		expect(decodeStroke(bytes("01 63 00 ff"))).toBeNull();
		expect(strokeBounds(bytes("01 63 00 ff"))).toBeNull();
	});

	test.each([
		["no point", []],
		["not a number", [Number.NaN, 0]],
		["beyond the board", [coordinateMax + 1, 0]],
		["too long", new Array(itemPointsMax * 2 + 2).fill(0)],
	])("%s cannot be written", (_name, points) => {
		expect(() => encodeStroke(stroke(points))).toThrow(WeftError);
	});

	test("any bytes are a stroke, unknown, or bad_item: no other failure comes out", () => {
		const looksReal = fc
			.uint8Array({ minLength: 3, maxLength: 60 })
			.map((rest) => Uint8Array.of(0x01 | ((rest[0] ?? 0) & 0x30), (rest[1] ?? 0) % 12, ...rest));
		fc.assert(
			fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), looksReal), (d) => {
				for (const read of [decodeStroke, strokeBounds, decodeOffset]) fateOf(read, d);
				// What checks says what reads says.
				expect(fateOf(checkStroke, d)).toBe(fateOf(isDecoded, d));
			}),
			{ numRuns: 3_000 },
		);
	});
});

describe("there and back", () => {
	const coordinate = fc
		.integer({ min: -coordinateMax * 16, max: coordinateMax * 16 })
		.map((step) => step / 16);
	const anyStroke = fc
		.array(fc.tuple(coordinate, coordinate), {
			minLength: 1,
			maxLength: 40,
		})
		.map((points) =>
			stroke(points.flat(), { times: Float64Array.from(points, (_, index) => index * 8) }),
		);

	test("points on the grid and times come back exactly", () => {
		fc.assert(
			fc.property(anyStroke, (drawn) => {
				const read = decodeStroke(encodeStroke(drawn));
				expect(read).toEqual(drawn);
			}),
		);
	});

	test("the box is that of the points", () => {
		fc.assert(
			fc.property(anyStroke, (drawn) => {
				const xs = drawn.points.filter((_, index) => index % 2 === 0);
				const ys = drawn.points.filter((_, index) => index % 2 === 1);
				expect(strokeBounds(encodeStroke(drawn))).toEqual({
					minX: Math.min(...xs),
					minY: Math.min(...ys),
					maxX: Math.max(...xs),
					maxY: Math.max(...ys),
				});
			}),
		);
	});

	test("points off the grid move by at most a thirty-second of a unit", () => {
		const drawn = stroke(Array.from({ length: 400 }, (_, index) => Math.sin(index) * 100));
		const read = decodeStroke(encodeStroke(drawn));
		const worst = Math.max(
			...drawn.points.map((value, index) => Math.abs(value - (read?.points[index] ?? 0))),
		);
		expect(worst).toBeLessThanOrEqual(1 / 32);
	});
});
