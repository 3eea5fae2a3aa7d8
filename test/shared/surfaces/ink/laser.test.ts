import fc from "fast-check";
import { expect, test } from "vitest";
import { inkBytesMax } from "../../../../shared/limits.ts";
import { decodeInkPayload, encodeInkPayload } from "../../../../shared/surfaces/ink/ink.ts";
import { decodeLaser, encodeLaser, laserPointsMax } from "../../../../shared/surfaces/ink/laser.ts";

fc.configureGlobal({ seed: 20261122 });

const golden = Uint8Array.from([0x04, 0x05, 0x02, 0x10, 0x50, 0xff, 0x10, 0x00, 0xff]);
const laser = {
	trail: 5,
	points: [
		{ x: 1, y: -1 },
		{ x: 2, y: -1 },
	],
};

test("a light that moves is these bytes", () => {
	expect(encodeLaser(laser)).toEqual(golden);
	expect(decodeLaser(golden)).toEqual(laser);
});

test("to an app that knows no lasers it is ink that it drops, and ink is no laser", () => {
	expect(() => decodeInkPayload(golden)).toThrow(/bad_frame|ink of type 4/);
	expect(decodeLaser(encodeInkPayload({ type: "cancel", ink: 4 }))).toBeNull();
});

test("the largest message is far below the limit of the wire, and more points are refused", () => {
	const points = Array.from({ length: laserPointsMax }, (_, index) => {
		const far = index % 2 === 0 ? 8e6 : -8e6;
		return { x: far, y: -far };
	});
	expect(encodeLaser({ trail: 1, points }).length).toBeLessThan(inkBytesMax / 8);
	const more = encodeLaser({ trail: 1, points: [...points, { x: 0, y: 0 }] });
	expect(() => decodeLaser(more)).toThrow(/bad_frame|light without end/);
});

test("any bytes are a light, something else, or a bad frame", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 40 }), (rest) => {
			try {
				decodeLaser(Uint8Array.of(4, ...rest));
			} catch (error) {
				expect(error).toMatchObject({ name: "WeftError", code: "bad_frame" });
			}
		}),
		{ numRuns: 2_000 },
	);
});
