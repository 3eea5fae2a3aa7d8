import { expect, test } from "vitest";
import { frameOf } from "../../../../server/gateway/frames/frame.ts";

/** The head as RFC 6455, section 5.2, draws it, in hexadecimal. */
const heads = [
	{ size: 0, head: "8200" },
	{ size: 125, head: "827d" },
	{ size: 126, head: "827e007e" },
	{ size: 65_535, head: "827effff" },
	{ size: 65_536, head: "827f0000000000010000" },
	{ size: 65_537, head: "827f0000000000010001" },
];

test.each(heads)("a message of $size bytes stands behind its head", ({ size, head }) => {
	const message = Buffer.alloc(size, 7);
	const frame = Buffer.concat(frameOf(message));
	expect(frame.subarray(0, head.length / 2).toString("hex")).toBe(head);
	expect(frame.subarray(head.length / 2).equals(message)).toBe(true);
});

test("a message for many is framed once", () => {
	const message = Uint8Array.of(1, 2, 3);
	const frame = frameOf(message);
	expect(frameOf(message)).toBe(frame);
	const equal = Uint8Array.of(1, 2, 3);
	expect(frameOf(equal)).not.toBe(frame);
	expect(frameOf(message)).toEqual(frameOf(equal));
});

test("a large message is not copied", () => {
	const message = new Uint8Array(1024 * 1024);
	expect(frameOf(message)[1]).toBe(message);
});
