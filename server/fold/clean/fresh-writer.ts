/** Writes down a doc that nobody has yet, struct by struct, as updates (Yjs v1). */
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

/** What an item holds. */
export type Content = Y.Item["content"];

/** Where an item stands. */
export interface Spot {
	/** What it stands in: the name of a root, or the item that brought the type. */
	readonly parent: string | Y.ID;
	/** The last element before it; null for the first. */
	readonly left: Y.ID | null;
	/** Its key in a map, or null. */
	readonly key: string | null;
}

/** The structs of one client that were not taken yet. */
interface Block {
	encoder: Y.UpdateEncoderV1;
	count: number;
	fromClock: number;
	nextClock: number;
}

/** Bits of a struct's first byte, beside the kind of its content (yjs 13.6, Item.write). */
const hasLeft = 0x80;
const hasKey = 0x20;

/** See the head of this file. */
export class FreshWriter {
	readonly #blocks = new Map<number, Block>();

	/** Puts content somewhere, without its first `offset` elements; the id of the last element. */
	put(client: number, content: Content, { parent, left, key }: Spot, offset = 0): Y.ID {
		const block = this.#blockOf(client);
		const { encoder } = block;
		const bits = left !== null ? hasLeft : key !== null ? hasKey : 0;
		encoder.writeInfo(content.getRef() | bits);
		if (left !== null) encoder.writeLeftID(left);
		else {
			encoder.writeParentInfo(typeof parent === "string");
			if (typeof parent === "string") encoder.writeString(parent);
			else encoder.writeLeftID(parent);
			if (key !== null) encoder.writeString(key);
		}
		content.write(encoder, offset);
		block.count++;
		block.nextClock += content.getLength() - offset;
		return Y.createID(client, block.nextClock - 1);
	}

	/** All that was put since the last call, as one update. */
	take(): Uint8Array {
		const blocks = [...this.#blocks].filter(([, { count }]) => count > 0);
		return encoding.encode((update) => {
			encoding.writeVarUint(update, blocks.length);
			for (const [client, block] of blocks) {
				encoding.writeVarUint(update, block.count);
				encoding.writeVarUint(update, client);
				encoding.writeVarUint(update, block.fromClock);
				encoding.writeUint8Array(update, block.encoder.toUint8Array());
				block.encoder = new Y.UpdateEncoderV1();
				block.count = 0;
				block.fromClock = block.nextClock;
			}
			encoding.writeVarUint(update, 0); // No deletes.
		});
	}

	#blockOf(client: number): Block {
		const known = this.#blocks.get(client);
		if (known !== undefined) return known;
		const block = { encoder: new Y.UpdateEncoderV1(), count: 0, fromClock: 0, nextClock: 0 };
		this.#blocks.set(client, block);
		return block;
	}
}
