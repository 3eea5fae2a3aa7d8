/** Changes bytes at random, as damage and as somebody would who knows what a reader trips over. */
import { below, type Random } from "../converge/random.ts";

/** Bytes that are ends of ranges, lengths and flags. */
const edges = [0, 1, 2, 7, 8, 10, 0x7f, 0x80, 0x84, 0xc4, 0xff];

/** Other bytes, from one to four changes away; `other` lends what is spliced in. */
export function mutate(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
	let mutant = bytes;
	for (let left = 1 + below(random, 4); left > 0; left--) mutant = change(mutant, other, random);
	return mutant;
}

function change(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
	const at = below(random, bytes.length + 1);
	const length = 1 + below(random, 6);
	const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
	const edge = Uint8Array.of(edges[below(random, edges.length)] ?? 0);
	const from = below(random, other.length + 1);
	switch (below(random, 8)) {
		case 0:
			return joined(head, edge, tail.subarray(1));
		case 1:
			return joined(head, Uint8Array.of(below(random, 256)), tail.subarray(1));
		case 2:
			return joined(
				head,
				Uint8Array.of((tail[0] ?? 0) ^ (1 << below(random, 8))),
				tail.subarray(1),
			);
		case 3:
			return joined(head, edge, tail);
		case 4:
			return joined(head, tail.subarray(length));
		case 5:
			return joined(head, tail.subarray(0, length), tail);
		case 6:
			return joined(head, other.subarray(from, from + length * 3), tail);
		default:
			return joined(
				head,
				Uint8Array.of(((tail[0] ?? 0) + 1 + below(random, 3)) & 255),
				tail.subarray(1),
			);
	}
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
	return Uint8Array.from(Buffer.concat(parts));
}
