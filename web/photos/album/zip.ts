/**
 * Files as one zip, stored as they are: photos do not get smaller. PKWARE's APPNOTE.TXT 6.3.10,
 * sections 4.3.7 (local header), 4.3.12 (central directory) and 4.3.16 (its end).
 */

/** One file of a zip. */
export interface ZipFile {
	/** With forward slashes; any letters. */
	readonly name: string;
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly atMs: number;
}

/** Without the additions of Zip64 no zip is larger, nor has more files. */
const zipBytesMax = 0xffff_ffff;
const zipFilesMax = 0xffff;

const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;
/** Version 2.0: folders. */
const version = 20;
/** Bit 11: names are UTF-8. */
const flags = 0x0800;

/** Takes files one by one and gives the parts of a Blob: what is in it stays where it was. */
export class ZipWriter {
	readonly #parts: BlobPart[] = [];
	readonly #central: Uint8Array<ArrayBuffer>[] = [];
	#sizeBytes = 0;

	/** @throws RangeError where the zip would be larger than a zip can be */
	add(file: ZipFile): void {
		const name = new TextEncoder().encode(file.name);
		const facts = factsOf(file, name.length);
		const local = join(le(4, localSignature), facts, name);
		const offset = this.#sizeBytes;
		const sizeBytes = offset + local.length + file.bytes.length;
		if (sizeBytes > zipBytesMax || this.#central.length === zipFilesMax) {
			throw new RangeError("A zip cannot hold as much.");
		}
		this.#sizeBytes = sizeBytes;
		this.#parts.push(local, new Blob([file.bytes]));
		// No comment, first disk, no attributes; then where the file begins.
		const rest = join(le(2, 0), le(2, 0), le(2, 0), le(4, 0), le(4, offset));
		this.#central.push(join(le(4, centralSignature), le(2, version), facts, rest, name));
	}

	/** The zip of all that was added. */
	finish(): Blob {
		const count = this.#central.length;
		const centralBytes = this.#central.reduce((sum, entry) => sum + entry.length, 0);
		const where = join(le(4, centralBytes), le(4, this.#sizeBytes), le(2, 0));
		const end = join(le(4, endSignature), le(2, 0), le(2, 0), le(2, count), le(2, count), where);
		return new Blob([...this.#parts, ...this.#central, end], { type: "application/zip" });
	}
}

/** What local header and central directory both say: 26 bytes, the name's length among them. */
function factsOf({ bytes, atMs }: ZipFile, nameBytes: number): Uint8Array<ArrayBuffer> {
	const [time, date] = dosTime(new Date(atMs));
	const stored = 0;
	const sizes = join(le(4, crc32(bytes)), le(4, bytes.length), le(4, bytes.length));
	const head = join(le(2, version), le(2, flags), le(2, stored), le(2, time), le(2, date));
	return join(head, sizes, le(2, nameBytes), le(2, 0));
}

/** Two seconds are its finest, and 1980 its first year. */
function dosTime(at: Date): [number, number] {
	const time = (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1);
	const year = Math.min(127, Math.max(0, at.getFullYear() - 1980));
	return [time, (year << 9) | ((at.getMonth() + 1) << 5) | at.getDate()];
}

/** A number as so many bytes, the lowest first. */
function le(byteCount: 2 | 4, value: number): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(byteCount);
	const view = new DataView(bytes.buffer);
	if (byteCount === 2) view.setUint16(0, value, true);
	else view.setUint32(0, value, true);
	return bytes;
}

function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		whole.set(part, offset);
		offset += part.length;
	}
	return whole;
}

const crcTable = Uint32Array.from({ length: 256 }, (_one, byte) => {
	let rest = byte;
	for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
	return rest;
});

/** CRC-32 as in ISO 3309, which zip and PNG share. */
function crc32(bytes: Uint8Array): number {
	let crc = 0xffff_ffff;
	for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
	return (crc ^ 0xffff_ffff) >>> 0;
}
