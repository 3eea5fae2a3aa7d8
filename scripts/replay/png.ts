/** Pictures of our own making, as PNG (RFC 2083): no photo of anybody is needed to show one. */
import { crc32, deflateSync } from "node:zlib";

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** How large it is, and the colour of each pixel. */
export interface Drawing {
	readonly width: number;
	readonly height: number;
	colorAt(x: number, y: number): Rgb;
}

/** The drawing's file. */
export function encodePng({ width, height, colorAt }: Drawing): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 2, 0, 0, 0], 8); // Eight bits a channel, colour, no filter of our own.
	const rows = Buffer.alloc(height * (1 + width * 3));
	for (let y = 0; y < height; y++) {
		const rowStart = y * (1 + width * 3) + 1;
		for (let x = 0; x < width; x++) rows.set(colorAt(x, y), rowStart + x * 3);
	}
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk("IHDR", header),
		chunk("IDAT", deflateSync(rows)),
		chunk("IEND", Buffer.alloc(0)),
	]);
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const frame = Buffer.alloc(4);
	frame.writeUInt32BE(data.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([frame, body, check]);
}
