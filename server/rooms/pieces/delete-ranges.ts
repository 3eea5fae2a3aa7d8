/** What is deleted, without a doc: ranges of each client, sorted and joined. */
import * as encoding from "lib0/encoding";
import type { DeletedRange } from "../update-reader.ts";

interface Range {
	readonly clock: number;
	/** Clock after the last deleted element. */
	end: number;
}

/** A set of deleted elements that answers quickly whether a range lies inside. Never changes. */
export class DeleteRanges {
	readonly #clients: ReadonlyMap<number, readonly Range[]>;

	constructor(ranges: Iterable<DeletedRange>) {
		const clients = new Map<number, Range[]>();
		for (const { client, clock, length } of ranges) {
			const held = clients.get(client) ?? [];
			held.push({ clock, end: clock + length });
			clients.set(client, held);
		}
		for (const [client, held] of clients) clients.set(client, join(held));
		this.#clients = clients;
	}

	/** True where every element of the range is deleted. */
	has({ client, clock, length }: DeletedRange): boolean {
		const ranges = this.#clients.get(client) ?? [];
		let low = 0;
		let high = ranges.length - 1;
		while (low <= high) {
			const middle = (low + high) >> 1;
			const range = ranges[middle];
			if (range === undefined || clock < range.clock) high = middle - 1;
			else if (clock >= range.end) low = middle + 1;
			else return clock + length <= range.end;
		}
		return false;
	}

	/** An update (Yjs v1) without structs that deletes just this. */
	encodeAsUpdate(): Uint8Array {
		return encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, 0);
			encoding.writeVarUint(encoder, this.#clients.size);
			// Highest client first, as Yjs writes it.
			const clients = Array.from(this.#clients).sort(([a], [b]) => b - a);
			for (const [client, ranges] of clients) {
				encoding.writeVarUint(encoder, client);
				encoding.writeVarUint(encoder, ranges.length);
				for (const { clock, end } of ranges) {
					encoding.writeVarUint(encoder, clock);
					encoding.writeVarUint(encoder, end - clock);
				}
			}
		});
	}
}

function join(ranges: Range[]): Range[] {
	ranges.sort((a, b) => a.clock - b.clock);
	const joined: Range[] = [];
	for (const range of ranges) {
		const last = joined.at(-1);
		if (last !== undefined && range.clock <= last.end) last.end = Math.max(last.end, range.end);
		else joined.push(range);
	}
	return joined;
}
